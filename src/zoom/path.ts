import { InputError } from '#core/errors.ts'
import { uuidPath } from './uuid.ts'

declare const encoded: unique symbol

/** A path below `/v2` whose parameters are encoded; only `path` makes one. */
export type ZoomPath = string & { readonly [encoded]: true }

/**
 * The path of a call: path`/report/meetings/${uuid}/participants`. Whatever is put in stays one segment.
 * @throws InputError for a parameter that cannot be one: '', '.', '..' or half a character.
 */
export function path(literals: TemplateStringsArray, ...parameters: string[]): ZoomPath {
  return String.raw({ raw: literals.raw }, ...parameters.map(segment)) as ZoomPath
}

function segment(parameter: string): string {
  // A URL parser takes '.' and '..' out of a path, however they are encoded, and '' would name the collection instead of its member.
  if (/^\.{0,2}$/.test(parameter) || !parameter.isWellFormed())
    throw new InputError(`${JSON.stringify(parameter)} names nothing at Zoom`)
  return uuidPath(parameter)
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { JsonError, parseJson } from '#core/json.ts'

/** A body as it came, and what it says when it is JSON. */
export interface ReceivedBody {
  raw: Uint8Array
  json: unknown
}

/** What comes in as JSON and nothing else; an empty body is none. */
export const readJson = (scope: FastifyInstance): void =>
  readBodies(scope, 'application/json', (raw) => (raw.length === 0 ? undefined : parseJson(textOf(raw))))

/** Whatever comes in, for those who read the bytes themselves. */
export const readBytes = (scope: FastifyInstance): void => readBodies(scope, '*', () => undefined)

function readBodies(scope: FastifyInstance, contentType: string, json: (raw: Buffer) => unknown): void {
  const parse = async (_request: FastifyRequest, raw: Buffer): Promise<ReceivedBody> => ({ raw, json: json(raw) })
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser(contentType, { parseAs: 'buffer' }, parse)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function textOf(raw: Buffer): string {
  try {
    return utf8.decode(raw)
  } catch (error) {
    throw new JsonError('The body is not UTF-8', { cause: error })
  }
}

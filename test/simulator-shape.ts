import { readFileSync } from 'node:fs'
import type { Json } from './simulator-client.ts'

/** A reply of Zoom's as it publishes it: test/vectors/zoom/LICENSE names the source. */
export const publishedSample = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`vectors/zoom/responses/${name}.json`, import.meta.url), 'utf8'))

const typeOf = (value: Json): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

/**
 * How an answer differs from the sample, by field. Every entry of a list is held against the entry of the sample that it
 * is most like: one that is like none differs, and so does a list of objects that is empty.
 */
export function differences(sample: Json, answer: Json, path = ''): string[] {
  if (typeOf(sample) !== typeOf(answer)) return [`${path} is ${typeOf(answer)}, not ${typeOf(sample)}`]
  if (Array.isArray(sample)) {
    const nearest = (entry: Json): string[] =>
      sample.map((like) => differences(like, entry, path)).toSorted((a, b) => a.length - b.length)[0] ?? []
    if (answer.length === 0 && typeOf(sample[0]) === 'object') return [`${path} is empty`]
    return [...new Set<string>(answer.flatMap(nearest))]
  }
  if (typeOf(sample) !== 'object') return []
  return [...new Set([...Object.keys(sample), ...Object.keys(answer)])].flatMap((name) => {
    const at = path ? `${path}.${name}` : name
    if (!(name in answer)) return [`${at} is absent`]
    if (!(name in sample)) return [`${at} is extra`]
    return differences(sample[name], answer[name], at)
  })
}

import { readFileSync } from 'node:fs'
import type { Json } from './simulator-client.ts'

/** A reply of Zoom's as it publishes it: test/vectors/zoom/LICENSE names the source. */
export const publishedSample = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`vectors/zoom/responses/${name}.json`, import.meta.url), 'utf8'))

const typeOf = (value: Json): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

/** How an answer differs from the sample: by field, lists by their first entry, empty lists as they are. */
export function differences(sample: Json, answer: Json, path = ''): string[] {
  if (typeOf(sample) !== typeOf(answer)) return [`${path} is ${typeOf(answer)}, not ${typeOf(sample)}`]
  if (Array.isArray(sample))
    return answer.length > 0 && sample.length > 0 ? differences(sample[0], answer[0], path) : []
  if (typeOf(sample) !== 'object') return []
  return [...new Set([...Object.keys(sample), ...Object.keys(answer)])].flatMap((name) => {
    const at = path ? `${path}.${name}` : name
    if (!(name in answer)) return [`${at} is absent`]
    if (!(name in sample)) return [`${at} is extra`]
    return differences(sample[name], answer[name], at)
  })
}

import { events } from '#zoom/schema/events.ts'
import { sampleFields } from './event-sample-fields.ts'

/** A field of an event as Zoom's list has it: its path from the root of the body, and what may stand there. */
interface Field {
  path: string[]
  types: string[]
}

/**
 * What about a body is not as Zoom's list has an event of this name: keys that Zoom does not have, and values of another type. A key that
 * is left out is not told: Zoom leaves out what it does not know. Paths are those of the list (`payload.object.settings.x[].y`).
 */
export function faultsOf(name: string, body: Record<string, unknown>): string[] {
  const fields = fieldsOf(name)
  if (!fields) return [`there is no event ${name} in Zoom's list`]
  const faults: string[] = []
  walk(body, [], (path, value) => {
    const at = path.join('.')
    const here = fields.filter((field) => same(field.path, path))
    const inner = fields.some(
      (field) => field.path.length > path.length && same(field.path.slice(0, path.length), path),
    )
    if (here.some(({ types }) => types.includes('object'))) return false
    if (here.length === 0 && !inner) faults.push(`${at} is no field of ${name}`)
    else if (here.length > 0 && !inner && !here.some((field) => fits(value, field.types)))
      faults.push(`${at} must be ${here.flatMap(({ types }) => types).join(' or ')}`)
    return inner
  })
  return faults
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index])

function fieldsOf(name: string): Field[] | undefined {
  const kind = events.get(name)
  if (!kind) return undefined
  const inObject = kind.object_fields.map((text) => `payload.object.${text}`)
  return ['event:string', ...inObject, ...kind.other_fields, ...(sampleFields[name] ?? [])].map((text) => {
    const at = text.indexOf(':')
    const path = text.slice(0, at).replaceAll('?', '').split('.')
    return { path, types: text.slice(at + 1).split('|') }
  })
}

/** Visits every key, arrays by their entries as `key[]`; goes further in where `visit` says so. */
function walk(
  value: Record<string, unknown>,
  above: string[],
  visit: (path: string[], value: unknown) => boolean,
): void {
  for (const [key, inner] of Object.entries(value)) {
    const entries = Array.isArray(inner) ? (inner as unknown[]) : undefined
    const objects = (entries ?? [inner]).filter((each): each is Record<string, unknown> => isObject(each))
    const path = [...above, entries && objects.length > 0 ? `${key}[]` : key]
    if (entries && entries.length === 0) continue
    if (!visit(path, inner)) continue
    for (const object of objects) walk(object, path, visit)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fits(value: unknown, types: readonly string[]): boolean {
  return types.some((type) => {
    if (type === 'string[]') return Array.isArray(value) && value.every((each) => typeof each === 'string')
    if (['string', 'number', 'boolean'].includes(type)) return typeof value === type
    if (type.startsWith("'")) return typeof value === 'string'
    // Not a type that anything has: Zoom's sample has null there, or nothing.
    if (type === 'never') return true
    return typeof value === 'number'
  })
}

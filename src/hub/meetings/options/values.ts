import type { OptionValue } from './option.ts'

/** What is wrong with a value of this kind, in words that follow the name of the field; undefined when nothing is. */
export function wrongWith(option: OptionValue, value: unknown): string | undefined {
  switch (option.type) {
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'must be true or false'
    case 'switch':
      return typeof fieldOf(value, 'enable') === 'boolean' ? undefined : 'must be like {"enable": true}'
    case 'choice': {
      const values = option.of.map((choice) => choice.value)
      return values.some((each) => each === value) ? undefined : `must be one of ${values.join(', ')}`
    }
    case 'text':
      return typeof value === 'string' && value.length <= option.max
        ? undefined
        : `must be text of at most ${option.max}`
    case 'number':
      return Number.isInteger(value) && Number(value) >= option.min && Number(value) <= option.max
        ? undefined
        : `must be a whole number from ${option.min} to ${option.max}`
    case 'people':
      return wrongWithPeople(value)
    case 'countries':
      return wrongWithCountries(value)
    case 'rooms':
      return wrongWithRooms(value)
    case 'tracking':
    case 'time':
    case 'zone':
    case 'recurrence':
    case 'passcode':
    case 'person':
      // The schema of the request has checked these.
      return undefined
  }
}

/** Zoom wants semicolons; people type commas, spaces and capitals. */
export const addressesOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[;,\s]+/)
      .map((each) => each.toLowerCase())
      .filter(Boolean),
  ),
]

const address = /^[^\s@;,]+@[^\s@;,]+$/

function wrongWithPeople(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be addresses with ; between them'
  const odd = addressesOf(value).find((each) => !address.test(each))
  return odd && `${odd} is no e-mail address`
}

function wrongWithCountries(value: unknown): string | undefined {
  if (fieldOf(value, 'enable') === false) return undefined
  const [approved, denied] = [listOf(value, 'approved_list'), listOf(value, 'denied_list')]
  if (fieldOf(value, 'enable') !== true || !approved || !denied) return 'must be like {"enable": false}'
  const odd = [...approved, ...denied].find((code) => typeof code !== 'string' || !/^[A-Z]{2}$/.test(code))
  if (odd !== undefined) return `${JSON.stringify(odd)} is no country: codes are like DE or US`
  if (approved.length > 0 && denied.length > 0) return 'either approves countries or denies them, not both'
  const method = fieldOf(value, 'method')
  if (method !== (denied.length > 0 ? 'deny' : 'approve')) return 'has a method, approve or deny, that fits its list'
  return approved.length + denied.length === 0
    ? 'names no country; to let everybody in, send {"enable": false}'
    : undefined
}

const longestName = 32
const mostRooms = 50

function wrongWithRooms(value: unknown): string | undefined {
  if (typeof fieldOf(value, 'enable') !== 'boolean') return 'must be like {"enable": true, "rooms": []}'
  const rooms = listOf(value, 'rooms')
  if (!rooms) return 'has rooms that are no list'
  if (rooms.length > mostRooms) return `has more than ${mostRooms} rooms`
  const names = rooms.map((room) => fieldOf(room, 'name'))
  if (names.some((name) => typeof name !== 'string' || name.trim() === '' || name.length > longestName))
    return `gives each room a name of at most ${longestName} characters`
  if (new Set(names).size < names.length) return 'has two rooms of one name'
  const people = rooms.flatMap((room) => listOf(room, 'participants') ?? [undefined])
  if (people.some((each) => typeof each !== 'string' || !address.test(each))) return 'names people by e-mail address'
  return new Set(people).size < people.length ? 'puts somebody into two rooms' : undefined
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** An absent list is an empty one; undefined when it is something else. */
function listOf(value: unknown, name: string): unknown[] | undefined {
  const list = fieldOf(value, name) ?? []
  return Array.isArray(list) ? list : undefined
}

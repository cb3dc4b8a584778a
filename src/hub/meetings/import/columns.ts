import type { ImportAsked, MeetingKind } from '#store/db.ts'
import { optionAt } from '#hub/meetings/options/table.ts'

const names: Record<string, string> = {
  meeting_id: 'zoom_meeting_id',
  zoom_meeting_id: 'zoom_meeting_id',
  kind: 'kind',
  topic: 'topic',
  host: 'host',
  start_time: 'start_time',
  start: 'start_time',
  timezone: 'timezone',
  time_zone: 'timezone',
  duration: 'duration',
  passcode: 'password',
  password: 'password',
  agenda: 'agenda',
  place_id: 'place_id',
}

/** The columns by which documentation and refusals call them. */
export const columnNames = [
  'meeting_id',
  'kind',
  'topic',
  'host',
  'start_time',
  'timezone',
  'duration',
  'passcode',
  'agenda',
  'place_id',
  'target.… (where in the place)',
  'settings.… (any option)',
]

/** What a column is about; undefined when nothing is made of it. */
export function columnOf(header: string): string | undefined {
  const name = header.toLowerCase().replaceAll(/[\s-]+/g, '_')
  if (/^target\.\w+$/.test(name)) return name
  if (name.startsWith('settings.')) return optionAt(name) ? name : undefined
  return Object.hasOwn(names, name) ? names[name] : undefined
}

type Cells = Record<string, string>
interface Asked {
  asked: ImportAsked
  problem?: string
}

/** What a row asks for. What cannot be understood is left out of it, and told. */
export function askedOf(cells: Cells): Asked {
  const problems: string[] = []
  const read = <T>(column: string, parse: (text: string) => T | undefined, otherwise: string): T | undefined => {
    const text = cells[column] ?? ''
    if (text === '') return undefined
    const value = parse(text)
    if (value === undefined) problems.push(otherwise)
    return value
  }
  const isOfZoom = (cells['zoom_meeting_id'] ?? '') !== ''
  const asked = {
    zoom_meeting_id: read(
      'zoom_meeting_id',
      zoomNumber,
      `“${cells['zoom_meeting_id']}” is no meeting ID: it has 9 to 11 digits`,
    ),
    kind: read('kind', kindOf, `“${cells['kind']}” is no kind: write meeting or webinar`),
    topic: cells['topic'],
    host: cells['host'],
    start_time: read(
      'start_time',
      startOf,
      `“${cells['start_time']}” is no time that is understood: write it like 2027-03-31 14:30`,
    ),
    timezone: read('timezone', zoneOf, `“${cells['timezone']}” is no time zone: write its name, like Europe/Berlin`),
    duration: read('duration', minutesOf, `“${cells['duration']}” is no duration: write whole minutes, from 1 to 1440`),
    password: cells['password'],
    agenda: cells['agenda'],
    place_id: cells['place_id'],
    settings: settingsOf(cells),
    target: targetOf(cells),
  }
  const lacks = isOfZoom
    ? []
    : (['topic', 'host', 'start_time', 'duration'] as const).filter((column) => (cells[column] ?? '') === '')
  if (lacks.length > 0)
    problems.unshift(`lacks ${lacks.join(', ')}: a new meeting needs that, one that exists at Zoom its meeting_id`)
  return {
    asked: given(asked) ?? {},
    ...(problems.length > 0 ? { problem: problems.join('; ') } : {}),
  }
}

/** Empty cells ask for nothing. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')
  return entries.length > 0 ? (Object.fromEntries(entries) as ReturnType<typeof given<T>>) : undefined
}

/** As people copy it: `823 4567 8901`, `823-4567-8901`, or the link to join by. */
function zoomNumber(text: string): string | undefined {
  const digits = /\/[jws]\/(\d+)/.exec(text)?.[1] ?? text.replaceAll(/[\s\u00A0-]/g, '')
  return /^\d{9,11}$/.test(digits) ? digits : undefined
}

const kinds: Record<string, MeetingKind> = { meeting: 'meeting', webinar: 'webinar' }
const kindOf = (text: string): MeetingKind | undefined => kinds[text.toLowerCase()]

const minutesOf = (text: string): number | undefined => {
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : 0
  return minutes >= 1 && minutes <= 1440 ? minutes : undefined
}

/** ISO 8601, also with a space, or as German spreadsheets write it. Months before days are not told from days before months. */
function startOf(text: string): string | undefined {
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),?\s+(\d{1,2})(:\d\d.*)$/.exec(text)
  const [, day = '', month = '', year = '', hour = '', rest = ''] = german ?? []
  const two = (digits: string): string => digits.padStart(2, '0')
  const iso = german ? `${year}-${two(month)}-${two(day)}T${two(hour)}${rest}` : text.replace(/^([\d-]{10})\s+/, '$1T')
  const [, minute = '', second = ':00', zone = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?(?:\.\d+)?\s?(Z|[+-]\d\d:\d\d)?$/.exec(iso) ?? []
  const at = Date.parse(`${minute}${second}Z`)
  // JavaScript takes 31 February for 3 March.
  return minute && !Number.isNaN(at) && new Date(at).toISOString().startsWith(minute)
    ? `${minute}${second}${zone}`
    : undefined
}

function zoneOf(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format(0) && text
  } catch {
    return undefined
  }
}

/** Where in its place the meeting goes, in the place's own words: `target.slug`. */
function targetOf(cells: Cells): Record<string, string> | undefined {
  const target = Object.entries(cells).flatMap(([name, text]) =>
    name.startsWith('target.') && text !== '' ? [[name.slice('target.'.length), text] as const] : [],
  )
  return target.length > 0 ? Object.fromEntries(target) : undefined
}

function settingsOf(cells: Cells): Record<string, unknown> | undefined {
  return given(
    Object.fromEntries(
      Object.entries(cells).flatMap(([name, text]) =>
        name.startsWith('settings.') && text !== '' ? [[name.slice('settings.'.length), settingOf(name, text)]] : [],
      ),
    ),
  )
}

/** What is no value of the option stays as it is, and the table of options says so. */
function settingOf(name: string, text: string): unknown {
  const type = optionAt(name)?.value.type
  if (type === 'text' || type === 'people') return text
  const word = text.toLowerCase()
  if (word === 'true' || word === 'yes') return true
  if (word === 'false' || word === 'no') return false
  return /^-?\d+$/.test(text) ? Number(text) : text
}

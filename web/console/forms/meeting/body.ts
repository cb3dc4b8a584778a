import type { HostOptions } from '../../api.d.ts'
import { localOf, utcOf } from './zone-time.ts'

/** An option as its field shows it, of a host or of the workspace. */
export type OptionItem = Omit<HostOptions['items'][number], 'occurrence'>
/** What must be known of an option to send it. */
type Sent = Pick<OptionItem, 'id' | 'type' | 'choices'>

/** What every meeting has, whoever hosts it. */
export const basics: readonly Sent[] = [
  { id: 'topic', type: 'text', choices: [] },
  { id: 'agenda', type: 'text', choices: [] },
  { id: 'start_time', type: 'time', choices: [] },
  { id: 'duration', type: 'number', choices: [] },
  { id: 'timezone', type: 'zone', choices: [] },
  { id: 'recurrence', type: 'recurrence', choices: [] },
]

/** What was chosen in the form, by the option's id. What nobody touched is not in it. */
export type Chosen = Record<string, unknown>

export interface CountryChoice {
  method: 'approve' | 'deny'
  countries: string[]
}
export interface Room {
  name: string
  participants: string[]
}
/** How a series repeats, as the fields of the form have it; `until` is a day. */
export interface Repeats {
  every: 'day' | 'week' | 'month'
  interval: number
  /** 1 is Sunday. */
  weekdays: string[]
  /** On the day of the month, or on the n-th weekday (-1: the last). */
  monthly: { by: 'day'; day: number } | { by: 'weekday'; week: number; weekday: number }
  ends: { by: 'times'; times: number } | { by: 'date'; until: string }
  /** Of the meeting: the day of `until` ends there. */
  timezone: string
}

/** When it takes place: times are local to `timezone`. */
export interface When {
  start: string
  duration: string
  timezone: string
  repeats: Repeats | undefined
  /** A room without dates. */
  untimed: boolean
}

/** The part of the form's values that says when. */
export const chosenTimes = ({ start, duration, timezone, repeats, untimed }: When): Chosen =>
  untimed ? {} : { start_time: start, duration: Number(duration), timezone, recurrence: repeats }

/** What is sent to the hub: what was chosen, where Zoom has it. An option that nobody touched is left out, and Zoom decides. */
export function bodyOf(chosen: Chosen, items: readonly Sent[]): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const settings: Record<string, unknown> = {}
  for (const item of items) {
    const value = chosen[item.id]
    if (value === undefined) continue
    const key = /^settings\.(.*)$/.exec(item.id)?.[1]
    if (key === undefined) Object.assign(body, { [item.id]: onTheWire(item, value) })
    else settings[key] = onTheWire(item, value)
  }
  return Object.keys(settings).length > 0 ? { ...body, settings } : body
}

/** A field's value as Zoom writes it, by the kind of option. */
const wire: Record<string, (value: never) => unknown> = {
  people: (value: string[]) => value.join(';'),
  switch: (value: boolean) => ({ enable: value }),
  countries: ({ method, countries }: CountryChoice) =>
    countries.length === 0
      ? { enable: false }
      : { enable: true, method, [method === 'approve' ? 'approved_list' : 'denied_list']: countries },
  rooms: (rooms: Room[]) => (rooms.length === 0 ? { enable: false } : { enable: true, rooms }),
  tracking: (values: Record<string, string>) =>
    Object.entries(values).flatMap(([field, value]) => (value.trim() === '' ? [] : [{ field, value: value.trim() }])),
  recurrence: (repeats: Repeats) => recurrenceOf(repeats),
  time: (value: string) => withSeconds(value),
}

/** A field's value as the hub takes it. */
export function onTheWire(item: Sent, value: unknown): unknown {
  // A list of choices gives text; Zoom's own values may be numbers.
  const choice = item.choices.find((each) => String(each.value) === String(value))
  return choice ? choice.value : (wire[item.type]?.(value as never) ?? value)
}

export function recurrenceOf({ every, interval, weekdays, monthly, ends, timezone }: Repeats) {
  const on =
    every === 'week'
      ? { weekly_days: weekdays.toSorted().join(',') }
      : every === 'month'
        ? monthly.by === 'day'
          ? { monthly_day: monthly.day }
          : { monthly_week: monthly.week, monthly_week_day: monthly.weekday }
        : {}
  const end =
    ends.by === 'times' ? { end_times: ends.times } : { end_date_time: utcOf(`${ends.until}T23:59:59`, timezone) }
  return { type: types[every], repeat_interval: interval, ...on, ...end }
}

const types = { day: 1, week: 2, month: 3 } as const

/** The fields of the form from Zoom's rule. */
export function repeatsOf(rule: Record<string, unknown>, timezone: string): Repeats {
  const number = (name: string, usual: number): number => (typeof rule[name] === 'number' ? rule[name] : usual)
  const until = rule['end_date_time']
  return {
    every: (['day', 'week', 'month'] as const)[number('type', 2) - 1] ?? 'week',
    interval: number('repeat_interval', 1),
    weekdays: typeof rule['weekly_days'] === 'string' ? rule['weekly_days'].split(',') : [],
    monthly:
      typeof rule['monthly_week_day'] === 'number'
        ? { by: 'weekday', week: number('monthly_week', 1), weekday: rule['monthly_week_day'] }
        : { by: 'day', day: number('monthly_day', 1) },
    ends:
      typeof until === 'string' && until !== ''
        ? { by: 'date', until: localOf(until, timezone).slice(0, 10) }
        : { by: 'times', times: number('end_times', 1) },
    timezone,
  }
}

/** A field for date and time leaves the seconds out. */
export const withSeconds = (local: string): string => (local.length === 16 ? `${local}:00` : local)

/** What the workspace has chosen for new meetings, as the fields take it. */
export const presetsOf = (items: readonly OptionItem[]): Chosen =>
  Object.fromEntries(
    items.flatMap((item) => (item.preset === null ? [] : [[item.id, chosenOf(item, item.preset)] as const])),
  )

/** A field's value from what Zoom has, for editing it. */
export function chosenOf(item: Pick<OptionItem, 'type'>, value: unknown): unknown {
  const back = unwire[item.type]
  return back && value !== undefined && value !== null ? back(value as never) : value
}

const unwire: Record<string, (value: never) => unknown> = {
  people: (value: string) => value.split(/[;,]/).filter(Boolean),
  switch: (value: { enable?: boolean }) => value.enable === true,
  countries: (value: { enable?: boolean; method?: string; approved_list?: string[]; denied_list?: string[] }) =>
    ({
      method: value.method === 'deny' ? 'deny' : 'approve',
      countries: value.enable ? ((value.method === 'deny' ? value.denied_list : value.approved_list) ?? []) : [],
    }) satisfies CountryChoice,
  rooms: (value: { enable?: boolean; rooms?: Room[] }) => (value.enable ? (value.rooms ?? []) : []),
  tracking: (value: { field: string; value: string }[]) =>
    Object.fromEntries(value.map((each) => [each.field, each.value])),
}

import { Temporal } from 'temporal-polyfill'
import { csv } from '#core/csv.ts'
import { InputError } from '#core/errors.ts'
import { usageOfWorkspace } from '#store/usage.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Usage, UsageFilter } from '#hub/resources.ts'

/** Two years and a month: more is no longer something that one looks at. */
const most_months = 25

/**
 * How much was met, month by month, from what is known here. Every month of the range is there, also one in which nothing was held.
 * @throws InputError for a range that is turned round or too long, and for a time zone that nobody knows.
 */
export async function usage(hub: Hub, { workspace_id }: Actor, filter: UsageFilter): Promise<Usage> {
  const { timezone, by } = filter
  const [from, to] = [monthOf(filter.from), monthOf(filter.to)]
  const months = monthsBetween(from, to)
  const range = { from: beginOf(from, timezone), to: beginOf(to.add({ months: 1 }), timezone), timezone }
  const rows = await usageOfWorkspace(hub.db, workspace_id, { ...range, by, now: new Date(hub.runtime.now()) })
  const ofMonths = rows.flatMap(({ month, ...row }) => (month === null ? [] : [{ month, ...row }]))
  const totals = rows.flatMap(({ month, ...row }) => (month === null ? [row] : []))
  if (by !== 'all') return { from: filter.from, to: filter.to, timezone, by, items: ofMonths, totals }
  const items = months.map((month) => ofMonths.find((row) => row.month === month) ?? { month, ...nothing })
  return { from: filter.from, to: filter.to, timezone, by, items, totals: totals.length > 0 ? totals : [nothing] }
}

const columns = [
  'month',
  'group_id',
  'group_name',
  'meetings',
  'sessions',
  'participants',
  'minutes',
  'participant_minutes',
  'hosts',
] as const

export async function usageCsv(hub: Hub, actor: Actor, filter: UsageFilter): Promise<string> {
  const { items } = await usage(hub, actor, filter)
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

/** The schema has seen to it that it is a month: 01 to 12. */
const monthOf = (text: string): Temporal.PlainYearMonth => Temporal.PlainYearMonth.from(text)

/** The months from the first to the last, as `2026-11`. @throws InputError */
export function monthsBetween(from: Temporal.PlainYearMonth, to: Temporal.PlainYearMonth): string[] {
  const months: string[] = []
  for (let month = from; Temporal.PlainYearMonth.compare(month, to) <= 0; month = month.add({ months: 1 })) {
    months.push(month.toString())
    if (months.length > most_months)
      throw new InputError(`A report has ${most_months} months at the most`, [
        { field: 'from', message: 'is too early' },
      ])
  }
  if (months.length === 0)
    throw new InputError('The range ends before it begins', [{ field: 'to', message: 'must not be before from' }])
  return months
}

function beginOf(month: Temporal.PlainYearMonth, timezone: string): Date {
  try {
    return new Date(month.toPlainDate({ day: 1 }).toZonedDateTime(timezone).epochMilliseconds)
  } catch (error) {
    throw new InputError(`There is no time zone ${timezone}`, [{ field: 'timezone', message: 'is not known' }], {
      cause: error,
    })
  }
}

const nothing: Usage['totals'][number] = {
  group_id: '',
  group_name: '',
  meetings: 0,
  sessions: 0,
  participants: 0,
  minutes: 0,
  participant_minutes: 0,
  hosts: 0,
}

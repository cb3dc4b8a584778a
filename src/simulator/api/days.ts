import { invalidFields } from '#simulator/refusal.ts'
import { utcDay } from '#simulator/time.ts'
import type { ApiCall } from './call.ts'

/**
 * `from` or `to` of a list: a day in UTC, `2026-03-31`.
 * @throws Refusal 300 when it is no day, or absent where there is no usual one.
 */
export function dayOf({ query }: ApiCall, name: 'from' | 'to', usual = ''): string {
  const text = query.get(name) || usual
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw invalidFields([name])
  return text
}

const longest = 31 * 86_400_000

/** @throws Refusal 300 when there is more than a month between two days. */
export function checkMonth(from: string, to: string): void {
  if (Date.parse(to) - Date.parse(from) > longest) throw invalidFields(['from'])
}

/** Whether an instant is on one of these days, the last one included. */
export const isWithin = (ms: number, { from, to }: { from: string; to: string }): boolean =>
  utcDay(ms) >= from && utcDay(ms) <= to

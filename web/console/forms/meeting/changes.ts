import type { Meeting, MeetingChange } from '../../api.d.ts'
import { basics, bodyOf, type Chosen, chosenOf, type OptionItem, repeatsOf, type When } from './body.ts'
import { localOf, utcOf } from './zone-time.ts'

/** What the fields for the plan show of a meeting. */
export const whenOf = ({ start_time, duration, timezone, recurrence }: Meeting): When => {
  const zone = timezone ?? 'UTC'
  return {
    start: start_time ? localOf(start_time, zone) : '',
    duration: String(duration ?? ''),
    timezone: zone,
    repeats: recurrence && start_time ? repeatsOf(recurrence, zone) : undefined,
    untimed: start_time === null,
  }
}

/** The parts in conflict are theirs again, the rest stays as it was typed. */
export const withoutConflicts = (typed: When, theirs: When, fields: ReadonlySet<string>): When => ({
  start: fields.has('start_time') ? theirs.start : typed.start,
  duration: fields.has('duration') ? theirs.duration : typed.duration,
  timezone: fields.has('timezone') ? theirs.timezone : typed.timezone,
  repeats: fields.has('recurrence') ? theirs.repeats : typed.repeats,
  untimed: theirs.untimed,
})

/** What differs from what was read; times as instants, so that both sides mean the same. */
export function changeOf(base: Meeting, when: When, chosen: Chosen, items: readonly OptionItem[]): MeetingChange {
  const was = whenOf(base)
  const current = currentOf(base, items)
  const touched = Object.fromEntries(
    Object.entries(chosen).filter(([id, value]) => value !== undefined && !same(value, current[id])),
  )
  const moved = when.start !== was.start || when.timezone !== was.timezone
  const times =
    when.untimed || when.start === ''
      ? {}
      : {
          ...(moved ? { start_time: utcOf(when.start, when.timezone) } : {}),
          ...(when.timezone === was.timezone ? {} : { timezone: when.timezone }),
          ...(when.duration === was.duration ? {} : { duration: Number(when.duration) }),
          ...(same(when.repeats, was.repeats) ? {} : { recurrence: when.repeats }),
        }
  const known = [...items.filter(({ id }) => !basics.some((each) => each.id === id)), ...basics]
  return bodyOf({ ...touched, ...times }, known)
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What the meeting has, as the fields take it. */
export function currentOf(base: Meeting, items: readonly OptionItem[]): Chosen {
  const top: Record<string, unknown> = {
    topic: base.topic,
    agenda: base.agenda ?? '',
    password: base.password ?? undefined,
    tracking_fields: base.tracking_fields,
  }
  const ofItems = Object.fromEntries(
    items.map((item) => {
      const key = /^settings\.(.*)$/.exec(item.id)?.[1]
      return [item.id, chosenOf(item, key === undefined ? top[item.id] : base.settings[key])]
    }),
  )
  return { topic: top['topic'], agenda: top['agenda'], ...ofItems }
}

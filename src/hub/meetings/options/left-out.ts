import { isDeepStrictEqual } from 'node:util'
import type { Meeting, PlannedMeeting } from '#hub/resources.ts'
import { chosenOptions, valueAt, type Asked } from './rules.ts'
import type { OptionValue } from './option.ts'
import { addressesOf } from './values.ts'

/**
 * The options that Zoom has otherwise than it was asked: it takes what a host may not have, or what other settings decide, and says
 * nothing. Of the plan itself (topic, times, host) nothing is said here: those are plain to see.
 */
export const leftOut = (asked: Asked, kept: Meeting): PlannedMeeting['left_out'] =>
  chosenOptions(asked).flatMap(([option, value]) => {
    const has = valueAt(kept, option.id)
    return !option.id.startsWith('settings.') || agrees(option.value, value, has)
      ? []
      : [{ field: option.id, asked: value, kept: has ?? null }]
  })

/** What is asked is in what Zoom has; it may have more. */
export function agrees({ type }: OptionValue, asked: unknown, has: unknown): boolean {
  if (type === 'people')
    return isDeepStrictEqual(
      addressesOf(String(asked)).toSorted(),
      addressesOf(typeof has === 'string' ? has : '').toSorted(),
    )
  if (typeof asked === 'object' && asked !== null)
    return Object.entries(asked).every(([key, value]) => isDeepStrictEqual(value, Object(has)[key]))
  return isDeepStrictEqual(asked, has)
}

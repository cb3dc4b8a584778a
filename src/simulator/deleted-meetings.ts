import { now, setAlarm } from './clock.ts'
import { publishDeleted } from './meeting-events.ts'
import type { Meeting, Occurrence, Person, World } from './state.ts'

/** What was deleted lies in “Recently deleted” for so long, and can be had back. */
const kept_ms = 7 * 86_400_000

/** Deletes a meeting or webinar; seven days later it is gone for good. */
export function deleteMeeting(world: World, meeting: Meeting, operator: Person): void {
  meeting.deleted = true
  publishDeleted(world, meeting, operator)
  meeting.purge = setAlarm(world.clock, now(world.clock) + kept_ms, () => purgeMeeting(world, meeting, operator))
}

/** Whether it was deleted, and not yet for good. */
export const isRecoverable = ({ deleted, purge }: Meeting): boolean => deleted && purge !== undefined

export function recoverMeeting(world: World, meeting: Meeting, operator: Person): void {
  meeting.purge?.()
  meeting.purge = undefined
  meeting.deleted = false
  publishDeleted(world, meeting, operator, undefined, 'recovered')
}

/** Of a series that is there, one occurrence comes back that was deleted alone. */
export function recoverOccurrence(world: World, meeting: Meeting, occurrence: Occurrence, operator: Person): void {
  occurrence.status = 'available'
  publishDeleted(world, meeting, operator, occurrence, 'recovered')
}

/** It can be had back no more. */
export function purgeMeeting(world: World, meeting: Meeting, operator: Person): void {
  meeting.purge?.()
  meeting.purge = undefined
  publishDeleted(world, meeting, operator, undefined, 'permanently_deleted')
}

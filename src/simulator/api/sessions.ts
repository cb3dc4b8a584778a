import { now } from '#simulator/clock.ts'
import { sessionsOf } from '#simulator/meetings.ts'
import { documents, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Presence, Session } from '#simulator/state.ts'
import { minutes, utc } from '#simulator/time.ts'
import { readUuid } from '#simulator/uuid.ts'
import { actor, type ApiCall } from './call.ts'
import { goneHost } from './named-meeting.ts'

const year = 365 * 86_400_000

/**
 * The ended run that a path names: by the meeting's number its latest, by UUID just that one.
 * @throws Refusal 3001 when there is none (or its UUID was not encoded as it must be), 300 when it is of the other kind,
 * 1001 or 1010 when its host has gone, 12702 when it is older than a year.
 */
export function endedSession(call: ApiCall, kind: Meeting['kind'], { delay_s = 0 } = {}): Session & { end: number } {
  const encoded = call.params[`${kind}Id`] ?? ''
  const unknown = refusal(call.endpoint, 3001, readUuid(encoded) ?? encoded)
  const found = candidates(call, encoded).findLast(({ end }) => end !== undefined)
  const end = found?.end
  if (!found || end === undefined) throw unknown
  if (found.meeting.kind !== kind) {
    throw documents(call.endpoint, 300, 'Cannot access') ? refusalSaying(call.endpoint, 300, 'Cannot access') : unknown
  }
  const gone = goneHost(call, found.meeting.host_id)
  if (gone) throw gone
  const age = Math.max(0, now(call.world.clock) - end)
  if (age < delay_s * 1000) throw unknown
  if (age > year) throw refusal(call.endpoint, 12702)
  if (call.level === 'own' && found.meeting.host_id !== actor(call).id) throw unknown
  return { ...found, end }
}

/** The runs that a path's number or UUID may mean, the latest last. */
export function candidates({ world }: ApiCall, encoded: string): Session[] {
  const uuid = readUuid(encoded)
  if (uuid === undefined) return []
  if (/^\d+$/.test(uuid)) {
    const meeting = world.meetings.get(uuid)
    return meeting ? sessionsOf(world, meeting) : []
  }
  const session = world.sessions.get(uuid)
  return session ? [session] : []
}

/** What a past meeting and its report tell alike. */
export const summaryJson = (
  call: ApiCall,
  { meeting, uuid, topic, start, end, presences }: Session & { end: number },
) => {
  const host = call.world.people.get(meeting.host_id)
  return {
    uuid,
    id: meeting.id,
    type: meeting.type,
    topic,
    user_name: host?.display_name ?? '',
    user_email: host?.email ?? '',
    start_time: utc(start),
    end_time: utc(end),
    duration: minutes(end - start),
    total_minutes: presences.reduce((sum, presence) => sum + minutes((presence.leave ?? end) - presence.join), 0),
    participants_count: presences.length,
    dept: host?.dept ?? '',
  }
}

/** What every list of participants tells of one stay. */
export const presenceJson = ({ end }: { end: number }, presence: Presence) => ({
  id: presence.person_id,
  user_id: presence.user_id,
  name: presence.name,
  user_email: presence.email,
  join_time: utc(presence.join),
  leave_time: utc(presence.leave ?? end),
  duration: Math.round(((presence.leave ?? end) - presence.join) / 1000),
  registrant_id: presence.registrant_id,
  failover: false,
  status: 'in_meeting',
})

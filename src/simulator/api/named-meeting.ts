import { findMeeting, isExpired } from '#simulator/meetings.ts'
import { documents, invalidFields, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import { actor, param, type ApiCall } from './call.ts'

type Kind = Meeting['kind']

/**
 * The meeting or webinar that a path names.
 * @throws Refusal 300 when the id is none that Zoom gives, 3001 when there is none or it has expired, 1001 or 1010 when its
 * host has gone, 3000 where a meeting's operation is given a webinar, 3003 when it is another's and the token reaches one's
 * own alone, 3161 when the host may not have meetings.
 */
export function meetingOf(call: ApiCall, kind: Kind): Meeting {
  const { endpoint, world } = call
  const id = param(call, `${kind}Id`)
  if (!/^\d{1,19}$/.test(id)) throw invalidId(call, kind)
  const meeting = findMeeting(world, id)
  if (!meeting) throw unknownMeeting(call, id)
  if (kind === 'meeting' && meeting.kind === 'webinar' && documents(endpoint, 3000, 'Cannot access')) {
    throw refusalSaying(endpoint, 3000, 'Cannot access')
  }
  if (meeting.kind !== kind || isExpired(world, meeting)) throw refusal(endpoint, 3001, id)
  if (call.level === 'own' && meeting.host_id !== actor(call).id) throw refusal(endpoint, 3003)
  if (kind === 'meeting') mustHaveMeetings(call, hostOf(call, meeting))
  return meeting
}

/** Its host, who cannot have gone: those of users who have gone are found no more. */
export function hostOf(call: ApiCall, meeting: Meeting): Person {
  const host = call.world.people.get(meeting.host_id)
  if (!host) throw refusal(call.endpoint, 1001, meeting.host_id)
  return host
}

/** @throws Refusal 3161, where the operation documents it, when the user has neither a licence nor Meetings Basic. */
export function mustHaveMeetings({ endpoint }: ApiCall, { type }: Person): void {
  if ((type === 4 || type === 99) && documents(endpoint, 3161)) throw refusal(endpoint, 3161)
}

/** What an operation says of somebody who has left the account, where it has words for it: deleted, or gone to another. */
export function goneHost({ world, endpoint }: ApiCall, host_id: string): Refusal | undefined {
  const how = world.former.get(host_id)
  if (how === 'user.disassociated' && documents(endpoint, 1010)) return refusal(endpoint, 1010, world.account.id)
  if (how === 'user.deleted' && documents(endpoint, 1001)) return refusal(endpoint, 1001, host_id)
  return undefined
}

/** Operations word it each in their own way, or not at all; some tell apart what is no number, and what is left out. */
function invalidId({ endpoint, params }: ApiCall, kind: Kind): Refusal {
  const isMissing = decodeURIComponent(params[`${kind}Id`] ?? '').trim() === ''
  for (const words of isMissing ? [/^missing /i] : [/^invalid (meeting|webinar) id/i, /^(meeting|webinar) id/i]) {
    const documented = endpoint.errors.find(({ code, message }) => code === 300 && words.test(message))
    if (documented) return new Refusal(documented)
  }
  return isMissing ? invalidFields(['id']) : new Refusal({ http: 400, code: 300, message: `Invalid ${kind} ID.` })
}

/** A number that Zoom never gives does not exist; any other is unknown, or was that of somebody who has gone. */
function unknownMeeting(call: ApiCall, id: string): Refusal {
  const { endpoint, world } = call
  const never = endpoint.errors.find(({ code, message }) => code === 300 && /id does not exist\.$/i.test(message))
  if (never && !/^\d{9,11}$/.test(id)) return new Refusal(never)
  const known = world.meetings.get(id)
  return (known && goneHost(call, known.host_id)) ?? refusal(endpoint, 3001, id)
}

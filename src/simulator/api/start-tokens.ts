import { z } from 'zod'
import type { Reply } from '#simulator/http.ts'
import { invalidFields, Refusal, refusal } from '#simulator/refusal.ts'
import { issueStartToken } from '#simulator/start-tokens.ts'
import type { Meeting, Person, StartToken } from '#simulator/state.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { actor, ok, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { holderOf } from './parts.ts'
import { hostOf } from './named-meeting.ts'

/** Tokens to start and join meetings with: https://developers.zoom.us/docs/meeting-sdk/auth/ */
export const startTokenRoutes: ApiRoutes = {
  'GET /users/{userId}/token': (call) => ok({ token: userToken(call, personOf(call)).token }),
  'GET /users/me/zak': (call) => ok({ token: zak(call, actor(call)).token }),
  'GET /meetings/{meetingId}/jointoken/local_recording': (call) => joinToken(call, 'meeting', 'local_recording'),
  'GET /meetings/{meetingId}/jointoken/live_streaming': (call) => joinToken(call, 'meeting', 'live_streaming'),
  'GET /meetings/{meetingId}/jointoken/local_archiving': (call) => joinToken(call, 'meeting', 'local_archiving'),
  'GET /webinars/{webinarId}/jointoken/local_recording': (call) => joinToken(call, 'webinar', 'local_recording'),
  'GET /webinars/{webinarId}/jointoken/live_streaming': (call) => joinToken(call, 'webinar', 'live_streaming'),
  'GET /webinars/{webinarId}/jointoken/local_archiving': (call) => joinToken(call, 'webinar', 'local_archiving'),
}

function userToken(call: ApiCall, person: Person): StartToken {
  const wanted = call.query.get('type') ?? 'token'
  if (wanted === 'zak' || wanted === 'token') return zak(call, person)
  if (wanted !== 'onbehalf') throw invalidFields(['type'])
  return onbehalf(call, person)
}

const twoHours = 7200
const ninetyDays = 7_776_000
const oneYear = 31_536_000

/** For two hours, or 90 days for a user without a password. */
function zak(call: ApiCall, person: Person): StartToken {
  const usual = person.creation_type === 'custCreate' ? ninetyDays : twoHours
  return issueStartToken(call.world, call.app, { kind: 'zak', user_id: person.id, ttl: ttlOf(call, usual, ninetyDays) })
}

/** Speaks for one user in one meeting, and so takes that user's own consent: an admin's, or none at all, will not do. */
function onbehalf(call: ApiCall, person: Person): StartToken {
  const { world, app, token, query } = call
  if (token.grant_type !== 'authorization_code' || token.user_id !== person.id) throw refusal(call.endpoint, 200)
  const meeting_id = query.get('meeting_id') ?? ''
  if (!/^\d{9,11}$/.test(meeting_id)) throw invalidFields(['meeting_id'])
  return issueStartToken(world, app, {
    kind: 'onbehalf',
    user_id: person.id,
    meeting_id: Number(meeting_id),
    ttl: ttlOf(call, twoHours, oneYear),
  })
}

/** Seconds that a token shall live. */
function ttlOf({ query }: ApiCall, usual: number, longest: number): number {
  const { success, data } = z.coerce
    .number()
    .int()
    .min(1)
    .max(longest)
    .safeParse(query.get('ttl') || usual)
  if (!success) throw invalidFields(['ttl'])
  return data
}

/** Seconds in which a join token must be used. */
const expire_in = 120

type Wanted = 'local_recording' | 'live_streaming' | 'local_archiving'

/** What must be on in the host's settings, and for archives in the account's. */
const allowed = {
  local_recording: (_call, host) => settingsOf(host)['recording']?.['local_recording'] === true,
  live_streaming: (_call, host, kind) =>
    kind === 'meeting'
      ? settingsOf(host)['in_meeting']?.['allow_live_streaming'] === true
      : Object(settingsOf(host)['in_meeting']?.['webinar_live_streaming'])['enable'] === true,
  local_archiving: ({ world }) => world.settings.archiving,
} satisfies Record<Wanted, (call: ApiCall, host: Person, kind: Meeting['kind']) => boolean>

function joinToken(call: ApiCall, holder: Meeting['kind'], kind: Wanted): Reply {
  const meeting = holderOf(call, holder)
  if (!allowed[kind](call, hostOf(call, meeting), holder)) throw switchedOff(call)
  const { token } = issueStartToken(call.world, call.app, {
    kind,
    user_id: actor(call).id,
    meeting_id: meeting.id,
    ttl: expire_in,
    bypass_waiting_room: call.query.get('bypass_waiting_room') === 'true',
  })
  return ok({ token, expire_in })
}

/** Code 3000 stands for several things here; the one that is meant names the setting. */
function switchedOff({ endpoint }: ApiCall): Refusal {
  const documented = endpoint.errors.find(({ code, message }) => code === 3000 && message.startsWith('Not allowed'))
  return documented ? new Refusal(documented) : refusal(endpoint, 3000)
}

import { now } from '#simulator/clock.ts'
import { invalidFields, Refusal } from '#simulator/refusal.ts'
import type { Person } from '#simulator/state.ts'
import { newJwt } from '#simulator/tokens.ts'
import { actor, ok, personOf, type ApiCall, type ApiRoutes } from './call.ts'

/** https://developers.zoom.us/docs/meeting-sdk/auth/ */
export const startTokenRoutes: ApiRoutes = {
  'GET /users/{userId}/token': (call) => ok({ token: startToken(call, personOf(call)) }),
  'GET /users/me/zak': (call) => ok({ token: zak(call, actor(call)) }),
}

/** A token to start meetings with, for two hours, or 90 days for a user without a password. */
function startToken(call: ApiCall, person: Person): string {
  const wanted = call.query.get('type') ?? 'token'
  if (wanted === 'zak' || wanted === 'token') return zak(call, person)
  if (wanted !== 'onbehalf') throw invalidFields(['type'])
  throw new Refusal({ http: 501, code: 501, message: 'the simulator does not play tokens of type onbehalf yet' })
}

const twoHours = 7200
const ninetyDays = 7_776_000

function zak({ world, app, query }: ApiCall, person: Person): string {
  const usual = person.creation_type === 'custCreate' ? ninetyDays : twoHours
  const expires_at = now(world.clock) + Number(query.get('ttl') || usual) * 1000
  return newJwt(world, app, { user_id: person.id, tokenType: 'access_token', expires_at })
}

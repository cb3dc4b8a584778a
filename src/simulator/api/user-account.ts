import { z } from 'zod'
import { findPerson, hasSeat } from '#simulator/people.ts'
import { Refusal } from '#simulator/refusal.ts'
import type { Person } from '#simulator/state.ts'
import { publishUserChanges } from '#simulator/user-events.ts'
import { actor, noContent, ok, parseBody, personOf, type ApiCall, type ApiRoutes } from './call.ts'

/** Of a user: the address, what the role permits, the sign-ins, and licences for many at once. */
export const userAccountRoutes: ApiRoutes = {
  'PUT /users/{userId}/email': changeEmail,
  'GET /users/{userId}/permissions': (call) => ok({ permissions: permissions[personOf(call).role] }),
  'DELETE /users/{userId}/token': (call) => {
    const { id } = personOf(call)
    for (const { token, kind, user_id } of call.world.start_tokens.values()) {
      if (kind === 'zak' && user_id === id) call.world.start_tokens.delete(token)
    }
    return noContent
  },
  'POST /users/features': (call) => {
    const { feature_type, feature_value, users } = parseBody(call, featuresBody)
    const outcomes = users.map(({ id, email }) => {
      const who = id ?? email ?? ''
      const person = findPerson(call.world, who)
      return {
        id: person?.id ?? who,
        reason: person ? give(call, person, feature_type, feature_value) : 'Users not found',
      }
    })
    const failed = Map.groupBy(
      outcomes.filter(({ reason }) => reason !== undefined),
      ({ reason }) => reason,
    )
    const fail_details = [...failed].map(([reason, rows]) => ({ user_ids: rows.map(({ id }) => id), reason }))
    const success_user_ids = outcomes.filter(({ reason }) => reason === undefined).map(({ id }) => id)
    return { status: 201, body: { success_user_ids, fail_details } }
  },
}

const admin = ['User:Read', 'User:Edit', 'AccountSetting:Read', 'AccountSetting:Edit', 'Report:Read', 'Dashboard:Read']
const permissions = {
  owner: [...admin, 'Role:Read', 'Role:Edit', 'Branding:Edit'],
  admin,
  member: [],
} satisfies Record<Person['role'], string[]>

const featuresBody = z.object({
  feature_type: z.enum(['user_type', 'webinar']),
  feature_value: z.string(),
  users: z
    .array(z.object({ id: z.string().optional(), email: z.email().optional() }))
    .min(1)
    .max(30),
})

/** Why a user does not get it, in Zoom's words; nothing when all is well. */
function give(call: ApiCall, person: Person, feature: 'user_type' | 'webinar', value: string): string | undefined {
  if (feature === 'webinar') {
    person.settings['feature'] = { ...person.settings['feature'], webinar: value !== '0' && value !== 'false' }
    return
  }
  const type = value === '2' ? 2 : 1
  if (type === person.type) return 'No need to update'
  if (type === 2 && !hasSeat(call.world)) return 'Not enough seats'
  const before = { ...person }
  person.type = type
  publishUserChanges(call.world, before, person, actor(call))
}

function changeEmail(call: ApiCall) {
  const person = personOf(call)
  const { email } = parseBody(call, z.object({ email: z.email() }))
  if (!call.world.account.domains.includes(email.split('@').at(-1)?.toLowerCase() ?? '')) {
    throw new Refusal({ http: 400, code: 200, message: `Not a managed domain: ${email}.` })
  }
  if ((findPerson(call.world, email) ?? person) !== person) {
    throw new Refusal({ http: 409, code: 1005, message: `User already in the account: ${email}` })
  }
  const before = { ...person }
  person.email = email
  publishUserChanges(call.world, before, person, actor(call))
  return noContent
}

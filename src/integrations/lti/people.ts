import { sql } from 'kysely'
import type { Hub } from '#hub/hub.ts'
import { personFor } from '#hub/people.ts'
import { claim, nameOf, type Message } from './claims.ts'
import type { Platform } from './platforms.ts'
import { roleOf } from './roles.ts'
import { tables, type LtiRole } from './tables.ts'

/** Somebody of a course, as the LMS tells. */
export interface Member {
  user_id: string
  name: string
  email: string | undefined
  role: LtiRole
}

/** Who launched. */
export const memberOf = (message: Message): Member => ({
  user_id: message.sub,
  name: nameOf(message),
  email: message.email,
  role: roleOf(message[claim.roles]),
})

/**
 * Keeps what the LMS says of somebody, and who that is here: the same verified e-mail is the same person. The LMS vouches for its
 * users' addresses, as it does for who they are: two users of one LMS are two persons, though they share an address.
 */
export async function keepMember(
  hub: Hub,
  { place_id, workspace_id }: Platform,
  context_id: string | undefined,
  { user_id, name, email, role }: Member,
): Promise<string> {
  const known = await tables(hub.db)
    .selectFrom('lti_user')
    .select([personOfUser, 'name', 'email'])
    .where('place_id', '=', place_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  const same = known && known.name === name && known.email === (email ?? null)
  const person_id = same
    ? known.person_id
    : await personFor(hub, workspace_id, {
        source: `lti:${place_id}`,
        id: user_id,
        name,
        email,
        email_verified: !(await hasAnother(hub, place_id, user_id, email)),
      })
  const columns = { person_id, name, email: email ?? null }
  if (!same)
    await tables(hub.db)
      .insertInto('lti_user')
      .values({ place_id, user_id, ...columns })
      .onConflict((conflict) => conflict.columns(['place_id', 'user_id']).doUpdateSet(columns))
      .execute()
  if (context_id !== undefined)
    await tables(hub.db)
      .insertInto('lti_member')
      .values({ place_id, context_id, user_id, role })
      .onConflict((conflict) => conflict.columns(['place_id', 'context_id', 'user_id']).doUpdateSet({ role }))
      .execute()
  return person_id
}

/** Who a user is now: people are merged and untied at the hub, whatever was kept at the last launch. */
const personOfUser = sql<string>`coalesce((select link.person_id from place
  join person_link link on link.workspace_id = place.workspace_id and link.source = 'lti:' || place.id
  where place.id = lti_user.place_id and link.source_id = lti_user.user_id), lti_user.person_id)`.as('person_id')

/** Whether the address is that of another user of the same LMS: siblings have their parents', and a test student the teacher's. */
async function hasAnother(hub: Hub, place_id: string, user_id: string, email = ''): Promise<boolean> {
  const other = await tables(hub.db)
    .selectFrom('lti_user')
    .select('user_id')
    .where('place_id', '=', place_id)
    .where('user_id', '!=', user_id)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .executeTakeFirst()
  return other !== undefined
}

/** Everybody that is known of a course, by name. */
export const membersOf = (
  hub: Hub,
  place_id: string,
  context_id: string,
): Promise<{ user_id: string; role: LtiRole; person_id: string; name: string | null; email: string | null }[]> =>
  tables(hub.db)
    .selectFrom('lti_member')
    .innerJoin('lti_user', (join) =>
      join.onRef('lti_user.place_id', '=', 'lti_member.place_id').onRef('lti_user.user_id', '=', 'lti_member.user_id'),
    )
    .select(['lti_member.user_id', 'lti_member.role', personOfUser, 'lti_user.name', 'lti_user.email'])
    .where('lti_member.place_id', '=', place_id)
    .where('lti_member.context_id', '=', context_id)
    .orderBy('lti_user.name')
    .execute()

export const userOf = (
  hub: Hub,
  place_id: string,
  user_id: string,
): Promise<{ person_id: string; name: string | null; email: string | null } | undefined> =>
  tables(hub.db)
    .selectFrom('lti_user')
    .select([personOfUser, 'name', 'email'])
    .where('place_id', '=', place_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()

import { ConflictError, ForbiddenError, NotFoundError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import type { Role, Trx } from '#store/db.ts'
import * as rows from '#store/members.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { deleteViewsOf } from '#store/views.ts'
import { upsertMember } from '#store/workspaces.ts'
import type { Hub } from './hub.ts'
import type { Identity } from './integration.ts'
import type { Member, Page, PageQuery } from './resources.ts'
import { mayGive } from './roles.ts'

/** Who belongs to the workspace, by name. */
export async function members(
  hub: Hub,
  { workspace_id }: Pick<Identity, 'workspace_id'>,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<Member>> {
  const after = decodeCursor(cursor, 2)
  const found = await rows.membersOfWorkspace(hub.db, workspace_id, { limit, after, q })
  const page = pageOf(found, limit, ({ sort_name, user_id }) => [sort_name, user_id])
  return { ...page, items: page.items.map(resource) }
}

/** The e-mail addresses of the workspace's owners and administrators. */
export const addressesOfAdmins = (hub: Hub, workspace_id: string): Promise<string[]> =>
  rows.addressesOf(hub.db, workspace_id, ['owner', 'admin'])

/**
 * @throws NotFoundError for nobody of this workspace; ForbiddenError for a role above one's own, or somebody above oneself;
 * ConflictError when the workspace would be without an owner.
 */
export async function changeMember(hub: Hub, identity: Identity, user_id: string, role: Role): Promise<Member> {
  if (!mayGive(identity.role, role))
    throw new ForbiddenError(`The role ${role} is given by somebody who has it; yours here is ${identity.role}.`)
  await hub.db.transaction().execute(async (trx) => {
    await mayTouch(trx, identity, user_id, role)
    await upsertMember(trx, { workspace_id: identity.workspace_id, user_id, role })
    await audit(trx, identity, 'member.changed', user_id, { role })
  })
  return memberOf(hub, identity, user_id)
}

/** Takes somebody out of the workspace. They are signed out everywhere. Errors as of `changeMember`. */
export async function removeMember(hub: Hub, identity: Identity, user_id: string): Promise<void> {
  await hub.db.transaction().execute(async (trx) => {
    await mayTouch(trx, identity, user_id, undefined)
    await rows.deleteMember(trx, identity.workspace_id, user_id)
    await deleteViewsOf(trx, identity.workspace_id, `user:${user_id}`)
    await rows.endSessions(trx, user_id)
    await audit(trx, identity, 'member.removed', user_id, {})
  })
}

/** Signs somebody out everywhere. Errors as of `changeMember`. */
export async function signOutMember(hub: Hub, identity: Identity, user_id: string): Promise<{ ended: number }> {
  return hub.db.transaction().execute(async (trx) => {
    const role = (await rows.lockMembers(trx, identity.workspace_id)).find((each) => each.user_id === user_id)?.role
    if (!role) throw nobody(user_id)
    if (!mayGive(identity.role, role)) throw above(identity)
    const ended = await rows.endSessions(trx, user_id)
    await audit(trx, identity, 'member.signed_out', user_id, { sessions: ended })
    return { ended }
  })
}

async function mayTouch(trx: Trx, identity: Identity, user_id: string, next: Role | undefined): Promise<void> {
  const all = await rows.lockMembers(trx, identity.workspace_id)
  const role = all.find((each) => each.user_id === user_id)?.role
  if (!role) throw nobody(user_id)
  if (!mayGive(identity.role, role)) throw above(identity)
  const owners = all.filter((each) => each.role === 'owner').length
  if (role === 'owner' && next !== 'owner' && owners === 1)
    throw new ConflictError('This is the only owner of the workspace: make somebody else an owner first')
}

const nobody = (user_id: string) => new NotFoundError(`There is no member ${user_id}`)
const above = ({ role }: Identity) =>
  new ForbiddenError(`Their role is above yours, which is ${role} here: ask an owner of the workspace.`)

async function memberOf(hub: Hub, { workspace_id }: Identity, user_id: string): Promise<Member> {
  const found = await rows.memberOfWorkspace(hub.db, workspace_id, user_id)
  if (!found) throw nobody(user_id)
  return resource(found)
}

const audit = (trx: Trx, identity: Identity, action: string, object_id: string, detail: Record<string, unknown>) =>
  insertAudit(trx, { workspace_id: identity.workspace_id, actor: identity.name, action, object_id, detail })

const resource = ({ user_id, role, email, name, two_factor, last_seen_at, joined_at }: rows.MemberRow): Member => ({
  id: user_id,
  role,
  email,
  name,
  two_factor,
  last_seen_at: last_seen_at?.toISOString() ?? null,
  joined_at: joined_at.toISOString(),
})

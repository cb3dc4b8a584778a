import { ConflictError, ForbiddenError, NotFoundError } from '#core/errors.ts'
import { hashOf } from '#core/hashed.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import * as rows from '#store/members.ts'
import { upsertMember, workspaces } from '#store/workspaces.ts'
import type { Hub } from './hub.ts'
import type { Identity } from './integration.ts'
import type { Invitation } from './resources.ts'
import { mayGive } from './roles.ts'
import { workspacesOfUser } from './workspaces.ts'

const lasts_ms = 7 * 86_400_000

/** Those that may still be accepted, newest first. */
export async function invitations(
  hub: Hub,
  { workspace_id }: Pick<Identity, 'workspace_id'>,
): Promise<{ items: Invitation[] }> {
  return { items: (await rows.openInvitations(hub.db, workspace_id, new Date(hub.runtime.now()))).map(resource) }
}

/**
 * Invites an e-mail address with a role. No mail is sent: whoever invites hands the link on, which is shown this once, is good for a week
 * and for one person. @throws ForbiddenError for a role above one's own; ConflictError for somebody who belongs already.
 */
export async function invite(
  hub: Hub,
  identity: Identity,
  { email, role }: Pick<Invitation, 'email' | 'role'>,
): Promise<Invitation & { url: string }> {
  const { workspace_id, name } = identity
  if (!mayGive(identity.role, role))
    throw new ForbiddenError(`The role ${role} is given by somebody who has it; yours here is ${identity.role}.`)
  if (await rows.isMember(hub.db, workspace_id, email))
    throw new ConflictError(`${email} belongs to the workspace already`)
  const now = hub.runtime.now()
  const token = Buffer.from(hub.runtime.random(32)).toString('base64url')
  const row: rows.InvitationRow = {
    id: newId('invitation', now),
    workspace_id,
    email,
    role,
    token_hash: hashOf(token),
    invited_by: name,
    created_at: new Date(now),
    expires_at: new Date(now + lasts_ms),
    accepted_at: null,
    revoked_at: null,
  }
  await hub.db.transaction().execute(async (trx) => {
    await rows.insertInvitation(trx, row)
    await insertAudit(trx, {
      workspace_id,
      actor: name,
      action: 'invitation.created',
      object_id: row.id,
      detail: { email, role },
    })
  })
  return { ...resource(row), url: `${hub.publicUrl}/console/invitation?token=${token}` }
}

/** Its link is good no more. @throws NotFoundError, also for one of another workspace. */
export async function revokeInvitation(hub: Hub, { workspace_id, name }: Identity, id: string): Promise<void> {
  const row = await rows.invitationOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no invitation ${id}`)
  await hub.db.transaction().execute(async (trx) => {
    await rows.revokeInvitationRow(trx, id, new Date(hub.runtime.now()))
    await insertAudit(trx, { workspace_id, actor: name, action: 'invitation.revoked', object_id: id })
  })
}

/** Whom a link invites, and where to. @throws NotFoundError for a link that is not good any more. */
export async function readInvitation(hub: Hub, token: string): Promise<{ row: rows.InvitationRow; workspace: string }> {
  const row = await rows.invitationByToken(hub.db, hashOf(token))
  const over = !row || row.accepted_at || row.revoked_at || row.expires_at.getTime() <= hub.runtime.now()
  if (over)
    throw new NotFoundError('This invitation was accepted, taken back, or is older than a week. Ask for another')
  const workspace = (await workspaces(hub.db)).find(({ id }) => id === row.workspace_id)
  return { row, workspace: workspace?.name ?? '' }
}

/** Makes the person a member, once. @throws NotFoundError as of `readInvitation`. */
export async function acceptInvitation(hub: Hub, row: rows.InvitationRow, user_id: string): Promise<void> {
  const { id, workspace_id, role, email } = row
  await hub.db.transaction().execute(async (trx) => {
    if (!(await rows.takeInvitation(trx, id, new Date(hub.runtime.now()))))
      throw new NotFoundError('This invitation was accepted or taken back a moment ago. Ask for another')
    await upsertMember(trx, { workspace_id, user_id, role })
    const detail = { email, role, user_id }
    await insertAudit(trx, {
      workspace_id,
      actor: `user:${user_id}`,
      action: 'invitation.accepted',
      object_id: id,
      detail,
    })
  })
}

export const isInvited = async (hub: Hub, email: string): Promise<boolean> =>
  (await invitationsTo(hub, email)).length > 0

/**
 * Makes somebody whose address has been vouched for a member wherever it is invited. Whoever is a member already opens the links of further
 * invitations themselves. False for somebody who belongs nowhere and is not invited.
 */
export async function admit(hub: Hub, { user_id, email }: { user_id: string; email: string }): Promise<boolean> {
  if ((await workspacesOfUser(hub, user_id)).length > 0) return true
  for (const row of await invitationsTo(hub, email)) await acceptInvitation(hub, row, user_id)
  return (await workspacesOfUser(hub, user_id)).length > 0
}

const invitationsTo = (hub: Hub, email: string): Promise<rows.InvitationRow[]> =>
  rows.openInvitationsTo(hub.db, email, new Date(hub.runtime.now()))

const resource = ({ id, email, role, created_at, expires_at }: rows.InvitationRow): Invitation => ({
  id,
  email,
  role,
  created_at: created_at.toISOString(),
  expires_at: expires_at.toISOString(),
})

import { ConflictError, InputError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import { connectionOfApp } from '#store/connections.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/zoom-users.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import type { EventPayload } from '#zoom/events.ts'
import { createUser, getUser, isVerified, type NewUserBody } from '#zoom/users.ts'
import { chosenConnection } from './connections.ts'
import { endConnectionsOfUser } from './grants/end.ts'
import type { Actor, Hub } from './hub.ts'
import type { ReactionContext } from './inbox/context.ts'
import type { Outcome } from './integration.ts'
import type { NewZoomUser, Page, PageQuery, ZoomUser } from './resources.ts'
import { userIdFor } from './spoken-for.ts'
import { zoomClient } from './zoom-client.ts'
import { translated } from './zoom-refusal.ts'

type Payload = EventPayload<'user.created'>

/** An update holds only what changed: what it leaves out stays as it is. */
export async function userChanged(context: ReactionContext, event: { payload: Payload }): Promise<Outcome> {
  const ended = await endConnectionsOfUser(context, event.payload.object)
  const kept = await keepUser(context, event)
  return ended > 0 ? { outcome: 'handled' } : kept
}

async function keepUser({ trx, row }: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> {
  const { object } = payload
  const connection = await connectionOfApp(trx, row.zoom_app_id)
  if (!object.id) return { outcome: 'ignored', reason: 'the user has no id yet: the invitation was not accepted' }
  if (!connection) return { outcome: 'ignored', reason: 'the app has no connection' }
  const known = await rows.zoomUserById(trx, row.workspace_id, object.id)
  const email = object.email ?? known?.email
  if (!email) return { outcome: 'ignored', reason: 'the user is not known here' }
  if (known && row.event_ts < known.changed_at)
    return { outcome: 'ignored', reason: 'older than what is known of the user' }
  await rows.upsertZoomUser(trx, {
    workspace_id: row.workspace_id,
    id: object.id,
    connection_id: connection.id,
    email,
    first_name: object.first_name ?? known?.first_name ?? null,
    last_name: object.last_name ?? known?.last_name ?? null,
    display_name: object.display_name ?? known?.display_name ?? null,
    type: object.type ?? known?.type ?? null,
    status: statusAfter(row.event) ?? known?.status ?? 'active',
    timezone: known?.timezone ?? null,
    pmi: object.pmi ?? known?.pmi ?? null,
    changed_at: row.event_ts,
    // No event says whether Zoom has verified an address.
    ...(email === known?.email ? {} : { verified: null }),
  })
  return { outcome: 'handled' }
}

const statusAfter = (event: string): string | undefined =>
  ({ 'user.activated': 'active', 'user.deactivated': 'inactive' })[event]

/** Deleted, or no longer of the account: meetings and attendance stay, the person can no longer host. */
export async function userGone(context: ReactionContext, { payload }: { payload: Payload }): Promise<Outcome> {
  const { trx, row } = context
  const ended = await endConnectionsOfUser(context, payload.object)
  const gone = payload.object.id ? await rows.deleteZoomUser(trx, row.workspace_id, payload.object.id) : false
  return gone || ended > 0 ? { outcome: 'handled' } : { outcome: 'ignored', reason: 'the user is not known here' }
}

/**
 * Adds somebody to the Zoom account. Whom Zoom invites by e-mail is `pending` until they accept.
 * @throws ConflictError for an address that is there already, or when no licence is free.
 */
export async function addZoomUser(
  hub: Hub,
  actor: Actor,
  { connection_id, action, ...user_info }: NewZoomUser,
): Promise<ZoomUser> {
  const connection = await chosenConnection(hub, actor, connection_id)
  if (connection.kind === 'user_managed')
    throw new InputError('This connection is of one Zoom user: users are added by one that speaks for the account', [
      { field: 'connection_id', message: 'must be of an app for the account' },
    ])
  const created = await atZoom(hub, connection.id, { action, user_info })
  const { workspace_id } = actor
  const row = {
    workspace_id,
    id: created.id ?? user_info.email,
    connection_id: connection.id,
    email: created.email ?? user_info.email,
    first_name: user_info.first_name ?? null,
    last_name: user_info.last_name ?? null,
    display_name: user_info.display_name ?? null,
    type: created.type ?? user_info.type,
    status: action === 'create' ? 'pending' : 'active',
    timezone: null,
    pmi: null,
    changed_at: new Date(hub.runtime.now()),
  }
  await hub.db.transaction().execute(async (trx) => {
    if (created.id) await rows.upsertZoomUser(trx, row)
    await insertAudit(trx, {
      workspace_id,
      actor: actor.name,
      action: 'zoom_user.added',
      object_id: row.id,
      detail: { email: row.email, action, type: row.type },
    })
  })
  return resource(row)
}

async function atZoom(
  hub: Hub,
  connection_id: string,
  body: NewUserBody,
): Promise<Awaited<ReturnType<typeof createUser>>> {
  try {
    return await createUser(await zoomClient(hub, connection_id), body)
  } catch (error) {
    if (error instanceof ZoomApiError && error.code === 1005)
      throw new ConflictError(`${body.user_info.email} is a user of the Zoom account already`, { cause: error })
    throw translated(error, hub.runtime.now())
  }
}

/** The user of the account with this e-mail, as stored; the connection is the one that may speak for them. */
export async function zoomUserByEmail(
  hub: Hub,
  { workspace_id }: Actor,
  email: string,
): Promise<(ZoomUser & { pmi: string | null }) | undefined> {
  const row = await rows.zoomUserByEmail(hub.db, workspace_id, email)
  return row && { ...resource(row), pmi: row.pmi }
}

/**
 * Whether this address is the user's own: without Zoom's word nobody is taken for them by it. Zoom is asked (one call) until it says yes,
 * since no event tells when somebody has confirmed. Its word holds for the user and the address in its own answer alone: whoever has
 * taken another address meanwhile has confirmed that one.
 */
export async function hasVerifiedEmail(
  hub: Hub,
  actor: Actor,
  { id, email, connection_id }: Pick<ZoomUser, 'id' | 'email' | 'connection_id'>,
): Promise<boolean> {
  const known = await rows.zoomUserById(hub.db, actor.workspace_id, id)
  if (known?.verified && isSame(known.email, email)) return true
  const userId = userIdFor(await chosenConnection(hub, actor, connection_id), id)
  if (userId === undefined) return false
  try {
    const user = await getUser(await zoomClient(hub, connection_id), userId)
    if (user.id !== id || !isSame(user.email, email)) return false
    await rows.setVerified(hub.db, actor.workspace_id, { id, email }, isVerified(user))
    return isVerified(user)
  } catch (error) {
    throw translated(error, hub.runtime.now())
  }
}

const isSame = (a: string | null | undefined, b: string): boolean => a?.toLowerCase() === b.toLowerCase()

/** For whoever is not taken for the Zoom user of this address. */
export const notVerified = (email: string): string =>
  `Zoom has not verified that ${email} is the address of its user. That user opens the message from Zoom and confirms the address, or an administrator looks under “Users” at Zoom; then try again.`

export interface ZoomUserFilter {
  q?: string | undefined
  type?: number | undefined
  status?: 'active' | 'inactive' | 'pending' | undefined
}

export async function zoomUsers(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, ...filter }: PageQuery & ZoomUserFilter,
): Promise<Page<ZoomUser>> {
  const after = decodeCursor(cursor, 2)
  const found = await rows.zoomUsersOfWorkspace(hub.db, workspace_id, { ...filter, limit, after })
  const page = pageOf(found, limit, (row) => [row.email, row.id])
  return { ...page, items: page.items.map(resource) }
}

/** What the list of all users alone tells. */
type Details = Partial<Pick<rows.ZoomUserRow, 'user_created_at' | 'last_login_time' | 'last_client_version'>>

const resource = (
  row: Omit<rows.ZoomUserRow, 'pmi' | 'changed_at' | 'workspace_id' | 'verified' | 'missing_since' | keyof Details> &
    Details,
): ZoomUser => ({
  id: row.id,
  connection_id: row.connection_id,
  email: row.email,
  display_name: row.display_name ?? ([row.first_name, row.last_name].filter(Boolean).join(' ') || null),
  type: row.type,
  status: row.status,
  timezone: row.timezone,
  user_created_at: row.user_created_at?.toISOString() ?? null,
  last_login_time: row.last_login_time?.toISOString() ?? null,
  last_client_version: row.last_client_version ?? null,
})

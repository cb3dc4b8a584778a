import { ConflictError, sentenceOf } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import { connectionById, type ConnectionRow } from '#store/connections.ts'
import * as reads from '#store/zoom-user-reads.ts'
import * as rows from '#store/zoom-users.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { getUser, isVerified, listUsers, type User } from '#zoom/users.ts'
import { endConnectionsOfUser } from './grants/end.ts'
import type { Actor, Hub } from './hub.ts'
import type { Job } from './integration.ts'
import { instant } from './meetings/from-zoom.ts'
import { addJobs } from './jobs/add.ts'
import type { ZoomUserRead } from './resources.ts'
import { zoomClient } from './zoom-client.ts'
import { translated } from './zoom-refusal.ts'

/** Reads all users of an account: after it was connected, by night, and when somebody asks. */
export const zoomUsersJob = (connection_id: string): Job => ({
  task: 'zoom_users',
  payload: { connection_id },
  key: `zoom_users:${connection_id}`,
})

/** Tomorrow night it is done anew, so what Zoom refuses today is not asked for on and on. */
const again = (connection_id: string): Job => ({ ...zoomUsersJob(connection_id), max_attempts: 3 })

/** By night, for events that were lost or not subscribed: one job for each connection that speaks for an account. */
export async function readAllZoomUsers(hub: Hub): Promise<void> {
  const connections = await reads.connectionsThatListUsers(hub.db)
  await addJobs(
    hub.db,
    connections.map(({ id }) => again(id)),
  )
}

/** Has the users of the workspace's accounts read from Zoom, soon. @throws ConflictError where no connection may list them */
export async function askForZoomUsers(hub: Hub, actor: Actor): Promise<ZoomUserRead> {
  const { workspace_id } = actor
  const connections = await reads.connectionsThatListUsers(hub.db, workspace_id)
  if (connections.length === 0)
    throw new ConflictError(
      'Nobody may list the users of a Zoom account: an administrator connects an app for the account, or switches it on',
    )
  const asked_at = new Date(hub.runtime.now())
  await hub.db.transaction().execute(async (trx) => {
    for (const { id } of connections)
      await reads.upsertZoomUserRead(trx, { connection_id: id, state: 'reading', reason: null, asked_at })
    await addJobs(
      trx,
      connections.map(({ id }) => again(id)),
    )
    await insertAudit(trx, { workspace_id, actor: actor.name, action: 'zoom_users.read', object_id: workspace_id })
  })
  return lastZoomUserRead(hub, actor)
}

/** How the last look went, of all accounts of the workspace together: as old as the oldest. */
export async function lastZoomUserRead(hub: Hub, { workspace_id }: Actor): Promise<ZoomUserRead> {
  const connections = await reads.connectionsThatListUsers(hub.db, workspace_id)
  const found = await reads.zoomUserReadsOf(
    hub.db,
    connections.map(({ id }) => id),
  )
  const of = (state: reads.ZoomUserReadRow['state']) => found.find((each) => each.state === state)
  const [oldest] = found.map(({ read_at }) => read_at).toSorted((a, b) => (a?.getTime() ?? 0) - (b?.getTime() ?? 0))
  return {
    state: (of('reading') ?? of('failed') ?? of('done'))?.state ?? 'never',
    reason: of('reading') ? null : (of('failed')?.reason ?? null),
    read_at: oldest?.toISOString() ?? null,
  }
}

/** The job. Only a list that came to its end says who is missing. */
export async function readZoomUsers(payload: unknown, hub: Hub): Promise<void> {
  const { connection_id } = payload as { connection_id: string }
  const connection = await connectionById(hub.db, connection_id)
  if (!connection) return
  const asked_at = new Date(hub.runtime.now())
  try {
    const client = await zoomClient(hub, connection_id)
    let listed = 0
    for await (const user of listUsers(client)) {
      listed++
      if (user.id && user.email) await keep(hub, connection, { ...user, id: user.id, email: user.email }, asked_at)
    }
    // An account has its owner at least: an empty list says nothing.
    if (listed > 0) await judgeMissing(hub, connection, client, asked_at)
    await reads.upsertZoomUserRead(hub.db, { connection_id, state: 'done', reason: null, asked_at, read_at: asked_at })
  } catch (error) {
    const reason = sentenceOf(translated(error, hub.runtime.now()))
    await reads.upsertZoomUserRead(hub.db, { connection_id, state: 'failed', reason, asked_at })
    throw error
  }
}

const keep = (
  hub: Hub,
  { id: connection_id, workspace_id }: ConnectionRow,
  user: User & { id: string; email: string },
  changed_at: Date,
): Promise<void> =>
  rows.upsertZoomUser(hub.db, {
    workspace_id,
    id: user.id,
    connection_id,
    email: user.email,
    first_name: user.first_name ?? null,
    last_name: user.last_name ?? null,
    display_name: user.display_name ?? null,
    type: user.type,
    status: user.status ?? null,
    timezone: user.timezone ?? null,
    pmi: user.pmi ?? null,
    changed_at,
    verified: isVerified(user),
    user_created_at: instant(user.user_created_at),
    last_login_time: instant(user.last_login_time),
    last_client_version: user.last_client_version ?? null,
  })

/** So long somebody must have been missing, so that two looks one after the other are not one. */
const missing_ms = 6 * 3_600_000

/** A call for each: the rest comes with the next look. */
const mostAsked = 100

/**
 * Who is on no list for the second time is asked for by a call of their own, where the app may: deactivated, they stay, and deleted, or
 * of another account, they go as after the event.
 */
async function judgeMissing(hub: Hub, connection: ConnectionRow, client: ZoomClient, at: Date): Promise<void> {
  const missing = await rows.zoomUsersNotSeenSince(hub.db, connection.id, at)
  const first = missing.filter(({ missing_since }) => !missing_since)
  await rows.markZoomUsersMissing(
    hub.db,
    connection.workspace_id,
    first.map(({ id }) => id),
    at,
  )
  const twice = missing.filter(
    ({ missing_since }) => missing_since && missing_since.getTime() <= at.getTime() - missing_ms,
  )
  const mayAsk = !connection.scope || isGranted(endpointOf('GET /users/{userId}'), connection.scope)
  for (const row of mayAsk ? twice.slice(0, mostAsked) : twice) {
    const user = mayAsk ? await userThere(client, row.id) : undefined
    if (user?.email) await keep(hub, connection, { ...user, id: row.id, email: user.email }, at)
    else if (!user) await gone(hub, connection, row)
  }
}

/** Undefined: Zoom says that there is none, or that it belongs to another account. */
async function userThere(client: ZoomClient, id: string): Promise<User | undefined> {
  try {
    return await getUser(client, id)
  } catch (error) {
    if (error instanceof ZoomApiError && (error.code === 1001 || error.code === 1010)) return undefined
    throw error
  }
}

/** As after `user.deleted`: meetings and attendance stay, the person can no longer host, and what they consented to ends. */
async function gone(
  hub: Hub,
  { workspace_id, account_id }: ConnectionRow,
  { id, email, missing_since }: rows.ZoomUserRow,
): Promise<void> {
  await hub.db.transaction().execute(async (trx) => {
    const row = { workspace_id, account_id, event: 'user.deleted', event_ts: missing_since ?? new Date(0) }
    await endConnectionsOfUser({ hub, trx, row }, { id, email })
    await rows.deleteZoomUser(trx, workspace_id, id)
  })
}

import { InputError, NotFoundError } from '#core/errors.ts'
import * as rows from '#store/connections.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { parkedJobsOf } from '#store/parked-jobs.ts'
import { idle_ms } from './grants/renew.ts'
import type { Actor, Hub } from './hub.ts'
import { isKeyHere } from './encryption.ts'
import { reconnectOf } from './reconnect.ts'
import type { Connection, ConnectionsOfApp, Page, PageQuery } from './resources.ts'

export async function connections(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, state, q }: PageQuery & { state?: Connection['state'] | undefined; q?: string | undefined },
): Promise<Page<Connection>> {
  const after = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(
    await rows.connectionsOfWorkspace(hub.db, workspace_id, { limit, after, state, q }),
    limit,
    (row) => [row.id],
  )
  return { ...page, items: await resources(hub, page.items) }
}

/** Those that work, by how much each may see: those of accounts first, then the newest. At most 200. */
export const workingConnections = async (hub: Hub, { workspace_id }: Actor): Promise<Connection[]> =>
  resources(
    hub,
    (await rows.connectionsByReach(hub.db, workspace_id, { limit: 200 })).filter(({ state }) => state === 'connected'),
  )

/** Whether another connection of the same app broke for the same reason in the day before. */
export const failedAlikeBefore = (
  hub: Hub,
  { workspace_id }: Actor,
  { id, zoom_app_id, failure }: Connection,
): Promise<boolean> =>
  failure === null
    ? Promise.resolve(false)
    : rows.anyFailedAlike(hub.db, workspace_id, { id, zoom_app_id, code: failure.code, at: new Date(failure.at) })

/** So many of an app's failed connections are told one by one. */
const told = 5

/** Every Zoom app's connections by number, with the one that speaks for it and those that failed last. */
export async function connectionsByApp(hub: Hub, { workspace_id }: Actor): Promise<ConnectionsOfApp[]> {
  const [counts, usuals, failed] = await Promise.all([
    rows.countConnections(hub.db, workspace_id),
    rows.usualOfApps(hub.db, workspace_id).then((page) => resources(hub, page)),
    rows.lastFailedOfApps(hub.db, workspace_id, told).then((page) => resources(hub, page)),
  ])
  return counts.map(({ oldest_refresh_token_at, first_token_ends_at, ...count }) => ({
    ...count,
    next_renewal_at: earliest(renewalOf(oldest_refresh_token_at), first_token_ends_at)?.toISOString() ?? null,
    usual: usuals.find(({ zoom_app_id }) => zoom_app_id === count.zoom_app_id) ?? null,
    last_failed: failed.filter(({ zoom_app_id }) => zoom_app_id === count.zoom_app_id),
  }))
}

/** @throws NotFoundError, also for a connection of another workspace. */
export async function connection(hub: Hub, { workspace_id }: Actor, id: string): Promise<Connection> {
  const row = await rows.connectionOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no connection ${id}`)
  return resource(hub, row)
}

/**
 * The connection to work with: the one that was named, else the one that speaks for the account.
 * @throws InputError when none was named and it is not clear which.
 */
export async function chosenConnection(hub: Hub, actor: Actor, id: string | undefined): Promise<Connection> {
  if (id !== undefined) return connection(hub, actor, id)
  const { one, several } = await usual(hub, actor)
  if (one) return one
  const message = several ? 'name it: the workspace has several connections' : 'connect a Zoom app first'
  throw new InputError(`Which connection? ${message}`, [{ field: 'connection_id', message }])
}

/** The connection to work with for what lost its own: the workspace's usual one, if there is one. */
export const onlyConnection = async (hub: Hub, actor: Actor): Promise<string | undefined> =>
  (await usual(hub, actor)).one?.id

/** The only connection there is, or, beside the consents of single users, the only one of the account. */
async function usual(hub: Hub, { workspace_id }: Actor): Promise<{ one: Connection | undefined; several: boolean }> {
  const any = await rows.connectionsOfWorkspace(hub.db, workspace_id, { limit: 1, after: undefined })
  const ofAccount = await rows.connectionsOfAccounts(hub.db, workspace_id, { limit: 2 })
  const [one, another] = any.length === 1 ? any : ofAccount
  const isOnly = one && (!another || (one.state === 'connected' && another.state === 'disconnected'))
  return { one: isOnly ? await resource(hub, one) : undefined, several: any.length > 0 }
}

const resource = async (hub: Hub, row: rows.ConnectionOfApp): Promise<Connection> =>
  resourceOf(hub, row, await parkedJobsOf(hub.db, [row.id]))

async function resources(hub: Hub, page: readonly rows.ConnectionOfApp[]): Promise<Connection[]> {
  const broken = page.filter(({ state }) => state === 'disconnected').map(({ id }) => id)
  const waiting = await parkedJobsOf(hub.db, broken)
  return page.map((row) => resourceOf(hub, row, waiting))
}

function nextRenewal(row: rows.ConnectionOfApp): Date | undefined {
  if (row.state !== 'connected') return undefined
  return renewalOf(row.refresh_token_at) ?? row.access_token_expires_at ?? undefined
}

const renewalOf = (refresh_token_at: Date | null): Date | null =>
  refresh_token_at && new Date(refresh_token_at.getTime() + idle_ms)

const earliest = (...times: (Date | null)[]): Date | undefined =>
  times.filter((time) => time !== null).toSorted((a, b) => a.getTime() - b.getTime())[0]

function toReconnect(hub: Hub, row: rows.ConnectionOfApp): Connection['reconnect'] {
  if (row.state === 'disconnected') return reconnectOf(hub, row)
  if (!row.refresh_token || isKeyHere(hub.keys, row.refresh_token)) return null
  const again = reconnectOf(hub, row)
  const lost = 'Its tokens are sealed with an encryption key that is not here. Put the key back; if it is lost:'
  return again && { ...again, message: `${lost} ${again.message}` }
}

const resourceOf = (hub: Hub, row: rows.ConnectionOfApp, waiting: Map<string, number>): Connection => ({
  id: row.id,
  zoom_app_id: row.zoom_app_id,
  zoom_app_name: row.zoom_app_name,
  kind: row.kind,
  account_id: row.account_id,
  zoom_user_id: row.zoom_user_id,
  zoom_user_email: row.zoom_user_email,
  state: row.state,
  failure: row.failed_at && {
    code: row.failure_code ?? '',
    message: row.failure_message ?? '',
    at: row.failed_at.toISOString(),
  },
  reconnect: toReconnect(hub, row),
  next_renewal_at: nextRenewal(row)?.toISOString() ?? null,
  waiting_jobs: waiting.get(row.id) ?? 0,
  scopes: row.scope.split(' ').filter(Boolean),
  created_at: row.created_at.toISOString(),
})

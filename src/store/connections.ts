import { sql, type Insertable, type RawBuilder, type Selectable, type UpdateObject } from 'kysely'
import type { Db, Tables, Trx, ZoomAppKind } from './db.ts'
import { escapeLike } from './zoom-users.ts'

export type ConnectionRow = Selectable<Tables['connection']>
export type ConnectionOfApp = ConnectionRow & { zoom_app_name: string; kind: Tables['zoom_app']['kind'] }

export async function insertConnection(db: Db, row: Insertable<Tables['connection']>): Promise<void> {
  await db.insertInto('connection').values(row).execute()
}

const connectionsWithApp = (db: Db) =>
  db
    .selectFrom('connection')
    .innerJoin('zoom_app', 'zoom_app.id', 'connection.zoom_app_id')
    .selectAll('connection')
    .select(['zoom_app.name as zoom_app_name', 'zoom_app.kind'])

export const connectionsOfWorkspace = (
  db: Db,
  workspace_id: string,
  page: {
    limit: number
    after: string | undefined
    state?: ConnectionRow['state'] | undefined
    q?: string | undefined
  },
): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .$if(page.after !== undefined, (query) => query.where('connection.id', '>', page.after ?? ''))
    .$if(page.state !== undefined, (query) => query.where('connection.state', '=', page.state ?? 'connected'))
    .$if(Boolean(page.q), (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', connection.zoom_user_email, connection.zoom_user_id, connection.account_id, zoom_app.name)
          ilike ${`%${escapeLike(page.q ?? '')}%`}`,
      ),
    )
    .orderBy('connection.id')
    .limit(page.limit + 1)
    .execute()

export interface ConnectionCounts {
  zoom_app_id: string
  zoom_app_name: string
  kind: ZoomAppKind
  connected: number
  disconnected: number
  failed: number
  waiting_jobs: number
  /** Of those that work: the oldest refresh token, and the first end of a token that comes without one. */
  oldest_refresh_token_at: Date | null
  first_token_ends_at: Date | null
}

/** Ended by itself, not by somebody here: `disconnected` is the code of those. */
const failedByItself = sql<boolean>`connection.state = 'disconnected' and connection.failure_code is distinct from 'disconnected'`

/** How many connections each app has, and the work that waits for those that failed; the oldest app first. */
export async function countConnections(db: Db, workspace_id: string): Promise<ConnectionCounts[]> {
  const { rows } = await sql<ConnectionCounts>`
    select zoom_app.id as zoom_app_id, zoom_app.name as zoom_app_name, zoom_app.kind,
      count(*) filter (where connection.state = 'connected')::int as connected,
      count(*) filter (where connection.state = 'disconnected')::int as disconnected,
      count(*) filter (where ${failedByItself})::int as failed,
      coalesce(sum(waiting.jobs) filter (where ${failedByItself}), 0)::int as waiting_jobs,
      min(connection.refresh_token_at) filter (where connection.state = 'connected') as oldest_refresh_token_at,
      min(connection.access_token_expires_at) filter (
        where connection.state = 'connected' and connection.refresh_token_at is null
      ) as first_token_ends_at
    from zoom_app left join connection on connection.zoom_app_id = zoom_app.id left join (
      select connection_id, count(*) as jobs from parked_job
      join graphile_worker.jobs on jobs.id = parked_job.job_id group by 1
    ) waiting on waiting.connection_id = connection.id
    where zoom_app.workspace_id = ${workspace_id} group by zoom_app.id order by zoom_app.id`.execute(db)
  return rows
}

/** How many connections of one app work, and how many ended though nobody here ended them. */
export const workingAndFailedOfApp = (db: Db, zoom_app_id: string): Promise<{ connected: number; failed: number }> =>
  db
    .selectFrom('connection')
    .select([
      sql<number>`(count(*) filter (where connection.state = 'connected'))::int`.as('connected'),
      sql<number>`(count(*) filter (where ${failedByItself}))::int`.as('failed'),
    ])
    .where('zoom_app_id', '=', zoom_app_id)
    .executeTakeFirstOrThrow()

/** Of each app the connections that failed last. */
export const lastFailedOfApps = (db: Db, workspace_id: string, each: number): Promise<ConnectionOfApp[]> =>
  firstOfApps(
    db,
    workspace_id,
    each,
    sql<boolean>`${failedByItself}`,
    sql`connection.failed_at desc nulls last, connection.id`,
  )

/** Of each app the connection that speaks for it: one that works before one that does not. */
export const usualOfApps = (db: Db, workspace_id: string): Promise<ConnectionOfApp[]> =>
  firstOfApps(db, workspace_id, 1, sql<boolean>`true`, sql`connection.state = 'connected' desc, connection.id`)

const firstOfApps = (
  db: Db,
  workspace_id: string,
  each: number,
  fits: RawBuilder<boolean>,
  order: RawBuilder<unknown>,
): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .innerJoin(
      (query) =>
        query
          .selectFrom('connection')
          .select([
            'connection.id',
            sql<string>`row_number() over (partition by zoom_app_id order by ${order})`.as('place'),
          ])
          .where('workspace_id', '=', workspace_id)
          .where(fits)
          .as('ranked'),
      (join) => join.onRef('ranked.id', '=', 'connection.id'),
    )
    .where('ranked.place', '<=', String(each))
    .orderBy('ranked.place')
    .execute()

const idOfKey = sql`encode(substring(connection.refresh_token from 2 for 4), 'hex')`

export const connectionsSealedWithout = (db: Db, workspace_id: string, key_ids: string[]): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where(idOfKey, 'not in', key_ids)
    .orderBy('connection.id')
    .execute()

export async function countConnectionsSealedWithout(db: Db, key_ids: string[]): Promise<number> {
  const { count } = await db
    .selectFrom('connection')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(idOfKey, 'not in', key_ids)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const connectionOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('connection.id', '=', id)
    .executeTakeFirst()

/**
 * The connection of an app that speaks for a host: the host's own consent before others', one that works before one that does not.
 * An app of the account's own has exactly one.
 */
export const connectionOfApp = (
  db: Db,
  zoom_app_id: string,
  host_id?: string | null,
): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.zoom_app_id', '=', zoom_app_id)
    .orderBy(sql`connection.zoom_user_id is not distinct from ${host_id ?? null}`, 'desc')
    .orderBy(sql`connection.state = 'connected'`, 'desc')
    .orderBy('connection.id')
    .executeTakeFirst()

/** The consent that somebody gave for themselves; one that works before one that does not. */
export const connectionOfUser = (db: Db, workspace_id: string, email: string): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('zoom_app.kind', '=', 'user_managed')
    .where(sql`lower(connection.zoom_user_email)`, '=', email.toLowerCase())
    .orderBy(sql`connection.state = 'connected'`, 'desc')
    .orderBy('connection.id')
    .executeTakeFirst()

/** Those that speak for an account, not for a single user. */
export const connectionsOfAccounts = (
  db: Db,
  workspace_id: string,
  { limit }: { limit: number },
): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('zoom_app.kind', 'in', ['server_to_server', 'admin_managed'])
    // One that works before one that does not.
    .orderBy(sql`connection.state = 'connected'`, 'desc')
    .orderBy('connection.id')
    .limit(limit)
    .execute()

/** By how much each may see: those that work before others, those of accounts before those of single users, then the newest. */
export const connectionsByReach = (
  db: Db,
  workspace_id: string,
  { limit }: { limit: number },
): Promise<ConnectionOfApp[]> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .orderBy(sql`connection.state = 'connected'`, 'desc')
    .orderBy(sql`zoom_app.kind = 'user_managed'`)
    .orderBy('connection.id', 'desc')
    .limit(limit)
    .execute()

/** A working connection that may speak for everybody of an account. */
export const connectionOfAccount = (
  db: Db,
  workspace_id: string,
  account_id: string,
): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('connection.account_id', '=', account_id)
    .where('connection.state', '=', 'connected')
    .where('zoom_app.state', '=', 'on')
    .where('zoom_app.kind', 'in', ['server_to_server', 'admin_managed'])
    .orderBy('connection.id')
    .executeTakeFirst()

/** A working connection that may speak for a host: the host's own consent before that of the account. */
export const connectionForHost = (
  db: Db,
  workspace_id: string,
  host_id: string,
  account_id: string | undefined,
): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db)
    .where('connection.workspace_id', '=', workspace_id)
    .where('connection.state', '=', 'connected')
    .where('zoom_app.state', '=', 'on')
    .where((eb) =>
      eb.or([
        eb('connection.zoom_user_id', '=', host_id),
        ...(account_id === undefined
          ? []
          : [
              eb.and([
                eb('connection.account_id', '=', account_id),
                eb('zoom_app.kind', 'in', ['server_to_server', 'admin_managed']),
              ]),
            ]),
      ]),
    )
    .orderBy(sql`connection.zoom_user_id is not distinct from ${host_id}`, 'desc')
    .orderBy('connection.id')
    .executeTakeFirst()

/** Whether another of the app broke with this code in the day before a moment. Of two in the same millisecond the id decides. */
export async function anyFailedAlike(
  db: Db,
  workspace_id: string,
  { id, zoom_app_id, code, at }: { id: string; zoom_app_id: string; code: string; at: Date },
): Promise<boolean> {
  const found = await db
    .selectFrom('connection')
    .select('id')
    .where('workspace_id', '=', workspace_id)
    .where('zoom_app_id', '=', zoom_app_id)
    .where('failure_code', '=', code)
    .where('failed_at', '>', new Date(at.getTime() - 86_400_000))
    .where(sql<boolean>`(date_trunc('milliseconds', failed_at), id) < (${at}, ${id})`)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export const connectionsOfApps = (db: Db, zoom_app_ids: string[]): Promise<{ id: string; zoom_app_id: string }[]> =>
  zoom_app_ids.length === 0
    ? Promise.resolve([])
    : db.selectFrom('connection').select(['id', 'zoom_app_id']).where('zoom_app_id', 'in', zoom_app_ids).execute()

export const connectionById = (db: Db, id: string): Promise<ConnectionOfApp | undefined> =>
  connectionsWithApp(db).where('connection.id', '=', id).executeTakeFirst()

/** Reads the row and holds it until the transaction ends: one change of its tokens at a time, whichever process makes it. */
export const lockConnection = (trx: Trx, id: string): Promise<ConnectionRow | undefined> =>
  trx.selectFrom('connection').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/**
 * Takes the lease of a renewal, unless somebody has it: then undefined. The caller has locked the row, and asks Zoom only after the
 * commit. Answers the fence, which is the caller's until the next change of the tokens. By the database's clock, which all share.
 */
export async function takeRefreshLease(
  trx: Trx,
  id: string,
  { lease_ms }: { lease_ms: number },
): Promise<string | undefined> {
  const taken = await trx
    .updateTable('connection')
    .set({
      refresh_fence: sql`refresh_fence + 1`,
      refresh_lease_until: sql`clock_timestamp() + ${lease_ms} * interval '1 ms'`,
      refresh_sent_at: sql`coalesce(refresh_sent_at, clock_timestamp())`,
    })
    .where('id', '=', id)
    .where(sql<boolean>`(refresh_lease_until is null or refresh_lease_until <= clock_timestamp())`)
    .returning('refresh_fence')
    .executeTakeFirst()
  return taken?.refresh_fence
}

/** For every change of the tokens: a renewal that is under way finds that its fence is not the newest, and keeps nothing. */
export const fencedOff = {
  refresh_fence: sql<string>`refresh_fence + 1`,
  refresh_lease_until: null,
  refresh_sent_at: null,
}

export async function updateConnection(db: Db, id: string, change: UpdateObject<Tables, 'connection'>): Promise<void> {
  await db.updateTable('connection').set(change).where('id', '=', id).execute()
}

/** The connection of a Zoom user's consent to an app, held until the transaction ends; two first consents wait for each other. */
export async function lockConnectionOfGrant(
  trx: Trx,
  zoom_app_id: string,
  zoom_user_id: string,
): Promise<ConnectionRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${zoom_app_id}:${zoom_user_id}`}, 0))`.execute(trx)
  return trx
    .selectFrom('connection')
    .selectAll()
    .where('zoom_app_id', '=', zoom_app_id)
    .where('zoom_user_id', '=', zoom_user_id)
    .forUpdate()
    .executeTakeFirst()
}

/** An app's connections that work, the oldest first. */
export const connectedOfApp = (db: Db, zoom_app_id: string): Promise<ConnectionRow[]> =>
  db
    .selectFrom('connection')
    .selectAll()
    .where('zoom_app_id', '=', zoom_app_id)
    .where('state', '=', 'connected')
    .orderBy('id')
    .limit(200)
    .execute()

/** Working connections by a Zoom user's consent: by the id, or within the account by the e-mail that Zoom told at the consent. */
export const lockConnectionsOfUser = (
  trx: Trx,
  workspace_id: string,
  user: { id?: string | null | undefined; email?: string | null | undefined; account_id: string | null },
): Promise<ConnectionRow[]> =>
  trx
    .selectFrom('connection')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('state', '=', 'connected')
    .where('zoom_user_id', 'is not', null)
    .where((where) =>
      where.or([
        where('zoom_user_id', '=', user.id ?? ''),
        where.and([
          where('account_id', '=', user.account_id ?? ''),
          where(sql`lower(zoom_user_email)`, '=', (user.email ?? '').toLowerCase()),
        ]),
      ]),
    )
    .orderBy('id')
    .forUpdate()
    .execute()

/**
 * Working grants whose refresh token was last another one before this time, the oldest first; of all, or one of them. An app
 * that is switched off loses none.
 */
export const grantsRenewedBefore = (db: Db, before: Date, id?: string): Promise<{ id: string }[]> =>
  db
    .selectFrom('connection')
    .select('id')
    .where('state', '=', 'connected')
    .where('refresh_token', 'is not', null)
    .where('refresh_token_at', '<', before)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('refresh_token_at')
    .execute()

/**
 * Connections of apps that are switched on, which Zoom gives no token any more though what is held may be as good as before: an app of
 * an account's own that was disabled, and consents to an app whose own secret Zoom did not take.
 */
export const refusedForNow = (
  db: Db,
): Promise<{ id: string; zoom_app_id: string; kind: ZoomAppKind; failed_at: Date | null }[]> =>
  db
    .selectFrom('connection')
    .innerJoin('zoom_app', 'zoom_app.id', 'connection.zoom_app_id')
    .select(['connection.id', 'connection.zoom_app_id', 'zoom_app.kind', 'connection.failed_at'])
    .where('connection.state', '=', 'disconnected')
    .where(
      sql<boolean>`connection.failure_code = case zoom_app.kind when 'server_to_server' then 'invalid_grant' else 'invalid_client' end`,
    )
    .where(isOn)
    .orderBy('connection.id')
    .execute()

/** Of an app that is not switched off. */
const isOn = sql<boolean>`exists (select from zoom_app where zoom_app.id = connection.zoom_app_id and zoom_app.state = 'on')`

/** Working grants of which nobody knows how their last renewal ended, and nobody is finding out; the oldest first. */
export const grantsWithOpenRenewal = (db: Db): Promise<{ id: string }[]> =>
  db
    .selectFrom('connection')
    .select('id')
    .where('state', '=', 'connected')
    .where('refresh_sent_at', 'is not', null)
    .where(sql<boolean>`(refresh_lease_until is null or refresh_lease_until <= clock_timestamp())`)
    .orderBy('refresh_sent_at')
    .limit(100)
    .execute()

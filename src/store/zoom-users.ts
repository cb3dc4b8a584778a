import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tables } from './db.ts'

export type ZoomUserRow = Selectable<Tables['zoom_user']>

/** Inserts or renews one user; what is older than the row changes nothing. */
export async function upsertZoomUser(db: Db, row: Insertable<Tables['zoom_user']>): Promise<void> {
  const { workspace_id: _workspace, id: _id, connection_id: _connection, ...change } = row
  await db
    .insertInto('zoom_user')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'id'])
        .doUpdateSet({ ...change, missing_since: null })
        .where('zoom_user.changed_at', '<=', row.changed_at as Date),
    )
    .execute()
}

/** Active users of a connection whom nobody has told of since. */
export const zoomUsersNotSeenSince = (db: Db, connection_id: string, since: Date): Promise<ZoomUserRow[]> =>
  db
    .selectFrom('zoom_user')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .where('changed_at', '<', since)
    // Those who were deactivated or have not accepted yet are not on the list anyway.
    .where((where) => where.or([where('status', 'is', null), where('status', '=', 'active')]))
    .orderBy('id')
    .execute()

export async function markZoomUsersMissing(
  db: Db,
  workspace_id: string,
  ids: string[],
  missing_since: Date,
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('zoom_user')
    .set({ missing_since })
    .where('workspace_id', '=', workspace_id)
    .where('id', 'in', ids)
    .execute()
}

export async function deleteZoomUser(db: Db, workspace_id: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('zoom_user')
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const zoomUserById = (db: Db, workspace_id: string, id: string): Promise<ZoomUserRow | undefined> =>
  db
    .selectFrom('zoom_user')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

export const zoomUserByEmail = (db: Db, workspace_id: string, email: string): Promise<ZoomUserRow | undefined> =>
  db
    .selectFrom('zoom_user')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .orderBy('id')
    .executeTakeFirst()

/** Nothing where the user has another address by now. */
export async function setVerified(
  db: Db,
  workspace_id: string,
  { id, email }: { id: string; email: string },
  verified: boolean,
): Promise<void> {
  await db
    .updateTable('zoom_user')
    .set({ verified })
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .execute()
}

/** Users whose e-mail, name or id holds the words, by e-mail; `after` is the [e-mail, id] to continue behind. */
export const zoomUsersOfWorkspace = (
  db: Db,
  workspace_id: string,
  filter: {
    q?: string | undefined
    type?: number | undefined
    status?: string | undefined
    limit: number
    after: string[] | undefined
  },
): Promise<ZoomUserRow[]> =>
  db
    .selectFrom('zoom_user')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .$if(filter.q !== undefined, (query) =>
      query.where(
        sql<boolean>`concat_ws(' ', email, display_name, first_name, last_name, id) ilike ${`%${escapeLike(filter.q ?? '')}%`}`,
      ),
    )
    .$if(filter.type !== undefined, (query) => query.where('type', '=', filter.type ?? 0))
    .$if(filter.status !== undefined, (query) => query.where('status', '=', filter.status ?? ''))
    .$if(filter.after !== undefined, (query) =>
      query.where(sql<boolean>`(email, id) > (${filter.after?.[0]}, ${filter.after?.[1]})`),
    )
    .orderBy('email')
    .orderBy('id')
    .limit(filter.limit + 1)
    .execute()

/** `%` and `_` in what a person typed stand for themselves. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** Somebody to ask Zoom about on a connection: a licensed user before others. */
export const hostOfConnection = (db: Db, connection_id: string): Promise<ZoomUserRow | undefined> =>
  db
    .selectFrom('zoom_user')
    .selectAll()
    .where('connection_id', '=', connection_id)
    .orderBy(sql`type = 2`, 'desc')
    .orderBy('id')
    .executeTakeFirst()

/** Who may hold meetings of any length on a connection (type 2, Licensed). */
export const licensedHosts = (db: Db, connection_id: string): Promise<{ id: string; email: string }[]> =>
  db
    .selectFrom('zoom_user')
    .select(['id', 'email'])
    .where('connection_id', '=', connection_id)
    .where('type', '=', 2)
    .orderBy('id')
    .execute()

/** Whether the workspace knows the users of a Zoom account at all. */
export const anyZoomUser = async (db: Db, workspace_id: string): Promise<boolean> =>
  (await db.selectFrom('zoom_user').select('id').where('workspace_id', '=', workspace_id).executeTakeFirst()) !==
  undefined

import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Role, Tables, Trx } from './db.ts'
import { escapeLike } from './zoom-users.ts'

// People are better-auth's: its tables stand in the schema `auth` of the same database.

export interface MemberRow {
  user_id: string
  role: Role
  email: string
  name: string
  two_factor: boolean
  last_seen_at: Date | null
  joined_at: Date
  /** What the list is sorted by, as the database writes it. */
  sort_name: string
}

const membersSql = (workspace_id: string) => sql<MemberRow>`
  select m.user_id, m.role, u.email, u.name, lower(u.name) as sort_name, coalesce(u."twoFactorEnabled", false) as two_factor, m.created_at as joined_at,
    (select max(s."updatedAt") from auth.session s where s."userId" = m.user_id) as last_seen_at
  from member m join auth."user" u on u.id = m.user_id where m.workspace_id = ${workspace_id}`

/** By name, then id; `after` are the two of the last row before. */
export async function membersOfWorkspace(
  db: Db,
  workspace_id: string,
  { limit, after, q }: { limit: number; after?: string[] | undefined; q?: string | undefined },
): Promise<MemberRow[]> {
  const [name = '', id = ''] = after ?? []
  const { rows } = await sql<MemberRow>`${membersSql(workspace_id)}
    and ${q ? sql`u.name || ' ' || u.email ilike ${`%${escapeLike(q)}%`}` : sql`true`}
    and ${after ? sql`(lower(u.name), u.id) > (${name}, ${id})` : sql`true`}
    order by lower(u.name), u.id limit ${limit + 1}`.execute(db)
  return rows
}

export async function memberOfWorkspace(db: Db, workspace_id: string, user_id: string): Promise<MemberRow | undefined> {
  const { rows } = await sql<MemberRow>`${membersSql(workspace_id)} and m.user_id = ${user_id}`.execute(db)
  return rows[0]
}

/** The addresses of those with one of the roles, in their order. */
export async function addressesOf(db: Db, workspace_id: string, roles: readonly Role[]): Promise<string[]> {
  const { rows } = await sql<{ email: string }>`
    select u.email from member m join auth."user" u on u.id = m.user_id
    where m.workspace_id = ${workspace_id} and m.role = any(${roles}) order by u.email`.execute(db)
  return rows.map(({ email }) => email)
}

/** Whether somebody with this address, whatever its letters’ case, belongs to the workspace. */
export async function isMember(db: Db, workspace_id: string, email: string): Promise<boolean> {
  const { rows } = await sql`${membersSql(workspace_id)} and lower(u.email) = lower(${email})`.execute(db)
  return rows.length > 0
}

/** All members of the workspace by role alone, held until the transaction ends: two who go at once go one after the other. */
export const lockMembers = (trx: Trx, workspace_id: string): Promise<{ user_id: string; role: Role }[]> =>
  trx.selectFrom('member').select(['user_id', 'role']).where('workspace_id', '=', workspace_id).forUpdate().execute()

export async function deleteMember(db: Db, workspace_id: string, user_id: string): Promise<void> {
  await db.deleteFrom('member').where('workspace_id', '=', workspace_id).where('user_id', '=', user_id).execute()
}

export interface SignInSession {
  id: string
  created_at: Date
  seen_at: Date
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
}

/** Newest first; those that ended are left out. */
export async function sessionsOfUser(db: Db, user_id: string, now: Date): Promise<SignInSession[]> {
  const { rows } = await sql<SignInSession>`
    select id, "createdAt" as created_at, "updatedAt" as seen_at, "expiresAt" as expires_at, "ipAddress" as ip_address,
      "userAgent" as user_agent
    from auth.session where "userId" = ${user_id} and "expiresAt" > ${now} order by "createdAt" desc`.execute(db)
  return rows
}

/** Ends one session of a person, or all of them. Answers how many. */
export async function endSessions(db: Db, user_id: string, id?: string): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from auth.session where "userId" = ${user_id} and (${id ?? null}::text is null or id = ${id ?? null})`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0n)
}

export type InvitationRow = Selectable<Tables['invitation']>

export async function insertInvitation(db: Db, row: Insertable<Tables['invitation']>): Promise<void> {
  await db.insertInto('invitation').values(row).execute()
}

/** Those that may still be accepted, newest first. */
export const openInvitations = (db: Db, workspace_id: string, now: Date): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()

/** Those to an address that may still be accepted, of all workspaces, oldest first: what was said last of a role counts. */
export const openInvitationsTo = (db: Db, email: string, now: Date): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id')
    .execute()

export const invitationOfWorkspace = (db: Db, workspace_id: string, id: string): Promise<InvitationRow | undefined> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .where('id', '=', id)
    .executeTakeFirst()

export const invitationByToken = (db: Db, token_hash: Buffer): Promise<InvitationRow | undefined> =>
  db.selectFrom('invitation').selectAll().where('token_hash', '=', token_hash).executeTakeFirst()

/** Takes an invitation that is open, once; false when somebody was faster, or it is over. */
export async function takeInvitation(db: Db, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitation')
    .set({ accepted_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function revokeInvitationRow(db: Db, id: string, revoked_at: Date): Promise<void> {
  await db.updateTable('invitation').set({ revoked_at }).where('id', '=', id).where('accepted_at', 'is', null).execute()
}

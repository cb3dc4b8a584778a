import type { Hub } from '#hub/hub.ts'
import { own, type UserRow } from './tables.ts'

export const linkedUser = (hub: Hub, place_id: string, user_id: string): Promise<UserRow | undefined> =>
  own(hub.db)
    .selectFrom('mattermost_user')
    .selectAll()
    .where('place_id', '=', place_id)
    .where('user_id', '=', user_id)
    .executeTakeFirst()

export const usersOfConnection = (hub: Hub, connection_id: string): Promise<UserRow[]> =>
  own(hub.db).selectFrom('mattermost_user').selectAll().where('connection_id', '=', connection_id).execute()

/** What the consent brought of them is deleted: they are known here no more. */
export async function unlinkConnection(hub: Hub, connection_id: string): Promise<number> {
  const { numDeletedRows } = await own(hub.db)
    .deleteFrom('mattermost_user')
    .where('connection_id', '=', connection_id)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

export async function linkUser(hub: Hub, row: Omit<UserRow, 'told_at' | 'linked_at'>): Promise<void> {
  const values = { ...row, linked_at: new Date(hub.runtime.now()), told_at: null }
  const { place_id: _place, user_id: _user, ...change } = values
  await own(hub.db)
    .insertInto('mattermost_user')
    .values(values)
    .onConflict((conflict) => conflict.columns(['place_id', 'user_id']).doUpdateSet(change))
    .execute()
}

export async function unlinkUser(hub: Hub, { place_id, user_id }: UserRow): Promise<void> {
  await own(hub.db)
    .deleteFrom('mattermost_user')
    .where('place_id', '=', place_id)
    .where('user_id', '=', user_id)
    .execute()
}

export async function markTold(hub: Hub, { place_id, user_id }: UserRow): Promise<void> {
  await own(hub.db)
    .updateTable('mattermost_user')
    .set({ told_at: new Date(hub.runtime.now()) })
    .where('place_id', '=', place_id)
    .where('user_id', '=', user_id)
    .execute()
}

export async function forgetTold(hub: Hub, connection_id: string): Promise<void> {
  await own(hub.db)
    .updateTable('mattermost_user')
    .set({ told_at: null })
    .where('connection_id', '=', connection_id)
    .execute()
}

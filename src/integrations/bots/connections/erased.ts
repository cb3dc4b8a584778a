import type { HubEventOf } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'
import { tablesOf } from '#integrations/bots/tables.ts'

/** What a consent brought was deleted: who had given it is forgotten here, too. The bots that it let in stay, without a name of theirs. */
export async function connectionErased(event: HubEventOf<'connection.erased'>, hub: Hub): Promise<Outcome> {
  const { connection_id } = event.payload
  return hub.db.transaction().execute(async (trx) => {
    const [gone] = await tablesOf(trx)
      .deleteFrom('bot_connection')
      .where('connection_id', '=', connection_id)
      .returning('zoom_user_id')
      .execute()
    if (!gone) return { outcome: 'ignored', reason: 'no bot worked with this connection' }
    const { workspace_id } = event
    const bots = tablesOf(trx).selectFrom('bot_bot').select('id').where('workspace_id', '=', workspace_id)
    await tablesOf(trx)
      .updateTable('bot_participant')
      .set({ name: '', user_uuid: null })
      .where('user_uuid', '=', gone.zoom_user_id)
      .where('bot_id', 'in', bots)
      .execute()
    for (const column of ['onbehalf_user_id', 'zak_user_id'] as const)
      await tablesOf(trx)
        .updateTable('bot_bot')
        .set({ [column]: null })
        .where('workspace_id', '=', workspace_id)
        .where(column, '=', gone.zoom_user_id)
        .execute()
    return { outcome: 'handled' }
  })
}

import type { Trx } from '#store/db.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { placeMeeting, placementByRef, removePlacement } from '#hub/placements.ts'
import { createPlace, place } from '#hub/places.ts'
import type { Place, Placement } from '#hub/resources.ts'
import { tablesOf, type BotRow } from '#integrations/bots/tables.ts'

/** The workspace as a place where bots work; made with its first bot. */
export async function botsPlace(hub: Hub, actor: Actor): Promise<Place> {
  const project = await tablesOf(hub.db)
    .selectFrom('bot_project')
    .select('place_id')
    .where('workspace_id', '=', actor.workspace_id)
    .executeTakeFirst()
  return place(hub, actor, project?.place_id ?? (await firstPlace(hub, actor)))
}

/** Two first bots wait for each other, and find one place. */
const firstPlace = (hub: Hub, actor: Actor): Promise<string> =>
  hub.db.transaction().execute(async (trx) => {
    const known = await lockedPlaceId(trx, actor.workspace_id)
    if (known) return known
    const { id } = await createPlace(hub, actor, { integration: 'bots', name: 'Bots' }, trx)
    await tablesOf(trx)
      .updateTable('bot_project')
      .set({ place_id: id })
      .where('workspace_id', '=', actor.workspace_id)
      .execute()
    return id
  })

async function lockedPlaceId(trx: Trx, workspace_id: string): Promise<string | null> {
  const tables = tablesOf(trx)
  await tables
    .insertInto('bot_project')
    .values({ workspace_id, place_id: null })
    .onConflict((conflict) => conflict.column('workspace_id').doNothing())
    .execute()
  const row = await tables
    .selectFrom('bot_project')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .forUpdate()
    .executeTakeFirst()
  return row?.place_id ?? null
}

/** The meeting's page shows it no more: the bot was called off, or goes to another meeting. */
export async function removeBot(hub: Hub, actor: Actor, bot_id: string): Promise<void> {
  const { id } = await botsPlace(hub, actor)
  const placed = await placementByRef(hub, id, bot_id)
  if (placed) await removePlacement(hub, placed.id)
}

/** The meeting's page shows the bot that goes to it. */
export async function placeBot(hub: Hub, actor: Actor, bot: BotRow, meeting_id: string): Promise<Placement> {
  const { id: place_id } = await botsPlace(hub, actor)
  return placeMeeting(hub, actor, {
    place_id,
    meeting_id,
    ref: bot.id,
    title: bot.bot_name,
    url: `${hub.publicUrl}/api/v1/bots/${bot.id}`,
  })
}

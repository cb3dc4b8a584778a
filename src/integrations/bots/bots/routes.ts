import { z } from 'zod'
import { NotFoundError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { cutPage, pageOf, readCursor } from '#integrations/bots/contract/page.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import { botsRoute, empty } from '#integrations/bots/contract/route.ts'
import type { BotRow } from '#integrations/bots/tables.ts'
import { botChange, changeBot } from './change.ts'
import { createBot, newBot } from './create.ts'
import { callOff } from './call-off.ts'
import { requestLeave } from './leave.ts'
import { addressOf, filterOf, flag, text } from './query.ts'
import { removeBot } from './place.ts'
import { botObject, botResource } from './resource.ts'
import * as rows from './rows.ts'
import { botStates } from './states.ts'

const tag = 'Bots'
const missing = 'Bot not found'
export const botsPath = '/api/v1/bots'

const filters = z.object({
  cursor: z.string().optional(),
  meeting_url: z.string().optional(),
  deduplication_key: z.string().optional(),
  states: z.enum(botStates).optional().describe('May be repeated'),
  join_at_after: z.string().optional().describe('ISO 8601'),
  join_at_before: z.string().optional().describe('ISO 8601'),
})

const participant = z.object({
  id: z.string(),
  name: z.string(),
  uuid: z.string(),
  user_uuid: z.string().nullable(),
  is_host: z.boolean(),
})

export const botRoutes = [
  botsRoute({
    method: 'POST',
    path: botsPath,
    auth: 'operator',
    summary: 'Send a bot to a meeting',
    tag,
    missing,
    body: newBot,
    answers: [201, botObject],
    handle: async ({ identity, body }, hub) => withEvents(hub, await createBot(hub, identity, body)),
  }),
  botsRoute({
    method: 'GET',
    path: botsPath,
    auth: 'viewer',
    summary: 'List bots, the oldest first',
    tag,
    missing,
    query: filters,
    answers: [200, pageOf(botObject)],
    handle: async ({ identity, query }, hub) => {
      const cursor = readCursor(query['cursor'])
      const found = await rows.botsFrom(hub.db, identity.workspace_id, filterOf(query), cursor)
      const { rows: page, ...beside } = cutPage(found, cursor, ({ id }) => id, addressOf(hub, botsPath, query))
      const events = await rows.eventsOf(
        hub.db,
        page.map(({ id }) => id),
      )
      return { ...beside, results: page.map((row) => botResource(row, events)) }
    },
  }),
  botsRoute({
    method: 'GET',
    path: `${botsPath}/:id`,
    auth: 'viewer',
    summary: 'Read a bot',
    tag,
    missing,
    answers: [200, botObject],
    handle: async ({ identity, params }, hub) => withEvents(hub, await botRow(hub, identity, params)),
  }),
  botsRoute({
    method: 'PATCH',
    path: `${botsPath}/:id`,
    auth: 'operator',
    summary: 'Change a bot that is planned, or what it notes',
    tag,
    missing,
    body: botChange,
    answers: [200, botObject],
    handle: async ({ identity, params, body }, hub) => {
      const { id } = await botRow(hub, identity, params)
      await changeBot(hub, identity, id, body)
      return withEvents(hub, await botRow(hub, identity, params))
    },
  }),
  botsRoute({
    method: 'DELETE',
    path: `${botsPath}/:id`,
    auth: 'operator',
    summary: 'Call a scheduled bot off',
    tag,
    missing,
    answers: [200, empty],
    handle: async ({ identity, params }, hub) => {
      const { id } = await botRow(hub, identity, params)
      const state = await callOff(hub, id)
      if (state !== 'scheduled')
        throw businessError(`Bot is in state ${state} but can only be deleted when in scheduled state`)
      await removeBot(hub, identity, id)
    },
  }),
  botsRoute({
    method: 'POST',
    path: `${botsPath}/:id/leave`,
    auth: 'operator',
    summary: 'Have a bot leave its meeting',
    tag,
    missing,
    answers: [200, botObject],
    handle: async ({ identity, params }, hub) => {
      const { id } = await botRow(hub, identity, params)
      await requestLeave(hub, id)
      return withEvents(hub, await botRow(hub, identity, params))
    },
  }),
  botsRoute({
    method: 'GET',
    path: `${botsPath}/:id/participants`,
    auth: 'viewer',
    summary: 'List who was in the meeting with a bot',
    tag,
    missing,
    query: z.object({
      cursor: z.string().optional(),
      is_host: z.enum(['true', 'false']).optional(),
      id: z.string().optional(),
    }),
    answers: [200, pageOf(participant)],
    handle: async ({ identity, params, query }, hub) => {
      const { id: bot_id } = await botRow(hub, identity, params)
      const cursor = readCursor(query['cursor'])
      const filter = { is_host: flag(query, 'is_host'), uuid: text(query, 'id') }
      const found = await rows.participantsFrom(hub.db, bot_id, filter, cursor)
      const address = addressOf(hub, `${botsPath}/${bot_id}/participants`, query)
      const { rows: page, ...beside } = cutPage(found, cursor, ({ uuid }) => uuid, address)
      return { ...beside, results: page.map((row) => ({ ...row, id: row.uuid })) }
    },
  }),
]

const withEvents = async (hub: Hub, row: BotRow) => botResource(row, await rows.eventsOf(hub.db, [row.id]))

/** @throws NotFoundError, also for a bot of another workspace. */
async function botRow(hub: Hub, { workspace_id }: Actor, { id = '' }: Record<string, string>): Promise<BotRow> {
  const row = await rows.botOf(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no bot ${id}`)
  return row
}

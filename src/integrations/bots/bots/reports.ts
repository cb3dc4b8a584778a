import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { NotFoundError, UnauthorizedError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome, Route, RouteRequest } from '#hub/integration.ts'
import type { BotParticipantRow, BotRow } from '#integrations/bots/tables.ts'
import { happen } from './happen.ts'
import { hashOf } from '#core/hashed.ts'
import { botById, keepParticipants, lockBot } from './rows.ts'
import type { BotEventType, BotState } from './states.ts'

const report = z.object({
  bot_id: z.string().optional(),
  event: z.enum([
    'waiting_room',
    'joined',
    'recording_permission_granted',
    'recording_permission_denied',
    'could_not_join',
    'left',
    'meeting_ended',
  ]),
  sub_type: z
    .string()
    .regex(/^[a-z_]{1,100}$/)
    .optional(),
  at: z.iso.datetime().describe('When it happened'),
  participants: z
    .array(
      z.object({
        uuid: z.string().min(1).max(200).optional().describe('Absent: not known well enough to be kept'),
        name: z.string().max(200),
        user_uuid: z.string().max(200).nullish(),
        is_host: z.boolean().default(false),
      }),
    )
    .max(1000)
    .optional(),
})
type Report = z.output<typeof report>

/** What the runner of bots says of one. It has no API key, but a token for this bot alone. */
export const reportRoute: Route = {
  method: 'POST',
  path: '/bots/:id/reports',
  auth: 'public',
  schema: {
    summary: 'A runner reports what happened to its bot',
    tags: ['Bots'],
    params: z.object({ id: z.string() }),
    body: report,
    response: { 200: z.object({ outcome: z.enum(['handled', 'ignored']), reason: z.string().optional() }) },
  },
  handle: async (request: RouteRequest, hub) => {
    const { id } = request.params as { id: string }
    await authorised(hub, id, request.headers)
    return { status: 200, body: await take(hub, id, request.body as Report) }
  },
}

async function authorised(hub: Hub, bot_id: string, { authorization }: RouteRequest['headers']): Promise<void> {
  const token = /^Bearer (\S+)$/i.exec(String(authorization ?? ''))?.[1]
  const expected = (await botById(hub.db, bot_id))?.report_token_hash
  // An unknown bot and a wrong token are not told apart.
  if (!token || !expected || !timingSafeEqual(hashOf(token), expected))
    throw new UnauthorizedError('A report needs the token that came with the order for this bot')
}

/** A report that comes twice, or late, changes nothing and says why. */
const take = (hub: Hub, bot_id: string, { event, sub_type, at, participants }: Report): Promise<Outcome> =>
  hub.db.transaction().execute(async (trx) => {
    const bot = await lockBot(trx, bot_id)
    if (!bot) throw new NotFoundError(`There is no bot ${bot_id}`)
    await keepParticipants(trx, known(bot_id, participants))
    const after: BotRow | undefined = await happen(trx, bot, {
      type: eventOf(event, bot.state),
      sub_type,
      at: new Date(at),
    })
    return after
      ? { outcome: 'handled' }
      : { outcome: 'ignored', reason: `a bot in state ${bot.state} is past ${event}` }
  })

/** Of somebody who is told twice the later counts. */
function known(bot_id: string, participants: Report['participants'] = []): BotParticipantRow[] {
  const rows = new Map<string, BotParticipantRow>()
  for (const { uuid, user_uuid, ...each } of participants)
    if (uuid !== undefined) rows.set(uuid, { ...each, bot_id, uuid, user_uuid: user_uuid ?? null })
  return [...rows.values()]
}

/**
 * A bot that is gone without having been asked to leave was put out, or the meeting is over: it is the same for it. One that was
 * called back on its way has left, also when it could not have come in.
 */
function eventOf(event: Report['event'], state: BotState): BotEventType {
  if (event === 'could_not_join' && state === 'leaving') return 'left_meeting'
  if (event === 'left' && state !== 'leaving') return 'meeting_ended'
  return events[event]
}

const events = {
  waiting_room: 'put_in_waiting_room',
  joined: 'joined_meeting',
  recording_permission_granted: 'recording_permission_granted',
  recording_permission_denied: 'recording_permission_denied',
  could_not_join: 'could_not_join_meeting',
  left: 'left_meeting',
  meeting_ended: 'meeting_ended',
} as const satisfies Record<Report['event'], BotEventType>

import { setTimeout } from 'node:timers/promises'
import { now } from '#simulator/clock.ts'
import type { World } from '#simulator/state.ts'
import type { Bot } from './bot.ts'

export type BotEvent =
  | 'waiting_room'
  | 'joined'
  | 'recording_permission_granted'
  | 'recording_permission_denied'
  | 'could_not_join'
  | 'left'
  | 'meeting_ended'

/** Milliseconds before each further try, when the hub does not take a report. */
const waits = [100, 500, 2000]

/** Tells the hub what has happened to the bot, after what was told before. */
export function report(world: World, bot: Bot, event: BotEvent, sub_type?: string): void {
  const body = JSON.stringify({
    bot_id: bot.id,
    event,
    ...(sub_type !== undefined && { sub_type }),
    at: new Date(now(world.clock)).toISOString(),
    ...metBy(bot),
  })
  bot.tail = bot.tail.then(() => send(world, bot, body))
  const sending = bot.tail
  world.in_flight.add(sending)
  void sending.finally(() => world.in_flight.delete(sending))
}

/** Everybody else who has been in the meeting while the bot was. */
function metBy({ at }: Bot): { participants: object[] } | undefined {
  if (!('presence' in at) || !at.session) return
  const { session, presence: own } = at
  const met = session.presences.filter((one) => one !== own && (one.leave === undefined || one.leave >= own.join))
  return {
    participants: met.map(({ participant_uuid, name, person_id }) => ({
      uuid: participant_uuid,
      name,
      ...(person_id && { user_uuid: person_id }),
      is_host: person_id === session.meeting.host_id,
    })),
  }
}

async function send(world: World, bot: Bot, body: string): Promise<void> {
  const { signal } = world.over
  for (const wait of [...waits, undefined]) {
    const taken = await post(bot, body, signal).catch((error: unknown) => String(error))
    if (taken === true || signal.aborted) return
    if (wait === undefined)
      world.log?.warn({ bot: bot.id, url: bot.report_url, reason: taken }, 'a report was not taken')
    else await setTimeout(wait, undefined, { signal }).catch(() => {})
  }
}

/** `true`, or why the report was not taken. Whatever is not the hub's trouble is not sent again. */
async function post({ report_url, report_token }: Bot, body: string, over: AbortSignal): Promise<true | string> {
  const response = await fetch(report_url, {
    method: 'POST',
    headers: { authorization: `Bearer ${report_token}`, 'content-type': 'application/json' },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([over, AbortSignal.timeout(5000)]),
  })
  await response.body?.cancel()
  return response.status < 500 || `status ${response.status}`
}

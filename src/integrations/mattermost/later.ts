import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { say, type CommandReply } from './reply.ts'
import type { ServerRow } from './tables.ts'

/** Mattermost gives up on slow commands, and people do, too. */
const patience_ms = 1_800

/**
 * The answer, if it is ready within two seconds; else a word that it is under way, and the answer by `response_url`, which is good
 * for half an hour.
 */
export async function answerInTime(
  hub: Hub,
  server: ServerRow,
  response_id: string,
  work: Promise<CommandReply>,
): Promise<CommandReply> {
  if (!response_id) return work
  const stop = new AbortController()
  const late = hub.runtime.sleep(patience_ms, stop.signal).then(
    () => undefined,
    () => undefined,
  )
  const ready = await Promise.race([work, late])
  stop.abort()
  if (ready) return ready
  void work.then((reply) => answerLater(hub, server, response_id, reply))
  return say('One moment, Zoom is being asked …')
}

/** Says something after the command was answered. That it could not be said is no reason to fail: the work is done. */
export async function answerLater(
  hub: Hub,
  server: ServerRow,
  response_id: string,
  reply: CommandReply,
): Promise<void> {
  if (!response_id) return
  try {
    const answer = await hub.outgoing([server.url])(`${server.url}/hooks/commands/${response_id}`, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reply),
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`Mattermost answered ${answer.status}`)
  } catch (error) {
    hub.log.warn({ place_id: server.place_id, reason: sentenceOf(error) }, 'a late answer to a command was lost')
  }
}

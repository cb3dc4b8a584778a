import { sentenceOf } from '#core/errors.ts'
import { connection, workingConnections } from '#hub/connections.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { keepFromZoom } from '#hub/meetings/keep-from-zoom.ts'
import { meetingByZoomId } from '#hub/meetings/read.ts'
import type { Meeting } from '#hub/resources.ts'
import {
  changeConnection,
  connectionOf,
  connectionOfPmi,
  connectionsOf,
  connectionsOfUser,
} from '#integrations/bots/connections/rows.ts'
import type { BotConnectionRow, BotRow } from '#integrations/bots/tables.ts'

/** Whose consent counts in a meeting, or why nobody's is known. */
export type HostConnection = { row: BotConnectionRow } | { row: undefined; reason: string }

/**
 * The connection that speaks for the host of the bot's meeting: the one that was named, else by what is stored (the meeting's
 * host, whose personal meeting it is). Only when nothing stored says it, and `ask` allows it, connections are asked at Zoom for the
 * meeting, one call each, until one knows it; the meeting is kept then, so that the next bot needs none.
 */
export async function hostConnection(
  hub: Hub,
  actor: Actor,
  bot: Pick<BotRow, 'connection_id' | 'zoom_meeting_id'>,
  { ask }: { ask: boolean },
): Promise<HostConnection> {
  const { connection_id, zoom_meeting_id } = bot
  if (connection_id !== null) {
    const row = await connectionOf(hub.db, actor.workspace_id, connection_id)
    return row ? { row } : nobody(`the connection ${connection_id} was deleted`)
  }
  const stored = await meetingByZoomId(hub, actor, zoom_meeting_id)
  if (stored) return ofHost(hub, actor, stored)
  const owner = await connectionOfPmi(hub.db, actor.workspace_id, zoom_meeting_id)
  const consent = owner && (await consentOf(hub, actor, owner.zoom_user_id))
  if (consent) return consent
  return ask ? asked(hub, actor, zoom_meeting_id) : nobody('nothing stored says whose meeting it is')
}

const nobody = (reason: string): HostConnection => ({ row: undefined, reason })

/** A Zoom user’s consent: one that holds before one that is over (which is told as the reason then), the newest first. */
export async function consentOf(
  hub: Hub,
  actor: Actor,
  zoom_user_id: string,
): Promise<{ row: BotConnectionRow; holds: boolean } | undefined> {
  const given = await connectionsOfUser(hub.db, actor.workspace_id, zoom_user_id)
  for (const row of given)
    if ((await connection(hub, actor, row.connection_id)).state === 'connected') return { row, holds: true }
  return given[0] && { row: given[0], holds: false }
}

/** The host’s own consent while it holds, else an administrator’s for the account that the meeting is of. */
async function ofHost(hub: Hub, actor: Actor, { host_id, connection_id }: Meeting): Promise<HostConnection> {
  const own = await consentOf(hub, actor, host_id)
  if (own?.holds) return own
  const account_id = connection_id && (await connection(hub, actor, connection_id)).account_id
  const wide = (await connected(hub, actor)).find((each) => each.isWide && each.account_id === account_id)
  return wide ? { row: wide.row } : (own ?? nobody(`no connection is of the meeting’s host ${host_id}`))
}

/** More are not asked: that is what naming a connection is for. */
const mostAsked = 5

async function asked(hub: Hub, actor: Actor, zoom_meeting_id: string): Promise<HostConnection> {
  const some = (await connected(hub, actor)).slice(0, mostAsked)
  for (const { row } of some) {
    const at = new Date(hub.runtime.now())
    await changeConnection(hub.db, row.connection_id, { last_attempted_sync_at: at })
    try {
      const kept = await keepFromZoom(hub, actor, row.connection_id, zoom_meeting_id)
      await changeConnection(hub.db, row.connection_id, { last_successful_sync_at: at })
      return await ofHost(hub, actor, kept)
    } catch (error) {
      hub.log.info(
        { connection_id: row.connection_id, reason: sentenceOf(error) },
        'a connection does not know a meeting',
      )
    }
  }
  return nobody(
    some.length === 0 ? 'there is no connection' : 'none of the connections that were asked at Zoom knows the meeting',
  )
}

/** Those that work, an administrator’s first: one of these sees the meetings of a whole account. Then the newest. */
async function connected(
  hub: Hub,
  actor: Actor,
): Promise<{ row: BotConnectionRow; account_id: string | null; isWide: boolean }[]> {
  const items = await workingConnections(hub, actor)
  const rows = await connectionsOf(
    hub.db,
    actor.workspace_id,
    items.map(({ id }) => id),
  )
  const all = rows.map((row) => {
    const { account_id = null, kind } = items.find(({ id }) => id === row.connection_id) ?? {}
    return { row, account_id, isWide: kind === 'admin_managed' }
  })
  return [...all.filter(({ isWide }) => isWide), ...all.filter(({ isWide }) => !isWide)]
}

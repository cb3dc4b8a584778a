import { InputError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import {
  fencedOff,
  lockConnection,
  lockConnectionOfGrant,
  lockConnectionsOfUser,
  updateConnection,
  type ConnectionRow,
} from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import type { EventPayload } from '#zoom/events.ts'
import { connection } from '#hub/connections.ts'
import { emit, type Cause } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { ReactionContext } from '#hub/inbox/context.ts'
import type { Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import type { Connection } from '#hub/resources.ts'
import { scheduleDeletion } from './deletions.ts'
import { endedHere, revokeAtZoom, revokeJob } from './revoke.ts'

/**
 * Ends a grant: revoked at Zoom, its tokens forgotten here. When Zoom cannot be reached the connection ends all the same, says that the
 * consent still stands there, and a job has Zoom take it back later.
 * @throws NotFoundError, also for a connection of another workspace.
 */
export async function disconnect(hub: Hub, actor: Actor, connection_id: string): Promise<Connection> {
  const { kind } = await connection(hub, actor, connection_id)
  if (kind === 'server_to_server')
    throw new InputError('A server-to-server app has no consent that could end: remove the app instead')
  const isRevoked = await revokeAtZoom(hub, connection_id)
  await hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, connection_id)
    if (!row) return
    const unrevoked_token = isRevoked ? null : (row.refresh_token ?? row.unrevoked_token)
    const message = endedHere[isRevoked ? 'revoked' : unrevoked_token ? 'waiting' : 'standing']
    await forget(hub, trx, row, 'api', { code: 'disconnected', message })
    if (unrevoked_token) {
      await updateConnection(trx, connection_id, { unrevoked_token })
      await addJobs(trx, [revokeJob(connection_id)])
    }
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'connection.disconnected',
      object_id: connection_id,
    })
  })
  return connection(hub, actor, connection_id)
}

/** `app_deauthorized`: the user took the consent back at Zoom. */
export async function appDeauthorized(
  { hub, trx, row }: ReactionContext,
  { payload }: { payload: EventPayload<'app_deauthorized'> },
): Promise<Outcome> {
  return deauthorize(hub, trx, row.zoom_app_id, payload)
}

/**
 * Ends the connection of the Zoom user who took a consent back; one that was given again since then stays.
 * https://developers.zoom.us/docs/integrations/oauth/#deauthorization
 */
export async function deauthorize(
  hub: Hub,
  trx: Trx,
  zoom_app_id: string,
  payload: EventPayload<'app_deauthorized'>,
): Promise<Outcome> {
  if (!payload.user_id) return { outcome: 'ignored', reason: 'it names no user' }
  const row = await lockConnectionOfGrant(trx, zoom_app_id, payload.user_id)
  if (!row)
    return { outcome: 'ignored', reason: 'this user has no connection here; a server-to-server app has no consent' }
  const at = instant(payload.deauthorization_time)
  if (at && row.granted_at && wholeSecond(row.granted_at) > wholeSecond(at))
    return { outcome: 'ignored', reason: 'the user has consented again since' }
  if (row.failure_code === deauthorized.code) return { outcome: 'ignored', reason: 'it is disconnected already' }
  await forget(hub, trx, row, 'webhook', deauthorized)
  // It had ended here before, and now it is gone at Zoom, too.
  if (row.failure_code === 'disconnected') await updateConnection(trx, row.id, { failure_message: endedHere.revoked })
  await scheduleDeletion(hub, trx, row, payload, at ?? undefined)
  await insertAudit(trx, {
    workspace_id: row.workspace_id,
    actor: 'zoom',
    action: 'connection.deauthorized',
    object_id: row.id,
  })
  return { outcome: 'handled' }
}

/** Zoom tells both times to the second. Within the same one, the end counts: a consent that is given again costs a click. */
const wholeSecond = (time: Date): number => Math.floor(time.getTime() / 1000)

const deauthorized = { code: 'app_deauthorized', message: 'The user removed the app at Zoom' }

const userEnded: Record<string, { code: string; message: string }> = {
  'user.deactivated': { code: 'user_deactivated', message: 'The user was deactivated at Zoom' },
  'user.deleted': { code: 'user_deleted', message: 'The user was deleted at Zoom' },
  'user.disassociated': { code: 'user_disassociated', message: 'The user has left the account at Zoom' },
}

/**
 * Ends what a Zoom user consented to when the user can act no more: those known by the user's id, or by the e-mail that Zoom vouched
 * for at the consent. Answers how many; a consent that is younger than the event stays.
 */
export async function endConnectionsOfUser(
  {
    hub,
    trx,
    row,
  }: Pick<ReactionContext, 'hub' | 'trx'> & {
    row: Pick<ReactionContext['row'], 'workspace_id' | 'account_id' | 'event' | 'event_ts'>
  },
  user: { id?: string | null | undefined; email?: string | null | undefined },
): Promise<number> {
  const failure = userEnded[row.event]
  if (!failure) return 0
  const held = await lockConnectionsOfUser(trx, row.workspace_id, { ...user, account_id: row.account_id })
  const ending = held.filter(
    ({ granted_at }) =>
      !granted_at || row.event_ts.getTime() === 0 || wholeSecond(granted_at) <= wholeSecond(row.event_ts),
  )
  for (const each of ending) {
    await forget(hub, trx, each, 'webhook', failure)
    await insertAudit(trx, {
      workspace_id: each.workspace_id,
      actor: 'zoom',
      action: `connection.${failure.code}`,
      object_id: each.id,
    })
  }
  return ending.length
}

async function forget(
  hub: Hub,
  trx: Trx,
  row: ConnectionRow,
  cause: Cause,
  failure: { code: string; message: string },
): Promise<void> {
  // The first reason counts: what comes after it only finds that nothing is left. That a token was refused is no reason yet.
  const reason = {
    failure_code: failure.code,
    failure_message: failure.message,
    failed_at: new Date(hub.runtime.now()),
  }
  await updateConnection(trx, row.id, {
    ...fencedOff,
    state: 'disconnected',
    access_token: null,
    access_token_expires_at: null,
    refresh_token: null,
    unrevoked_token: null,
    ...(row.state === 'connected' || !row.failure_code || row.failure_code === 'invalid_grant' ? reason : {}),
  })
  if (row.state === 'disconnected') return
  await emit(hub, trx, row.workspace_id, cause, [
    { type: 'connection.changed', payload: { connection_id: row.id, state: 'disconnected' } },
  ])
}

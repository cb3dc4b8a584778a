import { NotFoundError } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import {
  fencedOff,
  lockConnection,
  takeRefreshLease,
  updateConnection,
  type ConnectionRow,
} from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { unparkJobs } from '#store/parked-jobs.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { refreshAccessToken, requestServerToServerToken, type TokenSet } from '#zoom/oauth.ts'
import { refreshTokenOf, unseal } from './encryption.ts'
import { emit } from './hub-events.ts'
import type { Hub } from './hub.ts'
import { DisconnectedError, isOver, lost, outcomeOf, refusalOf, type Failure } from './token-outcome.ts'
import { tokenColumns } from './token-columns.ts'
import { credentials, zoomRuntime } from './zoom-app.ts'

export interface CallToken {
  access_token: Secret
  api_url: string
}

/** The right to ask Zoom for the next token, until it runs out; the row is as it was before. */
interface Lease {
  fence: string
  row: ConnectionRow
}

type Usable = (row: ConnectionRow | undefined) => CallToken | undefined

/** Longer than Zoom is waited for (ten seconds): a lease that runs out belongs to a process that died, or may as well have. */
const lease_ms = 15_000

/** Between two looks at the row, in ms, and as much again by chance. */
const pause_ms = 40

/**
 * One process takes the lease and asks Zoom, holding nothing of the database meanwhile; the others look at the row until it has what
 * that one got, or the lease is free. @throws as `accessToken`.
 */
export async function renewToken(hub: Hub, app: ZoomAppRow, connection_id: string, usable: Usable): Promise<CallToken> {
  for (;;) {
    const found = await tokenOrLease(hub, app, connection_id, usable)
    if (found && 'access_token' in found) return found
    const got = found && (await askZoom(hub, app, found))
    if (got) return got
    await hub.runtime.sleep(pause_ms + ((hub.runtime.random(1)[0] ?? 0) / 256) * pause_ms)
  }
}

/** Undefined while somebody else has the lease. That Zoom is about to be asked is committed before it is. */
const tokenOrLease = (
  hub: Hub,
  app: ZoomAppRow,
  connection_id: string,
  usable: Usable,
): Promise<CallToken | Lease | undefined> =>
  hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, connection_id)
    if (!row) throw new NotFoundError(`There is no connection ${connection_id}`)
    const meanwhile = usable(row)
    if (meanwhile) return meanwhile
    if (isLost(app, row))
      throw new DisconnectedError(connection_id, isOver(app, row.failure_message ?? 'no token is left'))
    const fence = await takeRefreshLease(trx, connection_id, { lease_ms })
    return fence === undefined ? undefined : { fence, row }
  })

/** No token is left that Zoom might still take. */
const isLost = (app: ZoomAppRow, row: ConnectionRow): boolean =>
  app.kind !== 'server_to_server' &&
  (!row.refresh_token || (row.state === 'disconnected' && lost.some((code) => code === row.failure_code)))

/** Undefined when somebody else's change of the tokens counts: the row is to be read again. */
async function askZoom(hub: Hub, app: ZoomAppRow, lease: Lease): Promise<CallToken | undefined> {
  let token
  try {
    token = await nextToken(hub, app, lease.row)
  } catch (error) {
    if (await giveUp(hub, app, lease, error)) throw refusalOf(app, lease.row.id, error)
    return undefined
  }
  return (await keep(hub, lease, token)) ? token : undefined
}

/** A server-to-server app asks again; a grant is refreshed, and what Zoom answers replaces the refresh token for good. */
async function nextToken(hub: Hub, app: ZoomAppRow, row: ConnectionRow): Promise<TokenSet> {
  if (!row.refresh_token) return requestServerToServerToken(zoomRuntime(hub, app), credentials(hub, app))
  const refresh_token = unseal(hub.keys, refreshTokenOf(row.id), row.refresh_token)
  return refreshAccessToken(zoomRuntime(hub, app), credentials(hub, app), refresh_token)
}

/** Hands the lease back, and notes what Zoom's refusal means. False when the tokens have changed meanwhile: it was about older ones. */
const giveUp = (hub: Hub, app: ZoomAppRow, { fence, row: before }: Lease, error: unknown): Promise<boolean> =>
  hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, before.id)
    if (row?.refresh_fence !== fence) return false
    const outcome = outcomeOf(app, error, before.refresh_sent_at !== null)
    if (typeof outcome === 'string') {
      const refresh_sent_at = outcome === 'unknown' ? row.refresh_sent_at : before.refresh_sent_at
      await updateConnection(trx, row.id, { refresh_lease_until: null, refresh_sent_at })
      return true
    }
    const isNews = row.state === 'connected' || row.failure_code !== outcome.code
    const failed_at = isNews ? new Date(hub.runtime.now()) : row.failed_at
    await updateConnection(trx, row.id, { ...failureColumns(outcome), failed_at, ...fencedOff })
    if (row.state === 'connected') await changed(hub, trx, row, 'disconnected')
    return true
  })

const failureColumns = ({ code, message }: Failure) => ({
  state: 'disconnected' as const,
  failure_code: code,
  failure_message: message,
  access_token: null,
  access_token_expires_at: null,
})

/** Pauses before the tries, in ms: together a quarter of a minute, enough for a database that moves to another machine. */
const pauses = [0, 100, 500, 2_000, 5_000, 8_000]

/**
 * Commits what Zoom gave, before anybody uses it. If the database fails, the pair is here alone while the one in the row is good no
 * more: it is tried again. False when the tokens have changed meanwhile. @throws what the database threw when it stays away.
 */
async function keep(hub: Hub, lease: Lease, token: TokenSet): Promise<boolean> {
  let cause: unknown
  for (const pause of pauses) {
    if (pause) await hub.runtime.sleep(pause)
    try {
      return await keepOnce(hub, lease, token)
    } catch (error) {
      cause = error
      const connection_id = lease.row.id
      hub.log.warn({ err: error, connection_id }, 'a new pair of tokens could not be kept; it is tried again')
    }
  }
  throw cause
}

const keepOnce = (hub: Hub, { fence, row: before }: Lease, token: TokenSet): Promise<boolean> =>
  hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, before.id)
    if (!row) return false
    // A lease that ran out does not make the pair worse: the token that it was given for is still the one in the row.
    if (row.refresh_fence !== fence && !sameRefreshToken(hub, before, row)) return false
    await updateConnection(trx, row.id, { ...tokenColumns(hub, row.id, token), ...fencedOff })
    if (row.state === 'disconnected') {
      await changed(hub, trx, row, 'connected')
      await unparkJobs(trx, row.id)
    }
    return true
  })

/** Sealed with another key it is still the same. */
function sameRefreshToken(hub: Hub, ...rows: [ConnectionRow, ConnectionRow]): boolean {
  const [one, other] = rows.map(
    ({ id, refresh_token }) => refresh_token && unseal(hub.keys, refreshTokenOf(id), refresh_token).reveal(),
  )
  return typeof one === 'string' && one === other
}

const changed = (hub: Hub, trx: Trx, row: ConnectionRow, state: ConnectionRow['state']): Promise<void> =>
  emit(hub, trx, row.workspace_id, 'api', [{ type: 'connection.changed', payload: { connection_id: row.id, state } }])

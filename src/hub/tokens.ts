import { hash } from 'node:crypto'
import type { Secret } from '#core/secret.ts'
import { NotFoundError, UnavailableError } from '#core/errors.ts'
import { createGate } from '#core/gate.ts'
import {
  connectionById,
  lockConnection,
  replaceRefreshToken,
  updateConnection,
  type ConnectionRow,
} from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'
import { refreshAccessToken, requestServerToServerToken, type TokenSet } from '#zoom/oauth.ts'
import { seal, unseal } from './encryption.ts'
import { emit } from './hub-events.ts'
import type { Hub } from './hub.ts'
import { credentials, zoomRuntime } from './zoom-app.ts'

/** A token is renewed a minute before it ends, so that none ends on its way. */
const margin_ms = 60_000

/** The token to call Zoom with, shared by all processes. @throws UnavailableError when the connection is disconnected; what Zoom's token endpoint throws. */
export async function accessToken(
  hub: Hub,
  app: ZoomAppRow,
  connection_id: string,
  rejected: Secret | undefined,
): Promise<CallToken> {
  const usable = (row: ConnectionRow | undefined) => heldToken(hub, app, row, rejected)
  const held = usable(await connectionById(hub.db, connection_id))
  if (held) return held
  const waited = `${connection_id} ${rejected ? hash('sha256', rejected.reveal()) : ''}`
  const { under_way, gate } = hub.renewals
  const renewal = under_way.get(waited) ?? gate(() => renewToken(hub, app, connection_id, usable))
  under_way.set(waited, renewal)
  try {
    return await renewal
  } finally {
    under_way.delete(waited)
  }
}

interface CallToken {
  access_token: Secret
  api_url: string
}

/** The renewals of this process. Each holds a database connection while Zoom takes its time, so there are only a few at once. */
export interface Renewals {
  /** By connection and refused token: all that need the same one share it. */
  under_way: Map<string, Promise<CallToken>>
  gate: ReturnType<typeof createGate>
}

/** Of the pool's connections; the rest stay for events, pages and jobs, however slow Zoom is. */
const mostAtOnce = 4

export const createRenewals = (): Renewals => ({ under_way: new Map(), gate: createGate(mostAtOnce) })

/** The row is locked while Zoom is asked, so that of all processes one asks and the others find what it got. */
async function renewToken(
  hub: Hub,
  app: ZoomAppRow,
  connection_id: string,
  usable: (row: ConnectionRow | undefined) => CallToken | undefined,
): Promise<CallToken> {
  const given: { rotated?: Rotated } = {}
  const renewing = hub.db.transaction().execute(async (trx) => {
    const row = await lockConnection(trx, connection_id)
    if (!row) throw new NotFoundError(`There is no connection ${connection_id}`)
    const meanwhile = usable(row)
    if (meanwhile) return meanwhile
    try {
      const token = await nextToken(hub, app, row)
      if (row.refresh_token && token.refresh_token)
        given.rotated = { connection_id: row.id, before: row.refresh_token, token }
      await updateConnection(trx, row.id, tokenColumns(hub, row.id, token))
      if (row.state === 'disconnected') await changed(trx, row, 'connected')
      return token
    } catch (error) {
      if (!(error instanceof ZoomOAuthError && error.final) || given.rotated) throw error
      await updateConnection(trx, row.id, failureColumns(hub, error))
      if (row.state === 'connected') await changed(trx, row, 'disconnected')
      return error
    }
  })
  const renewed = await renewing.catch((error: unknown) => {
    if (!given.rotated) throw error
    return keepRotated(hub, given.rotated, error)
  })
  if (renewed instanceof Error) throw new UnavailableError(refusalOf(app, renewed), undefined, { cause: renewed })
  return renewed

  function changed(trx: Parameters<typeof emit>[1], row: ConnectionRow, state: ConnectionRow['state']): Promise<void> {
    return emit(hub, trx, row.workspace_id, 'api', [
      { type: 'connection.changed', payload: { connection_id: row.id, state } },
    ])
  }
}

/** A pair that Zoom has given, and the refresh token (sealed) that it was given for. */
interface Rotated {
  connection_id: string
  before: Buffer
  token: TokenSet
}

/** Pauses before the tries, in ms: together a quarter of a minute, enough for a database that moves to another machine. */
const pauses = [100, 500, 2_000, 5_000, 8_000]

/**
 * The database failed after Zoom had answered: the refresh token that is kept is good no more, and the new one is here alone. It
 * is kept all the same, unless somebody has kept another meanwhile. @throws `cause` when the database stays away.
 */
async function keepRotated(hub: Hub, { connection_id, before, token }: Rotated, cause: unknown): Promise<CallToken> {
  hub.log.warn({ err: cause, connection_id }, 'a new pair of tokens could not be kept; it is tried again')
  for (const pause of pauses) {
    await hub.runtime.sleep(pause)
    const kept = await replaceRefreshToken(
      hub.db,
      connection_id,
      before,
      tokenColumns(hub, connection_id, token),
    ).catch(() => undefined)
    if (kept !== undefined) return token
  }
  throw cause
}

/** A server-to-server app asks again; a grant is refreshed, and what Zoom answers replaces the refresh token for good. */
function nextToken(hub: Hub, app: ZoomAppRow, row: ConnectionRow): Promise<TokenSet> {
  if (app.kind === 'server_to_server') return requestServerToServerToken(zoomRuntime(hub, app), credentials(hub, app))
  if (!row.refresh_token) throw new UnavailableError(isOver(app, row.failure_message ?? 'no token is left'))
  const refresh_token = unseal(hub.keys, refreshTokenOf(row.id), row.refresh_token)
  return refreshAccessToken(zoomRuntime(hub, app), credentials(hub, app), refresh_token)
}

const isOver = (app: ZoomAppRow, reason: string): string =>
  `The consent to ${app.name} is over (${reason}). Whoever gave it connects to Zoom again`

const refusalOf = (app: ZoomAppRow, { error, reason }: ZoomOAuthError): string =>
  app.kind !== 'server_to_server' && error === 'invalid_grant'
    ? isOver(app, reason)
    : `Zoom refused the credentials of ${app.name}: ${reason}. An administrator compares them with the app’s “App Credentials” page at Zoom`

function heldToken(
  hub: Hub,
  app: ZoomAppRow,
  row: ConnectionRow | undefined,
  rejected: Secret | undefined,
): CallToken | undefined {
  if (!row?.access_token || !row.access_token_expires_at) return undefined
  if (row.access_token_expires_at.getTime() - margin_ms <= hub.runtime.now()) return undefined
  const access_token = unseal(hub.keys, row.id, row.access_token)
  if (access_token.reveal() === rejected?.reveal()) return undefined
  return { access_token, api_url: row.api_url ?? app.api_base }
}

export const tokenColumns = (hub: Hub, connection_id: string, token: TokenSet) => ({
  state: 'connected' as const,
  failure_code: null,
  failure_message: null,
  failed_at: null,
  access_token: seal(hub.keys, connection_id, token.access_token),
  access_token_expires_at: new Date(token.expires_at),
  scope: token.scope,
  api_url: token.api_url,
  ...(token.refresh_token ? { refresh_token: seal(hub.keys, refreshTokenOf(connection_id), token.refresh_token) } : {}),
})

/** Sealed apart from the access token in the same row: one cannot stand in for the other. */
const refreshTokenOf = (connection_id: string): string => `${connection_id}:refresh_token`

const failureColumns = (hub: Hub, error: ZoomOAuthError) => ({
  state: 'disconnected' as const,
  failure_code: error.error,
  failure_message: error.reason,
  failed_at: new Date(hub.runtime.now()),
  access_token: null,
  access_token_expires_at: null,
})

/** Has the next call ask for a new token: the one that is held belongs to a Zoom that forgot it. */
export const forgetToken = (hub: Hub, connection_id: string): Promise<void> =>
  updateConnection(hub.db, connection_id, { access_token: null, access_token_expires_at: null })

import { hash } from 'node:crypto'
import { UnavailableError } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { connectionById, updateConnection, type ConnectionRow } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { unseal } from './encryption.ts'
import type { Hub } from './hub.ts'
import { renewToken, type CallToken } from './token-renewal.ts'

/** A token is renewed a minute before it ends, so that none ends on its way. */
const margin_ms = 60_000

/**
 * The token to call Zoom with, shared by all processes: of all callers that need a new one, one asks Zoom.
 * @throws UnavailableError when the connection is disconnected; what Zoom's token endpoint throws.
 */
export async function accessToken(
  hub: Hub,
  app: ZoomAppRow,
  connection_id: string,
  rejected: Secret | undefined,
): Promise<CallToken> {
  const usable = (row: ConnectionRow | undefined) => heldToken(hub, app, row, rejected)
  const held = usable(await read(hub, connection_id))
  if (held) return held
  const waited = `${connection_id} ${rejected ? hash('sha256', rejected.reveal()) : ''}`
  const renewal = hub.renewals.begun.get(waited) ?? begin(hub, waited, renewToken(hub, app, connection_id, usable))
  return hub.errand.waiting === 'person' ? inTime(hub, renewal) : renewal
}

function begin(hub: Hub, waited: string, renewal: Promise<CallToken>): Promise<CallToken> {
  const ended = renewal.finally(() => hub.renewals.begun.delete(waited))
  hub.renewals.begun.set(waited, ended)
  return ended
}

/** Calls that begin at once read the row once. One that got it a moment too old is told so by Zoom, and then it is read under a lock. */
function read(hub: Hub, connection_id: string): Promise<ConnectionRow | undefined> {
  const { reads } = hub.renewals
  const under_way = reads.get(connection_id)
  if (under_way) return under_way
  const row = connectionById(hub.db, connection_id).finally(() => reads.delete(connection_id))
  reads.set(connection_id, row)
  return row
}

/** A process that died in a renewal holds the others up until its lease runs out: somebody who sits before it is told instead. */
const patience_ms = 6_000

async function inTime(hub: Hub, renewal: Promise<CallToken>): Promise<CallToken> {
  const enough = new AbortController()
  const told = hub.runtime.sleep(patience_ms, enough.signal).then(() => {
    throw new UnavailableError('Zoom is being asked for a new token, and has not answered yet', 10)
  })
  try {
    return await Promise.race([renewal, told])
  } finally {
    enough.abort()
  }
}

/** What is under way in this process for the tokens of connections: all that need the same share it. */
export interface Renewals {
  /** By connection and refused token. */
  begun: Map<string, Promise<CallToken>>
  /** By connection. */
  reads: Map<string, Promise<ConnectionRow | undefined>>
}

export const createRenewals = (): Renewals => ({ begun: new Map(), reads: new Map() })

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

/** Has the next call ask for a new token: the one that is held belongs to a Zoom that forgot it. */
export const forgetToken = (hub: Hub, connection_id: string): Promise<void> =>
  updateConnection(hub.db, connection_id, { access_token: null, access_token_expires_at: null })

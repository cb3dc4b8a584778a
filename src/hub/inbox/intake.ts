import type { Secret } from '#core/secret.ts'
import type { Log } from '#core/log.ts'
import { insertEvents, type NewEvent } from '#store/events.ts'
import type { Db } from '#store/db.ts'
import type { Pool } from 'pg'
import { zoomAppById, zoomAppIds, zoomAppsOfClient, type ZoomAppRow } from '#store/zoom-apps.ts'
import { secretTokens } from '#hub/apps.ts'
import { goodSecrets } from '#hub/earlier-secrets.ts'
import { DecryptionError, type KeyRing } from '#hub/encryption.ts'

/** What the inbox needs to know of an app, opened once and kept for a few seconds. */
export interface InboxApp {
  id: string
  workspace_id: string
  /** The current secret token and, for a day after each change, the ones before. */
  secrets: Secret[]
  /** The same Marketplace app in other workspaces: one event becomes one row in each. */
  also: { id: string; workspace_id: string; secrets: Secret[] }[]
}

/** The way in for events: knows apps by heart for a while, and writes what waits together in one commit. */
export interface Intake {
  app(zoom_app_id: string): Promise<InboxApp | undefined>
  /** All that have a secret token, for a door that names none. */
  apps(): Promise<InboxApp[]>
  /** The app was changed or refused a signature: read it again next time. */
  forget(zoom_app_id: string): void
  /** Resolves once the events are committed. */
  store(events: readonly NewEvent[]): Promise<void>
}

/** A changed secret is noticed by every process after this; a refused signature has it read again at once. */
const keep_ms = 10_000

/** More than this in one statement makes everybody wait longer than it saves. */
const most = 1000

/**
 * While the statement of one lane waits for the disk, the other is at work. A meeting always goes by the same lane, so that
 * no statement waits for a job that another has just touched, and events of a meeting are committed as they came.
 */
const twoLanes = (pool: Pool, log: Log): Intake['store'] => {
  const [even, odd] = [openLane(pool, log), openLane(pool, log)]
  return (events) => (endsOdd(events[0]?.subject ?? '') ? odd(events) : even(events))
}

/** The last digit of a meeting's id is as good as random. */
const endsOdd = (subject: string): boolean => /[13579]$/.test(subject)

interface Waiting {
  events: readonly NewEvent[]
  resolve: () => void
  reject: (error: unknown) => void
}

export interface IntakeOptions {
  db: Db
  pool: Pool
  keys: KeyRing
  log: Log
  now: () => number
}

export function openIntake({ db, pool, keys, log, now }: IntakeOptions): Intake {
  const apps = new Map<string, { app: Promise<InboxApp | undefined>; until: number }>()
  return {
    app(zoom_app_id) {
      const known = apps.get(zoom_app_id)
      if (known && now() < known.until) return known.app
      const app = readApp(db, keys, zoom_app_id, now())
      apps.set(zoom_app_id, { app, until: now() + keep_ms })
      app.then(
        (found) => found ?? apps.delete(zoom_app_id),
        () => apps.delete(zoom_app_id),
      )
      return app
    },
    async apps() {
      const ids = await zoomAppIds(db)
      const found = await Promise.all(ids.map((id) => this.app(id).catch(unlessUnreadable)))
      return found.filter((app) => app !== undefined && app.secrets.length > 0) as InboxApp[]
    },
    forget: (zoom_app_id) => void apps.delete(zoom_app_id),
    store: twoLanes(pool, log),
  }
}

/** One statement at a time: whatever arrives meanwhile goes together into the next. */
function openLane(pool: Pool, log: Log): Intake['store'] {
  let waiting: Waiting[] = []
  let writing = false

  return (events) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, resolve, reject })
      if (!writing) void write()
    })

  async function write(): Promise<void> {
    writing = true
    // Requests that were read from their sockets in the same turn go together.
    await new Promise(setImmediate)
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await storeBatch(pool, log, batch)
    }
    writing = false
  }
}

/** What cannot be stored must not take along what came with it: then each is tried by itself. */
async function storeBatch(pool: Pool, log: Log, batch: readonly Waiting[]): Promise<void> {
  try {
    await insertOnceMore(
      pool,
      batch.flatMap((entry) => entry.events),
    )
    for (const { resolve } of batch) resolve()
  } catch (error) {
    if (batch.length > 1 && isOfTheData(error)) {
      for (const entry of batch) await storeBatch(pool, log, [entry])
      return
    }
    log.error({ err: error, events: batch.length }, 'events could not be stored; Zoom will send them again')
    for (const { reject } of batch) reject(error)
  }
}

/** Class 22 and 23 of https://www.postgresql.org/docs/current/errcodes-appendix.html, and what graphile-worker raises. */
const isOfTheData = (error: unknown): boolean => /^(?:22|23|GW)/.test((error as { code?: string }).code ?? '')

/** Two processes may lock the same jobs in another order; PostgreSQL ends one of them, and it simply tries again. */
async function insertOnceMore(pool: Pool, events: NewEvent[]): Promise<void> {
  try {
    await insertEvents(pool, events)
  } catch (error) {
    if ((error as { code?: string }).code !== deadlockDetected) throw error
    await insertEvents(pool, events)
  }
}

const deadlockDetected = '40P01'

async function readApp(db: Db, keys: KeyRing, zoom_app_id: string, now: number): Promise<InboxApp | undefined> {
  const row = await zoomAppById(db, zoom_app_id)
  if (!row) return undefined
  const siblings = await zoomAppsOfClient(db, row.oauth_base, row.client_id)
  return {
    id: row.id,
    workspace_id: row.workspace_id,
    secrets: secretsOf(keys, row, now),
    also: siblings
      .filter((sibling) => sibling.id !== row.id)
      .flatMap((sibling) => {
        const secrets = readableSecrets(keys, sibling, now)
        return secrets ? [{ id: sibling.id, workspace_id: sibling.workspace_id, secrets }] : []
      }),
  }
}

/** An app whose key was lost is its own trouble; it must not keep the others from their events. */
function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof DecryptionError)) throw error
}

/** A sibling whose key was lost is another workspace's trouble; it must not keep this one from its events. */
function readableSecrets(keys: KeyRing, row: ZoomAppRow, now: number): Secret[] | undefined {
  try {
    return secretsOf(keys, row, now)
  } catch (error) {
    if (error instanceof DecryptionError) return undefined
    throw error
  }
}

const secretsOf = (keys: KeyRing, row: ZoomAppRow, now: number): Secret[] => goodSecrets(keys, secretTokens(row), now)

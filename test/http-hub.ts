import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { createLog } from '#core/log.ts'
import { Secret } from '#core/secret.ts'
import { createHttp } from '#http/server.ts'
import { openSignIn, type SignIn } from '#http/sign-in.ts'
import { keyRing } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { openIntake } from '#hub/inbox/intake.ts'
import type { Route } from '#hub/integration.ts'
import { createQuota } from '#hub/quota/quota.ts'
import { createRenewals } from '#hub/tokens.ts'
import { migrateJobs } from '#hub/jobs/worker.ts'
import { createApiKey } from '#hub/keys.ts'
import { createMetrics } from '#hub/metrics.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { openDb, openPool, type Role } from '#store/db.ts'
import { testDatabase } from './database.ts'

export interface HttpHub {
  hub: Hub
  signIn: SignIn
  /** Where it listens, without a slash at the end. */
  url: string
  workspace: { id: string; name: string }
  /** One API key of each role. */
  keys: Record<Role, string>
  /** Every line that was logged. */
  logged: string[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
}

export interface HttpHubOptions {
  /** A path that a proxy in front would add. */
  subPath?: string
  routes?: Route[]
  /** The folder of the built console. */
  console?: string
  /** How Zoom is reached; by default it is not. */
  network?: typeof fetch
}

type Scope = { after(close: () => Promise<void>): void }

/** A hub on a database of its own, listening, with one workspace. */
export async function httpHub(
  scope: Scope,
  { subPath = '', routes = [], console = '/nowhere', network = noNetwork }: HttpHubOptions = {},
): Promise<HttpHub> {
  const { connection } = await testDatabase(scope)
  const logged: string[] = []
  const log = createLog({ level: 'debug', write: (line) => void logged.push(line) })
  const pool = openPool(connection, { max: 4, onError: () => {} })
  const db = openDb(pool)
  await migrateJobs(pool, log)
  const ring = keyRing([new Secret(randomBytes(32).toString('base64'))])
  const hub: Hub = {
    db,
    runtime: { now: Date.now, random: randomBytes, fetch: network, sleep: (ms) => setTimeout(ms) },
    outgoing: () => network,
    log,
    keys: ring,
    metrics: createMetrics(),
    intake: openIntake({ db, pool, keys: ring, log, now: Date.now }),
    renewals: createRenewals(),
    quota: createQuota(),
    errand: { integration: 'hub', waiting: 'person' },
    publicUrl: `http://localhost:8080${subPath}`,
    integrations: [],
    retention: { event_days: 90, delivery_days: 30 },
  }
  const signIn = await openSignIn({
    address: connection,
    publicUrl: hub.publicUrl,
    secret: new Secret(randomBytes(32).toString('hex')),
    log,
  })
  const http = await createHttp(hub, { routes, signIn, console })
  const { url } = await http.listen(0, '127.0.0.1')
  scope.after(async () => {
    await http.close()
    await signIn.close()
    await db.destroy()
  })
  const workspace = await ensureWorkspace(hub, 'School')
  const key = async (role: Role) => (await createApiKey(hub, { workspace: 'School', name: role, role })).key
  const keys = {
    viewer: await key('viewer'),
    operator: await key('operator'),
    admin: await key('admin'),
    owner: await key('owner'),
  }
  return {
    hub,
    signIn,
    url,
    workspace,
    keys,
    logged,
    get: (path, headers = bearer(keys.owner)) => fetch(url + path, { headers, redirect: 'manual' }),
    send(method, path, body, headers = bearer(keys.owner)) {
      const content = typeof body === 'string' ? body : JSON.stringify(body)
      const typed = { 'content-type': 'application/json', ...headers }
      const init: RequestInit = { method, headers: typed, body: content, redirect: 'manual' }
      return fetch(url + path, init)
    },
  }
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

const noNetwork = async (): Promise<never> => {
  throw new TypeError('fetch failed')
}

export const json = async <T>(answer: Response): Promise<T> => (await answer.json()) as T

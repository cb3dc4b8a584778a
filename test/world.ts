import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '#core/errors.ts'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createApiKey } from '#hub/keys.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { startServer, type Server } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { Role } from '#store/db.ts'
import { testDatabase } from './database.ts'

/** A request to the hub or to the simulator, and what came back. */
export interface Answer<T = Record<string, unknown>> {
  status: number
  headers: Headers
  body: T
  text: string
}

export interface World {
  server: Server
  hubUrl: string
  simulatorUrl: string
  workspace_id: string
  zoom_app_id: string
  connection_id: string
  log: string[]
  /** What a process of its own needs to work on the same hub. */
  env: Record<string, string>
  /** Asks the hub's API as the owner of the workspace, or with another key. */
  api<T = Record<string, never>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>
  /** Plays the simulator: `/_/…`. */
  zoom<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<T>
  /** Resolves when no webhook is on its way and every event that arrived has been settled. */
  settled(): Promise<void>
  key(role: Role, workspace?: string): Promise<string>
  /**
   * Calls under /v2 that the simulator has received, of one operation where it is named. Where a session ended before, its report is
   * asked for in the background at a time of its own: such a test names what it counts.
   */
  calls(operation?: string): Promise<number>
}

export interface WorldOptions {
  /** False: no app is connected and no event is subscribed. */
  connected?: boolean
  /** Settings beside those that every world has. */
  settings?: Record<string, string>
}

type Scope = { after(close: () => Promise<void>): void }

/** A hub and a Zoom simulator on HTTP, with PostgreSQL behind, and a workspace School that is connected. */
export async function world(scope: Scope, { connected = true, settings = {} }: WorldOptions = {}): Promise<World> {
  // Dropped below, after the server has left it: hooks run in the order in which they were added.
  const { url: databaseUrl, drop } = await testDatabase({ after: () => {} })
  const data = await mkdtemp(join(tmpdir(), 'greenroom-world-'))
  const lines: string[] = []
  const log = createLog({ level: 'debug', write: (line) => void lines.push(line) })
  const simulator = await startSimulator({ port: 0 })
  const env = {
    DATABASE_URL: databaseUrl,
    GREENROOM_DATA: data,
    HOST: '127.0.0.1',
    BOT_RUNNER_URL: `${simulator.url}/runner`,
    SIMULATOR_URL: simulator.url,
    ...settings,
  }
  const server = await onFreePort((port) =>
    startServer(readConfig({ ...env, PORT: String(port), SIMULATOR_PORT: '1' }), log),
  )
  scope.after(async () => {
    await server[Symbol.asyncDispose]()
    await simulator.close()
    await drop()
    await rm(data, { recursive: true, force: true })
  })
  const { id: workspace_id } = await ensureWorkspace(server.hub, 'School')
  const key = async (role: Role, workspace = 'School') =>
    (await createApiKey(server.hub, { workspace, name: role, role })).key
  const owner = await key('owner')

  const api: World['api'] = (method, path, body, headers = {}) =>
    ask(`${server.hub.publicUrl}/api/v1${path}`, method, body, { authorization: `Bearer ${owner}`, ...headers })
  const zoom: World['zoom'] = async <T>(method: string, path: string, body?: unknown) => {
    const answer = await ask<T>(`${simulator.url}/_${path}`, method, body, {})
    assert.ok(answer.status < 300, `the simulator answered ${answer.status} to ${method} /_${path}: ${answer.text}`)
    return answer.body
  }
  const made: World = {
    server,
    hubUrl: server.hub.publicUrl,
    simulatorUrl: simulator.url,
    workspace_id,
    zoom_app_id: '',
    connection_id: '',
    log: lines,
    env: { ...env, PORT: new URL(server.hub.publicUrl).port },
    api,
    zoom,
    key,
    async calls(operation) {
      type Calls = { counts: { v2: number }; calls: { operation: string | null }[] }
      const { counts, calls } = await zoom<Calls>('GET', '/calls')
      return operation === undefined ? counts.v2 : calls.filter((call) => call.operation === operation).length
    },
    async settled() {
      await zoom('POST', '/settle')
      let waiting: { event: string; subject: string; reason: string | null }[] = []
      await until(
        async () => {
          waiting = (await api<{ items: typeof waiting }>('GET', '/events?state=waiting')).body.items
          return waiting.length === 0
        },
        () => `every event to be settled, but for ${JSON.stringify(waiting)}`,
      )
    },
  }
  return connected ? { ...made, ...(await connect(made)) } : made
}

/** The hub must know its address before it listens. Another program may take the port that was free a moment ago. */
async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const probe = createServer().listen(0, '127.0.0.1')
    await once(probe, 'listening')
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    try {
      return await start(port)
    } catch (error) {
      if (!(error instanceof ConfigError) || tries === 5) throw error
    }
  }
}

/** Adds the simulator's server-to-server app to the workspace and sends its events to the hub. */
export async function connect({
  api,
  zoom,
  simulatorUrl,
  hubUrl,
}: Pick<World, 'api' | 'zoom' | 'simulatorUrl' | 'hubUrl'>) {
  const { body, text } = await api<{ id: string; connection_id: string }>('POST', '/zoom_apps', simApp(simulatorUrl))
  assert.ok(body.id, text)
  await zoom('POST', '/apps/sim-s2s/subscriptions', { url: `${hubUrl}/zoom/webhooks/${body.id}`, events: ['*'] })
  // The job after connecting reads the account's users; calls are counted from here.
  await until(
    async () => (await api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
    'the users of the account',
  )
  return { zoom_app_id: body.id, connection_id: body.connection_id }
}

export const simApp = (simulatorUrl: string) => ({
  kind: 'server_to_server',
  name: 'Simulator',
  client_id: 'sim-s2s',
  client_secret: 'sim-s2s-secret',
  secret_token: 'sim-s2s-webhook',
  account_id: 'sim-account',
  oauth_base: simulatorUrl,
  api_base: simulatorUrl,
})

/** Looks again and again until it is so. */
export async function until(isSo: () => Promise<boolean>, what: string | (() => string), seconds = 30): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(25)) if (await isSo()) return
  assert.fail(`waited ${seconds} seconds for ${typeof what === 'string' ? what : what()}`)
}

async function ask<T>(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer<T>> {
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    body: (/json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : {}) as T,
  }
}

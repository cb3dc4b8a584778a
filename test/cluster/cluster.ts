import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createZoomApp } from '#hub/apps.ts'
import type { Hub } from '#hub/hub.ts'
import { createApiKey } from '#hub/keys.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { openHub } from '#server.ts'
import { openPool } from '#store/db.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { testDatabase } from '../database.ts'
import { simApp } from '../world.ts'

/** `greenroom serve` or `greenroom worker` in a process of its own. */
export interface Member {
  /** Of a server: where it listens. */
  url: string
  /** What it has said so far, line by line. */
  printed: readonly string[]
  /** Ends it with SIGKILL and waits until it is gone. */
  kill(): Promise<void>
}

/** One database, one simulator and a connected workspace; the processes that work on them are started by the test. */
export interface Cluster {
  /** The hub in the test's own process, without a door and without a worker. */
  hub: Hub
  db: Pool
  simulatorUrl: string
  workspace_id: string
  zoom_app_id: string
  /** An API key of the owner. */
  key: string
  /** What a process of our own needs to work on the same. */
  env: Record<string, string>
  server(): Promise<Member>
  worker(): Promise<Member>
}

type Scope = { after(close: () => Promise<void>): void }

const secret_token = 'sim-s2s-webhook'

export async function cluster(scope: Scope): Promise<Cluster> {
  // Dropped last, by ourselves: hooks run in the order they were added, and our processes still use it.
  const { url: DATABASE_URL, drop } = await testDatabase({ after: () => {} })
  const data = await mkdtemp(join(tmpdir(), 'greenroom-cluster-'))
  const env = { DATABASE_URL, GREENROOM_DATA: data, HOST: '127.0.0.1' }
  const simulator = await startSimulator({ port: 0 })
  const open = await openHub(readConfig(env), createLog({ level: 'error' }), { serve: false })
  // pg says that a pool has ended before its connections are gone; the database that is dropped then ends them, which is no failure.
  const db = openPool({ connectionString: DATABASE_URL }, { max: 4, onError: () => {} })
  const members: Member[] = []
  scope.after(async () => {
    await Promise.all(members.map((member) => member.kill()))
    await db.end()
    await open[Symbol.asyncDispose]()
    await simulator.close()
    await drop()
    await rm(data, { recursive: true, force: true })
  })
  const { hub } = open
  const { id: workspace_id } = await ensureWorkspace(hub, 'School')
  const app = await createZoomApp(
    hub,
    { workspace_id, name: 'cli' },
    { ...simApp(simulator.url), kind: 'server_to_server' },
  )
  const { key } = await createApiKey(hub, { workspace: 'School', name: 'owner', role: 'owner' })
  const started = async (command: string): Promise<Member> => {
    const member = await start(command, env)
    members.push(member)
    return member
  }
  return {
    hub,
    db,
    simulatorUrl: simulator.url,
    workspace_id,
    zoom_app_id: app.id,
    key,
    env,
    server: () => started('serve'),
    worker: () => started('worker'),
  }
}

const program = fileURLToPath(new URL('../../src/cli/greenroom.ts', import.meta.url))

async function start(command: string, env: Record<string, string>): Promise<Member> {
  const port = await freePort()
  const child = spawn(process.execPath, [program, command], {
    env: { ...process.env, ...env, PORT: String(port), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const printed: string[] = []
  await ready(child, printed)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { url: `http://127.0.0.1:${port}`, printed, kill }
}

/** Resolves with the first line that says so; a process that ends before fails the test with its last words. */
async function ready(child: ChildProcess, printed: string[]): Promise<void> {
  assert.ok(child.stdout && child.stderr)
  let words = ''
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()))
  const lines = createInterface(child.stdout)
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      printed.push(line)
      if (/ready/.test(line)) resolve()
    })
    lines.on('close', () => reject(new Error(`the process ended before it was ready: ${words}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** An event as Zoom sends it: body and the headers that sign it. */
export interface Signed {
  body: string
  headers: Record<string, string>
}

/** Somebody joins a meeting, signed now; each `user_id` is a join of its own. */
export function joined({
  meeting_id,
  user_id,
  event_ts = Date.now(),
}: {
  meeting_id: string
  user_id: number
  event_ts?: number
}): Signed {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const participant = {
    user_id: String(user_id),
    user_name: `Student ${user_id}`,
    join_time: new Date(event_ts).toISOString(),
  }
  const object = {
    id: meeting_id,
    uuid: `uuid-of-${meeting_id}`,
    host_id: 'host',
    topic: 'Algebra I',
    type: 2,
    participant,
  }
  const body = JSON.stringify({
    event: 'meeting.participant_joined',
    event_ts,
    payload: { account_id: 'sim-account', object },
  })
  const signature = createHmac('sha256', secret_token).update(`v0:${timestamp}:${body}`).digest('hex')
  return { body, headers: { 'x-zm-request-timestamp': timestamp, 'x-zm-signature': `v0=${signature}` } }
}

/** Delivers an event to one server; resolves with the status, 0 when the server is gone. */
export const deliver = ({ url }: Member, { zoom_app_id }: Cluster, { body, headers }: Signed): Promise<number> =>
  fetch(`${url}/zoom/webhooks/${zoom_app_id}`, { method: 'POST', body, headers }).then(
    async (answer) => {
      await answer.arrayBuffer()
      return answer.status
    },
    () => 0,
  )

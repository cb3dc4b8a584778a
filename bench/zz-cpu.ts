import { readFileSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createZoomApp } from '#hub/apps.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { openHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { openEmbeddedPostgres } from '#store/embedded/postgres.ts'
import { connections, rateOf } from './load.ts'
import { freePort, runProgram } from './servers/process.ts'
import { signedEvents } from './signed-events.ts'
const log = createLog({ level: 'error' })
const data = await mkdtemp('/tmp/greenroom-cpu-')
const postgres = await openEmbeddedPostgres({ data, log })
const DATABASE_URL = `postgresql://greenroom@localhost/greenroom?host=${encodeURIComponent(postgres.connection.host)}`
const env: Record<string,string> = { DATABASE_URL, GREENROOM_DATA: data, HOST: '127.0.0.1' }
const simulator = await startSimulator({ port: 0 })
const open = await openHub(readConfig(env), log, { serve: false })
const { id: workspace_id } = await ensureWorkspace(open.hub, 'Bench')
const app = await createZoomApp(open.hub, { workspace_id, name: 'cli' }, { kind: 'server_to_server', name: 'S', client_id: 'sim-s2s', client_secret: 'sim-s2s-secret', secret_token: 'bench-webhook', account_id: 'sim-account', oauth_base: simulator.url, api_base: simulator.url })
await open[Symbol.asyncDispose]()
await simulator.close()
const port = String(await freePort())
const port2 = String(await freePort())
if (process.env['PROF']) env['NODE_OPTIONS'] = `--cpu-prof --cpu-prof-dir=${process.env['PROF']}`
const hub = await runProgram(new URL('servers/hub.ts', import.meta.url), [], { ...env, PORT: port }, /^ready/)
const bare = await runProgram(new URL('servers/bare.ts', import.meta.url), [port2, 'bench-webhook'], {}, /^ready/)
const url = `http://127.0.0.1:${port}/zoom/webhooks/${app.id}`
const bareUrl = `http://127.0.0.1:${port2}/zoom/webhooks/${app.id}`
const ticks = (pid: number) => { const s = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return Number(s[11]) + Number(s[12]) }
const pgs = () => readdirSync('/proc').filter((p) => /^\d+$/.test(p)).filter((p) => { try { return readFileSync(`/proc/${p}/stat`,'utf8').includes('(postgres)') && readFileSync(`/proc/${p}/cwd/../postgres.lock`, 'utf8') } catch { try { return readFileSync(`/proc/${p}/stat`,'utf8').includes('(postgres)') && require('fs').readlinkSync(`/proc/${p}/cwd`).startsWith(data) } catch { return false } } })
import { readlinkSync } from 'node:fs'
const pgPids = () => readdirSync('/proc').filter((p) => /^\d+$/.test(p)).filter((p) => { try { return readlinkSync(`/proc/${p}/cwd`).startsWith(postgres.where.data) } catch { return false } }).map(Number)
void pgs
const n = connections * 100
await rateOf(url, signedEvents(connections * 20, 'bench-webhook'))
await rateOf(bareUrl, signedEvents(connections * 20, 'bench-webhook'))
for (let i = 0; i < 3; i++) {
  const ev = signedEvents(n, 'bench-webhook')
  const c0 = process.cpuUsage()
  let a = ticks(bare.child.pid!)
  const r0 = await rateOf(bareUrl, ev)
  const c1 = process.cpuUsage(c0)
  const us = (t: number) => Math.round(t * 10000 / n)
  console.log(`bare ${Math.round(r0)}/s cpu/event: bare ${us(ticks(bare.child.pid!) - a)} µs, load ${Math.round((c1.user + c1.system) / n)} µs`)
  a = ticks(hub.child.pid!)
  const b = pgPids().reduce((s, p) => s + ticks(p), 0)
  const d0 = process.cpuUsage()
  const r = await rateOf(url, ev)
  const d = process.cpuUsage(d0)
  console.log(`hub  ${Math.round(r)}/s cpu/event: hub ${us(ticks(hub.child.pid!) - a)} µs, pg ${us(pgPids().reduce((s, p) => s + ticks(p), 0) - b)} µs, load ${Math.round((d.user + d.system) / n)} µs`)
}
await hub.stop(); await bare.stop(); await postgres.stop(); await rm(data, { recursive: true, force: true })

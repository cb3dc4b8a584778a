import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { startSender } from '#hub/deliveries/sender.ts'
import { createSubscription, deleteSubscription } from '#hub/deliveries/subscriptions.ts'
import type { Hub } from '#hub/hub.ts'
import { emit } from '#hub/hub-events.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { webhooks } from '#integrations/webhooks/integration.ts'
import { openHub } from '#server.ts'
import type { Finding } from './run.ts'
import { freePort } from './servers/process.ts'

const goal = 1.5
const rounds = 3
const events = 10_000
/** Events of one transaction, and the pause between two: 400 a second, which a school of thousands does not reach. */
const at_once = 20
const pause_ms = 50
const slow_ms = 10_000

/**
 * How late the slowest hundredth of messages reaches three healthy consumers while a dead and a slow one listen beside them,
 * divided by the same without these two.
 */
export async function fanOut(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  opened.defer(() => rm(data, { recursive: true, force: true }))
  const log = createLog({ level: 'error' })
  const { hub: whole } = opened.use(await openHub(readConfig({ GREENROOM_DATA: data }), log, { serve: true }))
  const hub: Hub = { ...whole, integrations: [webhooks] }
  const { id: workspace_id } = await ensureWorkspace(hub, 'Bench')
  const actor = { workspace_id, name: 'bench' }

  let late: number[] = []
  const healthy = await Promise.all(
    [1, 2, 3].map(() => consumer(opened, (body) => void late.push(Date.now() - happenedAt(body)), 0)),
  )
  const slow = await consumer(opened, () => {}, slow_ms)
  const dead = `http://127.0.0.1:${await freePort()}/`
  const sender = startSender(hub)
  opened.defer(() => sender.stop())

  const round = async (urls: string[]): Promise<number> => {
    late = []
    const made = await Promise.all(
      urls.map((url) =>
        createSubscription(hub, actor, { url, allow_private: true, triggers: [], signer: 'standard_webhooks' }),
      ),
    )
    for (let sent = 0; sent < events; sent += at_once) {
      await happen(hub, workspace_id)
      await sleep(pause_ms)
    }
    for (const end = Date.now() + 120_000; late.length < events * healthy.length; await sleep(50))
      if (Date.now() > end) throw new Error(`${late.length} of ${events * healthy.length} messages arrived`)
    for (const { id } of made) await deleteSubscription(hub, actor, id)
    return late.sort((a, b) => a - b)[Math.floor(late.length * 0.99)] ?? 0
  }

  const alone: number[] = []
  const beside: number[] = []
  const ratios: number[] = []
  for (let i = 0; i < rounds; i++) {
    const [well, sick] = [await round(healthy), await round([...healthy, slow, dead])]
    alone.push(well)
    beside.push(sick)
    ratios.push(sick / well)
    process.stderr.write(`round ${i + 1} of ${rounds}: p99 ${well} ms alone, ${sick} ms beside a dead and a slow one\n`)
  }
  return {
    bench: 'fan-out',
    value: Math.round(median(ratios) * 100) / 100,
    goal,
    better: 'lower',
    p99_alone_ms: median(alone),
    p99_beside_ms: median(beside),
    events,
    rounds,
  }
}

const happen = (hub: Hub, workspace_id: string): Promise<void> =>
  hub.db.transaction().execute((trx) =>
    emit(
      hub,
      trx,
      workspace_id,
      'webhook',
      Array.from({ length: at_once }, (_, i) => ({ type: 'meeting.deleted', meeting_id: `mtg_${i}`, payload: {} })),
    ),
  )

async function consumer(
  opened: AsyncDisposableStack,
  heard: (body: string) => void,
  after_ms: number,
): Promise<string> {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      heard(Buffer.concat(chunks).toString())
      setTimeout(() => response.writeHead(204).end(), after_ms)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const happenedAt = (body: string): number => Date.parse((JSON.parse(body) as { timestamp: string }).timestamp)
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

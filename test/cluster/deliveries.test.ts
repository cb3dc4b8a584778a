import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { emit } from '#hub/hub-events.ts'
import { until } from '../world.ts'
import { cluster, type Cluster } from './cluster.ts'

interface Heard {
  id: string
  meeting_id: string
}

/** A consumer that notes what it hears before it answers, after a pause as a program has that works. */
async function consumer(
  t: { after(close: () => void): void },
  pause_ms: number,
): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>)).toString()
    const { data } = JSON.parse(body) as { data: { meeting_id: string } }
    heard.push({ id: String(request.headers['webhook-id']), meeting_id: data.meeting_id })
    await sleep(pause_ms)
    response.writeHead(204).end()
  })
  t.after(() => void server.close())
  return { url: await listening(server), heard }
}

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function subscribe(many: Cluster, at: string, url: string): Promise<string> {
  const answer = await fetch(`${at}/api/v1/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${many.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, allow_private: true }),
  })
  const text = await answer.text()
  assert.equal(answer.status, 201, text)
  return (JSON.parse(text) as { id: string }).id
}

const changes = 200

test('a server that is killed amid its deliveries loses none: another sends them with the same webhook-id, and a dead destination holds up nobody', async (t) => {
  const many = await cluster(t)
  const [one, other] = [await many.server(), await many.server()]
  await many.worker()
  const healthy = await consumer(t, 40)
  await subscribe(many, one.url, healthy.url)
  const closed = createServer()
  const dead_url = await listening(closed)
  closed.close()
  const dead = await subscribe(many, other.url, dead_url)

  const meetings = Array.from({ length: changes }, (_, index) => `mtg_${index}`)
  for (const meeting_id of meetings)
    await many.hub.db
      .transaction()
      .execute((trx) =>
        emit(many.hub, trx, many.workspace_id, 'api', [
          { type: 'meeting.changed', meeting_id, payload: { fields: ['topic'] } },
        ]),
      )
  await until(async () => healthy.heard.length > 20, 'deliveries to be under way')
  await one.kill()
  const heardAll = async (): Promise<boolean> => new Set(healthy.heard.map((each) => each.meeting_id)).size === changes
  await until(heardAll, () => `all ${changes} changes, but ${healthy.heard.length} messages came`, 60)

  // Whoever counts by webhook-id counts each change once.
  const byId = Map.groupBy(healthy.heard, ({ id }) => id)
  assert.equal(byId.size, changes)
  for (const again of byId.values()) assert.equal(new Set(again.map((each) => each.meeting_id)).size, 1)

  const settled = async (): Promise<boolean> => {
    const { rows } = await many.db.query<{ state: string; subscription_id: string }>(
      'select distinct state, subscription_id from delivery',
    )
    return rows.every(({ state, subscription_id }) => subscription_id === dead || state === 'delivered')
  }
  await until(settled, 'what was heard to be written down as delivered', 60)
})

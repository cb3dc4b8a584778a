import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { cluster, deliver, joined } from './cluster.ts'

test('a server that is killed while events come in loses none that it has acknowledged, and a second delivery adds none', async (t) => {
  const one = await cluster(t)
  const server = await one.server()
  const events = Array.from({ length: 1000 }, (_, index) =>
    joined({ meeting_id: String(82_000_000_000 + (index % 50)), user_id: index }),
  )
  const acknowledged: string[] = []
  const queue = events.values()
  const send = async (): Promise<void> => {
    for (const event of queue) if ((await deliver(server, one, event)) === 200) acknowledged.push(event.body)
  }
  const sending = Promise.all(Array.from({ length: 32 }, send))
  while (acknowledged.length < 200) await sleep(1)
  await server.kill()
  await sending
  assert.ok(acknowledged.length < events.length, 'the server was killed before all was sent')
  const stored = async (): Promise<string[]> =>
    (await one.db.query<{ body: string }>('select body from event')).rows.map(({ body }) => body)
  const there = new Set(await stored())
  assert.deepEqual(
    acknowledged.filter((body) => !there.has(body)),
    [],
  )

  // Zoom sends again what it got no answer for, and here all that it did get one for, too.
  const next = await one.server()
  const again = events.values()
  const resend = async (): Promise<void> => {
    for (const event of again) assert.equal(await deliver(next, one, event), 200)
  }
  await Promise.all(Array.from({ length: 32 }, resend))
  assert.deepEqual((await stored()).toSorted(), events.map(({ body }) => body).toSorted())
})

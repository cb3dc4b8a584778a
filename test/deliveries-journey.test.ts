import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { until, world } from './world.ts'

const w = await world({ after })

test('a program that subscribed hears of a meeting that was scheduled, signed, within seconds', async (t) => {
  const received: { headers: IncomingHttpHeaders; body: string }[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const made = await w.api<{ secret: string }>('POST', '/subscriptions', { url, allow_private: true })
  assert.equal(made.status, 201, made.text)
  const [host] = (await w.api<{ items: { id: string }[] }>('GET', '/zoom_users')).body.items
  const meeting = await w.api<{ id: string }>('POST', '/meetings', {
    connection_id: w.connection_id,
    host: host?.id,
    topic: 'Lecture',
    start_time: new Date(Date.now() + 3_600_000).toISOString(),
    duration: 60,
  })
  assert.equal(meeting.status, 201, meeting.text)
  await until(async () => received.length > 0, 'a message', 10)
  const [{ headers, body }] = received as [(typeof received)[0]]
  const heard = new Webhook(made.body.secret).verify(body, headers as Record<string, string>)
  assert.partialDeepStrictEqual(heard, { type: 'meeting.changed', data: { meeting_id: meeting.body.id } })
})

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { coverage } from '#simulator/coverage.ts'
import { faultsOf } from '#simulator/event-shape.ts'
import { world } from './world.ts'

interface Body {
  event: string
  event_ts: number
  payload: Record<string, unknown>
}

const w = await world({ after })
const folder = 'test/vectors/zoom/webhooks'
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ file, body: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Body }))
  .filter(({ body }) => body.event !== undefined)

const tell = async (name: string, body: object): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${w.simulatorUrl}/_/events/${name}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: answer.status, text: await answer.text() }
}

for (const { file, body } of samples)
  test(`the published event ${file} is told as it is, and refused with a key that Zoom does not have`, async () => {
    assert.deepEqual(faultsOf(body.event, { ...body }), [])
    const payload = { ...body.payload, zebra: 1 }
    assert.deepEqual(faultsOf(body.event, { ...body, payload }), [`payload.zebra is no field of ${body.event}`])
  })

test('an event that does not come about by itself reaches those who subscribe to it, signed, byte for byte', async () => {
  const rtms = samples.find(({ body }) => body.event === 'meeting.rtms_started')?.body
  assert.ok(rtms)
  const { status, text } = await tell(rtms.event, { payload: rtms.payload, event_ts: rtms.event_ts })
  assert.equal(status, 200, text)
  await w.settled()
  const { items } = (await w.api<{ items: { id: string; state: string }[] }>('GET', `/events?event=${rtms.event}`)).body
  assert.equal(items.length, 1)
  const { body } = await w.api<{ payload: { payload: Record<string, unknown> } }>('GET', `/events/${items[0]?.id}`)
  assert.deepEqual(Object.keys(body.payload.payload).toSorted(), Object.keys(rtms.payload).toSorted())
})

test('a type that Zoom does not have there, and an event that Zoom does not have, are refused by their names', async () => {
  const wrong = await tell('user.signed_in', { payload: { account_id: 'x', object: { id: 7 } } })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /payload\.object\.id must be string/)
  assert.equal((await tell('meeting.teleported', { payload: {} })).status, 404)
})

test('every event of Zoom’s list comes about by itself, or can be told', () => {
  for (const { name } of coverage().events) assert.deepEqual(faultsOf(name, { event: name }), [], name)
})

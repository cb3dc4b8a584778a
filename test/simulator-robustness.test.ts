import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { startSimulator } from '#simulator/simulator.ts'
import { simulate, simulateWithEvents, simulatorTime } from './simulator-client.ts'

const never = new Promise<number>(() => {})

test('a reset drops what is on its way to an endpoint that hangs, and what waits behind it', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  endpoint.state.answer = () => never
  for (let i = 0; i < 5; i++) await zoom.schedule()
  const began = performance.now()
  await zoom.control('POST', '/reset')
  await zoom.control('POST', '/settle')
  assert.ok(performance.now() - began < 1000)
  assert.deepEqual((await zoom.control('GET', '/deliveries')).deliveries, [])
  assert.ok(endpoint.received.length <= 1)
})

test('closing does not wait for an endpoint that hangs, nor for a delayed answer', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  endpoint.state.answer = () => never
  const simulator = await startSimulator({ port: 0 })
  const post = (path: string, body: object) =>
    fetch(`${simulator.url}/_${path}`, { method: 'POST', body: JSON.stringify(body) })
  await post('/apps/sim-s2s/subscriptions', { url: endpoint.url, validate: false })
  await post('/emit', { event: { event: 'meeting.started' } })
  await post('/faults', { match: {}, action: { delay_ms: 60_000 } })
  const cut = fetch(`${simulator.url}/v2/users`).catch(() => 'cut')
  await zoom.control('GET', '/clock')
  const began = performance.now()
  await simulator.close()
  assert.ok(performance.now() - began < 1000)
  assert.equal(await cut, 'cut')
})

test('moves of the clock that are asked for at once all count', async (t) => {
  const { zoom, endpoint } = await simulateWithEvents(t)
  endpoint.state.answer = async () => 500
  await zoom.schedule()
  await zoom.control('POST', '/settle')
  await Promise.all(Array.from({ length: 6 }, () => zoom.control('POST', '/clock', { advance_s: 100 })))
  assert.equal((await zoom.control('GET', '/clock')).offset_s, 600)
  assert.equal(endpoint.received.length, 2)
})

test('nobody leaves before having come, even when the clock goes back in between', async (t) => {
  const { api, control, schedule } = await simulate(t)
  const { id } = await schedule()
  await control('POST', `/meetings/${id}/start`)
  for (const name of ['Max', 'Mia']) await control('POST', `/meetings/${id}/join`, { name })
  await control('POST', '/clock', { advance_s: -7200 })
  const { start_time, end_time } = await control('POST', `/meetings/${id}/end`)
  assert.ok(end_time >= start_time)
  const { participants } = (await api('GET', `/report/meetings/${id}/participants`)).body
  assert.deepEqual(
    participants.map(({ duration }: { duration: number }) => duration),
    [0, 0],
  )
})

test('a clock that would leave the century is refused, and goes on', async (t) => {
  const zoom = await simulate(t)
  for (const advance_s of [1e18, -1e18]) {
    assert.equal((await zoom.send('POST', '/_/clock', { advance_s })).status, 422)
  }
  assert.ok(Math.abs((await simulatorTime(zoom)) - Date.now()) < 60_000)
})

test('an account keeps one owner', async (t) => {
  const { send, control } = await simulate(t)
  assert.equal((await send('DELETE', '/_/people/ada@school.example')).status, 409)
  assert.equal((await send('PATCH', '/_/people/ada@school.example', { role: 'member' })).status, 409)
  await control('PATCH', '/people/grace@school.example', { role: 'owner' })
  await control('DELETE', '/people/ada@school.example')
  const { people } = await control('GET', '/people')
  assert.deepEqual(
    people.map(({ email, role }: Record<string, string>) => [email, role]),
    [
      ['grace@school.example', 'owner'],
      ['alan@school.example', 'member'],
    ],
  )
})

const wrong = [
  ['/emit', {}, 'the body: say what: event or text'],
  ['/faults', { on: 'webhook', action: { dupe: 1 } }, 'action: Unrecognized key: "dupe"'],
  ['/faults', { action: { status: 99 } }, 'action.status: Too small: expected number to be >=200'],
  ['/people', { people: [{ email: 'x' }] }, 'people.0.email: Invalid email address'],
  ['/apps/sim-s2s/subscriptions', { url: 'ftp://app.example' }, 'url: Invalid URL'],
] as const

for (const [path, body, sentence] of wrong) {
  test(`POST /_${path} of ${JSON.stringify(body)} is refused with what is wrong in it`, async (t) => {
    const { send } = await simulate(t)
    const answer = await send('POST', `/_${path}`, body)
    assert.deepEqual([answer.status, answer.body], [422, { error: sentence }])
  })
}

test('only the last calls and webhooks are told when asked so', async (t) => {
  const { api, send, control } = await simulate(t)
  for (const path of ['/users', '/users/me', '/users/summary']) await api('GET', path)
  const { calls } = await control('GET', '/calls?last=2')
  assert.deepEqual(
    calls.map(({ path }: { path: string }) => path),
    ['/v2/users/me', '/v2/users/summary'],
  )
  assert.equal((await send('GET', '/_/deliveries?last=none')).status, 422)
})

test('JSON that is nested without end is refused, and a client that hangs up does no harm', async (t) => {
  const { api, url } = await simulate(t)
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
  assert.equal((await api('POST', '/users/me/meetings', deep)).status, 400)
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('POST /v2/users HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.destroy()
  assert.equal((await api('GET', '/users')).status, 200)
})

test('a meeting id that is no number is told as such by every operation', async (t) => {
  const { api } = await simulate(t)
  for (const method of ['GET', 'PATCH', 'DELETE']) {
    const { status, body } = await api(method, '/meetings/abc')
    assert.deepEqual([status, body], [400, { code: 300, message: 'Invalid meeting ID.' }])
  }
})

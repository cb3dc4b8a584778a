import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, afterEach, test } from 'node:test'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const { now } = hub.runtime
const hour = 3_600_000
afterEach(() => {
  hub.runtime.now = now
})

/** What Zoom is answered that signs with this secret token, so many hours from now. */
async function signedWith(secret: string, hours = 0): Promise<number> {
  hub.runtime.now = () => now() + hours * hour
  const event_ts = hub.runtime.now()
  const payload = { account_id: 'sim-account', object: { id: 'nobody', email: 'nobody@school.example' } }
  const body = JSON.stringify({ event: 'user.deleted', event_ts, payload })
  const timestamp = String(Math.floor(event_ts / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const headers = { 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature }
  const request = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
  const { status } = await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, request)
  hub.runtime.now = now
  return status
}

const change = async (secret_token: string, hours = 0): Promise<void> => {
  hub.runtime.now = () => now() + hours * hour
  assert.equal((await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { secret_token })).status, 200)
  hub.runtime.now = now
}

test('every secret token that was changed within a day is taken until its day is over, however many there are', async () => {
  await change('second')
  await change('third', 12)
  const at = async (hours: number): Promise<number[]> => [
    await signedWith('sim-s2s-webhook', hours),
    await signedWith('second', hours),
    await signedWith('third', hours),
  ]
  assert.deepEqual(await at(13), [200, 200, 200])
  hub.intake.forget(w.zoom_app_id)
  assert.deepEqual(await at(25), [401, 200, 200])
  hub.intake.forget(w.zoom_app_id)
  assert.deepEqual(await at(37), [401, 401, 200])
})

test('of two who change the token at the same time neither is forgotten', async () => {
  await Promise.all(['fourth', 'fifth'].map((secret) => change(secret)))
  assert.deepEqual([await signedWith('third'), await signedWith('fourth'), await signedWith('fifth')], [200, 200, 200])
})

test('a token that has leaked is taken no more as soon as somebody says so', async () => {
  type App = { earlier_secret_tokens_until: string | null }
  const until = async () => (await w.api<App>('GET', `/zoom_apps/${w.zoom_app_id}`)).body.earlier_secret_tokens_until
  const left_ms = Date.parse((await until()) ?? '') - now()
  assert.ok(left_ms > 35.9 * hour && left_ms <= 36 * hour, 'until the day of the last is over')
  assert.equal((await w.api('DELETE', `/zoom_apps/${w.zoom_app_id}/earlier_secret_tokens`)).status, 204)
  assert.equal(await until(), null)
  const given = await Promise.all(['third', 'fourth', 'fifth'].map((secret) => signedWith(secret)))
  assert.deepEqual(
    given.toSorted((a, b) => a - b),
    [200, 401, 401],
    'the current one alone',
  )
})

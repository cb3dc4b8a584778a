import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { faultPresets } from '#simulator/fault-presets.ts'
import { simulate } from './simulator-client.ts'

const docs = readFileSync(new URL('../docs/simulator.md', import.meta.url), 'utf8')

test('docs/simulator.md names every preset of faults', () => {
  assert.deepEqual(
    Object.keys(faultPresets).filter((name) => !docs.includes(`\`${name}\``)),
    [],
  )
})

const limits = [
  ['per_second_limit', 'QPS', null],
  ['daily_limit', 'Daily-limit', /^\d{4}-\d\d-\d\dT00:00:00Z$/],
  ['meeting_user_daily_limit', null, null],
  ['webinar_user_daily_limit', null, null],
  ['concurrent_requests', null, null],
] as const

for (const [preset, type, retryAfter] of limits) {
  test(`the fault ${preset} is 429 with Zoom's headers, once`, async (t) => {
    const { api, control } = await simulate(t)
    await api('GET', '/users')
    await control('POST', '/faults', { preset })
    const { status, headers, body } = await api('GET', '/users')
    assert.deepEqual([status, body.code, headers.get('x-ratelimit-type')], [429, 429, type])
    if (retryAfter) assert.match(headers.get('retry-after') ?? '', retryAfter)
    else assert.equal(headers.get('retry-after'), null)
    assert.equal((await api('GET', '/users')).status, 200)
  })
}

test('500 is JSON and 502 a page', async (t) => {
  const { api, control } = await simulate(t)
  await api('GET', '/users')
  await control('POST', '/faults', { preset: 'internal_error' })
  assert.equal((await api('GET', '/users')).body.code, 500)
  await control('POST', '/faults', { preset: 'html_502' })
  const { status, headers, body } = await api('GET', '/users')
  assert.deepEqual([status, headers.get('content-type')], [502, 'text/html'])
  assert.match(body, /^<html>/)
})

for (const [preset, made] of [
  ['timeout_before', 0],
  ['timeout_after', 1],
] as const) {
  test(`the fault ${preset} never answers; meetings made by then: ${made}`, async (t) => {
    const { url, control, accessToken } = await simulate(t)
    const authorization = `Bearer ${await accessToken()}`
    await control('POST', '/faults', { preset, match: { method: 'POST' } })
    const request = fetch(`${url}/v2/users/ada@school.example/meetings`, {
      method: 'POST',
      headers: { authorization },
      body: '{"topic": "Algebra"}',
      signal: AbortSignal.timeout(300),
    })
    await assert.rejects(request, { name: 'TimeoutError' })
    assert.equal((await control('GET', '/meetings')).meetings.length, made)
  })
}

test('a truncated answer is no JSON though the transfer is whole; a slow one is whole at last', async (t) => {
  const { url, control, accessToken } = await simulate(t)
  const headers = { authorization: `Bearer ${await accessToken()}` }
  await control('POST', '/faults', { preset: 'truncated_json' })
  const cut = await (await fetch(`${url}/v2/users/summary`, { headers })).text()
  assert.throws(() => JSON.parse(cut), SyntaxError)
  await control('POST', '/faults', { preset: 'slow_body', action: { trickle_ms: 1 } })
  const began = performance.now()
  const slow = await (await fetch(`${url}/v2/users/summary`, { headers })).text()
  assert.ok(slow.startsWith(cut))
  assert.equal(JSON.parse(slow).total_users_count, 3)
  assert.ok(performance.now() - began > slow.length)
})

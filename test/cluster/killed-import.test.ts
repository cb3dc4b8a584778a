import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { cluster } from './cluster.ts'

test('an import whose worker is killed while Zoom makes a meeting goes on elsewhere, and makes no meeting twice', async (t) => {
  const one = await cluster(t)
  const control = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${one.simulatorUrl}/_${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    })
    return (await answer.json()) as T
  }
  const topics = async (): Promise<string[]> =>
    (await control<{ meetings: { topic: string }[] }>('GET', '/meetings')).meetings.map(({ topic }) => topic)
  const server = await one.server()
  const ask = async <T>(url: string, method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${one.key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return (await answer.json()) as T
  }
  const list = Array.from({ length: 12 }, (_, at) => `Lesson ${at},ada@school.example,2031-03-31 10:00,UTC,45`)
  const content = ['topic,host,start_time,timezone,duration', ...list].join('\n')
  // Of the meetings one is made, and nobody is told.
  const made = { method: 'POST', path: '/v2/users/{userId}/meetings' }
  await control('POST', '/faults', { match: made, action: { delay_ms: 50 }, times: 4 })
  await control('POST', '/faults', { match: made, action: { hang: 'after' } })
  const { id } = await ask<{ id: string }>(server.url, 'POST', '/meeting_imports', {
    content,
    format: 'csv',
    dry_run: false,
  })
  while (!(await topics()).includes('Lesson 4')) await sleep(20)
  await server.kill()
  // The first request is believed to be dead after a minute, which we do not wait for.
  await one.db.query(`update idempotency set taken_at = taken_at - interval '61 seconds' where state = 'under_way'`)

  const next = await one.server()
  const state = async () =>
    ask<{ state: string; rows: Record<string, number> }>(next.url, 'GET', `/meeting_imports/${id}`)
  while ((await state()).state !== 'done') await sleep(200)
  assert.equal((await state()).rows['created'], 12)
  assert.deepEqual((await topics()).toSorted(), list.map((row) => row.split(',', 1).join('')).toSorted())
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cluster, type Member } from './cluster.ts'

test('when many processes need a new token at once, Zoom is asked for one', async (t) => {
  const many = await cluster(t)
  const servers = await Promise.all([many.server(), many.server(), many.server()])
  const tokenRequests = async (): Promise<number> => {
    const answer = await fetch(`${many.simulatorUrl}/_/calls`)
    return ((await answer.json()) as { counts: { oauth: number } }).counts.oauth
  }
  const schedule = async ({ url }: Member, topic: string): Promise<number> => {
    const body = {
      host: 'ada@school.example',
      topic,
      start_time: '2030-01-07T09:00:00Z',
      duration: 45,
      timezone: 'UTC',
    }
    const headers = { authorization: `Bearer ${many.key}`, 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/v1/meetings`, { method: 'POST', headers, body: JSON.stringify(body) })
    await answer.arrayBuffer()
    return answer.status
  }

  await many.db.query(`update connection set access_token_expires_at = now() - interval '1 minute'`)
  const before = await tokenRequests()
  const statuses = await Promise.all(
    servers.flatMap((server, index) => [schedule(server, `Algebra ${index}`), schedule(server, `Botany ${index}`)]),
  )
  assert.deepEqual(
    statuses,
    servers.flatMap(() => [201, 201]),
  )
  assert.equal((await tokenRequests()) - before, 1)
})

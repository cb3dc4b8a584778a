import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cluster } from './cluster.ts'

const greenroom = fileURLToPath(new URL('../../src/cli/greenroom.ts', import.meta.url))

test('the encryption key is rotated while a server runs, which goes on with the new one', async (t) => {
  const many = await cluster(t)
  const server = await many.server()
  const schedule = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${many.key}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ host: 'ada@school.example', topic: 'Algebra' })
    const answer = await fetch(`${server.url}/api/v1/meetings`, { method: 'POST', headers, body })
    await answer.arrayBuffer()
    return answer.status
  }
  const sealedWith = async (): Promise<string | undefined> => {
    const { rows } = await many.db.query<{ id: string }>(
      `select encode(substring(access_token from 2 for 4), 'hex') as id from connection`,
    )
    return rows[0]?.id
  }
  const old = many.hub.keys.current.id
  assert.equal(await schedule(), 201)
  assert.equal(await sealedWith(), old)

  const rotated = await promisify(execFile)(process.execPath, [greenroom, 'encryption-key', 'rotate'], {
    env: { ...process.env, ...many.env },
  })

  const { current, all } = many.hub.keys
  assert.match(rotated.stdout, new RegExp(`sealed with the encryption key ${current.id}`))
  assert.deepEqual([...all.keys()], [current.id, old])
  assert.equal(await sealedWith(), current.id)
  assert.equal(await schedule(), 201)
  await many.db.query(`update connection set access_token_expires_at = now()`)
  assert.equal(await schedule(), 201)
  assert.equal(await sealedWith(), current.id)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { ApiKey, AuditEntry, Page } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { world } from './world.ts'

const w = await world({ after })
const by = (key: string) => ({ authorization: `Bearer ${key}` })
type Made = ApiKey & { key: string }

test('a key is made, shown once, works, tells when it was used, and is nobody’s once it is revoked', async () => {
  const made = await w.api<Made>('POST', '/api_keys', { name: 'Gradebook', role: 'viewer' })
  assert.equal(made.status, 201, made.text)
  assert.match(made.body.key, /^gr_/)
  assert.equal((await w.api('GET', '/meetings', undefined, by(made.body.key))).status, 200)
  const listed = (await w.api<Page<ApiKey>>('GET', '/api_keys')).body.items.find(({ id }) => id === made.body.id)
  assert.ok(listed?.last_used_at)
  assert.ok(!('key' in listed))
  assert.equal((await w.api<ApiKey>('DELETE', `/api_keys/${made.body.id}`)).status, 200)
  assert.equal((await w.api('GET', '/meetings', undefined, by(made.body.key))).status, 401)
  const now = (await w.api<Page<ApiKey>>('GET', '/api_keys')).body.items
  assert.ok(!now.some(({ id }) => id === made.body.id))
  const all = (await w.api<Page<ApiKey>>('GET', '/api_keys?revoked=true')).body.items
  assert.ok(all.find(({ id }) => id === made.body.id)?.revoked_at)
})

test('nobody makes or revokes a key that is mightier than they are, nor sees another workspace’s', async () => {
  const admin = by(await w.key('admin'))
  assert.equal((await w.api('POST', '/api_keys', { name: 'Mightier', role: 'owner' }, admin)).status, 403)
  const owners = await w.api<Made>('POST', '/api_keys', { name: 'Owner’s', role: 'owner' })
  assert.equal((await w.api('DELETE', `/api_keys/${owners.body.id}`, undefined, admin)).status, 403)
  assert.equal(
    (await w.api('POST', '/api_keys', { name: 'x', role: 'viewer' }, by(await w.key('operator')))).status,
    403,
  )
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const elsewhere = by(await w.key('owner', 'Elsewhere'))
  assert.equal((await w.api('DELETE', `/api_keys/${owners.body.id}`, undefined, elsewhere)).status, 404)
})

test('the audit log is paged, filtered, searched and written as a table, without a secret in it', async () => {
  for (let i = 0; i < 4; i++) await w.api('POST', '/api_keys', { name: `Audited ${i}`, role: 'viewer' })
  const ask = async (query: string) => (await w.api<Page<AuditEntry>>('GET', `/audit?${query}`)).body
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await ask(`action=api_key&limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...page.items.map(({ at, object_id }) => `${at} ${object_id}`))
    cursor = page.next_cursor ?? ''
  } while (cursor)
  assert.equal(new Set(seen).size, seen.length)
  assert.deepEqual(
    seen.map((line) => line.slice(0, 24)),
    seen
      .map((line) => line.slice(0, 24))
      .toSorted()
      .toReversed(),
  )
  const found = (await ask('q=audited+2')).items
  assert.equal(found.length, 1)
  assert.deepEqual(found[0]?.detail, { name: 'Audited 2', role: 'viewer' })
  assert.equal(found[0]?.actor_name, 'owner')
  assert.equal((await ask(`to=${new Date(0).toISOString()}`)).items.length, 0)
  const table = await w.api('GET', '/audit.csv?action=api_key')
  assert.match(table.headers.get('content-type') ?? '', /^text\/csv/)
  assert.equal(table.text.trim().split('\r\n').length, 1 + seen.length)
  assert.ok(!table.text.includes('gr_'))
  assert.equal((await w.api('GET', '/audit', undefined, by(await w.key('operator')))).status, 403)
})

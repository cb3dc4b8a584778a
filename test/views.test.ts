import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { View } from '#hub/resources.ts'
import { world } from './world.ts'

const w = await world({ after }, { connected: false })
const listed = async (headers?: Record<string, string>) =>
  (await w.api<{ items: View[] }>('GET', '/views', undefined, headers)).body.items.map(({ name, query }) => [
    name,
    query,
  ])
const keep = (name: string, query: string, headers?: Record<string, string>) =>
  w.api<View>('POST', '/views', { page: 'meetings', name, query }, headers)

test('a list is kept under a name, changed under the same, and deleted, by whoever keeps it alone', async () => {
  const other = { authorization: `Bearer ${await w.key('viewer')}` }
  const made = await keep('Webinars', 'kind=webinar')
  assert.equal(made.status, 201, made.text)
  const again = await keep('Webinars', 'kind=webinar&when=past')
  assert.equal(again.body.id, made.body.id)
  assert.deepEqual(await listed(), [['Webinars', 'kind=webinar&when=past']])
  assert.deepEqual(await listed(other), [])
  assert.equal((await keep('Webinars', 'kind=webinar', other)).status, 201, 'a viewer keeps views of their own')
  assert.equal((await w.api('DELETE', `/views/${made.body.id}`, undefined, other)).status, 404)
  assert.equal((await w.api('DELETE', `/views/${made.body.id}`)).status, 204)
  assert.deepEqual(await listed(), [])
  assert.deepEqual(await listed(other), [['Webinars', 'kind=webinar']])
})

test('nobody keeps more views than anybody would look through', async () => {
  for (let n = 0; n < 200; n++) await keep(`View ${n}`, 'when=all')
  assert.equal((await keep('One too many', 'when=all')).status, 409)
  assert.equal((await keep('View 7', 'when=past')).status, 201)
})

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { Secret } from '#core/secret.ts'
import { countSealedConsents } from '#hub/unreadable.ts'
import { doctor } from '#hub/doctor/doctor.ts'
import { keyRing, seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { resealAll, sealedColumns } from '#hub/reseal.ts'
import { connectionById } from '#store/connections.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const key = (): Secret => new Secret(randomBytes(32).toString('base64'))
const first = hub.keys.current.key
const withKeys = (...keys: [Secret, ...Secret[]]): Hub => ({ ...hub, keys: keyRing(keys) })

/** Bytes that are no sealed values: digests. */
const plain = /hash|digest|^mattermost_post\.shown$|^workspace_logo\.bytes$/

test('every column that holds sealed values is one that a new key reaches', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' and table_name !~ '_p?[0-9]{6,8}$'`.execute(hub.db)
  const listed = sealedColumns(hub).map(({ table, column }) => `${table}.${column}`)
  assert.deepEqual(
    rows
      .map(({ name }) => name)
      .filter((name) => !plain.test(name))
      .toSorted(),
    listed.toSorted(),
  )
})

test('after a rotation the new key alone opens everything, and a value whose key is lost is named and kept', async () => {
  const next = key()
  const before = await connectionById(hub.db, w.connection_id)
  const lost = seal(keyRing([key()]), `${w.zoom_app_id}:secret_token`, new Secret('x'))
  await hub.db.updateTable('zoom_app').set({ previous_secret_token: lost }).execute()
  const { values, unreadable } = await resealAll(withKeys(next, first))
  assert.equal(values, 3)
  assert.deepEqual(unreadable, [`zoom_app.previous_secret_token ${w.zoom_app_id}`])
  const row = await connectionById(hub.db, w.connection_id)
  const app = await hub.db.selectFrom('zoom_app').selectAll().executeTakeFirstOrThrow()
  assert.ok(before?.access_token && row?.access_token)
  assert.equal(
    unseal(keyRing([next]), row.id, row.access_token).reveal(),
    unseal(hub.keys, row.id, before.access_token).reveal(),
  )
  assert.equal(unseal(keyRing([next]), `${app.id}:client_secret`, app.client_secret).reveal(), 'sim-s2s-secret')
  assert.ok(app.previous_secret_token?.equals(lost))
  assert.equal((await resealAll(withKeys(next, first))).values, 0)
  assert.equal((await resealAll(withKeys(first, next))).values, 3)
})

test('the doctor and the connection name a consent whose key is lost, and who connects again', async () => {
  const refresh_token = seal(keyRing([key()]), `${w.connection_id}:refresh_token`, new Secret('x'))
  await hub.db.updateTable('connection').set({ refresh_token, zoom_user_email: 'ada@school.example' }).execute()
  const found = await doctor(hub, { workspace_id: w.workspace_id, name: 'cli' })
  const finding = found.find(({ check }) => check === `connection ${w.connection_id}`)
  assert.equal(finding?.state, 'failed')
  assert.match(finding.message, /ada@school\.example .* encryption key that is not here; it is kept as it is/)
  assert.match(finding.fix ?? '', /ada@school\.example connects to Zoom again/)
  const { body } = await w.api<{ state: string; reconnect: { message: string } | null }>(
    'GET',
    `/connections/${w.connection_id}`,
  )
  assert.equal(body.state, 'connected', 'nothing is destroyed')
  assert.match(
    body.reconnect?.message ?? '',
    /an encryption key that is not here. Put the key back; if it is lost: Whoever/,
  )
  assert.equal(await countSealedConsents(hub), 1)
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '#config.ts'
import { createLog } from '#core/log.ts'
import { emit, type HubEvent } from '#hub/hub-events.ts'
import type { Integration } from '#hub/integration.ts'
import { startWorker } from '#hub/jobs/worker.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { openHub } from '#server.ts'
import { testDatabase } from './database.ts'
import { until } from './world.ts'

const { url, drop } = await testDatabase({ after: () => {} })
const data = await mkdtemp(join(tmpdir(), 'greenroom-seam-'))
const log = createLog({ level: 'silent' })
const opened = await openHub(readConfig({ DATABASE_URL: url, GREENROOM_DATA: data }), log, { serve: false })

const heard: string[] = []
let failures = 1
/** Two host systems: one that is down for a while, one that is well. */
const shaky: Integration = {
  name: 'shaky',
  on: {
    async 'session.ended'(event) {
      if (failures-- > 0) throw new Error('the host is down')
      heard.push(`shaky ${event.uuid}`)
      return { outcome: 'handled' }
    },
  },
}
const steady: Integration = {
  name: 'steady',
  on: {
    async 'session.ended'(event) {
      heard.push(`steady ${event.uuid} ${event.payload.ended_at}`)
      return { outcome: 'handled' }
    },
  },
}
const hub = { ...opened.hub, integrations: [shaky, steady] }
const worker = await startWorker(hub, opened.pool)
after(async () => {
  await worker.stop()
  await opened[Symbol.asyncDispose]()
  await drop()
  await rm(data, { recursive: true })
})
const { id: workspace_id } = await ensureWorkspace(hub, 'School')

const ended = (uuid: string): HubEvent => ({
  type: 'session.ended',
  meeting_id: 'mtg_1',
  uuid,
  payload: { ended_at: '2026-01-05T10:00:00Z' },
})

test('every integration that reacts to a hub event hears it; one that fails holds no other and hears it later', async () => {
  await hub.db.transaction().execute((trx) => emit(hub, trx, workspace_id, 'webhook', [ended('one')]))
  await until(async () => heard.includes('steady one 2026-01-05T10:00:00Z'), 'the steady one')
  assert.ok(!heard.includes('shaky one'))
  await until(async () => heard.includes('shaky one'), 'the shaky one', 30)
})

test('a hub event whose transaction is rolled back is never heard', async () => {
  await assert.rejects(
    hub.db.transaction().execute(async (trx) => {
      await emit(hub, trx, workspace_id, 'webhook', [ended('undone')])
      throw new Error('undo')
    }),
  )
  await hub.db.transaction().execute((trx) => emit(hub, trx, workspace_id, 'webhook', [ended('two')]))
  await until(async () => heard.includes('shaky two'), 'the next one')
  assert.ok(!heard.some((line) => line.includes('undone')))
})

test('integrations hear the hub events of one meeting in order', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `run${index}`)
  for (const name of names)
    await hub.db.transaction().execute((trx) => emit(hub, trx, workspace_id, 'webhook', [ended(name)]))
  await until(async () => heard.includes('shaky run9'), 'all of them')
  assert.deepEqual(
    heard.filter((line) => line.startsWith('shaky run')),
    names.map((name) => `shaky ${name}`),
  )
})

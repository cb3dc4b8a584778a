import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { me } from '#http/api/me.ts'
import { removeDemo, ensureWorkspace } from '#hub/workspaces.ts'
import { createApiKey } from '#hub/keys.ts'
import { bearer, httpHub, json } from './http-hub.ts'
import { world } from './world.ts'

type Me = z.infer<typeof me>

test('the Demo goes with everything that it had, and whoever had nothing else has an empty workspace', async () => {
  const on = await httpHub({ after })
  const demo = await ensureWorkspace(on.hub, 'Demo', { demo: true })
  await ensureWorkspace(on.hub, 'Main')
  const { key } = await createApiKey(on.hub, { workspace: 'Demo', name: 'own', role: 'owner' })
  const { url, user_id } = await on.signIn.printOwnerLink()
  await sql`delete from member`.execute(on.hub.db)
  await sql`insert into member (workspace_id, user_id, role) values (${demo.id}, ${user_id}, 'owner')`.execute(
    on.hub.db,
  )
  const opened = await on.get(url.slice(on.hub.publicUrl.length), { accept: 'text/html' })
  const cookie = opened.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const origin = on.hub.publicUrl
  assert.equal((await on.send('DELETE', '/api/v1/workspace', undefined, { cookie, origin })).status, 204)
  assert.equal((await on.get('/api/v1/me', bearer(key))).status, 401)
  const { workspace, role } = await json<Me>(await on.get('/api/v1/me', { cookie }))
  assert.deepEqual([workspace.name, workspace.demo, role], ['Main 2', false, 'owner'], 'one of their own')
  const again = await on.send('DELETE', '/api/v1/workspace', undefined, { cookie, origin })
  assert.equal(again.status, 409)
  assert.match(await again.text(), /Main 2 is no demo, and stays/)
})

test('nothing of a removed Demo is left in any table, and the other workspace keeps its own', async () => {
  const w = await world({ after })
  const { hub } = w.server
  const planned = { host: 'ada@school.example', topic: 'Algebra', start_time: '2030-01-01T09:00:00Z' }
  const { body } = await w.api<{ zoom_meeting_id: string }>('POST', '/meetings', planned)
  await w.zoom('POST', `/meetings/${body.zoom_meeting_id}/start`)
  await w.zoom('POST', `/meetings/${body.zoom_meeting_id}/join`, { name: 'Mia' })
  await w.zoom('POST', `/meetings/${body.zoom_meeting_id}/end`)
  await w.settled()
  const other = await ensureWorkspace(hub, 'Elsewhere')
  await createApiKey(hub, { workspace: 'Elsewhere', name: 'theirs', role: 'viewer' })
  const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.columns
    where column_name = 'workspace_id' and table_schema = 'public'`.execute(hub.db)
  const filled = async (workspace_id: string): Promise<string[]> => {
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await sql`select 1 from ${sql.table(name)} where workspace_id = ${workspace_id} limit 1`.execute(
        hub.db,
      )
      if (rows.length > 0) found.push(name)
    }
    return found.sort()
  }
  const [before, theirs] = [await filled(w.workspace_id), await filled(other.id)]
  for (const name of ['event', 'audit', 'hub_event', 'meeting', 'session', 'attendance', 'connection'])
    assert.ok(before.includes(name), name)
  await sql`update workspace set demo = true where id = ${w.workspace_id}`.execute(hub.db)
  const remove = () => removeDemo(hub, { workspace_id: w.workspace_id, name: 'test' }, undefined)
  await sql`update zoom_app set oauth_base = 'https://zoom.us'`.execute(hub.db)
  await assert.rejects(remove, /Somebody works with Zoom itself in this demo, by the app Simulator/)
  await sql`update zoom_app set oauth_base = ${w.simulatorUrl}`.execute(hub.db)
  await remove()
  assert.deepEqual(await filled(w.workspace_id), [])
  assert.deepEqual(await filled(other.id), theirs)
})

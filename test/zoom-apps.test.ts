import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Secret } from '#core/secret.ts'
import { doctor } from '#hub/doctor/doctor.ts'
import { keyRing } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { unreadableApps } from '#hub/unreadable.ts'
import { connect, simApp, until, world } from './world.ts'

interface Problem {
  detail: string
  errors?: { field: string; message: string }[]
}
interface App {
  id: string
  webhook_url: string
  has_secret_token: boolean
  connection_id: string
}

const w = await world({ after }, { connected: false })
const app = simApp(w.simulatorUrl)

const refused: [string, object, string, RegExp][] = [
  ['a wrong client secret', { client_secret: 'wrong' }, 'client_secret', /Client Secret/],
  ['an unknown client id', { client_id: 'nobody' }, 'client_id', /Client ID/],
  ['an account that is not the app’s', { account_id: 'elsewhere' }, 'account_id', /Account ID/],
  [
    'an app of another kind',
    { client_id: 'sim-user-app', client_secret: 'sim-user-secret' },
    'kind',
    /server-to-server/,
  ],
]
for (const [what, change, field, advice] of refused) {
  test(`${what} is refused with the entry to correct, and nothing is kept`, async () => {
    const { status, body } = await w.api<Problem>('POST', '/zoom_apps', { ...app, ...change })
    assert.equal(status, 422)
    assert.ok(
      body.errors?.some((error) => error.field === field),
      JSON.stringify(body),
    )
    assert.match(body.detail, advice)
    assert.equal((await w.api<{ items: App[] }>('GET', '/zoom_apps')).body.items.length, 0)
  })
}

test('a Zoom that cannot be reached is told from one that refuses', async () => {
  const { status, body } = await w.api<Problem>('POST', '/zoom_apps', {
    ...app,
    oauth_base: 'http://localhost:1',
    api_base: 'http://localhost:1',
  })
  assert.equal(status, 503)
  assert.match(body.detail, /Nothing was kept/)
})

test('an app is connected at once; its secrets never come back, from no answer and no log', async () => {
  const { status, body, text } = await w.api<App>('POST', '/zoom_apps', app)
  assert.equal(status, 201, text)
  assert.equal(body.has_secret_token, true)
  assert.match(body.webhook_url, new RegExp(`/zoom/webhooks/${body.id}$`))
  const connections = (await w.api<{ items: { id: string; state: string }[] }>('GET', '/connections')).body.items
  assert.deepEqual(
    connections.map(({ id, state }) => ({ id, state })),
    [{ id: body.connection_id, state: 'connected' }],
  )
  for (const path of ['/zoom_apps', `/zoom_apps/${body.id}`, '/connections'])
    assert.doesNotMatch((await w.api('GET', path)).text, /sim-s2s-(secret|webhook)/)
  assert.doesNotMatch(w.log.join(''), /sim-s2s-(secret|webhook)/)
  assert.equal((await w.api('POST', '/zoom_apps', app)).status, 409, 'the same app again')
  await w.api('DELETE', `/zoom_apps/${body.id}`)
})

const findings = async (change: Partial<Hub> = {}) =>
  doctor({ ...w.server.hub, ...change }, { workspace_id: w.workspace_id, name: 'test' })

test('the doctor finds a connected app well', async () => {
  await connect(w)
  await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
  await w.settled()
  await until(
    async () =>
      (await w.api<{ items: { last_event_at: string | null }[] }>('GET', '/zoom_apps')).body.items[0]?.last_event_at !==
      null,
    'the first event',
  )
  const found = await findings()
  assert.deepEqual(
    found.filter((finding) => finding.state === 'failed' && finding.check !== 'database'),
    [],
  )
})

test('a clock that is an hour off is named as such', async () => {
  const { runtime } = w.server.hub
  const ahead = await findings({ runtime: { ...runtime, now: () => Date.now() + 3_600_000 } })
  const finding = ahead.find(({ check }) => check.endsWith('clock'))
  assert.equal(finding?.state, 'failed')
  assert.match(finding?.message ?? '', /clock is wrong: it is 60 minutes ahead/)
  const behind = await findings({ runtime: { ...runtime, now: () => Date.now() - 3_600_000 } })
  assert.match(behind.find(({ check }) => check.endsWith('clock'))?.message ?? '', /60 minutes behind/)
})

test('missing scopes are named for copying, with what they cost', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', { scopes: ['meeting:read:meeting:admin'] })
  const finding = (await findings()).find(({ check }) => check.endsWith('scopes'))
  assert.equal(finding?.state, 'failed')
  assert.match(finding?.fix ?? '', /meeting:write:meeting:admin/)
  const optional = (await findings()).find(({ check }) => check.endsWith('scopes to add'))
  assert.equal(optional?.state, 'warning')
  assert.match(optional?.fix ?? '', /report:read:list_meeting_participants:admin/)
})

test('with another encryption key the apps that cannot be read are named, nothing is destroyed, and the answers say why', async () => {
  const { hub } = w.server
  const other = { ...hub, keys: keyRing([new Secret(Buffer.alloc(32, 7).toString('base64'))]) }
  assert.deepEqual(await unreadableApps(other), ['Simulator'])
  assert.deepEqual(await unreadableApps(hub), [])
  const found = await findings({ keys: other.keys })
  assert.match(found.map(({ message }) => message).join(), /sealed with encryption key/)
  assert.equal((await w.api<{ items: unknown[] }>('GET', '/zoom_apps')).body.items.length, 1)
})

test('a secret that was changed at Zoom breaks the connection with a reason, and the doctor says what to do', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', { client_secret: 'changed' })
  assert.match((await findings()).map(({ fix }) => fix ?? '').join(), /Client Secret/)
  await w.server.hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .execute()
  const { status } = await w.api('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'T',
    start_time: '2030-01-01T09:00:00Z',
  })
  assert.equal(status, 503)
  const [connection] = (await w.api<{ items: { state: string; failure: { code: string } }[] }>('GET', '/connections'))
    .body.items
  assert.deepEqual([connection?.state, connection?.failure.code], ['disconnected', 'invalid_client'])
})

test('a key with too little role is told which one it needs; no key and a wrong key are not told apart', async () => {
  const viewer = await w.key('viewer')
  const { status, body } = await w.api<Problem>('POST', '/zoom_apps', app, { authorization: `Bearer ${viewer}` })
  assert.equal(status, 403)
  assert.match(body.detail, /admin/)
  assert.equal((await w.api('GET', '/zoom_apps', undefined, { authorization: `Token ${viewer}` })).status, 200)
  for (const authorization of ['', 'Bearer gr_wrong', 'Basic eDp5'])
    assert.equal((await w.api('GET', '/zoom_apps', undefined, { authorization })).status, 401)
})

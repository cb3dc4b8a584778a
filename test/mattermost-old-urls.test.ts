import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { simApp, until, world } from './world.ts'

interface OldUrls {
  redirect: string
  webhook: string
  deauthorization: string
}

const w = await world({ after })
const path = `/zoom_apps/${w.zoom_app_id}/old_urls`
const make = (body: object = {}) => w.api<OldUrls & { detail: string }>('POST', path, body)
const madeAt = async () => (await w.api<{ made_at: string | null }>('GET', path)).body.made_at

/** As Zoom posts it, each time another event. */
let count = 0
function post(url: string, secret = 'sim-s2s-webhook') {
  const event_ts = Date.now() + count++
  const body = JSON.stringify({
    event: 'meeting.sharing_started',
    event_ts,
    payload: { object: { id: '1', uuid: 'u' } },
  })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  const headers = {
    'content-type': 'application/json',
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': signature,
  }
  return fetch(url, { method: 'POST', body, headers }).then(({ status }) => status)
}
const arrived = async () =>
  (await w.api<{ items: { zoom_app_id: string }[] }>('GET', '/events?event=meeting.sharing_started')).body.items

test('before a chat is connected an app has addresses in the old form, and what Zoom signs arrives by them', async () => {
  assert.equal(await madeAt(), null)
  const { status, body } = await make()
  assert.equal(status, 201)
  const { webhook, deauthorization, redirect } = body
  assert.match(webhook.slice(w.hubUrl.length), /^\/plugins\/zoom\/webhook\?secret=[\w-]{32}$/)
  assert.match(deauthorization.slice(w.hubUrl.length), /^\/plugins\/zoom\/deauthorization\?secret=[\w-]{32}$/)
  assert.equal(redirect, `${w.hubUrl}/plugins/zoom/oauth2/complete`)
  assert.ok(await madeAt())

  assert.equal(await post(webhook), 200)
  await until(async () => (await arrived()).length === 1, 'the event')
  assert.deepEqual(
    (await arrived()).map(({ zoom_app_id }) => zoom_app_id),
    [w.zoom_app_id],
  )
  assert.equal(await post(webhook.replace(/secret=.*/, 'secret=wrong')), 401)
  assert.equal(await post(webhook.replace(/\?.*/, '')), 401)
  assert.equal(await post(webhook, 'another secret'), 401, 'the address alone proves nothing')
  assert.equal((await arrived()).length, 1)
})

test('Zoom’s question whether the old address is ours is answered', async () => {
  const { webhook } = (await make()).body
  const body = JSON.stringify({
    event: 'endpoint.url_validation',
    event_ts: Date.now(),
    payload: { plainToken: 'plain' },
  })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const hmac = (text: string) => createHmac('sha256', 'sim-s2s-webhook').update(text).digest('hex')
  const signed = {
    'content-type': 'application/json',
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': `v0=${hmac(`v0:${timestamp}:${body}`)}`,
  }
  const answer = await fetch(webhook, { method: 'POST', body, headers: signed })
  assert.deepEqual(await answer.json(), { plainToken: 'plain', encryptedToken: hmac('plain') })
})

test('new addresses end those before, and nothing keeps the secret but the answer', async () => {
  const [first, second] = [(await make()).body, (await make()).body]
  assert.equal(await post(first.webhook), 401)
  assert.equal(await post(second.webhook), 200)
  const secret = new URL(second.webhook).searchParams.get('secret') ?? ''
  assert.ok(!JSON.stringify((await w.api('GET', path)).body).includes(secret))
  assert.ok(!w.log.join('\n').includes(secret), 'in the log')
  const { items } = (await w.api<{ items: { action: string }[] }>('GET', `/audit?object_id=${w.zoom_app_id}`)).body
  assert.equal(items[0]?.action, 'zoom_app.old_urls')
})

test('the plugin’s own secret is taken over, unless it belongs to something else', async () => {
  const url_secret = 'the plugin’s secret'
  const { webhook } = (await make({ url_secret })).body
  assert.equal(new URL(webhook).searchParams.get('secret'), url_secret)
  assert.equal(await post(webhook), 200)
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const headers = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  const theirs = await w.api<{ id: string }>('POST', '/zoom_apps', simApp(w.simulatorUrl), headers)
  const taken = await w.api('POST', `/zoom_apps/${theirs.body.id}/old_urls`, { url_secret }, headers)
  assert.equal(taken.status, 409)
  assert.equal(await post(webhook), 200)
})

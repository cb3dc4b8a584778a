import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { atZoom, consented } from './at-zoom.ts'
import { until, world } from './world.ts'

// Whose token speaks for a meeting when the connection by which it came is broken, or gone.

const w = await world({ after })
const { db } = w.server.hub

const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'user_managed',
  name: 'Consents',
  client_id: 'sim-user-app',
  client_secret: 'sim-user-secret',
  secret_token: 'sim-user-app-webhook',
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
const plan = async (host: string) =>
  (
    await w.api<{ id: string }>('POST', '/meetings', {
      connection_id: w.connection_id,
      host: `${host}@school.example`,
      topic: 'Algebra',
    })
  ).body.id
const [ofAda, ofGrace] = [await plan('ada'), await plan('grace')]
const rename = (id: string, topic: string) =>
  w.api<{ topic: string; detail: string }>('PATCH', `/meetings/${id}`, { topic })
/** Zoom has another secret for the app than the hub: found out with the next token. */
async function breakIt(): Promise<void> {
  await w.zoom('PATCH', '/apps/sim-s2s', { client_secret: 'another' })
  const none = { access_token: null, access_token_expires_at: new Date(0) }
  await db.updateTable('connection').set(none).where('id', '=', w.connection_id).execute()
  await rename(ofGrace, 'Refused')
  await until(
    async () =>
      (await w.api<{ state: string }>('GET', `/connections/${w.connection_id}`)).body.state === 'disconnected',
    'the connection to be broken',
  )
}
const tokenOf = async (): Promise<string | undefined> =>
  (await w.zoom<{ calls: { method: string; app?: string }[] }>('GET', '/calls?last=20')).calls.findLast(
    ({ method }) => method === 'PATCH',
  )?.app

test('while the connection works it speaks, whoever else has consented', async () => {
  await consented(w, app.id, 'ada@school.example')
  assert.equal((await rename(ofAda, 'Algebra I')).status, 200)
  assert.equal(await tokenOf(), 'sim-s2s')
})

/** Plans by the user's own consent for somebody else, and loses Zoom's answer; then the same again. */
async function lostAndAsked(key: string) {
  const { items } = (await w.api<{ items: { id: string; zoom_user_email: string | null }[] }>('GET', '/connections'))
    .body
  const request = {
    connection_id: items.find(({ zoom_user_email }) => zoom_user_email === 'ada@school.example')?.id,
    host: 'me',
    schedule_for: 'grace@school.example',
    topic: key,
    start_time: '2030-01-07T09:00:00Z',
  }
  const ask = () =>
    w.api<{ host_email: string; detail: string }>('POST', '/meetings', request, { 'Idempotency-Key': key })
  const match = { method: 'POST', path: '/v2/users/*/meetings' }
  await w.zoom('POST', '/faults', { match, action: { drop: 'after' }, times: 1 })
  assert.equal((await ask()).status, 503)
  const again = await ask()
  const { meetings } = await w.zoom<{ meetings: { topic: string }[] }>('GET', '/meetings')
  assert.equal(meetings.filter(({ topic }) => topic === key).length, 1, 'none is planned twice')
  return again
}

test('a meeting that a user planned for somebody else is found by the account’s connection when Zoom’s answer was lost', async () => {
  await atZoom(w, 'POST', '/users/grace@school.example/assistants', { assistants: [{ email: 'ada@school.example' }] })
  const { status, body, text } = await lostAndAsked('For Grace')
  assert.deepEqual([status, body.host_email], [201, 'grace@school.example'], text)
})

test('when it is broken the host’s own consent speaks for the host, and for nobody else', async () => {
  await breakIt()
  const { status, body, text } = await rename(ofAda, 'Algebra II')
  assert.deepEqual([status, body.topic], [200, 'Algebra II'], text)
  assert.equal(await tokenOf(), 'sim-user-app')
  const refused = await rename(ofGrace, 'Algebra II')
  assert.ok(refused.status >= 400)
  assert.match(refused.body.detail, /refused the credentials of Simulator/)
})

test('when its app was removed the same holds', async () => {
  assert.equal((await w.api('DELETE', `/zoom_apps/${w.zoom_app_id}`)).status, 204)
  assert.equal((await rename(ofAda, 'Algebra III')).status, 200)
  const refused = await rename(ofGrace, 'Algebra III')
  assert.equal(refused.status, 409, refused.text)
})

test('without a connection of the account it is said who knows whether it was planned', async () => {
  const { status, body } = await lostAndAsked('For Grace, alone')
  assert.equal(status, 409)
  assert.match(body.detail, /ask grace@school\.example, and if it is not among the meetings at Zoom/)
})

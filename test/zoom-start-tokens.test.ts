import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Secret } from '#core/secret.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { getLocalRecordingJoinToken, getUserToken } from '#zoom/start-tokens.ts'
import { getMe } from '#zoom/users.ts'
import { simulate, type Zoom } from './simulator-client.ts'
import { answering, clientOf } from './zoom-server.ts'

/** A client that acts for Grace, who has allowed the user-managed app. */
async function asGrace(t: TestContext): Promise<{ zoom: Zoom; client: ZoomClient }> {
  const zoom = await simulate(t)
  const { access_token } = await zoom.authorize('grace@school.example')
  const accessToken = async () => ({ access_token: new Secret(access_token), api_url: zoom.url })
  return { zoom, client: { ...clientOf(zoom.url), accessToken } }
}

test('getMe tells who has consented', async (t) => {
  const { client } = await asGrace(t)
  const { email, account_id } = await getMe(client)
  assert.deepEqual([email, account_id], ['grace@school.example', 'sim-account'])
})

test('a token for local recording is for one meeting, lives two minutes and is not printed', async (t) => {
  const { zoom, client } = await asGrace(t)
  const { id } = await zoom.schedule({}, 'grace@school.example')
  const given = await getLocalRecordingJoinToken(client, String(id), { bypass_waiting_room: true })
  assert.equal(given.expire_in, 120)
  assert.match(given.token.reveal(), /^eyJ/)
  assert.ok(!JSON.stringify(given).includes(given.token.reveal()))
})

test('a host who may not record is told by Zoom’s own words', async (t) => {
  const { zoom, client } = await asGrace(t)
  const { id } = await zoom.schedule({}, 'grace@school.example')
  await zoom.api('PATCH', '/users/grace@school.example/settings', { recording: { local_recording: false } })
  await assert.rejects(getLocalRecordingJoinToken(client, String(id)), (error) => {
    assert.ok(error instanceof ZoomApiError)
    assert.equal(error.code, 3000)
    assert.match(error.message, /Local Recording/)
    return true
  })
})

test('a zak and an onbehalf token are asked for by their own parameters', async (t) => {
  const { client } = await asGrace(t)
  for (const query of [{ type: 'zak' }, { type: 'onbehalf', meeting_id: '81234567890' }] as const)
    assert.match((await getUserToken(client, 'me', query)).token.reveal(), /^eyJ/)
  const zoom = await answering(t, { status: 200, body: { token: 'x' } })
  await getUserToken(clientOf(zoom.origin), 'me', { type: 'onbehalf', meeting_id: '81234567890', ttl: 60 })
  assert.equal(zoom.received[0]?.url, '/v2/users/me/token?type=onbehalf&meeting_id=81234567890&ttl=60')
})

test('a reply without a token is none', async (t) => {
  const zoom = await answering(t, { status: 200, body: { token: '' } })
  await assert.rejects(getUserToken(clientOf(zoom.origin), 'me', { type: 'zak' }))
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ada, adaId, callsMade, developer, grace, plannedMeeting, type Connection } from './bots-world.ts'
import { until, world } from './world.ts'

const w = await world({ after }, { connected: false })
const guide = await developer(w)
/** Planned and begun before the hub hears of anything. */
const early = await plannedMeeting(w, ada)
await w.zoom('POST', `/meetings/${early.id}/start`)
const state = { zoom_oauth_app_id: '', connection_id: '' }

test('the guide, step by step: the app is registered and its id comes back, no secret does', async () => {
  const { status, body, text } = await guide.ask<{ zoom_oauth_app_id: string }>('POST', '/zoom_oauth_apps', {
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    webhook_secret: 'sim-user-app-webhook',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.equal(status, 201, text)
  assert.match(body.zoom_oauth_app_id, /^zoa_/)
  assert.doesNotMatch(text, /sim-user-secret|sim-user-app-webhook/)
  state.zoom_oauth_app_id = body.zoom_oauth_app_id
  assert.deepEqual(await callsMade(w), [])
})

test('Zoom’s events are sent to the address that all apps share, which answers Zoom’s check', async () => {
  const { validated } = await w.zoom<{ validated: boolean }>('POST', '/apps/sim-user-app/subscriptions', {
    url: `${w.hubUrl}/api/v1/zoom_oauth/webhooks`,
    events: ['*'],
  })
  assert.equal(validated, true)
})

test('the user consents, the code becomes a connection; one call to Zoom says who it is', async () => {
  const { status, body, text } = await guide.connect(ada, {
    zoom_oauth_app_id: state.zoom_oauth_app_id,
    deduplication_key: 'customer-7',
    metadata: { customer: '7' },
  })
  assert.equal(status, 201, text)
  assert.match(body.id, /^zoc_/)
  assert.equal(body.zoom_oauth_app_id, state.zoom_oauth_app_id)
  assert.equal(body.user_id, adaId)
  assert.equal(body.account_id, 'sim-account')
  assert.equal(body.state, 'connected')
  assert.equal(body.deduplication_key, 'customer-7')
  assert.deepEqual(body.metadata, { customer: '7' })
  assert.match(body.created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  assert.doesNotMatch(text, /token"|secret/)
  state.connection_id = body.id
  assert.deepEqual(await callsMade(w), ['GET user'])
})

test('a bot with the connection’s id joins by a join token: no waiting room, nobody is asked, and it says so', async () => {
  await w.zoom('DELETE', '/calls')
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  await w.zoom('POST', `/meetings/${id}/join`, { name: 'Ada', email: ada })
  const { status, body, text } = await guide.bot({
    meeting_url: join_url,
    zoom_oauth_connection_id: state.connection_id,
    metadata: { call: '42' },
  })
  assert.equal(status, 201, text)
  assert.match(body.id, /^bot_/)
  assert.equal(body.state, 'joining')
  assert.deepEqual(
    body.events.map(({ type }) => type),
    ['join_requested'],
  )
  const bot = await guide.becomes(body.id, 'joined_recording')
  assert.equal(bot.zoom_join_mode, 'local_recording')
  assert.equal(bot.zoom_join_mode_reason, null)
  assert.equal(bot.recording_state, 'in_progress')
  await w.zoom('POST', `/meetings/${id}/end`)
  const ended = await guide.becomes(body.id, 'ended')
  assert.equal(ended.recording_state, 'complete')
  assert.deepEqual(
    ended.events.map(({ type }) => type),
    ['join_requested', 'joined_meeting', 'recording_permission_granted', 'meeting_ended', 'post_processing_completed'],
  )
  assert.deepEqual(await callsMade(w), ['GET meetingLocalRecordingJoinToken'])
})

test('without an id the connection is found by the meeting’s host, whom meeting.started named: no further call', async () => {
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  await w.settled()
  await w.zoom('DELETE', '/calls')
  const { body, text } = await guide.bot({ meeting_url: join_url })
  assert.ok(body.id, text)
  const bot = await guide.becomes(body.id, 'joined_recording')
  assert.equal(bot.zoom_join_mode, 'local_recording')
  assert.deepEqual(await callsMade(w), ['GET meetingLocalRecordingJoinToken'])

  const { items } = (await w.api<{ items: { id: string; zoom_meeting_id: string }[] }>('GET', '/meetings?when=all'))
    .body
  const meeting = items.find(({ zoom_meeting_id }) => zoom_meeting_id === String(id))
  const placements = await w.api<{ items: { ref: string; integration: string; title: string }[] }>(
    'GET',
    `/meetings/${meeting?.id}/placements`,
  )
  assert.deepEqual(
    placements.body.items.map(({ ref, integration, title }) => ({ ref, integration, title })),
    [{ ref: body.id, integration: 'bots', title: 'Note taker' }],
  )

  assert.equal((await guide.ask('POST', `/bots/${body.id}/leave`)).status, 200)
  const left = await guide.becomes(body.id, 'ended')
  assert.deepEqual(
    left.events.slice(3).map(({ type, sub_type }) => [type, sub_type]),
    [
      ['leave_requested', 'user_requested'],
      ['left_meeting', undefined],
      ['post_processing_completed', undefined],
    ],
  )
  await w.zoom('POST', `/meetings/${id}/end`)
})

test('when nothing stored knows the meeting, Zoom is asked once; the next bot asks no more', async () => {
  await w.zoom('DELETE', '/calls')
  const first = await guide.bot({ meeting_url: early.join_url })
  assert.equal((await guide.becomes(first.body.id, 'joined_recording')).zoom_join_mode, 'local_recording')
  const second = await guide.bot({ meeting_url: early.join_url, bot_name: 'Another' })
  await guide.becomes(second.body.id, 'joined_recording')
  assert.deepEqual(await callsMade(w), [
    'GET meeting',
    'GET meetingLocalRecordingJoinToken',
    'GET meetingLocalRecordingJoinToken',
  ])
  await w.zoom('POST', `/meetings/${early.id}/end`)
})

test('a personal meeting is found by what the consent told, without asking again', async () => {
  const { people } = await w.zoom<{ people: { email: string; pmi: number }[] }>('GET', '/people')
  const pmi = people.find(({ email }) => email === ada)?.pmi
  await w.zoom('DELETE', '/calls')
  const { body } = await guide.bot({ meeting_url: `https://us02web.zoom.us/j/${pmi}` })
  await until(async () => (await callsMade(w)).length > 0, 'the call for a token')
  assert.deepEqual(await callsMade(w), ['GET meetingLocalRecordingJoinToken'])
  await guide.ask('POST', `/bots/${body.id}/leave`)
})

test('a meeting of somebody who gave no consent is joined the standard way: the host lets it in and is asked', async () => {
  const { id, join_url } = await plannedMeeting(w, grace, { settings: { waiting_room: true } })
  await w.zoom('POST', `/meetings/${id}/start`)
  const { body } = await guide.bot({ meeting_url: join_url })
  const waiting = await guide.becomes(body.id, 'waiting_room')
  assert.equal(waiting.zoom_join_mode, 'standard')
  assert.match(waiting.zoom_join_mode_reason ?? '', /none of the connections that were asked at Zoom knows the meeting/)
  await w.zoom('POST', `/meetings/${id}/admit`, { name: 'Note taker' })
  await guide.becomes(body.id, 'joined_not_recording')
  await w.zoom('POST', `/meetings/${id}/recording_permission`, { bot: 'Note taker', grant: false })
  const denied = await guide.becomes(body.id, 'joined_recording_permission_denied')
  assert.equal(denied.events.at(-1)?.sub_type, 'host_denied_permission')
  await w.zoom('POST', `/meetings/${id}/end`)
  await guide.becomes(body.id, 'ended')
})

test('on behalf of a user who is in the meeting, or signed in as one, when that is asked for', async () => {
  const renewed = await guide.connect(ada, { is_onbehalf_token_supported: true, deduplication_key: 'customer-7' })
  assert.equal(renewed.status, 201, renewed.text)
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  await w.zoom('POST', `/meetings/${id}/join`, { name: 'Ada', email: ada })
  await w.settled()
  for (const [zoom_settings, mode, token] of [
    [{ onbehalf_token: { zoom_oauth_connection_user_id: adaId } }, 'onbehalf', 'GET userToken'],
    [{ zak_token: { zoom_oauth_connection_user_id: adaId } }, 'zak', 'GET userToken'],
  ] as const) {
    await w.zoom('DELETE', '/calls')
    const sent = await guide.bot({ meeting_url: join_url, bot_name: mode, zoom_settings })
    assert.equal(sent.status, 201, sent.text)
    const bot = await guide.becomes(sent.body.id, 'joined_recording')
    assert.equal(bot.zoom_join_mode, mode)
    assert.deepEqual(await callsMade(w), ['GET meetingLocalRecordingJoinToken', token])
  }
  await w.zoom('POST', `/meetings/${id}/end`)
})

test('where the host may not record, a connection that may act for the host does, and the reason is told', async () => {
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  await w.zoom('POST', `/meetings/${id}/join`, { name: 'Ada', email: ada })
  await w.zoom('POST', '/faults', {
    match: { path: '/v2/meetings/{meetingId}/jointoken/local_recording' },
    action: { status: 400, body: { code: 3000, message: 'Not allowed to start local recording.' } },
  })
  const { body } = await guide.bot({ meeting_url: join_url, zoom_oauth_connection_id: state.connection_id })
  const bot = await guide.becomes(body.id, 'joined_not_recording')
  assert.equal(bot.zoom_join_mode, 'onbehalf')
  assert.match(bot.zoom_join_mode_reason ?? '', /Zoom 3000: Not allowed to start local recording/)
  await w.zoom('POST', `/meetings/${id}/end`)
})

test('a meeting that is not there ends in fatal_error, and the bot says why', async () => {
  const { body } = await guide.bot({ meeting_url: 'https://zoom.us/j/99999999999' })
  const bot = await guide.becomes(body.id, 'fatal_error')
  assert.deepEqual(
    bot.events.map(({ type, sub_type }) => [type, sub_type]),
    [
      ['join_requested', undefined],
      ['could_not_join_meeting', 'meeting_not_found'],
    ],
  )
})

test('the grant is taken back at Zoom: the connection is disconnected, says why, and its bots join the standard way', async () => {
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: ada })
  await w.settled()
  const { body } = await guide.ask<Connection>('GET', `/zoom_oauth_connections/${state.connection_id}`)
  assert.equal(body.state, 'disconnected')
  assert.ok(body.connection_failure_data?.error)
  assert.match(body.connection_failure_data.timestamp, /Z$/)

  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  const bot = await guide.bot({ meeting_url: join_url, zoom_oauth_connection_id: state.connection_id })
  assert.ok(bot.body.id, bot.text)
  const joined = await guide.becomes(bot.body.id, 'joined_not_recording')
  assert.equal(joined.zoom_join_mode, 'standard')
  assert.match(joined.zoom_join_mode_reason ?? '', new RegExp(state.connection_id))
  await w.zoom('POST', `/meetings/${id}/recording_permission`, { bot: 'Note taker', grant: true })
  await guide.becomes(bot.body.id, 'joined_recording')
})

test('who consents again has the same connection again', async () => {
  const { status, body, text } = await guide.connect(ada, { deduplication_key: 'customer-7' })
  assert.equal(status, 201, text)
  assert.equal(body.id, state.connection_id)
  assert.equal(body.state, 'connected')
  assert.equal(body.connection_failure_data, null)
})

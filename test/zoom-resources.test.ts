import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Secret } from '#core/secret.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { listGroupMembers, listGroups } from '#zoom/groups.ts'
import { getMeetingInvitation } from '#zoom/invitations.ts'
import { controlLiveMeeting } from '#zoom/live-meetings.ts'
import { addPanelists, listPanelists, removePanelist, removePanelists } from '#zoom/panelists.ts'
import { getRecordingSettings, updateRecordingSettings } from '#zoom/recording-settings.ts'
import { addRegistrant, deleteRegistrant, listRegistrants, setRegistrantStatus } from '#zoom/registrants.ts'
import { listAssistants, listSchedulers } from '#zoom/schedulers.ts'
import { listTrackingFields } from '#zoom/tracking-fields.ts'
import { getMeetingSecurity, getUserSettings } from '#zoom/user-settings.ts'
import { simulate, type Zoom } from './simulator-client.ts'
import { clientOf } from './zoom-server.ts'

async function asAccount(t: TestContext): Promise<{ zoom: Zoom; client: ZoomClient }> {
  const zoom = await simulate(t)
  const access_token = new Secret(await zoom.accessToken())
  return { zoom, client: { ...clientOf(zoom.url), accessToken: async () => ({ access_token, api_url: zoom.url }) } }
}

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => Array.fromAsync(items)

for (const kind of ['meeting', 'webinar'] as const) {
  test(`people register for a ${kind}, are approved and are taken off the list`, async (t) => {
    const { zoom, client } = await asAccount(t)
    await zoom.control('PATCH', '/people/ada@school.example', { webinar: true })
    const type = kind === 'meeting' ? 2 : 5
    const start_time = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19) + 'Z'
    const { body } = await zoom.api('POST', `/users/ada@school.example/${kind}s`, {
      type,
      topic: 'Open day',
      start_time,
      duration: 60,
      settings: { approval_type: 1 },
    })
    const of = { kind, id: String(body.id) }
    const { registrant_id } = await addRegistrant(client, of, { email: 'max@home.example', first_name: 'Max' })
    const statuses = async () => {
      const found = await Promise.all(
        (['pending', 'approved'] as const).map((status) => all(listRegistrants(client, of, { status }))),
      )
      return found.map((each) => each.map(({ email }) => email))
    }
    assert.deepEqual(await statuses(), [['max@home.example'], []])
    await setRegistrantStatus(client, of, {
      action: 'approve',
      registrants: [{ id: registrant_id, email: 'max@home.example' }],
    })
    assert.deepEqual(await statuses(), [[], ['max@home.example']])
    await deleteRegistrant(client, of, registrant_id)
    assert.deepEqual(await statuses(), [[], []])
  })
}

test('a meeting without registration takes no registrants, in Zoom’s words', async (t) => {
  const { zoom, client } = await asAccount(t)
  const { id } = await zoom.schedule()
  await assert.rejects(
    addRegistrant(client, { kind: 'meeting', id: String(id) }, { email: 'max@home.example', first_name: 'Max' }),
    (error) => error instanceof ZoomApiError && /egistration/.test(error.reason),
  )
})

test('panelists come and go', async (t) => {
  const { zoom, client } = await asAccount(t)
  await zoom.control('PATCH', '/people/ada@school.example', { webinar: true })
  const { body } = await zoom.api('POST', '/users/ada@school.example/webinars', { type: 5, topic: 'Open day' })
  const id = String(body.id)
  await addPanelists(client, id, [
    { name: 'Max', email: 'max@home.example' },
    { name: 'Eva', email: 'eva@home.example' },
  ])
  const [first, ...others] = await all(listPanelists(client, id))
  assert.equal(others.length, 1)
  await removePanelist(client, id, first?.id ?? '')
  assert.deepEqual(
    (await all(listPanelists(client, id))).map(({ id: left }) => left),
    others.map(({ id: left }) => left),
  )
  await removePanelists(client, id)
  assert.deepEqual(await all(listPanelists(client, id)), [])
})

test('what the account and its users have set is read', async (t) => {
  const { client } = await asAccount(t)
  for (const lists of [listTrackingFields(client), listGroups(client), listSchedulers(client, 'ada@school.example')])
    assert.ok(Array.isArray(await all<object>(lists)))
  assert.deepEqual(await all(listAssistants(client, 'ada@school.example')), [])
  for await (const { id } of listGroups(client)) assert.ok(Array.isArray(await all(listGroupMembers(client, id))))
  assert.ok((await getUserSettings(client, 'ada@school.example')).schedule_meeting)
  assert.ok((await getMeetingSecurity(client, 'ada@school.example')).meeting_security.meeting_password_requirement)
})

test('an invitation is text, and a recording is started in a meeting that runs', async (t) => {
  const { zoom, client } = await asAccount(t)
  const { id } = await zoom.schedule()
  assert.match(await getMeetingInvitation(client, String(id)), new RegExp(String(id).slice(0, 3)))
  await assert.rejects(controlLiveMeeting(client, String(id), { method: 'recording.start' }), ZoomApiError)
  const { uuid } = await zoom.control('POST', `/meetings/${id}/start`)
  await zoom.control('POST', `/meetings/${id}/join`, { name: 'Grace', email: 'grace@school.example' })
  await controlLiveMeeting(client, String(id), { method: 'recording.start' })
  await zoom.control('POST', '/clock', { advance_s: 60 })
  await zoom.control('POST', `/meetings/${id}/end`)
  const before = await getRecordingSettings(client, uuid)
  assert.ok(before.share_recording)
  await updateRecordingSettings(client, uuid, { viewer_download: !before.viewer_download })
  assert.equal((await getRecordingSettings(client, uuid)).viewer_download, !before.viewer_download)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createApiKey } from '#hub/keys.ts'
import type { Attendance, Meeting, Page, PlannedMeeting, ZoomApp } from '#hub/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import type { ProblemBody } from '#http/problem.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { bearer, httpHub, json } from './http-hub.ts'

const simulator = await startSimulator({ port: 0 })
after(() => simulator.close())
const on = await httpHub({ after }, { network: fetch })

const newApp = {
  kind: 'server_to_server',
  name: 'Simulator',
  client_id: 'sim-s2s',
  client_secret: 'sim-s2s-secret',
  secret_token: 'sim-s2s-webhook',
  account_id: 'sim-account',
  oauth_base: simulator.url,
  api_base: simulator.url,
}
const created = await on.send('POST', '/api/v1/zoom_apps', newApp)
const app = await json<ZoomApp>(created)

const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 19).concat('Z')
const newMeeting = {
  host: 'ada@school.example',
  topic: 'Algebra',
  start_time: soon,
  duration: 45,
  timezone: 'Europe/Berlin',
}
const schedule = async (body: object, headers = {}) =>
  on.send('POST', '/api/v1/meetings', body, { ...bearer(on.keys.operator), ...headers })

await ensureWorkspace(on.hub, 'Other')
const foreign = bearer((await createApiKey(on.hub, { workspace: 'Other', name: 'theirs', role: 'owner' })).key)

test('a Zoom app is created with 201 and the address to read it at, and its secrets are never told', async () => {
  assert.equal(created.status, 201)
  assert.equal(created.headers.get('location'), `${on.hub.publicUrl}/api/v1/zoom_apps/${app.id}`)
  assert.equal(app.webhook_url, `${on.hub.publicUrl}/zoom/webhooks/${app.id}`)
  assert.equal(app.has_secret_token, true)
  const text = await (await on.get(`/api/v1/zoom_apps/${app.id}`)).text()
  assert.doesNotMatch(text, /sim-s2s-secret|sim-s2s-webhook/)
  assert.equal((await json<Page<ZoomApp>>(await on.get('/api/v1/zoom_apps'))).items.length, 1)
})

test('the same Zoom app a second time is 409', async () => {
  assert.equal((await on.send('POST', '/api/v1/zoom_apps', newApp)).status, 409)
})

test('a wrong client secret is 422 and names the entry', async () => {
  const answer = await on.send('POST', '/api/v1/zoom_apps', {
    ...newApp,
    client_id: 'sim-admin-app',
    client_secret: 'wrong',
  })
  assert.equal(answer.status, 422)
  assert.ok((await json<ProblemBody>(answer)).errors?.some(({ field }) => field === 'client_secret'))
})

test('a meeting is scheduled at Zoom, read, changed, called off and deleted', async () => {
  const answer = await schedule(newMeeting)
  assert.equal(answer.status, 201)
  const { left_out, ...made } = await json<PlannedMeeting>(answer)
  assert.deepEqual(left_out, [])
  assert.match(made.zoom_meeting_id, /^\d{10,11}$/)
  assert.equal(answer.headers.get('location'), `${on.hub.publicUrl}/api/v1/meetings/${made.id}`)
  const path = `/api/v1/meetings/${made.id}`
  assert.deepEqual(await json<Meeting>(await on.get(path)), made)
  const changed = await json<Meeting>(await on.send('PATCH', path, { topic: 'Geometry' }))
  assert.equal(changed.topic, 'Geometry')
  const off = await on.send('POST', `${path}/cancel`, {})
  assert.equal((await json<Meeting>(off)).state, 'cancelled')
  const gone = await on.send('DELETE', path, '')
  assert.equal(gone.status, 204)
  assert.equal(await gone.text(), '')
})

test('a change that changes nothing is 422', async () => {
  const { id } = await json<Meeting>(await schedule(newMeeting))
  assert.equal((await on.send('PATCH', `/api/v1/meetings/${id}`, {})).status, 422)
})

test('one occurrence is called off alone', async () => {
  const answer = await schedule({ ...newMeeting, recurrence: { type: 1, repeat_interval: 1, end_times: 3 } })
  const { id } = await json<Meeting>(answer)
  const path = `/api/v1/meetings/${id}/occurrences`
  const { items, next_cursor } = await json<Page<{ occurrence_id: string; status: string }>>(await on.get(path))
  assert.equal(items.length, 3)
  assert.equal(next_cursor, null)
  await on.send('POST', `/api/v1/meetings/${id}/cancel`, { occurrence_id: items[1]?.occurrence_id })
  const left = await json<Page<{ status: string }>>(await on.get(path))
  assert.deepEqual(
    left.items.map(({ status }) => status),
    ['available', 'deleted', 'available'],
  )
})

test('the same Idempotency-Key makes one meeting; with another body it is refused', async () => {
  const headers = { 'idempotency-key': 'once' }
  const [one, two] = [
    await json<Meeting>(await schedule(newMeeting, headers)),
    await json<Meeting>(await schedule(newMeeting, headers)),
  ]
  assert.equal(two.id, one.id)
  assert.equal((await schedule({ ...newMeeting, topic: 'Other' }, headers)).status, 422)
})

test('a list is read page by page, each item once', async () => {
  const all = await json<Page<Meeting>>(await on.get('/api/v1/meetings?limit=200'))
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const page: Page<Meeting> = await json(
      await on.get(`/api/v1/meetings?limit=1${next && `&cursor=${encodeURIComponent(next)}`}`),
    )
    assert.ok(page.items.length <= 1)
    seen.push(...page.items.map(({ id }) => id))
    next = page.next_cursor
  }
  assert.deepEqual(
    seen,
    all.items.map(({ id }) => id),
  )
  assert.ok(seen.length >= 3)
})

test('a cursor that we never gave is 422', async () => {
  assert.equal((await on.get('/api/v1/meetings?cursor=nonsense')).status, 422)
})

const ofOthers = [`zoom_apps/${app.id}`, `connections/${app.connection_id}`]
for (const path of [
  ...ofOthers,
  'zoom_apps/zoa_none',
  'meetings/mtg_none',
  'meetings/mtg_none/sessions',
  'events/evt_none',
  'sessions?uuid=none',
  'attendance?uuid=none',
]) {
  test(`${path.replace(/_01\w+/, '_…')} of nobody, or of another workspace, is 404`, async () => {
    const answer = await on.get(`/api/v1/${path}`, foreign)
    assert.equal(answer.status, 404)
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/)
  })
}

test('meetings.csv is RFC 4180, keeps formulas harmless and shows what fits the filter', async () => {
  await schedule({ ...newMeeting, topic: '=HYPERLINK("http://evil.example","x")' })
  const answer = await on.get('/api/v1/meetings.csv?q=HYPERLINK')
  assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
  assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="meetings.csv"')
  const [header, row, ...rest] = (await answer.text()).split('\r\n')
  assert.equal(header, 'id,zoom_meeting_id,kind,state,topic,host_email,start_time,duration,timezone,join_url')
  assert.ok(row?.includes(`"'=HYPERLINK(""http://evil.example"",""x"")"`))
  assert.deepEqual(rest, [''])
})

// Slashes and plus signs are what base 64 brings along; two of them at the front are what Zoom wants encoded twice.
for (const uuid of ['//abc+/d==', 'a b+c==', 'ünïcode']) {
  test(`the session ${uuid} is found by its uuid, with its attendance as JSON and as CSV`, async () => {
    const kept = uuid.replaceAll(' ', '+')
    const { id } = await json<Meeting>(await schedule(newMeeting))
    const own = { workspace_id: on.workspace.id, uuid: kept }
    const [started_at, ended_at] = [new Date('2026-01-01T10:00:00Z'), new Date('2026-01-01T11:00:00Z')]
    await on.hub.db
      .insertInto('session')
      .values({ ...own, meeting_id: id, topic: 'Algebra', host_id: 'h', started_at, ended_at })
      .execute()
    await on.hub.db
      .insertInto('attendance')
      .values({
        ...own,
        id: `att_${uuid}`,
        user_id: '16778240',
        name: '+Grace',
        email: 'grace@school.example',
        join_time: started_at,
        leave_time: ended_at,
        source: 'events',
      })
      .execute()
    const query = new URLSearchParams({ uuid: kept }).toString()
    const session = await json<{ uuid: string; attendees: number }>(await on.get(`/api/v1/sessions?${query}`))
    assert.equal(session.uuid, kept)
    assert.equal(session.attendees, 1)
    const { attendees } = await json<Attendance>(await on.get(`/api/v1/attendance?${query}`))
    assert.deepEqual(
      attendees.map(({ name, duration }) => [name, duration]),
      [['+Grace', 3600]],
    )
    const byFormat = await on.get(`/api/v1/attendance?${query}&format=csv`)
    assert.match(byFormat.headers.get('content-type') ?? '', /^text\/csv/)
    const table = await byFormat.text()
    assert.match(table, /^name,.*\r\n'\+Grace,.*grace@school\.example.*\r\n$/)
    const byAccept = await on.get(`/api/v1/attendance?${query}`, { ...bearer(on.keys.viewer), accept: 'text/csv' })
    assert.equal(await byAccept.text(), table)
  })
}

test('a uuid whose plus signs were sent unencoded is understood', async () => {
  assert.equal((await on.get('/api/v1/sessions?uuid=//abc+/d==')).status, 200)
})

test('the doctor and the check of an app answer findings', async () => {
  for (const answer of [
    await on.get('/api/v1/doctor'),
    await on.send('POST', `/api/v1/zoom_apps/${app.id}/check`, ''),
  ]) {
    assert.equal(answer.status, 200)
    assert.ok((await json<{ findings: unknown[] }>(answer)).findings.length > 0)
  }
})

test('a Zoom app is deleted with 204 and is gone then', async () => {
  assert.equal((await on.send('DELETE', `/api/v1/zoom_apps/${app.id}`, '')).status, 204)
  assert.equal((await on.get(`/api/v1/zoom_apps/${app.id}`)).status, 404)
})

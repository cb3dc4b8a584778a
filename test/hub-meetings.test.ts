import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { connect, until, world } from './world.ts'

interface Meeting {
  id: string
  zoom_meeting_id: string
  state: string
  topic: string
  type: number
  duration: number
  host_email: string
  start_time: string
  join_url: string
  next_start_time: string | null
}
interface Problem {
  status: number
  title: string
  detail: string
  errors?: { field: string; message: string }[]
}
interface Occurrence {
  occurrence_id: string
  start_time: string
  status: string
}

const w = await world({ after })
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')
const algebra = {
  host: 'ada@school.example',
  topic: 'Algebra I',
  start_time: inDays(7),
  duration: 45,
  timezone: 'Europe/Berlin',
}

const create = async (change: object = {}): Promise<Meeting> => {
  const { status, body, text } = await w.api<Meeting>('POST', '/meetings', { ...algebra, ...change })
  assert.equal(status, 201, text)
  return body
}
const read = async (id: string): Promise<Meeting> => (await w.api<Meeting>('GET', `/meetings/${id}`)).body
const atZoom = (id: string) =>
  w
    .zoom<{ meetings: { id: number; topic: string }[] }>('GET', '/meetings')
    .then(({ meetings }) => meetings.find((each) => String(each.id) === id))
const occurrencesOf = async (id: string): Promise<Occurrence[]> =>
  (await w.api<{ items: Occurrence[] }>('GET', `/meetings/${id}/occurrences`)).body.items
const token = async (): Promise<string> => {
  const form = new URLSearchParams({ grant_type: 'account_credentials', account_id: 'sim-account' })
  const answer = await fetch(`${w.simulatorUrl}/oauth/token`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Basic ${btoa('sim-s2s:sim-s2s-secret')}` },
  })
  return ((await answer.json()) as { access_token: string }).access_token
}
/** Somebody else changes something at Zoom. */
const elsewhere = async (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${w.simulatorUrl}/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

/** An update as Zoom sends it, signed: only what changed. */
const updated = async (event_ts: number, object: object, scope = 'all'): Promise<void> => {
  const payload = { account_id: 'sim-account', scope, object }
  const body = JSON.stringify({ event: 'meeting.updated', event_ts, payload })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = `v0=${createHmac('sha256', 'sim-s2s-webhook').update(`v0:${timestamp}:${body}`).digest('hex')}`
  const headers = {
    'content-type': 'application/json',
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': signature,
  }
  const answer = await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, { method: 'POST', body, headers })
  assert.equal(answer.status, 200)
  await w.settled()
}

test('a meeting that is planned here exists at Zoom, with one call, and is kept as Zoom answered it', async () => {
  const before = await w.calls()
  const meeting = await create()
  assert.equal((await w.calls()) - before, 1)
  assert.equal(meeting.state, 'scheduled')
  assert.equal(meeting.type, 2)
  assert.equal(meeting.host_email, 'ada@school.example')
  assert.equal(meeting.start_time, algebra.start_time.replace('Z', '.000Z'))
  assert.ok(meeting.join_url.includes(meeting.zoom_meeting_id))
  assert.equal((await atZoom(meeting.zoom_meeting_id))?.topic, 'Algebra I')
  await w.settled()
  assert.equal(
    (await w.api<{ items: Meeting[] }>('GET', `/meetings?q=${meeting.zoom_meeting_id}`)).body.items.length,
    1,
    'Zoom’s own news of it makes no second one',
  )
})

test('reading and listing meetings asks Zoom nothing', async () => {
  const { id } = await create()
  const before = await w.calls()
  await read(id)
  await w.api('GET', '/meetings?when=upcoming&q=algebra')
  await occurrencesOf(id)
  assert.equal(await w.calls(), before)
})

test('a change here is a change at Zoom first', async () => {
  const { id, zoom_meeting_id } = await create()
  const { status, body } = await w.api<Meeting>('PATCH', `/meetings/${id}`, { topic: 'Algebra II', duration: 60 })
  assert.equal(status, 200)
  assert.deepEqual([body.topic, body.duration], ['Algebra II', 60])
  assert.equal((await atZoom(zoom_meeting_id))?.topic, 'Algebra II')
})

test('a change at Zoom arrives here by its event', async () => {
  const { id, zoom_meeting_id } = await create()
  assert.equal(
    (await elsewhere('PATCH', `/meetings/${zoom_meeting_id}`, { topic: 'Moved', start_time: '2030-01-01T10:00:00Z' }))
      .status,
    204,
  )
  await w.settled()
  const meeting = await read(id)
  assert.deepEqual([meeting.topic, meeting.start_time], ['Moved', '2030-01-01T10:00:00.000Z'])
})

test('an update that a newer one has overtaken is not lost: Zoom is asked what is true', async () => {
  const { id, zoom_meeting_id } = await create()
  await w.settled()
  await w.zoom('POST', '/faults', {
    on: 'webhook',
    match: { event: 'meeting.updated' },
    action: { drop: true },
    times: 2,
  })
  const now = Date.now()
  await elsewhere('PATCH', `/meetings/${zoom_meeting_id}`, { topic: 'Overtaken' })
  await elsewhere('PATCH', `/meetings/${zoom_meeting_id}`, { duration: 77 })
  await updated(now + 2000, { id: Number(zoom_meeting_id), duration: 77 })
  await updated(now + 1000, { id: Number(zoom_meeting_id), topic: 'Overtaken' })
  await until(async () => (await read(id)).topic === 'Overtaken', 'the topic')
  assert.equal((await read(id)).duration, 77)
})

test('an old update that says what is known asks Zoom nothing', async () => {
  const { zoom_meeting_id } = await create()
  await w.settled()
  const before = await w.calls()
  await updated(Date.now() - 3_600_000, { id: Number(zoom_meeting_id), topic: algebra.topic })
  assert.equal(await w.calls(), before)
})

test('a meeting that is planned at Zoom appears here', async () => {
  const made = (await (
    await elsewhere('POST', '/users/grace@school.example/meetings', {
      topic: 'From elsewhere',
      type: 2,
      start_time: inDays(2),
      duration: 30,
    })
  ).json()) as { id: number }
  await w.settled()
  const { items } = (await w.api<{ items: Meeting[] }>('GET', `/meetings?q=${made.id}`)).body
  assert.equal(items[0]?.topic, 'From elsewhere')
  assert.equal(items[0]?.host_email, 'grace@school.example')
})

test('a meeting that is deleted at Zoom is marked gone, kept, and not listed', async () => {
  const { id, zoom_meeting_id } = await create({ topic: 'Short-lived' })
  assert.equal((await elsewhere('DELETE', `/meetings/${zoom_meeting_id}`)).status, 204)
  await w.settled()
  assert.equal((await read(id)).state, 'gone')
  assert.equal((await w.api<{ items: Meeting[] }>('GET', '/meetings?q=Short-lived')).body.items.length, 0)
  assert.equal((await w.api<{ items: Meeting[] }>('GET', '/meetings?q=Short-lived&state=gone')).body.items.length, 1)
})

test('a meeting that is called off stays as called off, whatever Zoom says of it afterwards', async () => {
  const { id, zoom_meeting_id } = await create()
  assert.equal((await w.api<Meeting>('POST', `/meetings/${id}/cancel`, {})).body.state, 'cancelled')
  assert.equal(await atZoom(zoom_meeting_id), undefined)
  await w.settled()
  assert.equal((await read(id)).state, 'cancelled')
  const again = await w.api<Problem>('PATCH', `/meetings/${id}`, { topic: 'Too late' })
  assert.equal(again.status, 409)
})

test('a meeting that is deleted here is deleted at Zoom, once', async () => {
  const { id, zoom_meeting_id } = await create()
  assert.equal((await w.api('DELETE', `/meetings/${id}`)).status, 204)
  assert.equal((await w.api('DELETE', `/meetings/${id}`)).status, 204)
  assert.equal(await atZoom(zoom_meeting_id), undefined)
  assert.equal((await read(id)).state, 'gone')
})

test('a series has its occurrences, at the same hour on both sides of a change to summer time', async () => {
  const { id, type, next_start_time } = await create({
    start_time: '2027-03-22T09:00:00',
    recurrence: { type: 2, repeat_interval: 1, weekly_days: '2', end_times: 3 },
  })
  assert.equal(type, 8)
  const occurrences = await occurrencesOf(id)
  assert.deepEqual(
    occurrences.map((each) => each.start_time),
    ['2027-03-22T08:00:00.000Z', '2027-03-29T07:00:00.000Z', '2027-04-05T07:00:00.000Z'],
  )
  assert.equal(next_start_time, '2027-03-22T08:00:00.000Z')
})

test('one occurrence is called off here, another one at Zoom', async () => {
  const { id, zoom_meeting_id } = await create({
    start_time: '2027-05-03T09:00:00',
    recurrence: { type: 2, weekly_days: '2', end_times: 3 },
  })
  const [first, second] = await occurrencesOf(id)
  assert.equal(
    (await w.api<Meeting>('POST', `/meetings/${id}/cancel`, { occurrence_id: first?.occurrence_id })).body.state,
    'scheduled',
  )
  await elsewhere('DELETE', `/meetings/${zoom_meeting_id}?occurrence_id=${second?.occurrence_id}`)
  await w.settled()
  assert.deepEqual(
    (await occurrencesOf(id)).map((each) => each.status),
    ['deleted', 'deleted', 'available'],
  )
  const unknown = await w.api<Problem>('POST', `/meetings/${id}/cancel`, { occurrence_id: '1' })
  assert.deepEqual([unknown.status, unknown.body.errors?.[0]?.field], [422, 'occurrence_id'])
})

test('an occurrence that was called off at Zoom and had back there is held again, without a call', async () => {
  const { id, zoom_meeting_id } = await create({
    start_time: '2027-05-05T09:00:00',
    recurrence: { type: 2, weekly_days: '4', end_times: 3 },
  })
  const planned = await occurrencesOf(id)
  const last = planned.at(-1)?.occurrence_id
  await elsewhere('DELETE', `/meetings/${zoom_meeting_id}?occurrence_id=${last}`)
  await w.settled()
  assert.equal((await occurrencesOf(id)).at(-1)?.status, 'deleted')
  const before = await w.calls()
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/recover`, { occurrence_id: last })
  await w.settled()
  assert.deepEqual(await occurrencesOf(id), planned)
  assert.equal(await w.calls(), before)
  const { items } = (await w.api<{ items: { id: string; event: string }[] }>('GET', `/events?meeting_id=${id}`)).body
  const deleted = items.find(({ event }) => event === 'meeting.deleted')
  assert.ok((await w.api('POST', `/events/${deleted?.id}/replay`)).status < 300)
  await w.settled()
  assert.deepEqual(await occurrencesOf(id), planned, 'a late word of the deletion does not undo it')
})

for (const state of ['gone', 'cancelled', 'ended'] as const)
  test(`a series that was ${state} here is planned again when one of its dates is had back at Zoom`, async () => {
    const { id, zoom_meeting_id } = await create({
      start_time: '2027-07-07T09:00:00',
      recurrence: { type: 2, weekly_days: '4', end_times: 2 },
    })
    const last = (await occurrencesOf(id)).at(-1)?.occurrence_id
    await elsewhere('DELETE', `/meetings/${zoom_meeting_id}?occurrence_id=${last}`)
    await w.settled()
    await sql`update meeting set state = ${state} where id = ${id}`.execute(w.server.hub.db)
    await w.zoom('POST', `/meetings/${zoom_meeting_id}/recover`, { occurrence_id: last })
    await w.settled()
    const stateOf = async () => (await w.api<Meeting>('GET', `/meetings/${id}`)).body.state
    await until(async () => (await stateOf()) === 'scheduled', `${id} to be planned again`)
    await until(async () => (await occurrencesOf(id)).at(-1)?.status === 'available', 'the date to be held')
  })

test('an occurrence that is called off already is called off, without another word to Zoom', async () => {
  const { id } = await create({ start_time: '2027-06-07T09:00:00', recurrence: { type: 1, end_times: 2 } })
  const [first] = await occurrencesOf(id)
  const cancel = { occurrence_id: first?.occurrence_id }
  assert.equal((await w.api('POST', `/meetings/${id}/cancel`, cancel)).status, 200)
  const before = await w.calls()
  assert.equal((await w.api('POST', `/meetings/${id}/cancel`, cancel)).status, 200)
  assert.equal(await w.calls(), before)
})

test('an occurrence that is moved at Zoom leaves the others as they are', async () => {
  const { id, zoom_meeting_id } = await create({
    start_time: '2027-07-05T09:00:00',
    recurrence: { type: 1, end_times: 3 },
  })
  const [first, second, third] = await occurrencesOf(id)
  const moved = { occurrence_id: second?.occurrence_id, start_time: '2027-07-06T12:00:00Z' }
  await updated(Date.now() + 60_000, { id: Number(zoom_meeting_id), occurrences: [moved] }, 'single')
  assert.deepEqual(await occurrencesOf(id), [first, { ...second, start_time: '2027-07-06T12:00:00.000Z' }, third])
})

test('a meeting that is given a recurrence becomes a series', async () => {
  const { id } = await create()
  const { body, text } = await w.api<Meeting>('PATCH', `/meetings/${id}`, { recurrence: { type: 1, end_times: 3 } })
  assert.equal(body.type, 8, text)
  assert.equal((await occurrencesOf(id)).length, 3)
})

test('a webinar needs a host who may hold one, and Zoom’s reason is told', async () => {
  const { status, body } = await w.api<Problem>('POST', '/meetings', {
    ...algebra,
    kind: 'webinar',
    host: 'alan@school.example',
  })
  assert.equal(status, 422)
  assert.match(body.detail, /Webinar plan is missing/)
})

const wrong: [string, object, string][] = [
  ['an unknown field', { ...algebra, colour: 'red' }, 'colour'],
  ['a missing field', { ...algebra, topic: undefined }, 'topic'],
  ['a field of the wrong type', { ...algebra, duration: 'long' }, 'duration'],
  ['a host that Zoom does not know', { ...algebra, host: 'nobody@school.example' }, 'host'],
  ['a series without its first time', { ...algebra, start_time: undefined, recurrence: { type: 1 } }, 'start_time'],
  ['an unknown field within recurrence', { ...algebra, recurrence: { type: 1, every: 2 } }, 'recurrence.every'],
]
for (const [what, request, field] of wrong) {
  test(`${what} is answered with 422 that names it, and nothing is planned`, async () => {
    const count = async (): Promise<number> =>
      (await w.zoom<{ meetings: unknown[] }>('GET', '/meetings')).meetings.length
    const before = await count()
    const { status, headers, body } = await w.api<Problem>('POST', '/meetings', request)
    assert.equal(status, 422)
    assert.match(headers.get('content-type') ?? '', /application\/problem\+json/)
    assert.ok(
      body.errors?.some((error) => error.field === field),
      JSON.stringify(body),
    )
    assert.equal(await count(), before)
  })
}

test('while Zoom is down nothing is kept and the error says so; the same Idempotency-Key plans one meeting later', async () => {
  const request = { ...algebra, topic: 'While down' }
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: { status: 503, body: 'Service Unavailable' },
    times: 1,
  })
  const down = await w.api<Problem>('POST', '/meetings', request, { 'Idempotency-Key': 'while-down' })
  assert.equal(down.status, 503)
  assert.match(down.body.detail, /Zoom/)
  assert.equal((await w.api<{ items: Meeting[] }>('GET', '/meetings?q=While+down')).body.items.length, 0)
  const retry = await w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'while-down' })
  assert.equal(retry.status, 201)
  const again = await w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'while-down' })
  assert.equal(again.body.id, retry.body.id)
})

test('when only Zoom’s answer was lost, a retry with the same Idempotency-Key finds the meeting and plans no second one', async () => {
  const request = { ...algebra, topic: 'Answer lost' }
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: { drop: 'after' },
    times: 1,
  })
  const lost = await w.api<Problem>('POST', '/meetings', request, { 'Idempotency-Key': 'answer-lost' })
  assert.equal(lost.status, 503)
  const retry = await w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'answer-lost' })
  assert.equal(retry.status, 201, retry.text)
  const { meetings } = await w.zoom<{ meetings: { topic: string }[] }>('GET', '/meetings')
  assert.equal(meetings.filter((each) => each.topic === 'Answer lost').length, 1)
})

test('an answer stays lost however often the search for it fails, and is found in the end', async () => {
  const request = { ...algebra, topic: 'Lost for long' }
  const plan = () => w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'lost-for-long' })
  const path = '/v2/users/*/meetings'
  await w.zoom('POST', '/faults', { match: { method: 'POST', path }, action: { drop: 'after' }, times: 1 })
  assert.equal((await plan()).status, 503)
  // As long ago as an outage lasts.
  await w.server.hub.db
    .updateTable('idempotency')
    .set({ created_at: new Date(Date.now() - 20_000) })
    .where('key', '=', 'lost-for-long')
    .execute()
  const { meetings } = await w.zoom<{ meetings: { id: number; topic: string }[] }>('GET', '/meetings')
  const made = meetings.filter((each) => each.topic === 'Lost for long')
  const refusal = { status: 400, body: { code: 200, message: 'No permission.' } }
  await w.zoom('POST', '/faults', { match: { method: 'GET', path }, action: refusal, times: 1 })
  assert.equal((await plan()).status, 409)
  const { body } = await plan()
  assert.deepEqual([made.length, body.zoom_meeting_id], [1, String(made[0]?.id)])
})

test('a database that fails after Zoom’s answer leads to no second meeting', async () => {
  const { db } = w.server.hub
  const request = { ...algebra, topic: 'Kept too late' }
  const plan = () => w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'kept-too-late' })
  await sql`alter table audit add constraint broken check (detail->>'topic' <> 'Kept too late')`.execute(db)
  assert.equal((await plan()).status, 500)
  await sql`alter table audit drop constraint broken`.execute(db)
  assert.equal((await plan()).status, 201)
  const { meetings } = await w.zoom<{ meetings: { topic: string }[] }>('GET', '/meetings')
  assert.equal(meetings.filter((each) => each.topic === 'Kept too late').length, 1)
})

test('what another request planned under the same topic is not taken for the meeting whose answer was lost', async () => {
  const request = { ...algebra, topic: 'Office hour' }
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: { drop: 'before' },
    times: 1,
  })
  const key = { 'Idempotency-Key': 'office-hour' }
  assert.equal((await w.api('POST', '/meetings', request, key)).status, 503)
  const others = [
    await w.api<Meeting>('POST', '/meetings', request, { 'Idempotency-Key': 'same-time' }),
    await w.api<Meeting>('POST', '/meetings', { ...request, start_time: inDays(8) }),
  ]
  const retry = await w.api<Meeting>('POST', '/meetings', request, key)
  assert.equal(retry.status, 201)
  assert.ok(!others.some(({ body }) => body.id === retry.body.id))
})

test('an Idempotency-Key serves one request', async () => {
  await w.api('POST', '/meetings', algebra, { 'Idempotency-Key': 'one' })
  const other = await w.api<Problem>(
    'POST',
    '/meetings',
    { ...algebra, topic: 'Another' },
    { 'Idempotency-Key': 'one' },
  )
  assert.deepEqual([other.status, other.body.errors?.[0]?.field], [422, 'Idempotency-Key'])
})

test('a meeting of another workspace does not exist, whatever is tried with it', async () => {
  const { ensureWorkspace } = await import('#hub/workspaces.ts')
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const { id } = await create()
  const authorization = `Bearer ${await w.key('owner', 'Elsewhere')}`
  const tries: [string, string, object?][] = [
    ['GET', `/meetings/${id}`],
    ['PATCH', `/meetings/${id}`, { topic: 'Mine' }],
    ['DELETE', `/meetings/${id}`],
    ['POST', `/meetings/${id}/cancel`, {}],
    ['GET', `/meetings/${id}/occurrences`],
    ['GET', `/meetings/${id}/sessions`],
    ['GET', `/recordings?meeting_id=${id}`],
    ['GET', `/events?meeting_id=${id}`],
    ['GET', `/connections/${w.connection_id}`],
    ['GET', `/zoom_apps/${w.zoom_app_id}`],
    ['DELETE', `/zoom_apps/${w.zoom_app_id}`],
  ]
  for (const [method, path, body] of tries)
    assert.equal((await w.api(method, path, body, { authorization })).status, 404, `${method} ${path}`)
  const theirs = await w.api<Problem>(
    'POST',
    '/meetings',
    { ...algebra, connection_id: w.connection_id },
    { authorization },
  )
  assert.equal(theirs.status, 404)
  assert.equal((await read(id)).topic, 'Algebra I')
})

test('lists come in pages that neither lose nor repeat a meeting', async () => {
  for (let i = 0; i < 5; i++) await create({ topic: `Paged ${i}`, start_time: inDays(20 + i) })
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { body } = await w.api<{ items: Meeting[]; next_cursor: string | null }>(
      'GET',
      `/meetings?q=Paged&when=upcoming&limit=2${cursor}`,
    )
    seen.push(...body.items.map((each) => each.topic))
    if (!body.next_cursor) break
    cursor = `&cursor=${body.next_cursor}`
  }
  assert.deepEqual(seen, ['Paged 0', 'Paged 1', 'Paged 2', 'Paged 3', 'Paged 4'])
  assert.equal((await w.api('GET', '/meetings?cursor=nonsense')).status, 422)
  const forged = Buffer.from('["yesterday","mtg_1"]').toString('base64url')
  assert.equal((await w.api('GET', `/meetings?cursor=${forged}`)).status, 422)
})

test('meetings without a time are paged through, too', async () => {
  for (let i = 0; i < 4; i++) await create({ topic: `Timeless ${i}`, start_time: undefined, timezone: undefined })
  for (const when of ['upcoming', 'all']) {
    const seen: string[] = []
    for (let cursor = ''; seen.length < 9;) {
      const { body } = await w.api<{ items: Meeting[]; next_cursor: string | null }>(
        'GET',
        `/meetings?q=Timeless&when=${when}&limit=1${cursor}`,
      )
      seen.push(...body.items.map((each) => each.topic))
      if (!body.next_cursor) break
      cursor = `&cursor=${body.next_cursor}`
    }
    assert.deepEqual(seen.toSorted(), ['Timeless 0', 'Timeless 1', 'Timeless 2', 'Timeless 3'])
  }
})

test('when Zoom asks to wait, the answer says for how long', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: {
      status: 429,
      headers: { 'x-ratelimit-type': 'Daily-limit', 'retry-after': new Date(Date.now() + 3_600_000).toISOString() },
      body: { code: 429, message: 'You have reached the maximum daily rate limit for this API.' },
    },
    times: 1,
  })
  const { status, headers, body } = await w.api<Problem>('POST', '/meetings', algebra)
  assert.equal(status, 503)
  assert.match(body.detail, /wait/)
  assert.ok(Number(headers.get('retry-after')) > 3000, String(headers.get('retry-after')))
  const before = await w.calls()
  assert.equal((await w.api<Problem>('POST', '/meetings', algebra)).status, 503)
  assert.equal(await w.calls(), before, 'what is known to be spent is not asked for again')
  await sql`update quota set spent_until = null`.execute(w.server.hub.db)
})

test('a token that Zoom ended early is renewed once and nobody notices', async () => {
  await w.zoom('POST', '/clock', { advance_s: 3700 })
  await create({ topic: 'After expiry' })
  await w.zoom('POST', '/clock', { advance_s: -3700 })
  await until(
    async () =>
      (await w.api<{ items: { state: string }[] }>('GET', '/connections')).body.items[0]?.state === 'connected',
    'the connection to be well',
  )
})

test('however many wait for a new token, it is asked for once and events are stored meanwhile', async () => {
  await w.settled()
  const { db } = w.server.hub
  await db.updateTable('connection').set({ access_token: null }).execute()
  const tokens = async () => (await w.zoom<{ counts: { oauth: number } }>('GET', '/calls')).counts.oauth
  const before = await tokens()
  await w.zoom('POST', '/faults', { match: { path: '/oauth/token' }, action: { delay_ms: 1500 }, times: 1 })
  // More than the database has connections for.
  const waiting = Promise.all(Array.from({ length: 25 }, (_, index) => create({ topic: `Waiting ${index}` })))
  await until(async () => (await tokens()) > before, 'Zoom to be asked')
  const began = performance.now()
  await w.api('GET', '/meetings?q=Algebra')
  assert.ok(performance.now() - began < 1000, 'the database is not kept waiting for Zoom')
  await waiting
  assert.equal((await tokens()) - before, 1)
})

test('a meeting whose app was removed can be changed once the app is connected again', async () => {
  const { id } = await create({ topic: 'Orphan' })
  await w.settled()
  assert.equal((await w.api('DELETE', `/zoom_apps/${w.zoom_app_id}`)).status, 204)
  const refused = await w.api<Problem>('PATCH', `/meetings/${id}`, { topic: 'Adopted' })
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /administrator connects it again/)
  await connect(w)
  assert.equal((await w.api<Meeting>('PATCH', `/meetings/${id}`, { topic: 'Adopted' })).body.topic, 'Adopted')
})

test('a meeting that is made a webinar at Zoom is one here, under its id, and back; a late word of before changes nothing', async () => {
  await w.zoom('PATCH', '/people/ada@school.example', { webinar: true })
  const { id, zoom_meeting_id } = await create({ topic: 'Open day' })
  await w.settled()
  const kind = async () => (await w.api<{ kind: string }>('GET', `/meetings/${id}`)).body.kind
  assert.equal(await kind(), 'meeting')
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/convert`)
  await w.settled()
  assert.equal(await kind(), 'webinar')
  const changed = await w.api<Meeting>('PATCH', `/meetings/${id}`, { topic: 'Open day for all' })
  assert.equal(changed.status, 200, changed.text)
  const { items } = (
    await w.api<{ items: { id: string; event: string }[] }>('GET', `/events?meeting_id=${id}&limit=200`)
  ).body
  const made = items.find(({ event }) => event === 'meeting.created')
  assert.ok(made)
  assert.ok((await w.api('POST', `/events/${made.id}/replay`)).status < 300)
  await w.settled()
  assert.equal(await kind(), 'webinar')
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/convert`)
  await w.settled()
  assert.equal(await kind(), 'meeting')
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { AuditEntry, Page } from '#hub/resources.ts'
import type { Registrant, RegistrantRead } from '#hub/registrants/resources.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { atZoom } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
type Listed = Page<Registrant> & { read: RegistrantRead }

const planned = async (topic: string, settings: object, more: object = {}) =>
  (
    await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
      host: 'ada@school.example',
      topic,
      start_time: '2031-03-10T10:00:00Z',
      duration: 30,
      settings,
      ...more,
    })
  ).body
const open = await planned('Open day', { approval_type: 0 })
const careful = await planned('By approval', { approval_type: 1 })
const list = async (meeting: { id: string }, query = '') =>
  (await w.api<Listed>('GET', `/meetings/${meeting.id}/registrants${query}`)).body
const words = ({ items }: Listed) => items.map(({ email, status }) => `${email} ${status}`).toSorted()
const registerAtZoom = async (path: string, body: object) =>
  (await (await atZoom(w, 'POST', `${path}/registrants`, body)).json()) as { registrant_id: string }

test('who registers at Zoom is listed as soon as Zoom tells it, and so is what is decided there', async () => {
  const { registrant_id } = await registerAtZoom(`/meetings/${careful.zoom_meeting_id}`, {
    email: 'mia@home.example',
    first_name: 'Mia',
    last_name: 'Muster',
  })
  await w.settled()
  assert.deepEqual(words(await list(careful)), ['mia@home.example pending'])
  for (const [action, status] of [
    ['deny', 'denied'],
    ['approve', 'approved'],
    ['cancel', 'cancelled'],
  ]) {
    await atZoom(w, 'PUT', `/meetings/${careful.zoom_meeting_id}/registrants/status`, {
      action,
      registrants: [{ id: registrant_id }],
    })
    await w.settled()
    assert.deepEqual(words(await list(careful)), [`mia@home.example ${status}`])
  }
  assert.deepEqual(
    await news(careful, 'mia@home.example'),
    ['pending', 'denied', 'approved', 'cancelled'].map((status) => `webhook ${status}`),
  )
})

/** The news of one meeting’s registrants: by which way it came, and what the state is. */
const news = async (meeting: { id: string }, address: string) => {
  const [registrant] = (await list(meeting, `?q=${encodeURIComponent(address)}`)).items
  const told = await w.server.hub.db
    .selectFrom('hub_event')
    .select(['cause', 'payload'])
    .where('type', '=', 'registration.changed')
    .where('meeting_id', '=', meeting.id)
    .orderBy('id')
    .execute()
  return told.flatMap(({ cause, payload }) =>
    (payload as { registrants: Pick<Registrant, 'registrant_id' | 'status'>[] }).registrants
      .filter(({ registrant_id }) => registrant_id === registrant?.registrant_id)
      .map(({ status }) => `${cause} ${status}`),
  )
}

test('somebody is registered here, with the link told once, and approved, denied or taken off', async () => {
  const made = await w.api<Registrant & { join_url: string | null }>('POST', `/meetings/${careful.id}/registrants`, {
    email: 'max@home.example',
    first_name: 'Max',
  })
  assert.equal(made.status, 201, made.text)
  assert.deepEqual([made.body.status, made.body.join_url], ['pending', null])
  const decided = (what: string) =>
    w.api<Registrant>('POST', `/meetings/${careful.id}/registrants/${made.body.registrant_id}/${what}`)
  for (const [what, status] of [
    ['approve', 'approved'],
    ['approve', 'approved'],
    ['deny', 'denied'],
    ['cancel', 'cancelled'],
  ] as const) {
    const answer = await decided(what)
    assert.deepEqual([answer.status, answer.body.status], [200, status], answer.text)
    await w.settled()
    assert.deepEqual(words(await list(careful, '?q=MAX')), [`max@home.example ${status}`])
  }
  assert.deepEqual(
    await news(careful, 'max@home.example'),
    ['pending', 'approved', 'denied', 'cancelled'].map((status) => `api ${status}`),
    'Zoom’s own word of it is no news any more',
  )
  const { items } = (await w.api<Page<AuditEntry>>('GET', '/audit?action=registrant')).body
  assert.deepEqual(
    items.map(({ action }) => action),
    ['registrant.cancelled', 'registrant.denied', 'registrant.approved', 'registrant.added'],
  )
  assert.ok(!JSON.stringify(items).includes('max@home.example'))
  const at_once = await w.api<{ join_url: string }>('POST', `/meetings/${open.id}/registrants`, {
    email: 'zoe@home.example',
    first_name: 'Zoe',
  })
  assert.match(at_once.body.join_url, /tk=/)
})

test('all of them are read from Zoom on request, page by page, and whoever is in no list has cancelled', async () => {
  const { db } = w.server.hub
  await db.deleteFrom('registrant').where('meeting_id', '=', open.id).execute()
  for (let n = 1; n <= 40; n++)
    await registerAtZoom(`/meetings/${open.zoom_meeting_id}`, {
      email: `guest${n}@home.example`,
      first_name: `Guest ${n}`,
    })
  await w.settled()
  await db
    .deleteFrom('registrant')
    .where('meeting_id', '=', open.id)
    .where('email', '!=', 'guest1@home.example')
    .execute()
  await db
    .insertInto('registrant')
    .values({
      workspace_id: w.workspace_id,
      meeting_id: open.id,
      registrant_id: 'who went unheard',
      email: 'gone@home.example',
      first_name: 'Gone',
      last_name: '',
      status: 'approved',
      registered_at: new Date('2026-01-01T00:00:00Z'),
      changed_at: new Date('2026-01-01T00:00:00Z'),
    })
    .execute()
  assert.equal((await list(open)).read.state, 'never')
  const asked = await w.api<RegistrantRead>('POST', `/meetings/${open.id}/registrants/read`)
  assert.equal(asked.status, 202, asked.text)
  await until(async () => (await list(open)).read.state === 'done', 'Zoom’s lists to be read')
  const first = await list(open, '?limit=30')
  assert.equal(first.items.length, 30)
  const rest = await list(open, `?limit=30&cursor=${first.next_cursor}`)
  const all = [...first.items, ...rest.items]
  assert.equal(new Set(all.map(({ registrant_id }) => registrant_id)).size, 42, 'forty guests, Zoe, and who cancelled')
  assert.deepEqual(words(await list(open, '?status=cancelled')), ['gone@home.example cancelled'])
  assert.deepEqual(await news(open, 'gone@home.example'), ['repair cancelled'])
  assert.deepEqual(words(await list(open, '?q=guest%2040')), ['guest40@home.example approved'])
  const table = (await w.api('GET', `/meetings/${open.id}/registrants.csv?status=approved`)).text
  assert.equal(table.trim().split('\r\n').length, 42)
  assert.match(table, /^registrant_id,first_name,last_name,email,status,registered_at,changed_at\r\n/)
})

test('a look at the list asks Zoom nothing', async () => {
  const before = await w.calls()
  await list(open)
  await list(open, '?q=guest')
  await w.api('GET', `/meetings/${open.id}/registrants.csv`)
  assert.equal(await w.calls(), before)
})

test('a webinar’s registrants are the same', async () => {
  await w.zoom('PATCH', '/people/ada@school.example', { webinar: true })
  const webinar = await planned('Webinar', { approval_type: 1 }, { kind: 'webinar' })
  await registerAtZoom(`/webinars/${webinar.zoom_meeting_id}`, {
    email: 'ivy@home.example',
    first_name: 'Ivy',
    last_name: 'Iris',
  })
  await w.settled()
  const [ivy] = (await list(webinar)).items
  assert.equal(ivy?.status, 'pending')
  const approved = await w.api('POST', `/meetings/${webinar.id}/registrants/${ivy.registrant_id}/approve`)
  assert.equal(approved.status, 200, approved.text)
})

test('where nobody can register that is told, by the request and by what came of reading', async () => {
  const closed = await planned('By invitation', { approval_type: 2 })
  const refused = await w.api('POST', `/meetings/${closed.id}/registrants`, {
    email: 'max@home.example',
    first_name: 'Max',
  })
  assert.equal(refused.status, 422, refused.text)
  assert.match(refused.text, /Registration has not been enabled/)
  await w.zoom('POST', '/faults', {
    match: { path: `/v2/meetings/${closed.zoom_meeting_id}/registrants` },
    action: { status: 404, body: { code: 404, message: 'Registration has not been enabled for this meeting' } },
    times: 1,
  })
  await w.api('POST', `/meetings/${closed.id}/registrants/read`)
  await until(async () => (await list(closed)).read.state === 'failed', 'Zoom’s refusal to be told')
  assert.match((await list(closed)).read.reason ?? '', /Registration has not been enabled/)
  const nobody = await w.api('POST', `/meetings/${open.id}/registrants/nobody/approve`)
  assert.equal(nobody.status, 404)
})

test('whom Zoom tells of in a meeting that was never heard of is kept with the meeting', async () => {
  const { db } = w.server.hub
  const unheard = await planned('Unheard of', { approval_type: 0 })
  await w.settled()
  await db.deleteFrom('meeting').where('id', '=', unheard.id).execute()
  await registerAtZoom(`/meetings/${unheard.zoom_meeting_id}`, {
    email: 'ann@home.example',
    first_name: 'Ann',
  })
  await w.settled()
  const { items } = (await w.api<Page<{ id: string }>>('GET', '/meetings?q=Unheard')).body
  assert.deepEqual(words(await list(items[0] ?? { id: '' })), ['ann@home.example approved'])
})

test('a viewer looks and changes nothing; another workspace sees nothing', async () => {
  const viewer = { authorization: `Bearer ${await w.key('viewer')}` }
  assert.equal((await w.api('GET', `/meetings/${open.id}/registrants`, undefined, viewer)).status, 200)
  assert.equal((await w.api('POST', `/meetings/${open.id}/registrants/read`, undefined, viewer)).status, 403)
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const elsewhere = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  assert.equal((await w.api('GET', `/meetings/${open.id}/registrants`, undefined, elsewhere)).status, 404)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { checkPlaces } from '#hub/place-health.ts'
import { createPlace } from '#hub/places.ts'
import { keepPlatform } from '#integrations/lti/platforms.ts'
import { placeMeeting } from '#hub/placements.ts'
import { world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const actor = { workspace_id: w.workspace_id, name: 'test' }

const course = await createPlace(hub, actor, { integration: 'lti', name: 'School LMS' })
const chat = await createPlace(hub, actor, { integration: 'mattermost', name: 'School chat' })
const { id: meeting_id } = (
  await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra',
    start_time: '2030-01-07T09:00:00Z',
    duration: 45,
  })
).body

interface Listed {
  items: { id: string; name: string; state: string }[]
  next_cursor: string | null
}
const names = async (query = ''): Promise<string[]> =>
  (await w.api<Listed>('GET', `/places${query}`)).body.items.map(({ name }) => name)

test('places are listed, by pages, by kind and by words in their name', async () => {
  assert.deepEqual(await names(), ['School LMS', 'School chat'])
  assert.deepEqual(await names('?integration=lti'), ['School LMS'])
  assert.deepEqual(await names('?q=CHAT'), ['School chat'])
  assert.deepEqual(await names('?q=%25'), [], 'a percent sign stands for itself')
  const { next_cursor } = (await w.api<Listed>('GET', '/places?limit=1')).body
  assert.deepEqual(await names(`?limit=1&cursor=${next_cursor}`), ['School chat'])
})

test('a place is switched off and on by an administrator, and by nobody less', async () => {
  const operator = { authorization: `Bearer ${await w.key('operator')}` }
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'off' }, operator)).status, 403)
  assert.equal((await w.api<{ state: string }>('PATCH', `/places/${chat.id}`, { state: 'off' })).body.state, 'off')
  assert.equal((await w.api<{ state: string }>('GET', `/places/${chat.id}`)).body.state, 'off')
  assert.deepEqual(await names('?state=on'), ['School LMS'])
  assert.deepEqual(await names('?state=off'), ['School chat'])
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'on' })).status, 200)
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { state: 'away' })).status, 422)
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, {})).status, 422)
})

test('a place is called something else here, and stays as it is', async () => {
  const renamed = await w.api<{ name: string; state: string }>('PATCH', `/places/${chat.id}`, { name: ' Our chat ' })
  assert.deepEqual([renamed.body.name, renamed.body.state], ['Our chat', 'on'])
  assert.deepEqual(await names('?q=our'), ['Our chat'])
  assert.equal((await w.api('PATCH', `/places/${chat.id}`, { name: ' ' })).status, 422)
  await w.api('PATCH', `/places/${chat.id}`, { name: 'School chat' })
})

test('a meeting says where it is; the same place says it anew, not twice', async () => {
  const first = await placeMeeting(hub, actor, { place_id: course.id, meeting_id, ref: 'link-1', title: 'Algebra' })
  const again = await placeMeeting(hub, actor, { place_id: course.id, meeting_id, ref: 'link-1', title: 'Algebra II' })
  assert.equal(again.id, first.id)
  const { items } = (
    await w.api<{ items: { title: string; place_name: string }[] }>('GET', `/meetings/${meeting_id}/placements`)
  ).body
  assert.deepEqual(
    items.map(({ title, place_name }) => [title, place_name]),
    [['Algebra II', 'School LMS']],
  )
})

test('a course takes meetings on its own side, and says so', async () => {
  const answer = await w.api('POST', `/meetings/${meeting_id}/placements`, { place_id: course.id, target: {} })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /on its own side/)
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', `/meetings/${meeting_id}/placements`)).body
  const taken = await w.api('DELETE', `/placements/${items[0]?.id}`)
  assert.equal(taken.status, 409)
  assert.match(taken.text, /What School LMS shows is taken away on its own side/)
})

test('places, placements and meetings of another workspace are not there', async () => {
  await hub.db.insertInto('workspace').values({ id: 'ws_other', name: 'Other' }).execute()
  const as = { authorization: `Bearer ${await w.key('owner', 'Other')}` }
  for (const [method, path, body] of [
    ['GET', `/places/${chat.id}`, undefined],
    ['PATCH', `/places/${chat.id}`, { state: 'off' }],
    ['DELETE', `/places/${chat.id}`, undefined],
    ['GET', `/meetings/${meeting_id}/placements`, undefined],
    ['POST', `/meetings/${meeting_id}/placements`, { place_id: chat.id }],
  ] as const)
    assert.equal((await w.api(method, path, body, as)).status, 404, `${method} ${path}`)
  const foreign = { workspace_id: 'ws_other', name: 'test' }
  await assert.rejects(placeMeeting(hub, foreign, { place_id: chat.id, meeting_id, ref: 'x', title: 'x' }), /no place/)
})

test('a place that is removed takes its placements along, and leaves the meeting', async () => {
  assert.equal((await w.api('DELETE', `/places/${course.id}`)).status, 204)
  const { items } = (await w.api<{ items: unknown[] }>('GET', `/meetings/${meeting_id}/placements`)).body
  assert.deepEqual(items, [])
  assert.equal((await w.api('GET', `/meetings/${meeting_id}`)).status, 200)
})

interface Healthy {
  health: {
    state: string
    findings: { state: string; message: string }[]
    last_ok_at: string | null
    last_failed_at: string | null
  } | null
}

test('a place is looked at by hand and by the clock, and what was found is kept; Zoom is not asked', async () => {
  const site = (await w.api<{ id: string } & Healthy>('POST', '/site/places', { name: 'Pages' })).body
  const read = async () => (await w.api<Healthy>('GET', `/places/${site.id}`)).body.health
  assert.equal(await read(), null)
  const before = await w.calls()
  const looked = await w.api<Healthy>('POST', `/places/${site.id}/check`)
  assert.equal(looked.status, 200, looked.text)
  assert.equal(looked.body.health?.state, 'ok')
  assert.ok(looked.body.health?.last_ok_at)

  const fault = {
    ...hub,
    outgoing: () => () => Promise.reject(new Error('connect ECONNREFUSED')),
  } as unknown as typeof hub
  await checkPlaces(fault)
  const broken = await read()
  assert.equal(broken?.state, 'failed')
  assert.match(broken?.findings[0]?.message ?? '', /cannot be reached: connect ECONNREFUSED/)
  assert.ok(broken?.last_ok_at && broken.last_failed_at)
  const listed = (await w.api<{ items: ({ id: string } & Healthy)[] }>('GET', '/places?q=Pages')).body.items
  assert.equal(listed[0]?.health?.state, 'failed')
  await w.api('PATCH', `/places/${site.id}`, { state: 'off' })
  assert.equal((await w.api('POST', `/places/${site.id}/check`)).status, 409)
  assert.equal(await w.calls(), before)
})

test('an LMS whose keys cannot be read, or that holds none, is told from one that is well', async () => {
  const at = { keys: [{ kty: 'RSA', kid: 'one' }] as object[] }
  const answering = {
    ...hub,
    outgoing: () => () => Promise.resolve(Response.json({ keys: at.keys })),
  } as unknown as typeof hub
  await hub.db.transaction().execute((trx) =>
    keepPlatform(hub, trx, actor, {
      name: 'Moodle',
      issuer: 'https://lms.school.example',
      client_id: 'c1',
      authorization_endpoint: 'https://lms.school.example/auth',
      token_endpoint: 'https://lms.school.example/token',
      jwks_uri: 'https://lms.school.example/keys',
      entered: [],
      product: 'moodle',
      deployment_ids: ['1'],
    }),
  )
  const health = async () =>
    (await w.api<{ items: Healthy[] }>('GET', '/places?q=Moodle')).body.items[0]?.health?.findings.map(
      ({ message }) => message,
    )
  await checkPlaces(answering)
  assert.ok((await health())?.some((message) => message.includes('publishes one key')))
  at.keys = []
  await checkPlaces(answering)
  assert.ok((await health())?.some((message) => message.includes('holds no key')))
})

test('what a place shows is listed, searched and a table', async () => {
  const shelf = await createPlace(hub, actor, { integration: 'lti', name: 'Shelf' })
  await placeMeeting(hub, actor, { place_id: shelf.id, meeting_id, ref: 'link-1', title: 'Algebra II' })
  const list = async (query = '') =>
    (await w.api<{ items: { title: string }[] }>('GET', `/places/${shelf.id}/placements${query}`)).body.items.map(
      ({ title }) => title,
    )
  assert.deepEqual(await list(), ['Algebra II'])
  assert.deepEqual(await list('?q=history'), [])
  assert.match((await w.api('GET', `/places/${shelf.id}/placements.csv`)).text, /^title,.*\r\nAlgebra II,link-1/)
})

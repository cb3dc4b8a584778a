import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import fc from 'fast-check'
import { newId } from '#core/ids.ts'
import { inOrder, isIdle, keptBecause } from '#hub/licences/choose.ts'
import { upsertZoomUser, zoomUserByEmail } from '#store/zoom-users.ts'
import { lendSeat, wishFor } from '#hub/licences/seat.ts'
import { tendLicences } from '#hub/licences/tend.ts'
import type { HostOptions, Meeting, ZoomUser } from '#hub/resources.ts'
import type { LicenceHolder, LicenceLease, LicencePool } from '#hub/licences/resources.ts'
import type { HolderRow } from '#store/licences.ts'
import { atZoom } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const pool = `/licences/${w.connection_id}`
const [ada, grace, alan] = ['ada@school.example', 'grace@school.example', 'alan@school.example']
const hour = 3_600_000

const typeOf = async (email: string): Promise<number> =>
  ((await (await atZoom(w, 'GET', `/users/${email}`)).json()) as { type: number }).type
const idOf = async (email: string): Promise<string> =>
  ((await (await atZoom(w, 'GET', `/users/${email}`)).json()) as { id: string }).id
const change = async (body: object) => {
  const answer = await w.api<LicencePool>('PATCH', pool, body)
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
const plan = (host: string, rest: object = {}) =>
  w.api<Meeting & { detail?: string }>('POST', '/meetings', { host, topic: `Of ${host}`, ...rest })
const leases = async (query = '') =>
  (await w.api<{ items: LicenceLease[] }>('GET', `${pool}/leases${query}`)).body.items
const holders = async () => (await w.api<{ items: LicenceHolder[] }>('GET', `${pool}/holders`)).body.items
const inTime = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/\.\d+/, '')
const settle = async () => {
  await w.settled()
  await until(async () => (await leases('?state=wanted')).length === 0, 'the wishes to be settled')
}
/** The clock's round, that much later. */
const tend = async (later = 0) => {
  const { hub } = w.server
  await tendLicences({ ...hub, runtime: { ...hub.runtime, now: () => Date.now() + later } })
}

/** Ada, who owns the account, and Grace have the only two licences; Alan has none. */
beforeEach(async () => {
  await change({ state: 'off' })
  await w.server.hub.db.deleteFrom('licence_lease').execute()
  await w.server.hub.db.deleteFrom('licence_protection').execute()
  for (const { id } of (await w.api<{ items: Meeting[] }>('GET', '/meetings?limit=200')).body.items)
    await w.api('DELETE', `/meetings/${id}`)
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  for (const [email, type] of [
    [alan, 1],
    [grace, 2],
  ] as const)
    if ((await typeOf(email)) !== type) await atZoom(w, 'PATCH', `/users/${email}`, { type })
  await w.zoom('PATCH', '/settings', { licensed_seats: 2 })
  await w.settled()
  await change({ state: 'on', seats: null, protected_minutes: 60, keep_minutes: 30, protected_groups: [] })
})

test('a pool that is off lends nothing, and a host who has a licence costs no call more', async () => {
  await change({ state: 'off' })
  const before = await w.calls()
  assert.equal((await plan(alan)).status, 201)
  assert.equal((await plan(ada)).status, 201)
  assert.equal((await w.calls()) - before, 2)
  await change({ state: 'on' })
  const then = await w.calls()
  assert.equal((await plan(ada)).status, 201)
  assert.equal((await w.calls()) - then, 1)
  assert.deepEqual(await leases(), [])
})

test('a host without a licence is lent a free one before the meeting is made', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  const before = await w.calls()
  const made = await plan(alan, { settings: { approval_type: 0 } })
  assert.equal(made.status, 201, made.text)
  assert.equal((await w.calls()) - before, 2)
  assert.equal(await typeOf(alan), 2)
  const [lease] = await leases()
  assert.equal(lease?.state, 'held')
  assert.equal(lease?.email, alan)
  assert.equal(lease?.taken_from, null)
  const told = (await w.api<LicencePool>('GET', pool)).body
  assert.deepEqual([told.licensed, told.basic, told.lent], [3, 0, 1])
})

test('where none is free, whoever has not used theirs for the longest time passes it on; the owner, from whom Zoom takes none, is left alone', async () => {
  const made = await plan(alan)
  assert.equal(made.status, 201, made.text)
  assert.deepEqual([await typeOf(alan), await typeOf(grace), await typeOf(ada)], [2, 1, 2])
  const [lease] = await leases()
  assert.equal(lease?.taken_from_email, grace)
  const { protected_users } = (await w.api<LicencePool>('GET', pool)).body
  for (const each of protected_users) assert.equal(each.email, ada)
})

test('nobody who is in a meeting, has one soon, or is protected loses a licence, and the planner is told before anything is made', async () => {
  await change({ protected_users: [ada] })
  const soon = await plan(grace, { start_time: inTime(hour / 2), duration: 30 })
  const refused = await plan(alan)
  assert.equal(refused.status, 409)
  assert.match(
    refused.body.detail ?? '',
    /No Zoom licence is free: of 2, 1 with a meeting within 60 minutes, 1 protected/,
  )
  assert.equal(await typeOf(grace), 2)
  await w.settled()
  const listed = (await w.api<{ items: Meeting[] }>('GET', `/meetings?host=${encodeURIComponent(alan)}`)).body.items
  assert.equal(listed.filter(({ state }) => state === 'scheduled').length, 0)
  const findings = (await w.api<{ findings: { check: string; message: string }[] }>('GET', '/doctor')).body.findings
  assert.match(
    findings.find(({ check }) => check === 'licences')?.message ?? '',
    /alan@school.example could not be lent/,
  )

  await w.api('DELETE', `/meetings/${soon.body.id}`)
  const own = (await plan(grace, { start_time: inTime(3 * hour), duration: 30 })).body
  await w.zoom('POST', `/meetings/${own.zoom_meeting_id}/start`)
  await w.settled()
  const live = await plan(alan)
  assert.equal(live.status, 409)
  assert.match(live.body.detail ?? '', /1 in a meeting/)
  assert.equal((await holders()).find(({ email }) => email === grace)?.kept, 'live')
  await w.zoom('POST', `/meetings/${own.zoom_meeting_id}/end`)
  await w.settled()
  assert.equal((await plan(alan)).status, 201)
})

test('a meeting that runs at Zoom and of which no event has come keeps its licence, too', async () => {
  await change({ protected_users: [ada] })
  const own = (await plan(grace, { start_time: inTime(5 * hour) })).body
  const { hub } = w.server
  await w.zoom('POST', `/meetings/${own.zoom_meeting_id}/start`)
  await w.settled()
  await hub.db
    .deleteFrom('session')
    .where('host_id', '=', await idOf(grace))
    .execute()
  await hub.db.updateTable('meeting').set({ state: 'scheduled' }).where('id', '=', own.id).execute()
  const answer = await plan(alan)
  assert.equal(answer.status, 409, answer.text)
  assert.equal(await typeOf(grace), 2)
  await w.zoom('POST', `/meetings/${own.zoom_meeting_id}/end`)
  await w.settled()
})

test('two who ask at once get one seat each or an answer each: never one seat for both', async () => {
  await w.zoom('POST', '/people', { email: 'emmy@school.example', first_name: 'Emmy', last_name: 'Noether', type: 1 })
  await w.settled()
  await change({ protected_users: [ada] })
  const answers = await Promise.all([plan(alan), plan('emmy@school.example'), plan(alan), plan('emmy@school.example')])
  const types = [await typeOf(alan), await typeOf('emmy@school.example'), await typeOf(grace)]
  assert.equal(types.filter((type) => type === 2).length, 1)
  for (const { status } of answers) assert.ok(status === 201 || status === 409, String(status))
  const held = await leases('?state=held')
  assert.equal(held.length, 1)
  await w.zoom('DELETE', '/people/emmy@school.example')
  await w.settled()
})

test('a number of seats is kept though Zoom would give more', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 10 })
  await change({ seats: 2, protected_users: [ada, grace] })
  const refused = await plan(alan)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail ?? '', /2 protected/)
  await change({ seats: 3 })
  assert.equal((await plan(alan)).status, 201)
})

test('members of a protected group keep theirs; a group that is not known is refused', async () => {
  const { id } = await w.zoom<{ id: string }>('POST', '/groups', { name: 'Deans', members: [grace] })
  assert.equal((await w.api('PATCH', pool, { protected_groups: [id] })).status, 422)
  const read = await w.api<{ items: { id: string; name: string; members: number }[] }>('POST', `${pool}/groups/read`)
  assert.equal(read.status, 200, read.text)
  assert.ok(read.body.items.some((each) => each.name === 'Deans' && each.members === 1))
  await change({ protected_users: [ada], protected_groups: [id] })
  assert.equal((await plan(alan)).status, 409)
  assert.equal((await holders()).find(({ email }) => email === grace)?.kept, 'protected')
})

test('what was lent is given back when it has not been used for a while, and not before', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  assert.equal((await plan(alan, { start_time: inTime(48 * hour) })).status, 201)
  await tend(10 * 60_000)
  await settle()
  assert.equal(await typeOf(alan), 2)
  await tend(31 * 60_000)
  await until(async () => (await typeOf(alan)) === 1, 'the licence to be given back')
  await until(async () => (await leases())[0]?.state === 'returned', 'the lease to say so')
  const audit = (await w.api<{ items: { action: string }[] }>('GET', '/audit')).body.items.map(({ action }) => action)
  assert.ok(audit.includes('licence.lent') && audit.includes('licence.returned'))
})

test('a host is lent a licence a quarter of an hour before the meeting, and keeps it while that runs', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  const made = (await plan(alan, { start_time: inTime(24 * hour), duration: 60 })).body
  await tend(23 * hour - 60_000)
  await until(async () => (await typeOf(alan)) === 1, 'the licence to be given back meanwhile')
  await settle()
  await tend(24 * hour - 10 * 60_000)
  await until(async () => (await typeOf(alan)) === 2, 'the licence in time')
  await until(async () => (await leases('?state=held')).length === 1, 'the lease')
  assert.equal((await leases())[0]?.reason, 'due')
  assert.equal((await leases())[0]?.meeting_id, made.id)
  await tend(24 * hour + 45 * 60_000)
  await settle()
  assert.equal(await typeOf(alan), 2)
})

test('a pool that is switched off gives back what it lent, but not in the middle of a meeting', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  const made = (await plan(alan, { start_time: inTime(72 * hour) })).body
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/start`)
  await w.settled()
  await change({ state: 'off' })
  await tend(3 * 60_000)
  await settle()
  assert.equal(await typeOf(alan), 2)
  await w.zoom('POST', `/meetings/${made.zoom_meeting_id}/end`)
  await w.settled()
  await tend(3 * 60_000)
  await until(async () => (await typeOf(alan)) === 1, 'the licence to be given back')
})

test('whoever asks with an older picture of the host takes nobody’s licence for one that was lent already', async () => {
  const { hub } = w.server
  assert.equal((await plan(alan)).status, 201)
  assert.deepEqual([await typeOf(alan), await typeOf(grace)], [2, 1])
  const user = await zoomUserByEmail(hub.db, w.workspace_id, alan)
  assert.ok(user)
  const before = await w.calls('userUpdate')
  const lease = await wishFor(
    hub,
    { workspace_id: w.workspace_id, name: 'test' },
    { ...user, type: 1 },
    { reason: 'join' },
  )
  assert.equal(lease.state, 'held')
  assert.equal((await leases()).length, 1)
  assert.equal(await w.calls('userUpdate'), before)
})

test('an event of an older change that comes late does not undo what was lent', async () => {
  const { hub } = w.server
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  assert.equal((await plan(alan)).status, 201)
  await w.settled()
  const user = await zoomUserByEmail(hub.db, w.workspace_id, alan)
  assert.equal(user?.type, 2)
  await upsertZoomUser(hub.db, { ...user, type: 1, changed_at: new Date(Date.now() - 60_000) })
  assert.equal((await zoomUserByEmail(hub.db, w.workspace_id, alan))?.type, 2)
})

test('a swap that a dying process left half done is made whole', async () => {
  const { hub } = w.server
  await atZoom(w, 'PATCH', `/users/${grace}`, { type: 1 })
  await w.settled()
  const id = newId('lease', Date.now())
  await hub.db
    .insertInto('licence_lease')
    .values({
      id,
      workspace_id: w.workspace_id,
      connection_id: w.connection_id,
      zoom_user_id: await idOf(alan),
      state: 'wanted',
      reason: 'plan',
      asked_by: 'hub',
      meeting_id: null,
      taken_from: await idOf(grace),
      refusal: null,
      asked_at: new Date(),
      taken_at: null,
      ended_at: null,
    })
    .execute()
  await lendSeat({ lease_id: id }, hub)
  assert.equal((await w.api<LicenceLease>('GET', `/leases/${id}`)).body.state, 'held')
  assert.deepEqual([await typeOf(alan), await typeOf(grace)], [2, 1])
})

test('whoever was lent one by hand can be asked for it back by hand', async () => {
  await w.zoom('PATCH', '/settings', { licensed_seats: 3 })
  const begun = await w.api<LicenceLease>('POST', `${pool}/leases`, { zoom_user: alan })
  assert.equal(begun.status, 202, begun.text)
  await settle()
  assert.equal(await typeOf(alan), 2)
  assert.equal((await w.api('POST', `${pool}/leases`, { zoom_user: alan })).status, 409)
  assert.equal((await w.api('POST', `/leases/${begun.body.id}/return`)).status, 202)
  await until(async () => (await typeOf(alan)) === 1, 'the licence to be given back')
  const table = await w.api('GET', `${pool}/leases.csv`)
  assert.match(table.text, /alan@school.example,(returned|held),hand/)
  assert.match((await w.api('GET', `${pool}/holders.csv?q=grace`)).text, /^email.*\r\ngrace@school.example/)
})

test('the form says of a host whom the pool lends a licence nothing of licences', async () => {
  const id = await idOf(alan)
  const reasons = async () =>
    JSON.stringify((await w.api<HostOptions>('GET', `/zoom_users/${id}/meeting_options`)).body.items)
  assert.doesNotMatch(await reasons(), /needs a Licensed host/)
  await change({ state: 'off' })
  assert.match(await reasons(), /needs a Licensed host/)
})

test('somebody is added to the account with each of Zoom’s actions', async () => {
  await change({ state: 'off' })
  await w.zoom('PATCH', '/settings', { licensed_seats: 2 })
  const add = (action: string, email: string, type = 1) =>
    w.api<ZoomUser & { detail?: string }>('POST', '/zoom_users', { action, email, type, first_name: 'New' })
  for (const action of ['create', 'autoCreate', 'custCreate', 'ssoCreate']) {
    const email = `${action.toLowerCase()}@school.example`
    const added = await add(action, email)
    assert.equal(added.status, 201, added.text)
    assert.equal(added.body.status, action === 'create' ? 'pending' : 'active')
    await w.settled()
    const { body } = await w.api<{ items: ZoomUser[] }>('GET', `/zoom_users?q=${email}`)
    assert.equal(body.items.length, 1, action)
  }
  const again = await add('create', 'create@school.example')
  assert.equal(again.status, 409)
  assert.match(again.body.detail ?? '', /is a user of the Zoom account already/)
  const licensed = await add('create', 'paid@school.example', 2)
  assert.equal(licensed.status, 409)
  assert.match(licensed.body.detail ?? '', /No licence of the Zoom account is free/)
  assert.equal((await add('create', 'none@school.example', 99)).status, 422)
  for (const name of ['create', 'autocreate', 'custcreate', 'ssocreate'])
    await w.zoom('DELETE', `/people/${name}@school.example`)
})

const holder = (change: Partial<HolderRow>): HolderRow => ({
  zoom_user_id: 'u',
  email: 'u@school.example',
  display_name: null,
  lease_id: null,
  taken_at: null,
  live: false,
  next_start: null,
  last_use: null,
  protected_as: null,
  ...change,
})
const at = (minutes: number) => new Date(minutes * 60_000)
const rule = { now: 1000 * 60_000, protected_minutes: 60 }

test('what keeps a licence where it is', () => {
  const why = (change: Partial<HolderRow>) => keptBecause(holder(change), rule)
  assert.equal(why({}), undefined)
  assert.equal(why({ live: true }), 'live')
  assert.equal(why({ live: true, protected_as: 'group' }), 'protected')
  assert.equal(why({ next_start: at(1060) }), 'due')
  assert.equal(why({ next_start: at(990) }), 'due')
  assert.equal(why({ next_start: at(1061) }), undefined)
  assert.equal(why({ taken_at: at(999) }), 'just_lent')
  assert.equal(why({ taken_at: at(998) }), undefined)
})

test('lent before own, then the longest unused, then whose next meeting is the farthest away', () => {
  const order = inOrder(
    [
      holder({ zoom_user_id: 'used', last_use: at(900) }),
      holder({ zoom_user_id: 'soon', next_start: at(2000) }),
      holder({ zoom_user_id: 'later', next_start: at(3000) }),
      holder({ zoom_user_id: 'never' }),
      holder({ zoom_user_id: 'lent', lease_id: 'l', last_use: at(950), taken_at: at(950) }),
      holder({ zoom_user_id: 'live', live: true }),
    ],
    rule,
  )
  assert.deepEqual(
    order.map(({ zoom_user_id }) => zoom_user_id),
    ['lent', 'never', 'later', 'soon', 'used'],
  )
})

test('nobody who is live, due or protected is ever chosen, and the order is the same however they come', () => {
  const time = fc.option(fc.integer({ min: 0, max: 3000 }).map(at), { nil: null })
  const anybody = fc.record({
    zoom_user_id: fc.uuid(),
    lease_id: fc.option(fc.constant('l'), { nil: null }),
    taken_at: time,
    live: fc.boolean(),
    next_start: time,
    last_use: time,
    protected_as: fc.option(fc.constantFrom('user' as const, 'group' as const, 'zoom' as const), { nil: null }),
  })
  fc.assert(
    fc.property(fc.uniqueArray(anybody, { selector: ({ zoom_user_id }) => zoom_user_id }), (all) => {
      const people = all.map(holder)
      const order = inOrder(people, rule)
      for (const each of order) {
        assert.ok(!each.live && !each.protected_as)
        assert.ok(!each.next_start || each.next_start > at(1060))
      }
      assert.deepEqual(inOrder(people.toReversed(), rule), order)
      for (const each of people) if (isIdle(each, { ...rule, keep_minutes: 30 })) assert.ok(!each.live && each.lease_id)
    }),
  )
})

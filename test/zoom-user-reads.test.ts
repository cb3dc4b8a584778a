import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { cronItems } from '#hub/jobs/tables.ts'
import type { Page, ZoomUser, ZoomUserRead } from '#hub/resources.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { hub } = w.server
const hour = 3_600_000
let later = 0
hub.runtime.now = () => Date.now() + later

/** No event tells of anybody from here on: what is known is what is read. */
const { apps } = await w.zoom<{ apps: { client_id: string; subscriptions: { id: string }[] }[] }>('GET', '/apps')
for (const { id } of apps.find(({ client_id }) => client_id === 'sim-s2s')?.subscriptions ?? [])
  await w.zoom('DELETE', `/apps/sim-s2s/subscriptions/${id}`)

const known = async (email: string): Promise<ZoomUser | undefined> =>
  (await w.api<Page<ZoomUser>>('GET', `/zoom_users?q=${encodeURIComponent(email)}`)).body.items[0]
const lastRead = async () => (await w.api<ZoomUserRead>('GET', '/zoom_users/read')).body
const isOver = async (): Promise<boolean> => (await lastRead()).state !== 'reading'

/** As the button does. */
async function readAgain(): Promise<ZoomUserRead> {
  const asked = await w.api<ZoomUserRead>('POST', '/zoom_users/read')
  assert.equal(asked.status, 202, asked.text)
  assert.equal(asked.body.state, 'reading')
  await until(isOver, 'the users to be read')
  return lastRead()
}

test('by night all users are read anew, whole, by one call for each 300', async () => {
  await w.zoom('POST', '/people', {
    people: Array.from({ length: 300 }, (_, at) => ({ email: `late${at}@school.example` })),
  })
  assert.equal(await known('late299@school.example'), undefined, 'no event told of them')
  const [calls, asked] = [await w.calls('users'), (await lastRead()).read_at]
  const nightly = cronItems.find(({ name }) => name === 'zoom_users')
  assert.ok(nightly, 'it is on the list of what is done by the clock')
  await nightly.run(hub)
  await until(async () => (await lastRead()).read_at !== asked, 'the users to be read')
  assert.equal((await known('late299@school.example'))?.email, 'late299@school.example')
  assert.equal((await w.calls('users')) - calls, 2, 'more than 300, fewer than 600')
})

test('somebody asks, and hears when it is done', async () => {
  await w.zoom('POST', '/people', { email: 'asked@school.example' })
  const { state, reason, read_at } = await readAgain()
  assert.deepEqual([state, reason], ['done', null])
  assert.ok(read_at)
  const user = await known('asked@school.example')
  assert.ok(user?.user_created_at, 'since when they are at Zoom')
  assert.equal((await known(user.id))?.email, 'asked@school.example', 'found by the id, too')
  const listed = async (filter: string): Promise<string[]> =>
    (await w.api<Page<ZoomUser>>('GET', `/zoom_users?q=asked&${filter}`)).body.items.map(({ email }) => email)
  assert.deepEqual(await listed(`type=${user.type}&status=active`), ['asked@school.example'])
  assert.deepEqual(await listed(`type=${user.type === 2 ? 1 : 2}`), [])
  assert.deepEqual(await listed('status=inactive'), [])
})

test('who is missing once stays, and twice at once, too; who is missing hours later is gone', async () => {
  await w.zoom('DELETE', '/people/late7@school.example')
  await readAgain()
  assert.ok(await known('late7@school.example'), 'missing once')
  const calls = await w.calls('user')
  await readAgain()
  assert.ok(await known('late7@school.example'), 'twice in a minute is no other look')
  assert.equal(await w.calls('user'), calls)
  later = 7 * hour
  await readAgain()
  assert.equal(await known('late7@school.example'), undefined)
  assert.equal((await w.calls('user')) - calls, 1, 'that one is asked for')
  assert.ok(await known('late8@school.example'))
})

test('who is on the list again in between is not missing any more', async () => {
  const fault = await hidden('late9@school.example')
  await readAgain()
  await fault()
  await readAgain()
  later += 7 * hour
  const again = await hidden('late9@school.example')
  await readAgain()
  assert.ok(await known('late9@school.example'), 'missing for the first time since')
  await again()
})

test('who was deactivated is on no list either, and stays as what they are', async () => {
  await w.zoom('PATCH', '/people/late11@school.example', { status: 'inactive' })
  await readAgain()
  later += 7 * hour
  await readAgain()
  assert.equal((await known('late11@school.example'))?.status, 'inactive')
})

test('a list that breaks off, or is empty, says nothing of anybody', async () => {
  await w.zoom('DELETE', '/people/late12@school.example')
  await readAgain()
  later += 7 * hour
  const [one] = (await w.api<Page<ZoomUser>>('GET', '/zoom_users')).body.items
  const half = await faulty({ status: 200, body: { users: [{ ...one, type: 2 }], next_page_token: 'more' } }, 1)
  const fail = await faulty({ status: 400, body: { code: 300, message: 'Invalid page.' } })
  const { state, reason } = await readAgain()
  assert.equal(state, 'failed')
  assert.match(reason ?? '', /Invalid page/)
  assert.ok(await known('late12@school.example'))
  await fail()
  await half()
  const empty = await faulty({ status: 200, body: { users: [], next_page_token: '' } })
  await readAgain()
  assert.ok(await known('late12@school.example'))
  await empty()
  await readAgain()
  assert.equal(await known('late12@school.example'), undefined)
})

test('what somebody had consented to ends when they are gone', async () => {
  const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'For each',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const id = 'con_of_late14'
  const zoom_user_id = (await known('late14@school.example'))?.id ?? ''
  const of = { workspace_id: w.workspace_id, zoom_app_id: app.id, account_id: 'sim-account', api_url: null }
  await hub.db
    .insertInto('connection')
    .values({ ...of, id, state: 'connected', zoom_user_id, zoom_user_email: 'late14@school.example' })
    .execute()
  await w.zoom('DELETE', '/people/late14@school.example')
  await readAgain()
  later += 7 * hour
  await readAgain()
  const ended = await w.api<{ state: string; failure: { code: string } }>('GET', `/connections/${id}`)
  assert.deepEqual([ended.body.state, ended.body.failure.code], ['disconnected', 'user_deleted'])
})

test('without the right to ask for one, two lists with hours between are enough', async () => {
  await hub.db
    .updateTable('connection')
    .set({ scope: 'user:read:list_users:admin' })
    .where('id', '=', w.connection_id)
    .execute()
  await w.zoom('DELETE', '/people/late13@school.example')
  await readAgain()
  later += 7 * hour
  const calls = await w.calls('user')
  await hub.db
    .updateTable('connection')
    .set({ scope: 'user:read:list_users:admin' })
    .where('id', '=', w.connection_id)
    .execute()
  await readAgain()
  assert.equal(await known('late13@school.example'), undefined)
  assert.equal(await w.calls('user'), calls)
})

test('where no app speaks for an account nobody can be read, and it is said who must do what', async () => {
  await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { state: 'off' })
  const { status, body } = await w.api<{ detail: string }>('POST', '/zoom_users/read')
  assert.equal(status, 409)
  assert.match(body.detail, /an administrator connects an app for the account/)
  assert.equal((await lastRead()).state, 'never')
  await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { state: 'on' })
})

/** The simulator answers instead of the list; what comes back ends it. */
async function faulty(action: object, times: number | null = null): Promise<() => Promise<unknown>> {
  const { id } = await w.zoom<{ id: string }>('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users' },
    action,
    times,
  })
  return () => w.zoom('DELETE', `/faults/${id}`)
}

/** Is not on the list though in the account: their status is another one meanwhile. */
async function hidden(email: string): Promise<() => Promise<unknown>> {
  await w.zoom('PATCH', `/people/${email}`, { status: 'inactive' })
  return () => w.zoom('PATCH', `/people/${email}`, { status: 'active' })
}

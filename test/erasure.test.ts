import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { deleteWhatIsDue, tellZoomOfDeletion } from '#hub/grants/deletions.ts'
import { personFor } from '#hub/people.ts'
import { keepHostSettings } from '#store/host-settings.ts'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after }, { connected: false })
const { hub } = w.server
const { db } = hub
const marked = { email: 'marked.user@erase.example', name: 'Zyxwvut Markedname' }

const { body: app } = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'user_managed',
  name: 'user',
  client_id: 'sim-user-app',
  client_secret: 'sim-user-secret',
  secret_token: 'sim-user-app-webhook',
  meeting_sdk: true,
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: `${w.hubUrl}/zoom/webhooks/${app.id}`, events: ['*'] })

interface Connection {
  id: string
  state: string
}

/** Every place in the database, of whatever schema and table, where one of the words stands. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db)
  const found: string[] = []
  for (const { schema, name } of tables) {
    const { rows } = await sql<{
      text: string
    }>`select t::text as text from ${sql.table(`${schema}.${name}`)} t`.execute(db)
    for (const { text } of rows) {
      const word = words.find((each) => text.includes(each))
      if (word) found.push(`${schema}.${name}: ${word}`)
    }
  }
  return [...new Set(found)]
}

async function erased(
  id: string,
  { client_id, user } = { client_id: 'sim-user-app', user: marked.email },
): Promise<void> {
  await w.zoom('POST', `/apps/${client_id}/deauthorize`, { user })
  await w.settled()
  await until(
    async () => (await w.api<Connection>('GET', `/connections/${id}`)).body.state === 'disconnected',
    'the consent to be over',
  )
  await db
    .updateTable('deletion')
    .set({ due_at: new Date(0) })
    .where('state', '=', 'due')
    .execute()
  await deleteWhatIsDue(hub)
  await until(async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs
      where task_identifier = 'hub_event'`.execute(db)
    return rows[0]?.n === 0
  }, 'the integrations to have heard of it')
}

test('after an erasure nothing of the Zoom user is left anywhere in the database but in the record that says so', async () => {
  await w.zoom('POST', '/people', { email: marked.email, type: 2, first_name: 'Zyxwvut', last_name: 'Markedname' })
  const { id } = await consented<Connection>(w, app.id, marked.email)
  const { zoom_user_id } = await db
    .selectFrom('connection')
    .select('zoom_user_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.ok(zoom_user_id)
  const words = [marked.email, 'Markedname', zoom_user_id]

  const meeting = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    connection_id: id,
    host: 'me',
    topic: 'Held by the marked user',
    agenda: `By ${marked.name}`,
    tracking_fields: [{ field: 'Teacher', value: marked.name }],
  })
  assert.equal(meeting.status, 201, meeting.text)
  const zoom_id = meeting.body.zoom_meeting_id
  await w.api('PATCH', `/meetings/${meeting.body.id}`, {
    agenda: `Still by ${marked.name}`,
    settings: { alternative_hosts: '', contact_name: marked.name },
  })
  const open = await w.api<{ id: string }>('POST', '/meetings', {
    connection_id: id,
    host: 'me',
    topic: 'To register for',
    start_time: '2031-03-10T10:00:00Z',
    duration: 30,
    settings: { approval_type: 0 },
  })
  const registered = await w.api('POST', `/meetings/${open.body.id}/registrants`, {
    email: 'a.friend@elsewhere.example',
    first_name: 'A friend of',
    last_name: 'Markedname',
  })
  assert.equal(registered.status, 201, registered.text)
  const series = await w.api<{ id: string }>('POST', '/meetings', {
    connection_id: id,
    host: 'me',
    topic: 'Every day',
    start_time: '2031-03-10T10:00:00Z',
    duration: 30,
    recurrence: { type: 1, end_times: 2 },
  })
  const { items } = (
    await w.api<{ items: { occurrence_id: string }[] }>('GET', `/meetings/${series.body.id}/occurrences`)
  ).body
  const own = { agenda: `Today with ${marked.name}` }
  const at = `/meetings/${series.body.id}/occurrences/${items[0]?.occurrence_id}`
  assert.equal((await w.api('PATCH', at, own)).status, 200)
  await keepHostSettings(db, {
    workspace_id: w.workspace_id,
    zoom_user_id,
    connection_id: id,
    settings: {},
    security: {},
    locks: {},
    schedulers: [{ id: 'other', email: marked.email }],
    tracking_fields: [],
    unknown: {},
    asked_at: new Date(),
  })
  await w.zoom('POST', `/meetings/${zoom_id}/start`)
  await w.zoom('POST', `/meetings/${zoom_id}/join`, { name: 'Somebody else' })
  await w.zoom('POST', `/meetings/${zoom_id}/join`, { name: marked.name, email: marked.email })
  await w.zoom('POST', `/meetings/${zoom_id}/recording`)
  await w.zoom('POST', `/meetings/${zoom_id}/recording`, { action: 'stop' })
  await w.zoom('POST', `/meetings/${zoom_id}/end`)
  await w.zoom('POST', `/meetings/${zoom_id}/summary`, { overview: `${marked.name} spoke` })
  await w.settled()
  await personFor(hub, w.workspace_id, {
    source: 'zoom',
    id: zoom_user_id,
    name: marked.name,
    email: marked.email,
    email_verified: true,
  })
  const list = `topic,host,start_time,timezone,duration\nImported,${marked.email},2031-03-31 10:00,UTC,30`
  const { body: imported } = await w.api<{ id: string }>('POST', '/meeting_imports', { content: list, format: 'csv' })
  await until(
    async () => (await w.api<{ state: string }>('GET', `/meeting_imports/${imported.id}`)).body.state === 'checked',
    'the import to be looked at',
  )
  const other = await personFor(hub, w.workspace_id, { source: 'lti:plc_1', id: 'other', email_verified: false })
  await db
    .insertInto('person_tie_refused')
    .values({ workspace_id: w.workspace_id, source: 'zoom', source_id: zoom_user_id, person_id: other })
    .execute()
  await until(
    async () => (await placesOf(words)).some((place) => place.startsWith('public.bot_connection')),
    'bots to know of the consent',
  )
  const before = await placesOf(words)
  for (const table of [
    'connection',
    'meeting',
    'registrant',
    'summary',
    'attendance',
    'event',
    'audit',
    'person_link',
    'quota_cap',
    'meeting_import_row',
  ])
    assert.ok(
      before.some((place) => place.startsWith(`public.${table}:`)),
      `${table} among ${before.join(', ')}`,
    )

  await erased(id)
  assert.deepEqual(
    (await placesOf(words)).filter((place) => place !== `public.deletion: ${zoom_user_id}`),
    [],
  )
  const lines = w.log.filter((line) => line.includes(marked.email) || line.includes('Markedname'))
  assert.deepEqual(lines, [])
})

test('a deletion whose app was removed meanwhile says that Zoom was not told', async () => {
  const { rows } = await sql<{
    id: string
  }>`update deletion set compliance = 'due' where state = 'done' returning id`.execute(db)
  const [deletion] = rows
  assert.ok(deletion)
  await w.api('DELETE', `/zoom_apps/${app.id}`)
  await tellZoomOfDeletion({ deletion_id: deletion.id }, hub)
  const { items } = (await w.api<{ items: { id: string; compliance: string }[] }>('GET', '/deletions')).body
  assert.equal(items.find(({ id }) => id === deletion.id)?.compliance, 'app_removed')
})

test('when an administrator takes the consent back, what Zoom told of everybody in the account goes', async () => {
  const { body: whole } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'admin_managed',
    name: 'account',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    secret_token: 'sim-admin-app-webhook',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const url = `${w.hubUrl}/zoom/webhooks/${whole.id}`
  await w.zoom('POST', '/apps/sim-admin-app/subscriptions', { url, events: ['*'] })
  const user = 'ada@school.example'
  const { id } = await consented<Connection>(w, whole.id, user)
  const { id: meeting } = await w.zoom<{ id: number }>('POST', '/meetings', { host: 'grace@school.example' })
  await w.zoom('POST', `/meetings/${meeting}/start`)
  await w.zoom('POST', `/meetings/${meeting}/join`, { name: 'Wvutsrq Guestname' })
  await w.zoom('POST', `/meetings/${meeting}/end`)
  await w.settled()
  const told = async () =>
    (await sql`select from event where zoom_app_id = ${whole.id} and body like '%Guestname%'`.execute(db)).rows.length
  assert.ok((await told()) > 0)
  await erased(id, { client_id: 'sim-admin-app', user })
  assert.equal(await told(), 0)
})

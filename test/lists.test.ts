import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { sql } from 'kysely'
import { recordingsShown } from '#hub/recordings.ts'
import type { ConnectionsOfApp } from '#hub/resources.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { insertMany } from './many.ts'
import { world } from './world.ts'

interface Operation {
  parameters?: { name: string }[]
  responses: Record<string, { content?: Record<string, { schema?: { properties?: Record<string, unknown> } }> }>
}
const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
  paths: Record<string, { get?: Operation }>
}
const names = ({ parameters = [] }: Operation): string[] => parameters.map(({ name }) => name)
const lists = Object.entries(paths).flatMap(([path, { get }]) => {
  const answer = get?.responses['200']?.content?.['application/json']?.schema?.properties
  return get && answer && 'next_cursor' in answer ? [{ path, get }] : []
})

/** Lists of one thing's few parts, and what is shown beside it. */
const parts: Record<string, string> = {
  '/api/v1/meetings/{id}/occurrences': 'the dates of one meeting',
  '/api/v1/meetings/{id}/sessions': 'the runs of one meeting',
  '/api/v1/meeting_imports': 'what was imported so far; the rows of an import are searched and taken along',
  '/api/v1/replays': 'what was replayed in the last 90 days',
}

test('every list of the API can be searched, paged and taken along as a table, but for parts of one thing', () => {
  assert.ok(lists.length > 15)
  for (const { path, get } of lists.filter((list) => !(list.path in parts))) {
    assert.ok(names(get).includes('q'), `${path} is searched`)
    assert.ok(names(get).includes('limit') && names(get).includes('cursor'), `${path} is paged`)
    assert.ok(`${path}.csv` in paths || names(get).includes('format'), `${path} is taken along`)
  }
  assert.deepEqual(
    Object.keys(parts).filter((path) => !lists.some((list) => list.path === path)),
    [],
    'no part is named that is no list',
  )
})

const w = await world({ after })
const meeting = await w.api<{ id: string }>('POST', '/meetings', {
  topic: 'Algebra I',
  host: 'ada@school.example',
  start_time: '2030-01-07T09:00:00Z',
  duration: 45,
})
await w.settled()
await insertMany(w.server.hub.db, w, meeting.body.id)
const link = await w.server.signIn.printOwnerLink()
await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')

for (const [list, q, column] of [
  ['zoom_users', 'many777@school.example', 'email'],
  ['persons', 'Many 777', 'name'],
  ['places', 'Site 777', 'name'],
  ['api_keys', 'Script 777', 'name'],
] as const)
  test(`of ten thousand in /${list} those that fit are found, by pages and as a table`, async () => {
    const { body } = await w.api<{ items: { id: string }[]; next_cursor: string | null }>(
      'GET',
      `/${list}?limit=7&q=${encodeURIComponent(q)}`,
    )
    const { text } = await w.api('GET', `/${list}.csv?q=${encodeURIComponent(q)}`)
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    assert.deepEqual(
      rows.map((row) => row['id']).slice(0, 7),
      body.items.map(({ id }) => id),
    )
    assert.equal(body.next_cursor === null, rows.length <= 7)
    assert.ok(rows.length > 0 && rows.every((row) => row[column]?.includes(q)), text)
  })

test('a table has all ten thousand', async () => {
  const { text, headers } = await w.api('GET', '/connections.csv?state=disconnected')
  assert.match(headers.get('content-disposition') ?? '', /filename="connections.csv"/)
  assert.equal((parse(text, { columns: true }) as unknown[]).length, 10_000)
})

test('a Zoom app, a connection, a member and a webhook are found by their words, and not by others', async () => {
  await w.api('POST', '/subscriptions', { name: 'Timetable', url: 'https://timetable.school.example/', triggers: [] })
  for (const [list, fits] of [
    ['zoom_apps', 'sim-s2s'],
    ['connections', 'sim-account'],
    ['members', 'owner'],
    ['subscriptions', 'timetable.school'],
  ] as const) {
    const found = await w.api<{ items: unknown[] }>('GET', `/${list}?q=${fits}`)
    assert.equal(found.body.items.length, 1, `${list} ${fits}: ${found.text}`)
    const none = await w.api<{ items: unknown[] }>('GET', `/${list}?q=nothing-like-it_`)
    assert.equal(none.body.items.length, 0, list)
    assert.equal((parse((await w.api('GET', `/${list}.csv?q=${fits}`)).text, { columns: true }) as unknown[]).length, 1)
  }
})

test('a recording, a summary, a gap, a deletion and a page of a site are found by their words, and not by others', async () => {
  const { db } = w.server.hub
  const { workspace_id, zoom_app_id, connection_id } = w
  const of = { workspace_id, meeting_id: meeting.body.id, uuid: 'one-run', state: 'ready' } as const
  const at = new Date()
  await db
    .insertInto('recording')
    .values({
      ...of,
      id: 'rec_1',
      zoom_file_id: 'file-1',
      recording_type: 'gallery_view',
      file_size: '12',
      visibility: 'shown',
      changed_at: at,
    })
    .execute()
  await db
    .insertInto('summary')
    .values({
      ...of,
      id: 'sum_1',
      title: 'What was said',
      content: 'Homework, "page 7"',
      created_at: at,
      changed_at: at,
    })
    .execute()
  await db
    .insertInto('gap')
    .values({ id: 'gap_1', workspace_id, zoom_app_id, since: at, until: at, cause: 'silence', found_at: at })
    .execute()
  await db
    .insertInto('deletion')
    .values({
      id: 'del_1',
      workspace_id,
      zoom_app_id,
      connection_id,
      client_id: 'of-the-app',
      zoom_user_id: 'user-gone',
      notice: {},
      deauthorized_at: at,
      due_at: at,
      compliance: 'due',
    })
    .execute()
  const { body: site } = await w.api<{ id: string }>('POST', '/site/places', { name: 'The school’s' })
  await w.api('POST', '/site/pages', { meeting_id: meeting.body.id, place_id: site.id, slug: 'algebra-in-autumn' })
  for (const [list, fits, table] of [
    ['recordings', 'gallery', 'recordings.csv?q=gallery'],
    ['recordings', 'algebra', 'recordings.csv?q=algebra'],
    ['summaries', 'page 7', 'summaries.csv?q=page%207'],
    ['gaps', 'silence', 'gaps.csv?q=silence'],
    ['deletions', 'user-gone', 'deletions?format=csv&q=user-gone'],
    ['site/pages', 'AUTUMN', 'site/pages.csv?q=AUTUMN'],
  ] as const) {
    const found = await w.api<{ items: { id: string }[] }>('GET', `/${list}?q=${encodeURIComponent(fits)}`)
    assert.equal(found.body.items.length, 1, `${list} ${fits}: ${found.text}`)
    const none = await w.api<{ items: unknown[] }>('GET', `/${list}?q=nothing_like%25`)
    assert.deepEqual(none.body.items, [], `${list}: ${none.text}`)
    const [row, ...others] = parse((await w.api('GET', `/${table}`)).text, { columns: true }) as { id: string }[]
    assert.deepEqual([row?.id, others], [found.body.items[0]?.id, []], list)
  }
})

test('of more recordings than a page holds a place shows all', async () => {
  const { db } = w.server.hub
  const { workspace_id } = w
  const of = {
    workspace_id,
    meeting_id: meeting.body.id,
    uuid: 'a-year',
    state: 'ready',
    changed_at: new Date(),
  } as const
  const files = Array.from({ length: 250 }, (_, i) => ({ ...of, id: `rec_year_${i}`, zoom_file_id: `year-${i}` }))
  await db.insertInto('recording').values(files).execute()
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', '/places?limit=1')).body
  const wanted = { meeting_id: meeting.body.id, place_id: items[0]?.id ?? '' }
  const shown = await recordingsShown(w.server.hub, { workspace_id, name: 'test' }, wanted)
  assert.equal(shown.filter(({ uuid }) => uuid === 'a-year').length, 250)
})

test('members come by pages in the order of their names, each once', async () => {
  for (const [i, name] of ['Zoe', 'adam', 'Bea', 'Ömer', 'bea'].entries()) {
    await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
      values (${`usr_${i}`}, ${name}, ${`m${i}@school.example`}, true, now(), now())`.execute(w.server.hub.db)
    await addMember(w.server.hub, w.workspace_id, `usr_${i}`, 'viewer')
  }
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: { body: { items: { name: string }[]; next_cursor: string | null } } = await w.api(
      'GET',
      `/members?limit=2${cursor ? `&cursor=${cursor}` : ''}`,
    )
    seen.push(...page.body.items.map(({ name }) => name))
    cursor = page.body.next_cursor
  } while (cursor)
  assert.equal(seen.length, 6)
  assert.deepEqual(
    seen.slice(0, 3).map((name) => name.toLowerCase()),
    ['adam', 'bea', 'bea'],
  )
})

test('connections are counted by their app, with its own and at most five of those that failed, and Zoom is asked nothing', async () => {
  const before = await w.calls()
  const { body } = await w.api<{ items: ConnectionsOfApp[] }>('GET', '/connections/summary')
  const own = body.items.find(({ zoom_app_id }) => zoom_app_id === w.zoom_app_id)
  assert.deepEqual([own?.connected, own?.failed, own?.usual?.id, own?.last_failed], [1, 0, w.connection_id, []])
  const many = body.items.find(({ zoom_app_id }) => zoom_app_id === 'app_many')
  assert.deepEqual([many?.connected, many?.disconnected, many?.failed], [0, 10_000, 10_000])
  assert.equal(many?.last_failed.length, 5)
  assert.equal(many.last_failed[0]?.failure?.message, 'The grant was taken back at Zoom')
  await sql`update connection set failure_code = 'disconnected' where id in ('con_many_1', 'con_many_2')`.execute(
    w.server.hub.db,
  )
  const ended = (await w.api<{ items: ConnectionsOfApp[] }>('GET', '/connections/summary')).body.items
  const { disconnected, failed } = ended.find(({ zoom_app_id }) => zoom_app_id === 'app_many') ?? {}
  assert.deepEqual([disconnected, failed], [10_000, 9998], 'what was ended here did not fail')
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const elsewhere = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  assert.deepEqual((await w.api('GET', '/connections/summary', undefined, elsewhere)).body, { items: [] })
  assert.equal(await w.calls(), before)
})

test('the file for support counts them, too', async () => {
  const { body } = await w.api<{ connections_by_app: ConnectionsOfApp[] }>('GET', '/support_report')
  assert.equal(body.connections_by_app.find(({ zoom_app_id }) => zoom_app_id === 'app_many')?.failed, 9998)
})

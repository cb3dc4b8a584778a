import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { until, world, type Answer } from './world.ts'

interface Import {
  id: string
  state: string
  total: number
  done: number
  left: number
  rows: Record<string, number>
  waits: { until: string; reason: string } | null
  run_at: string | null
}
interface Row {
  line: number
  state: string
  message: string | null
  zoom_meeting_id: string | null
  topic: string | null
  host: string | null
  meeting_id: string | null
  join_url: string | null
  timezone: string | null
}
interface AtZoom {
  id: number
  topic: string
  duration: number
}

const w = await world({ after })
const { db } = w.server.hub
beforeEach(() => w.zoom('DELETE', '/faults'))

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const begin = (content: string, more: object = {}): Promise<Answer<Import & { detail?: string }>> =>
  w.api('POST', '/meeting_imports', { content, format: 'csv', ...more })
const read = async (id: string): Promise<Import> => (await w.api<Import>('GET', `/meeting_imports/${id}`)).body
const rowsOf = async (id: string, query = ''): Promise<Row[]> =>
  (await w.api<{ items: Row[] }>('GET', `/meeting_imports/${id}/rows?limit=200${query}`)).body.items
const reaches = async (id: string, state: string): Promise<Import> => {
  let now: Import | undefined
  await until(
    async () => (now = await read(id)).state === state,
    () => `${state}, not ${JSON.stringify(now)}`,
  )
  return now ?? (await read(id))
}
const tried = async (content: string, more: object = {}): Promise<Import> => {
  const { status, body, text } = await begin(content, more)
  assert.equal(status, 202, text)
  return reaches(body.id, 'checked')
}
const run = async (id: string): Promise<Import> => {
  const { status, text } = await w.api('POST', `/meeting_imports/${id}/run`)
  assert.equal(status, 202, text)
  return reaches(id, 'done')
}
const atZoom = async (topic: string): Promise<AtZoom[]> =>
  (await w.zoom<{ meetings: AtZoom[] }>('GET', '/meetings')).meetings.filter((each) => each.topic === topic)
const deaf = () => w.zoom('POST', '/faults', { on: 'webhook', action: { drop: true }, times: null })
/** A meeting at Zoom of which nobody has told us. */
const unknown = async (topic: string, more: object = {}): Promise<string> => {
  await deaf()
  const { id } = await w.zoom<AtZoom>('POST', '/meetings', { host: 'ada@school.example', topic, ...more })
  return String(id)
}
const states = (rows: Row[]): Record<string, string> => Object.fromEntries(rows.map(({ line, state }) => [line, state]))

test('ids as people copy them are tried without a call to Zoom, then found and kept', async () => {
  const [first, second] = [await unknown('Found by number'), await unknown('Found by link')]
  const here = await w.api<{ zoom_meeting_id: string; id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Here before',
  })
  const content = [
    '\uFEFF',
    first.replace(/^(\d{3})(\d{4})/, '$1 $2 '),
    `https://zoom.us/j/${second}?pwd=abc`,
    here.body.zoom_meeting_id.replace(/^(\d{3})(\d{4})/, '$1-$2-'),
    first,
    'not a number',
    '99999999999',
  ].join('\r\n')
  const before = await w.calls()
  const dry = await tried(content, { format: 'ids' })
  assert.equal(await w.calls(), before)
  assert.deepEqual([dry.total, dry.done, dry.left, dry.run_at], [6, 6, 3, null])
  assert.deepEqual(states(await rowsOf(dry.id)), {
    2: 'will_find',
    3: 'will_find',
    4: 'already_here',
    5: 'refused',
    6: 'refused',
    7: 'will_find',
  })
  const done = await run(dry.id)
  const rows = await rowsOf(dry.id)
  assert.deepEqual(done.rows, {
    waiting: 0,
    will_create: 0,
    will_find: 0,
    will_place: 0,
    created: 0,
    found: 2,
    already_here: 1,
    refused: 3,
  })
  assert.deepEqual([rows[0]?.topic, rows[1]?.topic], ['Found by number', 'Found by link'])
  assert.equal(rows[2]?.meeting_id, here.body.id)
  assert.match(rows[3]?.message ?? '', /same as line 2/)
  assert.match(rows[4]?.message ?? '', /“not a number” is no meeting ID/)
  assert.match(rows[5]?.message ?? '', /No connected Zoom account has a meeting 99999999999/)
  const kept = await w.api<{ topic: string }>('GET', `/meetings/${rows[0]?.meeting_id}`)
  assert.equal(kept.body.topic, 'Found by number')
})

test('new meetings of a spreadsheet are made as its rows say, whatever separates its cells', async () => {
  const content = `\uFEFFTopic;Host;Start time;Timezone;Duration;Passcode;Agenda;settings.waiting_room
"Biology; cells";ADA@school.example;${day(5)} 14:30;Europe/Berlin;45;abc123;"Two
lines";yes
Chemistry;grace@school.example;${day(6).split('-').reverse().join('.')} 8:05;;50;;;
Physics;grace@school.example;${day(6)}T10:00:00+02:00;;50;;;`
  const before = await w.calls()
  const dry = await tried(content)
  assert.equal(await w.calls(), before, 'a dry run asks Zoom nothing')
  assert.deepEqual(states(await rowsOf(dry.id)), { 2: 'will_create', 3: 'will_create', 4: 'will_create' })
  await run(dry.id)
  const rows = await rowsOf(dry.id)
  assert.deepEqual(states(rows), { 2: 'created', 3: 'created', 4: 'created' }, JSON.stringify(rows))
  const biology = await w.api<{
    agenda: string
    duration: number
    timezone: string
    start_time: string
    password: string
    settings: Record<string, unknown>
  }>('GET', `/meetings/${rows[0]?.meeting_id}`)
  assert.equal(biology.body.agenda, 'Two\nlines')
  assert.deepEqual(
    [biology.body.duration, biology.body.timezone, biology.body.password],
    [45, 'Europe/Berlin', 'abc123'],
  )
  assert.equal(biology.body.settings['waiting_room'], true)
  const local = new Date(biology.body.start_time).toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' })
  assert.equal(local, `${day(5)} 14:30:00`)
  assert.equal((await atZoom('Chemistry')).length, 1)
  const { rows: kept } = await sql<{ n: number }>`select count(*)::int as n from meeting_import_row
    where import_id = ${dry.id} and asked ? 'password'`.execute(db)
  assert.equal(kept[0]?.n, 0, 'passcodes are not kept beside what they were for')

  const again = await tried(content)
  assert.deepEqual(states(await rowsOf(again.id)), { 2: 'already_here', 3: 'already_here', 4: 'already_here' })
  assert.equal((await w.api('POST', `/meeting_imports/${again.id}/run`)).status, 409)
})

test('each bad row says what is wrong with it, and stops no other', async () => {
  const header = 'meeting_id,kind,topic,host,start_time,timezone,duration,passcode,place_id,settings.audio'
  const good = `ada@school.example,${day(9)} 09:00,Europe/Berlin,30`
  const rows = [
    [`,,Good,${good},,,`, null],
    [`,,Good,${good},,,`, /same as line 2/],
    [',,No host,,,,,,,', /lacks host, start_time, duration/],
    [`,,Nobody,nobody@school.example,${day(9)} 09:00,Europe/Berlin,30,,,`, /nobody@school\.example is no user/],
    [`,,Past,ada@school.example,2020-02-03 09:00,Europe/Berlin,30,,,`, /is past/],
    [`,,No day,ada@school.example,2027-02-31 09:00,Europe/Berlin,30,,,`, /“2027-02-31 09:00” is no time/],
    [`,,American,ada@school.example,3/4/2027 9:00 AM,Europe/Berlin,30,,,`, /is no time that is understood/],
    [`,,Zone,ada@school.example,${day(9)} 09:00,Mars/Olympus,30,,,`, /“Mars\/Olympus” is no time zone/],
    [`,,Long,ada@school.example,${day(9)} 09:00,Europe/Berlin,2000,,,`, /from 1 to 1440/],
    [`,seminar,Kind,${good},,,`, /write meeting or webinar/],
    [`,,Passcode,${good},a secret with spaces,,`, /passcode does not do/i],
    [`,,Place,${good},,plc_nobody,`, /There is no place plc_nobody/],
    [`,,Option,${good},,,smoke`, /settings\.audio must be one of/],
    [`,,Cells,${good},,,,one,more`, /more cells than the header/],
    [`,,Last,${good},,,`, null],
    // What Zoom has not told us of a host it says when it is asked.
    [`,webinar,Webinar,alan@school.example,${day(9)} 09:00,Europe/Berlin,30,,,`, null],
  ] as const
  const dry = await tried([header, ...rows.map(([row]) => row)].join('\n'))
  const told = await rowsOf(dry.id)
  for (const [at, [row, wrong]] of rows.entries()) {
    assert.equal(told[at]?.state, wrong ? 'refused' : 'will_create', `${row}: ${told[at]?.message}`)
    if (wrong) assert.match(told[at]?.message ?? '', wrong)
  }
  const done = await run(dry.id)
  assert.deepEqual([done.rows['created'], done.rows['refused']], [2, rows.length - 2])
  assert.match((await rowsOf(dry.id)).at(-1)?.message ?? '', /no licence for webinars\. An administrator/)
  for (const { message } of await rowsOf(dry.id)) assert.doesNotMatch(message ?? '', /\bat .*\.ts:|Error:/)
})

test('what is no list at all is refused as a whole, in words', async () => {
  const refused = async (content: string, words: RegExp, more: object = {}) => {
    const { status, body } = await begin(content, more)
    assert.equal(status, 422)
    assert.match(body.detail ?? '', words)
  }
  await refused('', /is empty/)
  await refused('\n \n', /is empty/, { format: 'ids' })
  await refused('topic,host\n,\n', /holds no row/)
  await refused('topic,pascode\nA,b', /“pascode”.*known are meeting_id/)
  await refused('topic,topic\nA,b', /twice/)
  await refused('agenda\nA', /must name the columns/)
  await refused('topic,host\n"A,b', /no CSV that can be read/)
  await refused(`81234567890\n`.repeat(5001), /5,001 rows/, { format: 'ids' })
  await refused(`topic\n${'x'.repeat(2_000_000)}`, /larger than 1 MB/)
})

test('found, known and new meetings are put into the place that their row names, once', async () => {
  const { body: site } = await w.api<{ id: string }>('POST', '/site/places', { name: 'Our site' })
  const number = await unknown('To be shown')
  const content = `meeting_id,topic,host,start_time,timezone,duration,place_id,target.slug
${number},,,,,,${site.id},to-be-shown
,Shown at once,ada@school.example,${day(4)} 10:00,Europe/Berlin,30,${site.id},at-once
,Shown nowhere,ada@school.example,${day(4)} 11:00,Europe/Berlin,30,${site.id},No slug!`
  const dry = await tried(content)
  assert.match((await rowsOf(dry.id))[0]?.message ?? '', /Will be put into Our site/)
  await run(dry.id)
  const rows = await rowsOf(dry.id)
  assert.deepEqual(states(rows), { 2: 'found', 3: 'created', 4: 'created' })
  assert.equal(rows[0]?.message, 'Is in Our site')
  assert.match(rows[2]?.message ?? '', /could not be put into its place: .*slug/)
  const placed = await w.api<{ items: { place_id: string }[] }>('GET', `/meetings/${rows[0]?.meeting_id}/placements`)
  assert.equal(placed.body.items[0]?.place_id, site.id)

  const again = await tried(content)
  assert.deepEqual(states(await rowsOf(again.id)), { 2: 'already_here', 3: 'already_here', 4: 'will_place' })
})

test('a webinar is found by its number alone', async () => {
  await w.zoom('PATCH', '/people/ada@school.example', { webinar: true })
  const number = await unknown('A webinar', { kind: 'webinar' })
  const { id } = await tried(number, { format: 'ids' })
  await run(id)
  const [row] = await rowsOf(id)
  assert.equal(row?.state, 'found', row?.message ?? '')
  assert.equal((await w.api<{ kind: string }>('GET', `/meetings/${row.meeting_id}`)).body.kind, 'webinar')
})

test('a meeting whose answer was lost is not made twice', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/{userId}/meetings' },
    preset: 'lost_answer',
  })
  const { body } = await begin(
    `topic,host,start_time,timezone,duration\nLost answer,ada@school.example,${day(3)} 10:00,UTC,30\nAfter it,ada@school.example,${day(3)} 11:00,UTC,30`,
    { dry_run: false },
  )
  await reaches(body.id, 'done')
  assert.deepEqual(states(await rowsOf(body.id)), { 2: 'created', 3: 'created' })
  assert.equal((await atZoom('Lost answer')).length, 1)
  assert.equal((await atZoom('After it')).length, 1)
})

test('Zoom’s daily limit of a host makes an import wait, and nobody else of it', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/{userId}/meetings' },
    preset: 'meeting_user_daily_limit',
  })
  const { body } = await begin(
    `topic,host,start_time,timezone,duration
Over the limit,ada@school.example,${day(3)} 12:00,UTC,30
Over it too,ada@school.example,${day(3)} 13:00,UTC,30
Below the limit,grace@school.example,${day(3)} 12:00,UTC,30`,
    { dry_run: false },
  )
  await until(async () => (await read(body.id)).waits !== null, 'the import to wait')
  const waiting = await read(body.id)
  assert.equal(waiting.state, 'running')
  assert.ok(Date.parse(waiting.waits?.until ?? '') > Date.now())
  assert.deepEqual(states(await rowsOf(body.id)), { 2: 'will_create', 3: 'will_create', 4: 'created' })

  // The day is over.
  await sql`update quota_cap set used = 0`.execute(db)
  await sql`update meeting_import_row set not_before = now() where import_id = ${body.id} and not_before is not null`.execute(
    db,
  )
  await sql`update graphile_worker._private_jobs set run_at = now() where key = ${`meeting_import:${body.id}`}`.execute(
    db,
  )
  await reaches(body.id, 'done')
  assert.equal((await atZoom('Over the limit')).length, 1)
})

test('an import that is stopped begins no other row, and goes on when somebody says so', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/{userId}/meetings' },
    action: { delay_ms: 150 },
    times: null,
  })
  const rows = Array.from({ length: 20 }, (_, at) => `Stopped ${at},ada@school.example,${day(2)} 10:00,UTC,30`)
  const { body } = await begin(['topic,host,start_time,timezone,duration', ...rows].join('\n'), { dry_run: false })
  await until(async () => ((await read(body.id)).rows['created'] ?? 0) >= 2, 'two to be made')
  const { status } = await w.api('POST', `/meeting_imports/${body.id}/stop`)
  assert.equal(status, 200)
  assert.equal((await w.api('POST', `/meeting_imports/${body.id}/stop`)).status, 409)
  await until(async () => {
    const { rows: jobs } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs
      where key = ${`meeting_import:${body.id}`} and locked_at is not null`.execute(db)
    return jobs[0]?.n === 0
  }, 'the worker to let go')
  const stopped = await read(body.id)
  assert.equal(stopped.state, 'stopped')
  assert.ok(stopped.left > 10)
  const before = await w.calls()
  assert.equal(await w.calls(), before)
  await w.zoom('DELETE', '/faults')
  const done = await run(body.id)
  assert.equal(done.rows['created'], 20)
  for (let at = 0; at < 20; at++) assert.equal((await atZoom(`Stopped ${at}`)).length, 1)
  const { body: audit } = await w.api<{ items: { action: string }[] }>('GET', `/audit?object_id=${body.id}`)
  assert.deepEqual(
    audit.items.map(({ action }) => action),
    ['meeting_import.run', 'meeting_import.stopped', 'meeting_import.begun'],
  )
})

test('rows are listed by pages, found by state and words, and come as a table that no spreadsheet calculates with', async () => {
  const content = `topic,host,start_time,timezone,duration
=HYPERLINK("http://evil.example"),ada@school.example,${day(8)} 10:00,UTC,30
Plain,grace@school.example,${day(8)} 10:00,UTC,30
Third,nobody@school.example,${day(8)} 10:00,UTC,30`.replace(
    '=HYPERLINK("http://evil.example")',
    '"=HYPERLINK(""http://evil.example"")"',
  )
  const { id } = await tried(content)
  const path = `/meeting_imports/${id}/rows`
  const first = await w.api<{ items: Row[]; next_cursor: string }>('GET', `${path}?limit=2`)
  assert.deepEqual(
    first.body.items.map(({ line }) => line),
    [2, 3],
  )
  const second = await w.api<{ items: Row[]; next_cursor: null }>(
    'GET',
    `${path}?limit=2&cursor=${first.body.next_cursor}`,
  )
  assert.deepEqual([second.body.items.map(({ line }) => line), second.body.next_cursor], [[4], null])
  assert.equal((await w.api('GET', `${path}?cursor=bm8`)).status, 422)
  assert.deepEqual(states(await rowsOf(id, '&state=refused')), { 4: 'refused' })
  assert.deepEqual(states(await rowsOf(id, '&q=plain')), { 3: 'will_create' })
  const table = await w.api('GET', path, undefined, { accept: 'text/csv' })
  assert.match(table.headers.get('content-type') ?? '', /text\/csv/)
  assert.match(table.text, /^line,state,message,kind,/)
  assert.match(table.text, /"'=HYPERLINK\(""http/)
  assert.equal(table.text.trim().split('\r\n').length, 4)
  assert.equal((await w.api('GET', `${path}?format=csv&state=refused`)).text.trim().split('\r\n').length, 2)
})

test('an import of another workspace is not there, and is in nobody else’s list', async () => {
  const { id } = await tried('81234567890', { format: 'ids' })
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const headers = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  for (const [method, path] of [
    ['GET', ''],
    ['GET', '/rows'],
    ['POST', '/run'],
    ['POST', '/stop'],
  ] as const)
    assert.equal((await w.api(method, `/meeting_imports/${id}${path}`, undefined, headers)).status, 404, path)
  const list = await w.api<{ items: Import[] }>('GET', '/meeting_imports', undefined, headers)
  assert.deepEqual(list.body.items, [])
  const viewer = { authorization: `Bearer ${await w.key('viewer')}` }
  assert.equal((await begin('81234567890', { format: 'ids' })).status, 202)
  assert.equal((await w.api('POST', '/meeting_imports', { content: '1', format: 'ids' }, viewer)).status, 403)
})

test('rows of several batches are judged in the background', async () => {
  const rows = Array.from({ length: 120 }, (_, at) => `Row ${at},ada@school.example,${day(2)} 10:00,UTC,30`)
  const { body } = await begin(['topic,host,start_time,timezone,duration', ...rows].join('\n'))
  await until(async () => (await read(body.id)).state === 'checked', 'all to be judged')
  assert.equal((await read(body.id)).rows['will_create'], 120)
})

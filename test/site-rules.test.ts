import assert from 'node:assert/strict'
import { test } from 'node:test'
import { away, clockIn, dayIn, lasting, offsetIn, spanIn, zoneName } from '#hub/page/when.ts'
import type { Meeting, Occurrence } from '#hub/resources.ts'
import { calendarFile, calendarLinks } from '#integrations/site/calendar.ts'
import { show, type Shown } from '#integrations/site/shown.ts'
import { slugOf } from '#integrations/site/slug.ts'
import { saying } from '#integrations/site/words.ts'

const hub = { publicUrl: 'https://hub.example/greenroom' }
const at = (iso: string) => Date.parse(iso)

for (const [zone, iso, day, clock, offset] of [
  // The hours around four clock changes, in zones of full, three-quarter and half hours.
  ['America/New_York', '2026-03-08T06:30:00Z', 'Sunday, 8 March 2026', '01:30', 'UTC-05:00'],
  ['America/New_York', '2026-03-08T07:30:00Z', 'Sunday, 8 March 2026', '03:30', 'UTC-04:00'],
  ['America/New_York', '2026-11-01T05:30:00Z', 'Sunday, 1 November 2026', '01:30', 'UTC-04:00'],
  ['America/New_York', '2026-11-01T06:30:00Z', 'Sunday, 1 November 2026', '01:30', 'UTC-05:00'],
  ['Europe/Berlin', '2026-03-29T00:30:00Z', 'Sunday, 29 March 2026', '01:30', 'UTC+01:00'],
  ['Europe/Berlin', '2026-03-29T01:30:00Z', 'Sunday, 29 March 2026', '03:30', 'UTC+02:00'],
  ['Europe/Berlin', '2026-10-25T00:30:00Z', 'Sunday, 25 October 2026', '02:30', 'UTC+02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', 'Sunday, 25 October 2026', '02:30', 'UTC+01:00'],
  ['Asia/Kathmandu', '2026-11-22T20:00:00Z', 'Monday, 23 November 2026', '01:45', 'UTC+05:45'],
  ['Australia/Lord_Howe', '2026-06-01T12:00:00Z', 'Monday, 1 June 2026', '22:30', 'UTC+10:30'],
  ['Australia/Lord_Howe', '2026-12-01T12:00:00Z', 'Tuesday, 1 December 2026', '23:00', 'UTC+11:00'],
  ['UTC', '2026-12-01T00:00:00Z', 'Tuesday, 1 December 2026', '00:00', 'UTC'],
  // Zones that nobody knows.
  ['Mars/Olympus_Mons', '2026-12-01T00:00:00Z', 'Tuesday, 1 December 2026', '00:00', 'UTC'],
  ['', '2026-12-01T00:00:00Z', 'Tuesday, 1 December 2026', '00:00', 'UTC'],
] as const) {
  test(`${iso} is ${day}, ${clock} in ${zone}, ${offset} on that day`, () => {
    assert.deepEqual([dayIn(zone, iso), clockIn(zone, iso), offsetIn(zone, iso)], [day, clock, offset])
  })
}

test('a meeting past midnight names the day on which it ends', () => {
  assert.equal(spanIn('UTC', '2026-11-22T10:00:00Z', '2026-11-22T11:30:00Z'), '10:00–11:30')
  assert.equal(spanIn('UTC', '2026-11-22T23:00:00Z', '2026-11-23T00:30:00Z'), '23:00–Monday, 23 November 2026, 00:30')
})

for (const [ms, words] of [
  [0, 'a moment'],
  [1, '1 minute'],
  [59 * 60_000, '59 minutes'],
  [3_600_000, '1 hour'],
  [3_660_000, '1 hour and 1 minute'],
  [86_400_000, '1 day'],
  [86_400_000 * 100 + 3_600_000, '100 days and 1 hour'],
  [86_400_000 + 60_000, '1 day'],
  [-5, 'a moment'],
] as const) {
  test(`${ms} ms are ${words}`, () => assert.equal(away(ms), words))
}

test('durations and zones as people say them', () => {
  assert.deepEqual([0, 45, 60, 90].map(lasting), ['0 min', '45 min', '1 h', '1 h 30 min'])
  assert.equal(zoneName('America/Argentina/Buenos_Aires'), 'Buenos Aires time')
})

for (const [words, slug] of [
  ['Office hours', 'office-hours'],
  ['  Für Straße & Œuvre! ', 'fur-strasse-uvre'],
  ['数学', 'meeting'],
  ['---', 'meeting'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a'.repeat(200), 'a'.repeat(48)],
  [`${'a'.repeat(47)} b`, 'a'.repeat(47)],
] as const) {
  test(`“${words.slice(0, 20)}” makes the slug ${slug.slice(0, 20)}`, () => assert.equal(slugOf(words), slug))
}

test('a page says what is next, in the words of its state', () => {
  const meeting = { start_time: '2026-11-23T10:00:00.000Z', duration: 60 }
  const said = (now: string, more: Partial<Meeting> = {}) =>
    saying(shown({ ...meeting, ...more }, [], at(now)), at(now))
  assert.equal(said('2026-11-22T09:00:00Z'), 'Starts in 1 day and 1 hour. The doors open 15 minutes before.')
  assert.equal(said('2026-11-23T09:50:00Z'), 'Starts in 10 minutes. You can come in now.')
  assert.equal(said('2026-11-23T10:00:00Z'), 'You can come in now.')
  assert.equal(said('2026-11-22T09:00:00Z', { state: 'started' }), 'The meeting is on. Come in.')
  assert.equal(said('2026-11-23T11:00:01Z'), 'This meeting is over.')
  assert.equal(said('2026-11-22T09:00:00Z', { state: 'gone' }), 'This meeting was called off.')
  assert.equal(said('2026-11-22T09:00:00Z', { type: 3, start_time: null }), 'You can come in now.')
})

test('what must be known before joining stands on the page, by Zoom’s settings', () => {
  const notes = (settings: Record<string, unknown>) => shown({ settings }).notes.length
  assert.equal(notes({}), 0)
  assert.equal(notes({ approval_type: 2, waiting_room: false, meeting_authentication: false }), 0)
  assert.equal(notes({ approval_type: 0, waiting_room: true, meeting_authentication: true }), 3)
})

test('of an invitation that was pasted into the agenda no line is shown that leads into Zoom past the page', () => {
  const agenda = [
    'Bring your books on 23 November.',
    'Join: https://us05web.zoom.us/j/81234567890?pwd=secret',
    'Meeting ID: 812 3456 7890',
    'ID 812-3456-7890',
    'Passcode: secret',
    'See you!',
  ].join('\n')
  assert.equal(shown({ agenda }).agenda, 'Bring your books on 23 November.\nSee you!')
  assert.equal(shown({ agenda: 'Meeting ID: 812 3456 7890' }).agenda, null)
})

test('a page’s version changes with what a reader would see, and with nothing else', () => {
  const version = (more: Partial<Meeting>, now = at('2026-11-22T09:00:00Z')) => shown(more, [], now).version
  const plain = version({})
  assert.equal(version({}, at('2026-11-22T09:30:00Z')), plain)
  assert.equal(version({ password: 'other', join_url: 'https://zoom.us/j/1' }), plain)
  for (const change of [{ topic: 'Other' }, { state: 'started' }, { duration: 30 }, { agenda: 'More' }] as const)
    assert.notEqual(version(change), plain)
})

test('calendar links name the page, and Zoom nowhere', () => {
  const links = calendarLinks(hub, shown({ topic: 'Q & A\r\nEND:VCALENDAR' }))
  assert.deepEqual(
    links.map(({ name }) => name),
    ['Google', 'Outlook.com', 'Office 365', 'Yahoo', 'File (.ics)', 'Subscribe'],
  )
  const google = new URL(links[0]?.href ?? '').searchParams
  assert.equal(google.get('text'), 'Q & A END:VCALENDAR')
  assert.equal(google.get('dates'), '20261123T100000Z/20261123T110000Z')
  assert.equal(google.get('location'), 'https://hub.example/greenroom/m/seminar')
  assert.equal(links[4]?.href, 'https://hub.example/greenroom/m/seminar/calendar.ics')
  assert.equal(links[5]?.href, 'webcal://hub.example/greenroom/m/seminar/calendar.ics')
  assert.deepEqual(calendarLinks(hub, shown({ type: 3, start_time: null })), [])
})

test('a calendar read twice changes entries instead of adding them, and no clock change moves a run', () => {
  const weekly = ['2026-03-22T09:00:00.000Z', '2026-03-29T08:00:00.000Z', '2026-04-05T08:00:00.000Z'].map(
    (start_time, index): Occurrence => ({
      occurrence_id: `${index + 1}`,
      start_time,
      duration: 60,
      status: index === 1 ? 'deleted' : 'available',
      agenda: null,
      settings: {},
    }),
  )
  const first = calendarFile(hub, 'Seminar', [shown({ type: 8 }, weekly, at('2026-03-01T00:00:00Z'))])
  assert.deepEqual(lines(first, 'UID'), ['UID:pla_1-1@greenroom', 'UID:pla_1-2@greenroom', 'UID:pla_1-3@greenroom'])
  assert.deepEqual(lines(first, 'DTSTART'), [
    'DTSTART:20260322T090000Z',
    'DTSTART:20260329T080000Z',
    'DTSTART:20260405T080000Z',
  ])
  assert.deepEqual(lines(first, 'STATUS'), ['STATUS:CONFIRMED', 'STATUS:CANCELLED', 'STATUS:CONFIRMED'])
  const moved = weekly.map((run) =>
    run.occurrence_id === '3' ? { ...run, start_time: '2026-04-06T08:00:00.000Z' } : run,
  )
  const changed_at = '2026-11-21T10:00:00.000Z'
  const second = calendarFile(hub, 'Seminar', [shown({ type: 8, changed_at }, moved, at('2026-03-01T00:00:00Z'))])
  assert.deepEqual(lines(second, 'UID'), lines(first, 'UID'))
  assert.equal(lines(second, 'DTSTART')[2], 'DTSTART:20260406T080000Z')
  const sequence = (file: string) => Number(lines(file, 'SEQUENCE')[0]?.split(':')[1])
  assert.ok(sequence(second) > sequence(first))
  const soon = { type: 8, changed_at: '2026-11-21T10:00:01.000Z' }
  const third = calendarFile(hub, 'Seminar', [shown(soon, moved, at('2026-03-01T00:00:00Z'))])
  assert.ok(sequence(third) > sequence(second) && sequence(third) < 2 ** 31)
  assert.equal(first, calendarFile(hub, 'Seminar', [shown({ type: 8 }, weekly, at('2026-03-01T00:00:00Z'))]))
})

test('lines of a calendar end as RFC 5545 says, are folded by bytes and keep hostile topics inside their line', () => {
  const topic = `${'🎓'.repeat(40)}; a, b \\ c\r\nATTACH:evil`
  const file = calendarFile(hub, topic, [shown({ topic })])
  assert.ok(file.endsWith('END:VCALENDAR\r\n'))
  for (const line of file.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.doesNotMatch(line, /[\r\n\uFFFD]|^ATTACH/)
  }
  assert.ok(file.replaceAll('\r\n ', '').includes(`SUMMARY:${'🎓'.repeat(40)}\\; a\\, b \\\\ c ATTACH:evil\r\n`))
})

const lines = (file: string, name: string): string[] => file.split('\r\n').filter((line) => line.startsWith(`${name}:`))

function shown(more: Partial<Meeting>, occurrences: Occurrence[] = [], now = at('2026-11-22T09:00:00Z')): Shown {
  return show(
    { slug: 'seminar', placement_id: 'pla_1', visibility: 'public' },
    { ...meeting, ...more },
    occurrences,
    now,
  )
}

const meeting: Meeting = {
  id: 'mtg_1',
  zoom_meeting_id: '81234567890',
  kind: 'meeting',
  connection_id: 'zoc_1',
  state: 'scheduled',
  type: 2,
  topic: 'Seminar',
  agenda: null,
  host_id: 'host',
  host_email: 'ada@school.example',
  start_time: '2026-11-23T10:00:00.000Z',
  duration: 60,
  timezone: 'Europe/Berlin',
  next_start_time: null,
  join_url: 'https://us05web.zoom.us/j/81234567890?pwd=secret',
  password: 'secret',
  recurrence: null,
  tracking_fields: [],
  settings: {},
  revision: 1,
  created_at: '2026-11-20T10:00:00.000Z',
  last_ended_at: null,
  changed_at: '2026-11-20T10:00:00.000Z',
}

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Browser, wordsOf } from './lti-browser.ts'
import { lmsOf } from './lti-lms.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const lms = lmsOf(w)

const grades = async () =>
  (await lms.grades()).grades.map(({ user, score, maximum, comment }) => ({
    user,
    score: Math.round(score),
    maximum,
    comment,
  }))

const minutes = (count: number) => w.zoom('POST', '/clock', { advance_s: count * 60 })
const local = (at: number): string => new Date(at).toISOString().slice(0, 16)
/** Further ahead than the doors open, and over before the simulator's token is. */
const start = Math.ceil(Date.now() / 60_000) * 60_000 + 18 * 60_000

let place_id = ''
let activity = ''
let zoom_meeting_id = ''
let meeting_id = ''

test('an administrator pastes one URL into the LMS, and the LMS is a place', async () => {
  const { body } = await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name: 'School Moodle' })
  const { location } = await lms.control<{ location: string }>('POST', '/register', { url: body.registration_url })
  const browser = new Browser()
  const asked = await browser.open(location)
  assert.match(wordsOf(asked.text), /Connect 127\.0\.0\.1/)
  const done = await browser.submit(asked)
  assert.match(wordsOf(done.text), /is now the place “School Moodle”/)
  assert.match(done.text, /org\.imsglobal\.lti\.close/)
  const [tool] = (await lms.state()).tools
  assert.deepEqual([tool?.state, tool?.scopes.length], ['pending', 5])
  const [platform] = (
    await w.api<{ items: { place_id: string; issuer: string; deployment_ids: string[] }[] }>('GET', '/lti/platforms')
  ).body.items
  assert.deepEqual([platform?.issuer, platform?.deployment_ids], [lms.url, [tool?.type_id]])
  place_id = platform?.place_id ?? ''
  const places = (await w.api<{ items: { id: string; name: string }[] }>('GET', '/places')).body.items
  assert.deepEqual(
    places.map(({ id, name }) => [id, name]),
    [[place_id, 'School Moodle']],
  )
  assert.equal((await browser.submit(asked)).status, 404, 'the URL is good once')
})

test('the form begins with what the workspace has decided, and offers no series where nobody may have one', async () => {
  await lms.control('POST', '/activate', { tool: '1' })
  const usual = await lms.launch('ada', { tool: '1' })
  assert.match(usual.text, /name="duration"[^>]*value="60"/)
  assert.match(usual.text, /name="weekly"/)
  const decided = { duration: { rule: 'decides', value: 45 }, timezone: { rule: 'decides', value: 'Europe/Berlin' } }
  for (const [option, body] of Object.entries({ ...decided, recurrence: { rule: 'never' } }))
    assert.equal((await w.api('PUT', `/meeting_defaults/${option}`, body)).status, 200)
  const before = await w.calls()
  const form = await lms.launch('ada', { tool: '1' })
  assert.match(form.text, /name="duration"[^>]*value="45"/)
  assert.match(form.text, /value="Europe\/Berlin" selected/)
  assert.doesNotMatch(form.text, /name="weekly"|Every week/)
  // Somebody who has had the page open since before.
  const late = { title: 'Algebra', start: local(start), timezone: 'UTC', duration: '30', weekly: 'on', times: '3' }
  const refused = await form.browser.submit(form, late)
  assert.equal(refused.status, 422)
  assert.match(wordsOf(refused.text), /an administrator of Greenroom has switched it off for all/)
  assert.doesNotMatch(refused.text, /name="weekly"/)
  assert.equal(await w.calls(), before)
  for (const option of ['duration', 'timezone', 'recurrence']) await w.api('DELETE', `/meeting_defaults/${option}`)
})

test('a teacher plans the meeting while adding it to the course: one call to Zoom', async () => {
  await lms.control('POST', '/activate', { tool: '1' })
  const before = await w.calls()
  const form = await lms.launch('ada', { tool: '1' })
  assert.match(wordsOf(form.text), /Plan a Zoom meeting/)
  const plan = {
    title: 'Algebra <I>',
    start: local(start),
    timezone: 'UTC',
    duration: '30',
    graded: 'on',
    points: '60',
    policy: 'best',
    weekly: 'on',
    times: '3',
  }
  const wrong = await form.browser.submit(form, { ...plan, title: '' })
  assert.equal(wrong.status, 422)
  assert.match(wordsOf(wrong.text), /Give it a title/)
  assert.equal(await w.calls(), before, 'nothing was asked of Zoom for it')
  // Clicked twice: both are answered, and it is one meeting.
  const [chosen, again] = await Promise.all([form.browser.submit(form, plan), form.browser.submit(form, plan)])
  for (const each of [chosen, again]) assert.match(wordsOf(each.text), /Algebra <I> graded, maximum 60/)
  await form.browser.submit(chosen)
  assert.equal((await w.calls()) - before, 1)
  const lmsState = await lms.state()
  activity = lmsState.activities[0]?.cmid ?? ''
  assert.equal(lmsState.activities.length, 1)
  assert.deepEqual(
    lmsState.bot_visits.map(({ status }) => status),
    [403],
    'the LMS’s robot is answered',
  )
  const [meeting] = (
    await w.api<{ items: { id: string; zoom_meeting_id: string; topic: string; host_email: string }[] }>(
      'GET',
      '/meetings',
    )
  ).body.items
  assert.deepEqual([meeting?.topic, meeting?.host_email], ['Algebra <I>', 'ada@school.example'])
  zoom_meeting_id = meeting?.zoom_meeting_id ?? ''
  meeting_id = meeting?.id ?? ''
})

test('a student sees when it is, and the way in once the doors open; nobody asks Zoom', async () => {
  const before = await w.calls()
  const shown = await lms.launch('grace', { activity })
  assert.equal(shown.status, 200)
  assert.match(wordsOf(shown.text), /Algebra <I> Planned Next meeting/)
  assert.match(wordsOf(shown.text), /You can join from/)
  assert.ok(!shown.text.includes('/j/'), 'no way in yet')
  assert.ok(!shown.text.includes('Algebra <I>'), 'text is text')
  const teacher = await lms.launch('ada', { activity })
  const door = /href="([^"]*\/j\/[^"]+)"/.exec(teacher.text)?.[1] ?? ''
  assert.match(wordsOf(teacher.text), /Start the meeting/)
  assert.match(wordsOf((await new Browser().open(door)).text), /Ada Lovelace ?, the host/)
  assert.equal(await w.calls(), before)
  const placements = (
    await w.api<{ items: { place_id: string; title: string }[] }>('GET', `/meetings/${meeting_id}/placements`)
  ).body
  assert.deepEqual(
    placements.items.map((each) => [each.place_id, each.title]),
    [[place_id, 'Algebra <I>']],
  )
})

test('after the class the teacher sees who was there, and the LMS has the grade, although it was down at first', async () => {
  const before = await w.calls()
  await minutes((start - Date.now()) / 60_000)
  const at = `/meetings/${zoom_meeting_id}`
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.zoom('POST', `${at}/join`, { name: 'gracie', email: 'grace@school.example' })
  await w.zoom('POST', `${at}/join`, { name: '(5) Alan Turing' })
  await w.zoom('POST', `${at}/recording`, { action: 'start' })
  await w.settled()
  const live = await lms.launch('ada', { activity })
  assert.match(wordsOf(live.text), /Live now/)
  assert.match(wordsOf(live.text), /there now/)
  await minutes(15)
  await w.zoom('POST', `${at}/leave`, { name: 'gracie' })
  await minutes(15)
  await lms.control('POST', '/fault', { status: 503, times: 1 })
  await w.zoom('POST', `${at}/end`, {})
  await w.settled()
  await until(async () => (await grades()).length > 0, 'the grade')
  await until(
    async () => /Confirmed by Zoom’s report/.test(wordsOf((await lms.launch('ada', { activity })).text)),
    'the report to have been read',
  )
  assert.equal((await w.calls()) - before, 1, 'the report is the only call')
  assert.deepEqual(await grades(), [{ user: 'Grace Hopper', score: 30, maximum: 60, comment: '15 of 30 minutes' }])
  const teacher = wordsOf((await lms.launch('ada', { activity })).text)
  assert.match(teacher, /Grace Hopper 15 50 % 30(\.\d+)? in the gradebook/)
  assert.match(teacher, /Not matched to anybody in the course .*\(5\) Alan Turing 30 100 % 60/, 'a name proves nothing')
})

test('the recording is listed for the course, and learners see their own grade alone', async () => {
  await until(async () => /Recordings/.test(wordsOf((await lms.launch('grace', { activity })).text)), 'the recording')
  const student = wordsOf((await lms.launch('grace', { activity })).text)
  assert.match(student, /Your attendance so far: 50 % , 30(\.\d+)? of 60 points/)
  assert.ok(!student.includes('Not matched'))
  assert.ok(!wordsOf((await lms.launch('alan', { activity })).text).includes('Your attendance'))
})

test('a recording that is hidden, in the course or everywhere, is not in the course, and who hid it is in the audit log', async () => {
  const shows = async () => /Recordings/.test(wordsOf((await lms.launch('ada', { activity })).text))
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', `/recordings?meeting_id=${meeting_id}`)).body
  const all = async (body: object) => {
    for (const { id } of items) {
      const answer = await w.api('PATCH', `/recordings/${id}`, body)
      assert.equal(answer.status, 200, answer.text)
    }
  }
  assert.ok(await shows())
  await all({ visibility: 'hidden', place_id })
  assert.ok(!(await shows()))
  await all({ visibility: 'shown', place_id })
  assert.ok(await shows())
  await all({ visibility: 'hidden' })
  assert.ok(!(await shows()))
  const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'School site' })).body
  await all({ visibility: 'shown' })
  await all({ visibility: 'hidden', place_id: site.id })
  assert.ok(await shows(), 'another place is another matter')
  await w.api('DELETE', `/places/${site.id}`)
  const audit = await w.api<{ items: { action: string }[] }>('GET', `/audit?action=recording&object_id=${meeting_id}`)
  assert.deepEqual([...new Set(audit.body.items.map(({ action }) => action))].toSorted(), [
    'recording.hidden',
    'recording.shown',
  ])
  const nowhere = await w.api('PATCH', `/recordings/${items[0]?.id}`, { visibility: 'hidden', place_id: 'plc_nobody' })
  assert.equal(nowhere.status, 404)
})

test('what is held outside of the plan is said to the teacher, counts for nobody, and sends nothing again', async () => {
  const before = await lms.grades()
  await minutes(10)
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/start`, {})
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Ada Lovelace', email: 'ada@school.example' })
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Grace Hopper', email: 'grace@school.example' })
  await minutes(5)
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/end`, {})
  await w.settled()
  const confirmed = async () =>
    [...wordsOf((await lms.launch('ada', { activity })).text).matchAll(/Confirmed by Zoom’s report/g)].length === 2
  await until(confirmed, 'the second report')
  assert.match(wordsOf((await lms.launch('ada', { activity })).text), /This is outside of the planned time/)
  assert.deepEqual(await lms.grades(), before)
})

test('the same LMS registers us again: the place is brought up to date, and stays one', async () => {
  const { body } = await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name: 'Again' })
  const { location } = await lms.control<{ location: string }>('POST', '/register', {
    url: body.registration_url,
    type: '1',
  })
  const browser = new Browser()
  assert.match(wordsOf((await browser.submit(await browser.open(location))).text), /Connected/)
  assert.equal((await w.api<{ items: unknown[] }>('GET', '/places')).body.items.length, 1)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Meeting, Occurrence } from '#hub/resources.ts'
import { atZoom } from '../at-zoom.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { passesAxe } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })

const viewer = { locale: 'en-GB', timezoneId: 'America/New_York' } satisfies BrowserContextOptions
const signedIn = { ...viewer, storageState: await stateAfter(link.url) } satisfies BrowserContextOptions

await atZoom(w, 'POST', '/users/grace@school.example/assistants', { assistants: [{ email: 'ada@school.example' }] })
await atZoom(w, 'PATCH', '/users/ada@school.example/settings', { schedule_meeting: { host_video: true } })
await atZoom(w, 'POST', '/tracking_fields', { field: 'Cost centre', recommended_values: ['Maths', 'Physics'] })

const found = async (topic: string): Promise<Meeting> => {
  const { body } = await w.api<{ items: Meeting[] }>('GET', `/meetings?q=${encodeURIComponent(topic)}`)
  assert.equal(body.items.length, 1)
  return body.items[0] as Meeting
}
const occurrencesOf = async (id: string): Promise<Occurrence[]> =>
  (await w.api<{ items: Occurrence[] }>('GET', `/meetings/${id}/occurrences`)).body.items

/** In the page: whether what is told can be seen without scrolling. */
const noticeInSight = `(() => {
  const { top, bottom } = document.querySelector('form [role=alert]').getBoundingClientRect()
  return top >= 0 && bottom <= innerHeight
})()`

/** Opens a group of options and gives its fields. */
async function group(form: Locator, name: string): Promise<Locator> {
  const section = form.locator('details', { has: form.page().locator('summary', { hasText: name }) })
  await section.locator('summary').click()
  return section
}

test('a weekly meeting over a change of the clocks is scheduled with options: only what was touched reaches Zoom', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Spring seminar')
  await form.getByText('What holds when nothing is chosen depends on the host').waitFor()
  await form.getByRole('combobox', { name: 'Host' }).fill('ada')
  await page.getByRole('option', { name: /ada@school.example/ }).click()

  await form.getByLabel('Starts').fill('2031-03-10T15:00')
  await form.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin')
  await page.getByRole('option', { name: 'Europe/Berlin' }).click()
  await form.getByLabel('Repeats').selectOption('week')
  await form.getByLabel('Times in all').fill('4')

  // New York has changed its clocks on 9 March, Berlin does on the 30th.
  const preview = form.getByRole('table', { name: 'Preview' })
  await until(async () => (await preview.locator('tbody tr').count()) === 4, 'four dates')
  assert.deepEqual(await preview.locator('th').allInnerTexts(), ['Europe/Berlin', 'America/New_York'])
  const dates = await preview.locator('tbody tr').allInnerTexts()
  assert.match(dates[0] ?? '', /10 Mar 2031, 15:00[\s\S]*10 Mar 2031, 10:00/)
  assert.match(dates[3] ?? '', /31 Mar 2031, 15:00\s*after the clocks were changed[\s\S]*31 Mar 2031, 09:00/)

  const media = await group(form, 'Sound, video, recording')
  const video = media.getByLabel('Host’s video is on')
  await until(async () => (await video.innerText()).includes('Default: on'), 'Ada’s own default')
  await media.getByLabel('Record automatically').selectOption('cloud')
  const access = await group(form, 'Access')
  await access.getByRole('button', { name: 'Suggest one' }).click()
  await access.getByLabel('Waiting room').selectOption('on')
  assert.match(await access.getByLabel('Encryption').innerText(), /End to end/)
  await access.getByText('End-to-end encryption is off').waitFor()
  const people = await group(form, 'People')
  await people.getByRole('combobox', { name: 'Alternative hosts', exact: true }).fill('grace')
  await page.getByRole('option', { name: /Grace Hopper/ }).click()
  await people.getByRole('button', { name: 'Add a room' }).click()
  await people.getByLabel('Name of room 1').fill('Red')
  const more = await group(form, 'More')
  await more.getByLabel('Cost centre').fill('Maths')
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  await page.getByRole('heading', { name: 'Spring seminar', level: 1 }).waitFor()

  const { password, ...rest } = (await planned()).body
  assert.match(String(password), /^\S{8,10}$/)
  assert.deepEqual(rest, {
    topic: 'Spring seminar',
    type: 8,
    start_time: '2031-03-10T15:00:00',
    duration: 60,
    timezone: 'Europe/Berlin',
    recurrence: { type: 2, repeat_interval: 1, weekly_days: '2', end_times: 4 },
    tracking_fields: [{ field: 'Cost centre', value: 'Maths' }],
    settings: {
      auto_recording: 'cloud',
      waiting_room: true,
      alternative_hosts: 'grace@school.example',
      breakout_room: { enable: true, rooms: [{ name: 'Red', participants: [] }] },
    },
  })
  const { id } = await found('Spring seminar')
  assert.deepEqual(
    (await occurrencesOf(id)).map(({ start_time }) => start_time.slice(0, 16)),
    ['2031-03-10T14:00', '2031-03-17T14:00', '2031-03-24T14:00', '2031-03-31T13:00'],
  )

  await page.getByRole('tab', { name: 'Occurrences' }).click()
  await page.getByRole('table', { name: 'Occurrences' }).getByRole('button', { name: 'Edit' }).nth(1).click()
  const moving = page.getByRole('dialog', { name: 'Edit this occurrence' })
  assert.equal(await moving.getByLabel('Starts').inputValue(), '2031-03-17T15:00', 'in the meeting’s own zone')
  await moving.getByLabel('Starts').fill('')
  await moving.getByLabel('Starts').fill('2031-03-18T16:30')
  await moving.getByLabel('Agenda').fill('In the garden')
  const own = await group(moving, 'Access')
  await own.getByLabel('Waiting room').selectOption('off')
  assert.equal(await moving.getByText('Audio', { exact: true }).count(), 0, 'what only the series has')
  await moving.getByRole('button', { name: 'Save occurrence' }).click()
  await moving.waitFor({ state: 'hidden' })
  const [, moved] = await occurrencesOf(id)
  assert.deepEqual([moved?.agenda, moved?.settings], ['In the garden', { waiting_room: false }])
  assert.equal((await occurrencesOf(id))[1]?.start_time, '2031-03-18T15:30:00.000Z')
})

test('why a Basic host cannot have something stands at the option', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByRole('combobox', { name: 'Host' }).fill('alan@school.example')
  await form.getByText('The host has no licence for webinars').waitFor()
  const people = await group(form, 'People')
  await people.getByText('An alternative host needs a Licensed host').waitFor()
  await people.getByText('Nobody has given alan@school.example the scheduling privilege').waitFor()
  const media = await group(form, 'Sound, video, recording')
  assert.ok(await media.getByLabel('Record automatically').locator('option', { hasText: 'In the cloud' }).isDisabled())
  await media.getByText('Recording in the cloud needs a Licensed host').waitFor()
})

/** The body of the last request to Zoom that planned something. */
async function planned(): Promise<{ path: string; body: Record<string, unknown> }> {
  const { calls } = await w.zoom<{ calls: { method: string; path: string; body: Record<string, unknown> }[] }>(
    'GET',
    '/calls?last=20',
  )
  const found = calls.findLast(({ method, path }) => method === 'POST' && /\/(meetings|webinars)$/.test(path))
  assert.ok(found)
  return found
}

test('a webinar has its own options: what was chosen for a meeting before is not sent', async (t) => {
  await atZoom(w, 'PATCH', '/users/grace@school.example/settings', {
    feature: { webinar: true, webinar_capacity: 500 },
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Open lecture')
  await form.getByRole('combobox', { name: 'Host' }).fill('grace@school.example')
  const access = await group(form, 'Access')
  await access.getByLabel('Waiting room').selectOption('on')
  await form.getByText('Webinar', { exact: true }).click()
  assert.equal(await access.getByLabel('Waiting room').count(), 0)
  const more = await group(form, 'More')
  await more.getByLabel('Practice session').selectOption('on')
  await form.getByLabel('Starts').fill('2031-03-10T15:00')
  await form.getByRole('button', { name: 'Schedule webinar' }).click()
  await page.getByRole('heading', { name: 'Open lecture', level: 1 }).waitFor()
  const { path, body } = await planned()
  assert.match(path, /\/webinars$/)
  assert.deepEqual([body['type'], body['settings']], [5, { practice_session: true }])
})

test('a series is told in words: on which day of the month, and until when', async (t) => {
  const { body } = await w.api<Meeting>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Board',
    start_time: '2031-01-31T18:00:00',
    timezone: 'America/New_York',
    duration: 60,
    recurrence: { type: 3, monthly_week: -1, monthly_week_day: 6, end_date_time: '2031-04-26T03:59:59Z' },
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByText('Every month on the last Fri, until 25 Apr 2031').waitFor()
})

test('a room without a fixed time has neither start nor dates, and is edited without', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Open door')
  await form.getByRole('combobox', { name: 'Host' }).fill('ada@school.example')
  await form.getByLabel('Repeats').selectOption('untimed')
  assert.equal(await form.getByLabel('Starts').count(), 0)
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  await page.getByRole('heading', { name: 'Open door', level: 1 }).waitFor()
  assert.deepEqual((await planned()).body, { topic: 'Open door', type: 3 })

  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const edit = page.getByRole('dialog', { name: 'Edit meeting' })
  assert.equal(await edit.getByLabel('Starts').count(), 0)
  await edit.getByLabel('Agenda').fill('Come in')
  await edit.getByRole('button', { name: 'Save changes' }).click()
  await edit.waitFor({ state: 'hidden' })
  await page.getByText('Come in', { exact: true }).waitFor()
})

test('a meeting is handed over from its form, and what Zoom refuses stands at the field', async (t) => {
  const { body } = await w.api<Meeting>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'To be handed over',
    start_time: '2031-07-07T08:00:00Z',
    duration: 60,
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Edit meeting' })
  const people = await group(form, 'People')
  const to = people.getByRole('combobox', { name: 'Hand over to another host' })
  await to.fill('alan@school.example')
  await form.getByRole('button', { name: 'Save changes' }).click()
  await form
    .getByText(/alan@school\.example/)
    .first()
    .waitFor()
  await form.getByRole('alert').first().waitFor()
  await to.fill('grace@school.example')
  await form.getByRole('button', { name: 'Save changes' }).click()
  await form.waitFor({ state: 'hidden' })
  const { body: after } = await w.api<Meeting>('GET', `/meetings/${body.id}`)
  assert.equal(after.host_email, 'grace@school.example')
})

test('what Zoom takes and leaves out is told before the meeting is shown', async (t) => {
  const { body } = await w.api<Meeting>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Half taken',
    start_time: '2031-08-04T08:00:00Z',
    duration: 60,
    password: '',
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Edit meeting' })
  const access = await group(form, 'Access')
  // What neither a passcode nor a sign-in protects keeps its waiting room at Zoom.
  await access.getByLabel('Waiting room').selectOption('off')
  await form.getByRole('button', { name: 'Save changes' }).click()
  const told = form.getByRole('table', { name: 'What Zoom has left out' })
  assert.match(await told.getByRole('row', { name: /^Waiting room/ }).innerText(), /off[\s\S]*on/)
  await form.getByRole('button', { name: 'Go to the meeting' }).click()
  await form.waitFor({ state: 'hidden' })
})

test('a meeting is planned without a passcode, is given one of its own, and loses it again', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Open house')
  await form.getByRole('combobox', { name: 'Host' }).fill('ada')
  await page.getByRole('option', { name: /ada@school.example/ }).click()
  const access = await group(form, 'Access')
  const kind = access.getByLabel('Passcode', { exact: true })
  assert.equal(await kind.inputValue(), 'untouched')
  await kind.selectOption('none')
  await access.getByLabel('Waiting room').selectOption('on')
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  await page.getByRole('heading', { name: 'Open house', level: 1 }).waitFor()
  assert.equal((await planned()).body['password'], '')
  assert.equal((await found('Open house')).password, '')

  const edit = async (change: (of: Locator) => Promise<void>) => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit meeting' })
    await change(await group(dialog, 'Access'))
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
  await edit(async (of) => {
    assert.equal(await of.getByLabel('Passcode', { exact: true }).inputValue(), 'none')
    await of.getByLabel('Passcode', { exact: true }).selectOption('own')
    await of.getByLabel('The passcode').fill('')
    assert.equal(await of.getByLabel('Passcode', { exact: true }).inputValue(), 'own', 'while it is typed')
    await of.getByLabel('The passcode').fill('house-1')
  })
  assert.equal((await found('Open house')).password, 'house-1')
  await edit(async (of) => {
    assert.equal(await of.getByLabel('The passcode').inputValue(), 'house-1')
    await of.getByLabel('Passcode', { exact: true }).selectOption('none')
  })
  assert.equal((await found('Open house')).password, '')
})

test('where the account’s administrators want a passcode, none cannot be chosen, and that says why', async (t) => {
  await sql`update host_settings set locks = ${JSON.stringify({
    schedule_meeting: { require_password_for_scheduling_new_meetings: true },
  })}`.execute(w.server.hub.db)
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByRole('combobox', { name: 'Host' }).fill('ada')
  await page.getByRole('option', { name: /ada@school.example/ }).click()
  const access = await group(form, 'Access')
  await access.getByText(/^None: The administrators of the Zoom account have locked this setting/).waitFor()
  assert.ok(await access.getByLabel('Passcode', { exact: true }).locator('option[value=none]').isDisabled())
})

test('what was changed at Zoom meanwhile stands beside one’s own, and holds until somebody decides', async (t) => {
  const { body } = await w.api<Meeting>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Contested',
    start_time: '2031-05-05T08:00:00Z',
    duration: 60,
    timezone: 'Europe/Berlin',
    settings: { waiting_room: true },
  })
  await w.settled()
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Edit meeting' })
  assert.equal(await form.getByLabel('Starts').inputValue(), '2031-05-05T10:00')
  assert.ok(await form.getByRole('button', { name: 'Save changes' }).isDisabled(), 'nothing was changed yet')
  await form.getByLabel('Topic').fill('Mine')
  const access = await group(form, 'Access')
  assert.equal(await access.getByLabel('Waiting room').inputValue(), 'on')

  await w.zoom('POST', '/faults', {
    on: 'webhook',
    match: { event: 'meeting.updated' },
    action: { drop: true },
    times: 1,
  })
  await atZoom(w, 'PATCH', `/meetings/${body.zoom_meeting_id}`, { topic: 'Theirs' })
  await form.getByRole('button', { name: 'Save changes' }).click()
  const conflict = form.getByRole('alert').filter({ hasText: 'Somebody else has changed this meanwhile' })
  await conflict.waitFor()
  await until(() => page.evaluate<boolean>(noticeInSight), 'the form to come to what differs')
  assert.match(await conflict.getByRole('row', { name: /^Topic/ }).innerText(), /Theirs[\s\S]*Mine/)
  assert.equal((await found('Theirs')).id, body.id)

  const read = `**/api/v1/meetings/${body.id}`
  await page.route(read, (route) => route.fulfill({ status: 400, json: { title: 'Out of order', status: 400 } }))
  await conflict.getByRole('button', { name: 'Take theirs' }).click()
  await form.getByText('Out of order').first().waitFor()
  await page.unroute(read)
  await conflict.getByRole('button', { name: 'Take theirs' }).click()
  await conflict.waitFor({ state: 'detached' })
  assert.equal(await form.getByLabel('Topic').inputValue(), 'Theirs')
  await form.getByLabel('Topic').fill('Mine after all')
  await form.getByRole('button', { name: 'Save changes' }).click()
  await page.getByRole('heading', { name: 'Mine after all', level: 1 }).waitFor()
})

test('a group that is closed opens when a field in it lacks something, and the field has the keyboard', async (t) => {
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', '/zoom_users?q=ada@school.example')).body
  const path = `/zoom_users/${items[0]?.id}/meeting_options`
  const asked = async () => (await w.api<{ asked_at: string }>('GET', path)).body.asked_at
  const refreshed = async () => {
    const before = await asked()
    await w.api('POST', `${path}/refresh`)
    await until(async () => (await asked()) !== before, 'Ada’s options')
  }
  const field = (await (await atZoom(w, 'POST', '/tracking_fields', { field: 'Faculty', required: true })).json()) as {
    id: string
  }
  t.after(async () => {
    await atZoom(w, 'DELETE', `/tracking_fields/${field.id}`)
    await refreshed()
  })
  await refreshed()

  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Board of the faculty')
  await form.getByRole('combobox', { name: 'Host' }).fill('ada')
  await page.getByRole('option', { name: /ada@school.example/ }).click()
  await form.getByLabel('Faculty').waitFor({ state: 'attached' })
  const schedule = form.getByRole('button', { name: 'Schedule meeting' })
  const sendsTo = async (label: string) => {
    assert.equal(await form.getByLabel(label).isVisible(), false)
    await schedule.click()
    await form.getByLabel(label).waitFor()
    const focused = () => page.evaluate<string>(`document.activeElement.labels?.[0]?.innerText ?? ''`)
    await until(async () => (await focused()).startsWith(label), `the keyboard at ${label}`)
  }
  await sendsTo('Faculty')
  await form.getByLabel('Faculty').fill('Science')

  const access = await group(form, 'Access')
  await access.getByLabel('Passcode', { exact: true }).selectOption('own')
  await access.getByLabel('The passcode').fill('')
  await access.locator('summary').click()
  await sendsTo('The passcode')
  await access.getByLabel('The passcode').fill('board-1')
  await schedule.click()
  await page.getByRole('heading', { name: 'Board of the faculty', level: 1 }).waitFor()
  assert.deepEqual((await planned()).body['tracking_fields'], [{ field: 'Faculty', value: 'Science' }])
})

test('a series that is chosen while there is no start falls on today, and follows the start until somebody chooses days', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Starts').fill('')
  await form.getByLabel('Repeats').selectOption('month')
  const day = form.getByLabel('Day of the month')
  const today = new Intl.DateTimeFormat('en-US', { day: 'numeric', timeZone: viewer.timezoneId }).format()
  assert.equal(await day.inputValue(), today)
  await form.getByLabel('Starts').fill('2031-03-12T15:00')
  assert.equal(await day.inputValue(), '12')
  await form.getByLabel('Repeats').selectOption('week')
  const days = form.getByRole('group', { name: 'On these days' })
  const chosen = async () => {
    const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
    const checked = await Promise.all(
      names.map((name) => days.getByRole('checkbox', { name, exact: true }).isChecked()),
    )
    return names.filter((_, at) => checked[at])
  }
  assert.deepEqual(await chosen(), ['Wed'])
  await days.getByText('Fri', { exact: true }).click()
  await form.getByLabel('Starts').fill('2031-03-13T15:00')
  assert.deepEqual(await chosen(), ['Wed', 'Fri'])
})

test('a form in which something was entered asks before it is closed, and one that was left alone does not', async (t) => {
  const { body } = await w.api<Meeting>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'To stay as it is',
    start_time: '2031-09-01T08:00:00Z',
    duration: 60,
  })
  const page = await open(t, { ...signedIn, reducedMotion: 'reduce' })
  const question = page.getByRole('dialog', { name: 'Discard what was entered?' })
  await page.goto(`${consoleUrl}/meetings`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  const begin = page.getByRole('link', { name: 'New meeting' }).first()
  await begin.click()
  await form.getByLabel('Topic').waitFor()
  await page.keyboard.press('Escape')
  await form.waitFor({ state: 'hidden' })

  await begin.click()
  await form.getByLabel('Topic').fill('Half a plan')
  await page.keyboard.press('Escape')
  await question.waitFor()
  await passesAxe(page)
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'hidden' })
  assert.equal(await form.getByLabel('Topic').inputValue(), 'Half a plan')
  await page.mouse.click(5, 5)
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await question.waitFor({ state: 'hidden' })
  assert.equal(await form.getByLabel('Topic').inputValue(), 'Half a plan')
  await form.getByRole('button', { name: 'Close' }).click()
  await question.getByRole('button', { name: 'Discard it' }).click()
  await form.waitFor({ state: 'hidden' })
  await begin.click()
  assert.equal(await form.getByLabel('Topic').inputValue(), '')

  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  const edit = page.getByRole('dialog', { name: 'Edit meeting' })
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  await edit.getByLabel('Topic').fill('Something else')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard it' }).click()
  await edit.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Edit', exact: true }).click()
  assert.equal(await edit.getByLabel('Topic').inputValue(), 'To stay as it is')
  await page.keyboard.press('Escape')
  await edit.waitFor({ state: 'hidden' })
})

test('the host, who is signed in, is led to Zoom to start; all others are told whose turn it is', async (t) => {
  const { user_id } = await w.server.signIn.printOwnerLink()
  assert.equal(user_id, link.user_id)
  await w.zoom('POST', '/people', { email: 'owner@greenroom.local', first_name: 'Own', last_name: 'Er', type: 2 })
  await w.settled()
  const planned = { topic: 'Mine to start', start_time: '2031-06-02T08:00:00Z', duration: 30 }
  const own = (await w.api<Meeting>('POST', '/meetings', { ...planned, host: 'owner@greenroom.local' })).body
  const other = (
    await w.api<Meeting>('POST', '/meetings', { ...planned, topic: 'Not mine', host: 'ada@school.example' })
  ).body
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${own.id}`)
  const start = page.getByRole('link', { name: 'Start as host' })
  const address = (await start.getAttribute('href')) ?? ''
  const answer = await page.request.get(address, { maxRedirects: 0 })
  assert.equal(answer.status(), 302)
  assert.match(answer.headers()['location'] ?? '', /^https:\/\/us02web\.zoom\.us\/s\/\d+\?zak=/)
  assert.ok(!(await answer.text()).includes('zak='), 'it is in no answer that a page can read')
  const elsewhere = { headers: { 'sec-fetch-site': 'cross-site' }, maxRedirects: 0 }
  assert.equal((await page.request.get(address, elsewhere)).status(), 403, 'no other site starts it')

  await page.goto(`${consoleUrl}/meetings/${other.id}`)
  await page.getByRole('heading', { name: 'Not mine', level: 1 }).waitFor()
  assert.equal(await start.count(), 0)
  const refused = await page.request.get(`${w.hubUrl}/api/v1/meetings/${other.id}/start`, { maxRedirects: 0 })
  assert.equal(refused.status(), 403)

  await page.getByRole('button', { name: 'Invitation' }).click()
  const text = page.getByRole('textbox', { name: 'Text of the invitation' })
  await until(async () => (await text.inputValue()).includes('Not mine'), 'Zoom’s text')
})

const looks = {
  'light, wide': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'dark, wide': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'light, 320 px': { viewport: { width: 320, height: 740 }, colorScheme: 'light' },
} satisfies Record<string, BrowserContextOptions>
for (const [look, options] of Object.entries(looks))
  test(`the form with every group open has nothing that axe finds, and fits (${look})`, async (t) => {
    const page = await open(t, { ...signedIn, ...options, reducedMotion: 'reduce' })
    await page.goto(`${consoleUrl}/meetings?new`)
    const form = page.getByRole('dialog', { name: 'New meeting' })
    await form.getByRole('combobox', { name: 'Host' }).fill('ada@school.example')
    await form.getByLabel('Repeats').selectOption('month')
    for (const name of ['People', 'Access', 'Registration', 'Sound, video, recording', 'More']) await group(form, name)
    await form.getByRole('button', { name: 'Add a room' }).click()
    await form.getByRole('table', { name: 'Preview' }).locator('tbody tr').first().waitFor()
    await until(
      () => page.evaluate<boolean>(`getComputedStyle(document.querySelector('[role=dialog]')).opacity === '1'`),
      'the drawer to stand still',
    )
    await passesAxe(page)
    const tooWide = `(() => { const body = document.querySelector('[role=dialog]'); return body.scrollWidth - body.clientWidth })()`
    assert.equal(await page.evaluate(tooWide), 0)
  })

/** A page in a browser of its own. What it complains about fails the test in the end. */
async function open(t: { after(close: () => Promise<void>): void }, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    const refusal = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !refusal) complaints.push(message.text())
  })
  t.after(async () => {
    await context.close()
    assert.deepEqual(complaints, [])
  })
  return page
}

async function stateAfter(url: string) {
  const context = await browser.newContext(viewer)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

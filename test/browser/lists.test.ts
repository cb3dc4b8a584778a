import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { personFor } from '#hub/people.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSoundAnywhere } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

test('a webhook is added, its secret shown once, tested, given up messages are sent again, and it is removed', async () => {
  const received: { headers: Record<string, string>; body: string }[] = []
  let status = 204
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() })
      response.writeHead(status).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  await page.getByRole('link', { name: 'Places', exact: true }).click()
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('button', { name: 'Add a webhook' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
  await dialog.getByLabel('Name').fill('Gradebook')
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  await dialog.getByText('must be https').first().waitFor()
  await dialog.getByLabel('It is inside the network').check()
  await dialog.getByRole('button', { name: 'Add webhook' }).click()
  const secret = await dialog.getByRole('textbox', { name: 'Secret' }).inputValue()
  await dialog.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('button', { name: 'Change Gradebook' }).click()
  await page.getByRole('menuitem', { name: 'Send a test' }).click()
  await page.getByText('The test arrived').waitFor()
  const [first] = received
  assert.ok(first)
  assert.doesNotThrow(() => new Webhook(secret).verify(first.body, first.headers))
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

  status = 410
  await w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' })
  const messages = page.getByRole('table', { name: 'Messages' })
  await messages.getByText('Given up', { exact: true }).first().waitFor({ timeout: 20_000 })
  status = 204
  await page.getByRole('button', { name: 'Change Gradebook' }).click()
  await page.getByRole('menuitem', { name: 'Switch it on' }).click()
  const row = messages.getByRole('row', { name: /Given up/ }).first()
  await row.getByRole('button', { name: 'Send again' }).click()
  await until(async () => received.length >= 3, 'the message to come again')

  await page.getByRole('button', { name: 'Change Gradebook' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await page.getByRole('dialog', { name: 'Remove Gradebook?' }).getByRole('button', { name: 'Remove' }).click()
  await page.getByText('No webhook yet').waitFor()
})

test('people are found by name or address, with what ties them, and the users of Zoom beside them', async () => {
  for (const [source, id] of [
    ['lti:plc_1', 'max'],
    ['mattermost:plc_2', 'maxi'],
  ] as const)
    await personFor(w.server.hub, w.workspace_id, {
      source,
      id,
      name: 'Max Mustermann',
      email: 'max@school.example',
      email_verified: true,
    })
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('row', { name: /Max Mustermann.*max@school\.example.*Course, Chat/s }).waitFor()
  await page.getByText('Zoom users', { exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search people' }).fill('grace')
  const users = page.getByRole('table', { name: 'Zoom users' })
  await until(async () => (await users.locator('tbody > tr').count()) === 1, 'one user')
  await users.getByText('grace@school.example').first().waitFor()
})

test('who was added at Zoom while no event came is there after all users were read again', async () => {
  await w.zoom('POST', '/faults', { on: 'webhook', match: { event: 'user.created' }, action: { drop: true } })
  await w.zoom('POST', '/people', { email: 'unheard@school.example', type: 4 })
  await page.goto(`${consoleUrl}/people?of=zoom`)
  await page.getByRole('searchbox', { name: 'Search people' }).fill('unheard')
  await page.getByText('Nothing fits “unheard”').waitFor()
  await page.getByRole('button', { name: 'Read from Zoom' }).click()
  const row = page.getByRole('row', { name: /unheard@school\.example/ })
  await row.getByText('Without meetings').waitFor()
  await page.getByRole('combobox', { name: 'Licence' }).selectOption('Licensed')
  await row.waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Licence' }).selectOption('Without meetings')
  await row.waitFor()
})

test('a tie that is somebody else is untied, and two who are one are made one', async () => {
  await page.goto(`${consoleUrl}/people`)
  const persons = page.getByRole('table', { name: 'Persons' })
  await persons.getByRole('button', { name: 'Ties of Max Mustermann' }).click()
  await page.getByRole('button', { name: 'Untie Max Mustermann · Chat' }).click()
  await page
    .getByRole('dialog', { name: 'Untie Max Mustermann · Chat?' })
    .getByRole('button', { name: 'Untie', exact: true })
    .click()
  const toggles = persons.getByRole('button', { name: 'Ties of Max Mustermann' })
  await until(async () => (await toggles.count()) === 2, 'two persons')
  await page.reload()
  await toggles.first().click()
  await page.getByRole('button', { name: 'This is somebody else in the list' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who is Max Mustermann?' })
  await dialog.getByRole('combobox', { name: 'Person' }).fill('muster')
  await page.getByRole('option', { name: /Max Mustermann/ }).click()
  await dialog.getByRole('button', { name: 'Make them one' }).click()
  await until(async () => (await toggles.count()) === 1, 'one person')
})

test('who is known by a name alone, in whatever session, is assigned from one list', async () => {
  const { zoom_meeting_id } = (
    await w.api<{ zoom_meeting_id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Chemistry' })
  ).body
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/start`)
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/join`, { name: 'Maxi' })
  await w.settled()
  await page.goto(`${consoleUrl}/people`)
  await page.getByText('Unmatched', { exact: true }).click()
  const table = page.getByRole('table', { name: 'Known by name only' })
  await table.getByRole('row', { name: /Maxi.*Chemistry/s }).waitFor()
  await table.getByRole('button', { name: 'Who is this? Maxi' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who is Maxi?' })
  await dialog.getByRole('combobox', { name: 'Person' }).fill('muster')
  await page.getByRole('option', { name: /Max Mustermann/ }).click()
  await dialog.getByRole('button', { name: 'That is who it is' }).click()
  await page.getByText('Everybody who came is known').waitFor()
})

test('meetings are narrowed by kind, state, place and dates, in an address that one can keep', async () => {
  const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'School site' })).body
  const made = async (topic: string, start_time: string) =>
    (await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic, start_time, duration: 30 }))
      .body.id
  const march = await made('In March', '2031-03-10T10:00:00Z')
  await made('In May', '2031-05-10T10:00:00Z')
  await w.api('POST', `/meetings/${march}/placements`, { place_id: site.id, target: { slug: 'march' } })
  await page.goto(`${consoleUrl}/meetings?when=all`)
  const rows = page.getByRole('table', { name: 'Meetings' }).locator('tbody > tr')
  const shows = (topics: string[]) =>
    until(async () => {
      const seen = await rows.allInnerTexts()
      return seen.length === topics.length && topics.every((topic) => seen.some((row) => row.includes(topic)))
    }, topics.join(', '))
  await shows(['In March', 'In May', 'Algebra', 'Chemistry'])
  await page.getByLabel('From the day').fill('2031-03-01')
  await shows(['In March', 'In May'])
  await page.getByLabel('To the day').fill('2031-03-31')
  await shows(['In March'])
  await page.reload()
  await shows(['In March'])
  await w.api('PATCH', `/meetings/${march}`, { agenda: 'Fractions' })
  await page.goto(`${consoleUrl}/meetings/${march}?tab=history`)
  const history = page.getByRole('table', { name: 'History' })
  await history.getByText('meeting.created').waitFor()
  await history.getByText('agenda: – → Fractions').waitFor()
  await page.goto(`${consoleUrl}/meetings?when=all`)
  await page.getByRole('combobox', { name: 'Place' }).fill('School')
  await page.getByRole('option', { name: 'School site (Web site)' }).click()
  await shows(['In March'])
  await page.getByLabel('Kind').selectOption('webinar')
  await page.getByText('Nothing fits', { exact: true }).waitFor()
  const before = (await w.api('GET', '/meetings.csv?host=ADA@school.example&from=2031-05-01T00:00:00Z')).text
  assert.equal(before.trim().split('\r\n').length, 2)
})

test('the search, the host and the filters are in the address, and are kept under a name', async () => {
  await w.api('POST', '/meetings', { host: 'grace@school.example', topic: 'Algebra of Grace' })
  await page.goto(`${consoleUrl}/meetings?when=all`)
  const rows = page.getByRole('table', { name: 'Meetings' }).locator('tbody > tr')
  const shows = (count: number) => until(async () => (await rows.count()) === count, `${count} meetings`)
  await page.getByRole('searchbox', { name: 'Search meetings' }).fill('algebra')
  await shows(2)
  const host = page.getByRole('combobox', { name: 'Host' })
  await host.fill('grace')
  await page.getByRole('option', { name: 'grace@school.example' }).click()
  await shows(1)
  assert.deepEqual(Object.fromEntries(new URL(page.url()).searchParams), {
    when: 'all',
    q: 'algebra',
    host: 'grace@school.example',
  })
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByLabel('Save what is shown now').fill('Grace’s algebra')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('link', { name: 'Grace’s algebra' }).waitFor()
  await page.goto(`${consoleUrl}/meetings?when=all`)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('link', { name: 'Grace’s algebra' }).click()
  await shows(1)
  assert.equal(await page.getByRole('searchbox', { name: 'Search meetings' }).inputValue(), 'algebra')
  assert.equal(await host.inputValue(), 'grace@school.example')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('button', { name: 'Delete the view Grace’s algebra' }).click()
  await page.getByRole('link', { name: 'Grace’s algebra' }).waitFor({ state: 'detached' })
})

test('an address with a day that is none narrows nothing', async () => {
  await page.goto(`${consoleUrl}/meetings?when=all&from=soon&to=2031-13-01`)
  await page.getByRole('table', { name: 'Meetings' }).getByText('In May').waitFor()
  await page.goto(`${consoleUrl}/people?of=unmatched&from=soon`)
  await page.getByText('Everybody who came is known').waitFor()
})

test('a page that cannot be drawn says so beside the menu, with a way to try again and one home', async () => {
  const meetings = '**/api/v1/meetings?*'
  const breaks = () => page.route(meetings, (route) => route.fulfill({ json: { items: [null], next_cursor: null } }))
  const title = page.getByRole('heading', { name: 'This page cannot be shown', level: 1 })
  await breaks()
  await page.goto(`${consoleUrl}/meetings?when=all`)
  await title.waitFor()
  await page.getByRole('alert').getByText('Something went wrong').waitFor()
  await looksSoundAnywhere(page)
  await page.unroute(meetings)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('table', { name: 'Meetings' }).getByText('In May').waitFor()

  await breaks()
  await page.reload()
  await title.waitFor()
  await page.unroute(meetings)
  await page.getByRole('link', { name: 'To Home' }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
})

test('opening and closing beside a list leaves what it is narrowed to, which stands in the address', async () => {
  const narrowed = { when: 'all', q: 'algebra', kind: 'meeting' }
  await page.goto(`${consoleUrl}/meetings?${new URLSearchParams(narrowed).toString()}`)
  const query = () => Object.fromEntries(new URL(page.url()).searchParams)
  await page.getByRole('link', { name: 'New meeting' }).click()
  const dialog = page.getByRole('dialog', { name: 'New meeting' })
  await dialog.waitFor()
  assert.deepEqual(query(), { ...narrowed, new: '' })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(query(), narrowed)

  await page.goto(`${consoleUrl}/settings/zoom-apps`)
  const words = page.getByRole('searchbox', { name: 'Search Zoom apps' })
  await words.fill('simul')
  await until(async () => query()['q'] === 'simul', 'the words in the address')
  await page.getByRole('link', { name: 'Simulator' }).click()
  const app = page.getByRole('dialog')
  await app.waitFor()
  assert.deepEqual(query(), { q: 'simul', app: w.zoom_app_id })
  await app.getByRole('button', { name: 'Close' }).first().click()
  await app.waitFor({ state: 'hidden' })
  assert.deepEqual(query(), { q: 'simul' })
  await page.reload()
  assert.equal(await words.inputValue(), 'simul')
})

test('of more than a hundred webhooks each is named at its messages, which are narrowed to it and to a kind', async () => {
  const { db } = w.server.hub
  await w.api('POST', '/subscriptions', { name: 'Timetable', url: 'https://timetable.school.example/', triggers: [] })
  await sql`insert into subscription select (jsonb_populate_record(s, jsonb_build_object('id', 'sub_0_' || i, 'name', 'Clone ' || i, 'url', 'https://clone.example/'))).*
    from subscription s, generate_series(1, 120) i where name = 'Timetable'`.execute(db)
  await sql`insert into delivery (id, workspace_id, subscription_id, type, body, state, due_at, give_up_at, created_at)
    select 'dlv_zz_' || id || '_' || type, workspace_id, id, type, '{}', 'delivered', now(), now(), now()
    from subscription, unnest(array['session.ended', 'meeting.changed']) type where name in ('Timetable', 'Clone 7')`.execute(
    db,
  )
  await page.goto(`${consoleUrl}/places/webhooks`)
  const messages = page.getByRole('table', { name: 'Messages' })
  await messages.getByRole('row', { name: /session\.ended.*Timetable/s }).waitFor()
  await messages.getByRole('row', { name: /session\.ended.*Clone 7/s }).waitFor()
  const bar = page.getByRole('search', { name: 'Messages' })
  await bar.getByRole('combobox', { name: 'To' }).fill('Timetab')
  await page.getByRole('option', { name: 'Timetable' }).click()
  await messages.getByText('Clone 7').first().waitFor({ state: 'detached' })
  await bar.getByLabel('Event', { exact: true }).selectOption('meeting.changed')
  await messages
    .getByRole('row', { name: /session\.ended/ })
    .first()
    .waitFor({ state: 'detached' })
  assert.equal(await messages.locator('tbody > tr').count(), 1)
  const csv = (await w.api('GET', '/deliveries?format=csv&type=meeting.changed')).text
  assert.match(csv, /,Timetable,meeting\.changed,/)
})

test('events are narrowed to a name that has not been seen lately, too', async () => {
  await page.goto(`${consoleUrl}/events`)
  await page.getByRole('combobox', { name: 'Name of the event' }).fill('meeting.started')
  await page.getByRole('table').getByText('meeting.started').first().waitFor()
  await page.getByRole('combobox', { name: 'Name of the event' }).fill('webinar.ended')
  await page.getByText('No event fits').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('event'), 'webinar.ended')
})

test('what a report draws of all months is not the sum of the months, and the table has the same numbers', async () => {
  const { db } = w.server.hub
  for (const at of ['2024-01-15T10:00:00Z', '2024-02-15T10:00:00Z']) {
    const topic = `Held at ${at}`
    const { id } = (await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic })).body
    const started_at = new Date(at)
    const run = { workspace_id: w.workspace_id, uuid: at, meeting_id: id, topic, host_id: 'ada@school.example' }
    const ended = { started_at, ended_at: new Date(started_at.getTime() + 3_600_000) }
    await db
      .insertInto('session')
      .values({ ...run, ...ended, report_reason: null, report_at: null })
      .execute()
  }
  await page.goto(`${consoleUrl}/reports?from=2024-01&to=2024-02`)
  await page.getByRole('img', { name: /^Meetings by month, from January 2024 to February 2024/ }).waitFor()
  await page.getByText('By host', { exact: true }).click()
  await page.getByRole('img', { name: /^Meetings, By host, of all months/ }).waitFor()
  await page.getByTitle('ada@school.example: 2').waitFor()
  await page.getByRole('combobox', { name: 'What is drawn' }).selectOption('Hosts')
  await page.getByTitle('ada@school.example: 1').waitFor()
  const all = page.getByRole('table', { name: 'By host' }).getByRole('row', { name: /^All months/ })
  assert.deepEqual(
    (await all.getByRole('cell').allInnerTexts()).map((cell) => cell.trim()),
    ['All months', 'ada@school.example', '2', '2', '0', '2 h', '0 min', '1'],
  )
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { personFor } from '#hub/people.ts'
import { addMember } from '#hub/workspaces.ts'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'

// An administrator's first hour, from the printed link to a connection that broke and was mended, in one browser.

const w = await world({ after }, { connected: false })
const { publicUrl } = w.server.hub
const consoleUrl = `${publicUrl}/console`
const browser = await openChromium(publicUrl, w.hubUrl)
after(() => browser.close())
const complaints: string[] = []
const page: Page = await browser.newPage({
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
page.on('pageerror', (error) => complaints.push(error.message))
page.on('console', (message) => {
  if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text())
})
const step = (name: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true, level: 3 }) })

let app_id = ''
let meeting_id = ''
let zoom_meeting_id = ''

test('the printed link signs the first owner in', async () => {
  const link = await w.server.signIn.printOwnerLink()
  await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')
  await page.goto(link.url)
  await page.getByText('Not connected to Zoom').waitFor()
})

test('the wizard connects Zoom, and everything is tested', async () => {
  await page.getByRole('link', { name: 'Connect Zoom' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('School Zoom')
  await page.getByLabel('Account ID').fill('sim-account')
  await page.getByLabel('Client ID').fill('sim-s2s')
  await page.getByLabel(/^Client secret/).fill('sim-s2s-secret')
  await page.getByLabel(/^Secret token/).fill('sim-s2s-webhook')
  await page.getByLabel('Zoom', { exact: true }).selectOption({ index: 2 })
  await page.getByLabel('OAuth base').fill(w.simulatorUrl)
  await page.getByLabel('API base').fill(w.simulatorUrl)
  await page.getByRole('button', { name: 'Add Zoom app' }).click()
  const url = await step('Zoom has validated the address').getByRole('textbox').inputValue()
  app_id = url.split('/').at(-1) ?? ''
  await w.zoom('POST', '/apps/sim-s2s/subscriptions', { url, events: ['*'] })
  await step('Zoom has validated the address').getByText('Done', { exact: true }).waitFor()
  await until(
    async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
    'the hosts to be known',
  )
  await page.getByRole('button', { name: 'Test everything' }).click()
  await page.getByText('Everything works', { exact: true }).waitFor()
})

test('a weekly meeting is scheduled over the change of the clocks, at the same time of day before and after', async () => {
  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Number theory')
  await form.getByRole('combobox', { name: 'Host' }).fill('ada')
  await page.getByRole('option', { name: /ada@school.example/ }).click()
  // Clocks in Berlin go back on 26 October 2031.
  await form.getByLabel('Starts').fill('2031-10-13T09:30')
  await form.getByLabel('Repeats').selectOption('week')
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  await page.getByRole('heading', { name: 'Number theory', level: 1 }).waitFor()
  meeting_id = page.url().split('/').at(-1)?.split('?', 1)[0] ?? ''
  const meeting = (await w.api<{ zoom_meeting_id: string }>('GET', `/meetings/${meeting_id}`)).body
  zoom_meeting_id = meeting.zoom_meeting_id
  const { items } = (await w.api<{ items: { start_time: string }[] }>('GET', `/meetings/${meeting_id}/occurrences`))
    .body
  const times = items.map(({ start_time }) => start_time)
  assert.ok(times.includes('2031-10-20T07:30:00.000Z'), String(times))
  assert.ok(times.includes('2031-10-27T08:30:00.000Z'), String(times))
})

test('it is held at Zoom, and its attendance stands here', async () => {
  for (const [path, body] of [
    ['start', undefined],
    ['join', { name: 'Grace Hopper', email: 'grace@school.example' }],
    ['join', { name: 'Maxi' }],
    ['end', undefined],
  ] as const)
    await w.zoom('POST', `/meetings/${zoom_meeting_id}/${path}`, body)
  await w.settled()
  const table = page.getByRole('table', { name: 'Attendance' })
  await table.getByRole('row', { name: /Grace Hopper/ }).waitFor()
  await table.getByRole('row', { name: /Maxi.*Name only/s }).waitFor()
  await page.getByRole('img', { name: /Presence of \d people/ }).waitFor()
})

test('somebody of whom only a name is known is said to be a person of a course', async () => {
  await personFor(w.server.hub, w.workspace_id, {
    source: 'lti:plc_1',
    id: 'max',
    name: 'Max Mustermann',
    email: 'max@school.example',
    email_verified: true,
  })
  await page.getByRole('button', { name: 'Who is this? Maxi' }).click()
  const dialog = page.getByRole('dialog', { name: 'Who is Maxi?' })
  await dialog.getByRole('combobox', { name: 'Person' }).fill('muster')
  await page.getByRole('option', { name: /Max Mustermann/ }).click()
  await dialog.getByRole('button', { name: 'That is who it is' }).click()
  await page
    .getByRole('table', { name: 'Attendance' })
    .getByRole('row', { name: /Maxi.*Assigned/s })
    .waitFor()
})

test('an event is replayed', async () => {
  await page.goto(`${consoleUrl}/events?event=meeting.ended`)
  await page
    .getByRole('table', { name: /Events/ })
    .getByRole('button', { name: 'meeting.ended' })
    .first()
    .click()
  const event = page.getByRole('dialog', { name: 'Event' })
  await event.getByRole('button', { name: 'Replay' }).click()
  await event.getByText('Replayed: see its state above').waitFor()
})

test('a connection that breaks stands on the first page, and is mended from there', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', { client_secret: 'renewed' })
  await w.server.hub.db
    .updateTable('connection')
    .set({ access_token: null, access_token_expires_at: new Date(0) })
    .where('zoom_app_id', '=', app_id)
    .execute()
  await w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Refused' })
  await page.goto(consoleUrl)
  await page.getByRole('link', { name: /School Zoom is disconnected from Zoom/ }).click()
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const credentials = step('Client ID and Client secret')
  await credentials.getByLabel(/^Client secret/).fill('renewed')
  await credentials.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Home' }).click()
  await page.getByText('Every connection to Zoom works').waitFor()
  assert.equal((await w.api('POST', '/meetings', { host: 'ada@school.example', topic: 'Works again' })).status, 201)
  assert.deepEqual(complaints, [])
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { atZoom } from '../at-zoom.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSoundAnywhere } from './sound.ts'

const { w, browser, publicUrl, consoleUrl, link } = await consoleWorld({ after })
const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
page.setDefaultTimeout(60_000)
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

const planned = async (approval_type: number) =>
  (
    await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
      host: 'ada@school.example',
      topic: 'Open day',
      start_time: '2031-03-10T10:00:00Z',
      duration: 30,
      settings: { approval_type },
    })
  ).body

test('who registers stands on the meeting’s page, is let in there, and is found again', async () => {
  const meeting = await planned(1)
  await atZoom(w, 'POST', `/meetings/${meeting.zoom_meeting_id}/registrants`, {
    email: 'mia@home.example',
    first_name: 'Mia',
  })
  await w.settled()
  const before = await w.calls()
  await page.goto(`${consoleUrl}/meetings/${meeting.id}`)
  await page.getByRole('tab', { name: 'Registrants' }).click()
  const table = page.getByRole('table', { name: 'Registrants' })
  await table.getByRole('row', { name: /Mia.*mia@home\.example.*To be approved/s }).waitFor()
  assert.equal(await w.calls(), before, 'a look asks Zoom nothing')
  await page.getByRole('button', { name: 'Approve Mia' }).click()
  await page.getByRole('dialog', { name: 'Approve Mia?' }).getByRole('button', { name: 'Approve' }).click()
  await table.getByRole('row', { name: /Mia.*Registered/s }).waitFor()

  await page.getByRole('button', { name: 'Register somebody' }).click()
  const dialog = page.getByRole('dialog', { name: 'Register somebody' })
  await dialog.getByLabel('E-mail').fill('max@home.example')
  await dialog.getByLabel('First name').fill('Max')
  await dialog.getByLabel('Approve at once').check()
  await dialog.getByRole('button', { name: 'Register' }).click()
  assert.match(await dialog.getByRole('textbox', { name: 'Their own link' }).inputValue(), /tk=/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('searchbox', { name: 'Search registrants' }).fill('max')
  await table.getByText('max@home.example').waitFor()
  await table.getByText('mia@home.example').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Read from Zoom' }).click()
  await page.getByText(/^Read from Zoom Today/).waitFor()
})

test('where nobody registers there is no such part of the page', async () => {
  const meeting = await planned(2)
  await page.goto(`${consoleUrl}/meetings/${meeting.id}`)
  await page.getByRole('tab', { name: 'Recordings' }).waitFor()
  assert.equal(await page.getByRole('tab', { name: 'Registrants' }).count(), 0)
})

test('a recording is hidden from the places of its meeting, and shown again', async () => {
  const meeting = await planned(2)
  for (const [what, body] of [
    ['start', {}],
    ['recording', { action: 'start' }],
    ['end', {}],
  ] as const)
    await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/${what}`, body)
  const recordings = async () =>
    (await w.api<{ items: { visibility: string }[] }>('GET', `/recordings?meeting_id=${meeting.id}`)).body.items
  await until(async () => (await recordings()).length > 0, 'the recording')
  await page.goto(`${consoleUrl}/meetings/${meeting.id}?tab=recordings`)
  const where = page.getByRole('button', { name: /^Where .* is shown$/ }).first()
  await where.click()
  const toggle = page.getByRole('switch', { name: 'Shown in places' })
  await toggle.click({ force: true })
  await where.getByText('Hidden').waitFor()
  assert.equal((await recordings()).filter(({ visibility }) => visibility === 'hidden').length, 1)
  await toggle.click({ force: true })
  await where.getByText('Shown', { exact: true }).waitFor()
})

test('what AI Companion wrote is read on the meeting’s page, as text alone, and leads to its session', async () => {
  const meeting = await planned(2)
  await page.goto(`${consoleUrl}/meetings/${meeting.id}`)
  await page.getByRole('tab', { name: 'Recordings' }).waitFor()
  assert.equal(await page.getByRole('tab', { name: 'Summaries' }).count(), 0, 'there is none yet')
  for (const what of ['start', 'end']) await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/${what}`, {})
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/summary`, {
    title: 'Open day, in short',
    overview:
      'Visitors saw the <b id="raw">labs</b>. ![seen](https://elsewhere.example/seen.png) [Click](javascript:alert(1))',
    details: [{ label: 'Chemistry', summary: 'Something **exploded**, as planned.' }],
    next_steps: ['Write to the visitors', 'Mend the table'],
  })
  await w.settled()
  const elsewhere: string[] = []
  page.on('request', (request) => elsewhere.push(...[request.url()].filter((url) => !url.startsWith(publicUrl))))
  await page.goto(`${consoleUrl}/meetings/${meeting.id}`)
  await page.getByRole('tab', { name: 'Summaries' }).click()
  const summary = page.getByRole('region', { name: 'Open day, in short' })
  await summary.getByRole('heading', { name: 'Chemistry' }).waitFor()
  await summary.getByRole('listitem').filter({ hasText: 'Mend the table' }).waitFor()
  await summary.getByText('exploded', { exact: true }).waitFor()
  assert.equal(await summary.getByRole('heading', { name: 'Open day, in short' }).count(), 1, 'the title once')
  assert.equal(await page.locator('#raw, img[src*="elsewhere"], a[href^="javascript"]').count(), 0)
  assert.deepEqual(elsewhere, [])
  await looksSoundAnywhere(page)
  await summary.getByRole('link', { name: 'Its session' }).click()
  await page.getByRole('tab', { name: 'Sessions', selected: true }).waitFor()
})

test('a link to a session shows that one, however many the room has had since', async () => {
  const meeting = await planned(2)
  await sql`insert into session (workspace_id, uuid, meeting_id, topic, host_id, started_at, ended_at)
    select ${w.workspace_id}, 'run/' || i, ${meeting.id}, 'Run ' || i, 'ada', timestamptz '2020-01-01T10:00Z' + i * interval '1 day',
      timestamptz '2020-01-01T10:30Z' + i * interval '1 day' from generate_series(1, 205) i`.execute(w.server.hub.db)
  await page.goto(`${consoleUrl}/meetings/${meeting.id}?${new URLSearchParams({ session: 'run/2' }).toString()}`)
  const choice = (so_far: string) => page.getByRole('combobox', { name: `Session (${so_far} so far)` })
  assert.match(await choice('100+').inputValue(), /3 Jan 2020/)
  const more = page.getByRole('button', { name: 'Load more' })
  await more.click()
  await choice('200+').waitFor()
  await more.click()
  assert.match(await choice('205').inputValue(), /3 Jan 2020/)
  await page.goto(`${consoleUrl}/meetings/${meeting.id}?session=nobody`)
  await page.getByText('There is no session nobody').waitFor()
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSound } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const { db } = w.server.hub

const complaints: string[] = []
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
const page = await context.newPage()
page.on('console', (message) => {
  if (message.type() === 'error' && !message.text().startsWith('Failed to load')) complaints.push(message.text())
})
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

async function isSound(widths = [1440, 320]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await looksSound(page, `at ${width} px`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}
const rows = page.getByRole('table', { name: 'Rows' })
const topics = async (): Promise<string[]> =>
  (await w.zoom<{ meetings: { topic: string }[] }>('GET', '/meetings')).meetings.map(({ topic }) => topic)
const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)

test('a spreadsheet is tried, says what would become of each row, and is then imported', async () => {
  await page.getByRole('link', { name: 'Meetings', exact: true }).click()
  await page.getByRole('link', { name: 'Import', exact: true }).click()
  await page.getByRole('heading', { name: 'Import meetings', level: 1 }).waitFor()
  await page.getByText('Nothing was imported yet').waitFor()
  await page.getByText('How a CSV looks').click()
  await isSound()

  await page.getByLabel('Meeting IDs or CSV').fill('topic,pascode\nAlgebra,1')
  await page.getByRole('button', { name: 'Try first' }).click()
  await page.getByText(/columns that are not known here: “pascode”/).waitFor()

  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  // As a German Excel writes it: semicolons, and an umlaut in one byte.
  const csv = `topic;host;start_time;timezone;duration\r\n\u00DCbung;ada@school.example;${day} 10:00;Europe/Berlin;45\r\nSeminar;grace@school.example;${day} 11:00;Europe/Berlin;45\r\nNobody’s;nobody@school.example;${day} 12:00;Europe/Berlin;45`
  const buffer = Buffer.from(csv.replace('’', '.'), 'latin1')
  await (await chosen).setFiles({ name: 'plan.csv', mimeType: 'text/csv', buffer })
  await until(async () => (await page.getByLabel('Meeting IDs or CSV').inputValue()).includes('Übung'), 'the file')
  await page.getByRole('button', { name: 'Try first' }).click()

  await page.getByText('Nothing has been done yet. This is what would become of each row.').waitFor()
  const made = rows.getByRole('row', { name: /Übung/ })
  await made.getByText('Will be made').waitFor()
  await rows.getByText(/nobody@school.example is no user of a connected Zoom account/).waitFor()
  assert.deepEqual(await topics(), [])
  await isSound()

  await page.getByRole('button', { name: 'Import 2 meetings' }).click()
  await page.getByText('Done. 1 of 3 rows were refused; each says why.').waitFor()
  await made.getByText('Made', { exact: true }).waitFor()
  assert.deepEqual((await topics()).toSorted(), ['Seminar', 'Übung'])

  await page.getByLabel('Result').selectOption('refused')
  await made.waitFor({ state: 'detached' })
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  const table = await readFile(await download.path(), 'utf8')
  assert.equal(table.trim().split('\r\n').length, 2)
  assert.match(table, /refused/)

  await page.getByLabel('Result').selectOption('')
  await page.getByLabel('Search rows').fill('übung')
  await rows.getByRole('row', { name: /Seminar/ }).waitFor({ state: 'detached' })
  await rows.getByRole('link', { name: 'Übung' }).click()
  await page.getByRole('heading', { name: 'Übung', level: 1 }).waitFor()
})

test('an import is stopped and gone on with, and stands among the earlier ones', async () => {
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/{userId}/meetings' },
    action: { delay_ms: 1000 },
    times: null,
  })
  await page.goto(`${consoleUrl}/meetings/import`)
  await page.getByRole('table', { name: 'Imports' }).getByText('Done').first().waitFor()
  const list = Array.from({ length: 12 }, (_, at) => `Lesson ${at},ada@school.example,${day} 10:00,UTC,45`)
  await page.getByLabel('Meeting IDs or CSV').fill(['topic,host,start_time,timezone,duration', ...list].join('\n'))
  await page.getByRole('button', { name: 'Try first' }).click()
  await page.getByRole('button', { name: 'Import 12 meetings' }).click()
  await page.getByRole('progressbar', { name: 'How far the import is' }).waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText(/Stopped after \d+ of 12 rows/).waitFor()
  await w.zoom('DELETE', '/faults')
  await page.getByRole('button', { name: /Go on with \d+ rows/ }).click()
  await page.getByText('Done. Every meeting of the list is here.').waitFor()
  assert.equal((await topics()).filter((topic) => topic.startsWith('Lesson')).length, 12)
})

test('who may only look sees what was imported, and no way to import', async (t) => {
  await sql`update member set role = 'viewer' where user_id = ${link.user_id}`.execute(db)
  t.after(() => sql`update member set role = 'owner' where user_id = ${link.user_id}`.execute(db))
  await page.goto(`${consoleUrl}/meetings/import`)
  await page.getByText('An operator imports meetings').waitFor()
  await page.getByRole('table', { name: 'Imports' }).getByRole('link').first().click()
  await rows.getByRole('row').nth(1).waitFor()
  assert.equal(await page.getByRole('button', { name: /^(Import|Go on|Stop)/ }).count(), 0)
})

test('ten thousand rows come by pages, and the page stays sound', async () => {
  await sql`insert into meeting_import (id, workspace_id, format, state, dry_run, actor, created_at)
    values ('imp_many', ${w.workspace_id}, 'ids', 'checked', true, 'cli', now())`.execute(db)
  await sql`insert into meeting_import_row (import_id, line, asked, state)
    select 'imp_many', i, jsonb_build_object('zoom_meeting_id', (80000000000 + i)::text), 'will_find'
    from generate_series(1, 10000) i`.execute(db)
  await page.goto(`${consoleUrl}/meetings/import?import=imp_many`)
  await page.getByRole('button', { name: 'Import 10000 meetings' }).waitFor()
  await page.getByRole('button', { name: 'Load more' }).click()
  await until(async () => (await rows.getByRole('row').count()) > 60, 'the second page')
  await isSound([320])
})

test('an import that is not there says so', async () => {
  await page.goto(`${consoleUrl}/meetings/import?import=imp_nobody`)
  await page.getByText('There is no import imp_nobody').waitFor()
})

test('the browser had nothing to complain about', () => {
  assert.deepEqual(complaints, [])
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { insertMany } from '../many.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'

const { w, browser, link } = await consoleWorld({ after })
const { db } = w.server.hub
const { id } = (await w.api<{ id: string }>('POST', '/meetings', { topic: 'One', host: 'ada@school.example' })).body
await w.settled()
await insertMany(db, w, id)
await sql`update meeting set state = 'started' where id in (select 'mtg_many_' || i from generate_series(1, 40) i)`.execute(
  db,
)
const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 1000 } })
await page.goto(link.url)
page.setDefaultTimeout(10_000)
const panel = page.getByRole('region', { name: 'Does everything work?' })

test('of ten thousand who left an app, home names five and counts the others, and leads to them', async () => {
  await panel.getByText('and 9995 more of Many').waitFor()
  assert.equal(await panel.getByText('disconnected from Zoom').count(), 5)
  await panel.getByRole('link', { name: 'and 9995 more of Many' }).click()
  await page.getByRole('radio', { name: 'Disconnected', checked: true }).waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Home' }).click()
})

test('the app that works is seen to work beside ten thousand consents, and when it breaks that is seen, too', async () => {
  const apps = page.getByRole('region', { name: 'Zoom', exact: true })
  const own = apps.getByRole('listitem').filter({ hasText: 'Simulator' })
  await own.getByText('Connected', { exact: true }).waitFor()
  await db
    .updateTable('connection')
    .set({ state: 'connected', failed_at: null })
    .where('zoom_app_id', '=', 'app_many')
    .execute()
  await page.reload()
  await panel.getByText('Every connection to Zoom works').waitFor()
  await apps.getByRole('listitem').filter({ hasText: 'Many' }).getByText('10000 people').waitFor()
  await db
    .updateTable('connection')
    .set({ state: 'disconnected', failure_code: 'x', failure_message: 'Zoom refused', failed_at: new Date() })
    .where('id', '=', w.connection_id)
    .execute()
  await page.reload()
  await panel.getByText('Simulator is disconnected from Zoom').waitFor()
  await own.getByText('Zoom refused').waitFor()
})

test('of forty meetings that run home shows five, says that they are forty, and leads to them', async () => {
  const running = page.getByRole('region', { name: 'Running now' })
  await until(async () => (await running.locator('tbody > tr').count()) === 5, 'five rows')
  await running.getByRole('link', { name: 'All 40' }).click()
  const rows = page.getByRole('table', { name: 'Meetings', exact: true }).locator('tbody > tr')
  await rows.first().getByText('Running').waitFor()
  assert.equal(await page.getByLabel('State', { exact: true }).inputValue(), 'started')
  const { body } = await w.api<{ count: number }>('GET', '/meetings/count?when=all&state=started')
  assert.equal(body.count, 40)
})

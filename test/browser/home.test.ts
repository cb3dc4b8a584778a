import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { Route } from 'playwright-core'
import { addJobs } from '#hub/jobs/add.ts'
import { consented } from '../at-zoom.ts'
import { simApp, until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSound } from './sound.ts'

const { w, browser, publicUrl, link } = await consoleWorld({ after })
const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, locale: 'en-GB', acceptDownloads: true })
await page.goto(link.url)
const panel = page.getByRole('region', { name: 'Does everything work?' })

test('home says that everything works, asks Zoom nothing for it, and tells what is left of Zoom’s limits', async () => {
  await w.zoom('POST', '/meetings', { host: 'ada@school.example', topic: 'Anything' })
  await w.settled()
  const before = await w.calls()
  await page.reload()
  await panel.getByText('Every connection to Zoom works').waitFor()
  await panel.getByText('No event of Zoom was given up').waitFor()
  await page.getByRole('table', { name: 'Zoom’s limits today' }).waitFor()
  assert.equal(await w.calls(), before)
})

test('what home could not read is said beside what it knows, with a way to try again', async () => {
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  const fails = async (route: Route) => {
    await held
    await route.fulfill({ status: 400, json: { title: 'Out of order', status: 400 } })
  }
  const broken = ['**/api/v1/jobs', '**/api/v1/quota']
  for (const url of broken) await page.route(url, fails)
  await page.reload()
  await panel.getByRole('status', { name: 'Loading' }).waitFor()
  goOn()
  await panel.getByText('Out of order').first().waitFor()
  await panel.getByText('Every connection to Zoom works').waitFor()
  const quota = page.getByRole('region', { name: 'Zoom’s limits today' })
  await quota.getByText('Out of order').first().waitFor()
  await looksSound(page, 'home of which a part failed')
  for (const url of broken) await page.unroute(url)
  await quota.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('table', { name: 'Zoom’s limits today' }).waitFor()
  await panel.getByRole('button', { name: 'Try again' }).click()
  await panel.getByText(/none was given up$/).waitFor()
})

test('the doctor is asked on request, the worst first, and there is a file for support', async () => {
  await panel.getByRole('button', { name: 'Ask the doctor' }).click()
  await panel.getByText('Zoom accepts the credentials').waitFor()
  const [first] = await panel
    .getByRole('listitem')
    .filter({ hasText: /PostgreSQL runs with fsync off/ })
    .allInnerTexts()
  assert.match(first ?? '', /^Failed/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('link', { name: 'File for support' }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'greenroom-support.json')
})

test('what is broken stands first, and leads to where it is mended', async () => {
  await w.server.hub.db
    .updateTable('connection')
    .set({
      state: 'disconnected',
      failure_code: 'invalid_client',
      failure_message: 'Zoom refused',
      failed_at: new Date(),
    })
    .where('id', '=', w.connection_id)
    .execute()
  await page.reload()
  await panel.getByRole('link', { name: 'Simulator is disconnected from Zoom' }).click()
  await page.getByRole('heading', { name: 'Simulator', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await page.getByText('Zoom accepts Client ID and Client secret').waitFor()
  await page.getByRole('link', { name: 'Home' }).click()
  await panel.getByText('Every connection to Zoom works').waitFor()
})

test('what was given up is named, leads to its list, and is tried again there', async () => {
  const { db } = w.server.hub
  const later = new Date(Date.now() + 86_400_000)
  await addJobs(db, [
    { task: 'zoom_users', payload: { connection_id: w.connection_id }, key: 'dead', max_attempts: 1, run_at: later },
  ])
  await sql`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'Zoom was away' where key = 'dead'`.execute(
    db,
  )
  await page.goto(`${publicUrl}/console/`)
  await panel.getByRole('link', { name: 'One job was given up: Read the users of Zoom 1' }).click()
  await page.getByRole('heading', { name: 'Jobs', level: 1 }).waitFor()
  const row = page.getByRole('row', { name: /Read the users of Zoom.*Simulator.*1.*Zoom was away/s })
  await row.waitFor()
  await page.getByRole('searchbox', { name: 'Search jobs' }).fill('holiday')
  await page.getByText('Nothing fits “holiday”').waitFor()
  await page.getByRole('searchbox', { name: 'Search jobs' }).fill('')
  const before = await w.calls('users')
  await row.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('No job was given up').waitFor()
  await until(async () => (await w.calls('users')) > before, 'Zoom to be asked')
})

test('everything is tested from home, and what came of it is there after a reload, too', async () => {
  await page.goto(`${publicUrl}/console/`)
  const app = page
    .getByRole('region', { name: 'Zoom', exact: true })
    .getByRole('listitem')
    .filter({ hasText: 'Simulator' })
  await app.first().getByRole('button', { name: 'Test everything' }).click()
  const result = app.first().getByText(/^(Everything works|Not everything works) ·/)
  await result.waitFor({ timeout: 60_000 })
  const before = await w.calls()
  await page.reload()
  await result.waitFor()
  assert.equal(await w.calls(), before)
})

test('home says for how many features the scopes are enough, and the set-up which to add, without asking Zoom', async () => {
  await w.server.hub.db
    .updateTable('connection')
    .set({ scope: 'meeting:read:meeting:admin user:read:list_users:admin phone:read:call:admin' })
    .where('id', '=', w.connection_id)
    .execute()
  const before = await w.calls()
  await page.goto(`${publicUrl}/console/`)
  const zoom = page.getByRole('region', { name: 'Zoom', exact: true })
  await zoom.getByText(/^scopes for \d+ of \d+ features$/).waitFor()
  await zoom.getByRole('link', { name: 'Set-up and test' }).click()
  const table = page.getByRole('table', { name: 'Scopes by feature' })
  const plan = table.getByRole('row', { name: /plan meetings/i })
  await plan.getByText('Needed').waitFor()
  await plan.getByText('meeting:write:meeting:admin meeting:update:meeting:admin').waitFor()
  await table
    .getByRole('row', { name: /pick hosts/i })
    .getByText('Works')
    .first()
    .waitFor()
  await page.getByText('phone:read:call:admin').waitFor()
  assert.equal(await w.calls(), before)
  await looksSound(page, 'the scopes of an app')
  // What a check finds out is shown at once.
  await w.server.hub.db
    .updateTable('connection')
    .set({ scope: 'meeting:read:meeting:admin meeting:write:meeting:admin meeting:update:meeting:admin' })
    .where('id', '=', w.connection_id)
    .execute()
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await plan.getByText('Works').waitFor()
})

test('an app that is there for the Meeting SDK alone is no trouble, and is not tested like one that asks Zoom', async () => {
  const app = await w.api('POST', '/zoom_apps', {
    kind: 'admin_managed',
    name: 'For joins',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    meeting_sdk: true,
    purposes: ['web_site'],
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.equal(app.status, 201, app.text)
  await page.goto(`${publicUrl}/console/`)
  const item = page
    .getByRole('region', { name: 'Zoom', exact: true })
    .getByRole('listitem')
    .filter({ hasText: 'For joins' })
  await item.getByText('Signs joins').waitFor()
  assert.equal(await item.getByRole('button', { name: 'Test everything' }).count(), 0)
})

test('of two consents one is taken back at Zoom: home names it, its row tells why, and its button mends it', async () => {
  const { body: app } = await w.api<{ id: string; webhook_url: string }>('POST', '/zoom_apps', {
    ...simApp(w.simulatorUrl),
    kind: 'user_managed',
    name: 'For each of us',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    secret_token: 'sim-user-app-webhook',
    account_id: undefined,
  })
  await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: app.webhook_url, events: ['*'] })
  for (const user of ['grace@school.example', 'alan@school.example']) await consented(w, app.id, user)
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'alan@school.example' })
  await w.settled()

  await page.goto(`${publicUrl}/console/`)
  const item = page
    .getByRole('region', { name: 'Zoom', exact: true })
    .getByRole('listitem')
    .filter({ hasText: 'For each of us' })
    .first()
  await item.getByText('One consent works no more').waitFor()
  await item.getByText(/next renewal in 7 days/).waitFor()
  await item.getByText(/alan@school\.example, .*: The user removed the app at Zoom\./).waitFor()
  await item.getByRole('link', { name: 'Set-up and test' }).click()
  await page.getByText('1 of 2 consents work no more').waitFor()
  await page.getByRole('link', { name: 'Those that work no more' }).click()

  const table = page.getByRole('table', { name: 'Connections' })
  const alan = table.getByRole('row', { name: /^alan@school\.example/ })
  await alan.getByText('The user removed the app at Zoom').waitFor()
  await alan.getByText(/alan@school\.example presses “Connect” at For each of us/).waitFor()
  assert.equal(await table.getByRole('row', { name: /^grace@school\.example/ }).count(), 0, 'hers works')
  await looksSound(page, 'a broken connection')
  await page.goBack()
  await page.goBack()
  await item.getByRole('link', { name: 'See which, and connect again' }).click()
  await alan.getByRole('button', { name: 'Connect again: alan@school.example' }).click()
  await page.getByLabel('Signed in as').selectOption('alan@school.example')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'Zoom is connected' }).waitFor()
  await page.goto(`${publicUrl}/console/settings/connections`)
  await alan.getByText('Connected', { exact: true }).waitFor()
  await alan.getByRole('cell', { name: 'in 7 days' }).waitFor()
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { consoleWorld } from './console-world.ts'
import { looksSound } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const { hub } = w.server
const demo = await ensureWorkspace(hub, 'Demo', { demo: true })
await addMember(hub, demo.id, link.user_id, 'owner')
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

const goTo = async (from: string, to: string): Promise<void> => {
  await page.getByRole('button', { name: `Change workspace ${from}` }).click()
  await page.getByRole('menuitem', { name: to }).click()
  await page.getByRole('button', { name: `Change workspace ${to}` }).waitFor()
}

test('whoever belongs to two workspaces goes from one to the other, and the tables go along', async () => {
  await goTo('School', 'Demo')
  await page.goto(`${consoleUrl}/settings/zoom-apps`)
  await page.getByText('No Zoom app yet').waitFor()
  const csv = async (): Promise<string> => (await page.request.get(`${hub.publicUrl}/api/v1/zoom_apps.csv`)).text()
  assert.doesNotMatch(await csv(), /sim-s2s/)
  await looksSound(page, 'with two workspaces')
  await goTo('Demo', 'School')
  assert.match(await csv(), /sim-s2s/)
})

test('the Demo is removed by one click and a question, and the other workspace is there', async () => {
  await page.goto(`${consoleUrl}/settings/workspace`)
  await page.getByRole('region', { name: 'Name, looks and language' }).waitFor()
  assert.equal(await page.getByRole('button', { name: 'Remove the Demo' }).count(), 0, 'School is no demo')
  await goTo('School', 'Demo')
  await page.goto(`${consoleUrl}/settings/workspace`)
  await page.getByRole('button', { name: 'Remove the Demo' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove the Demo?' })
  await dialog.getByRole('button', { name: 'Remove the Demo' }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  await page.getByText('School', { exact: true }).waitFor()
  assert.equal(await page.getByRole('button', { name: /^Change workspace/ }).count(), 0)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { until } from '../world.ts'
import { consoleWorld, lessonHeld } from './console-world.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
await lessonHeld(w)
const page = await browser.newPage({
  viewport: { width: 1440, height: 900 },
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
})
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

test('an API key is made, shown once, used and revoked', async () => {
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'New API key' }).click()
  const dialog = page.getByRole('dialog', { name: 'New API key' })
  await dialog.getByLabel('Name').fill('Gradebook')
  await dialog.getByLabel('Role').selectOption('operator')
  await dialog.getByRole('button', { name: 'Make API key' }).click()
  const key = await dialog.getByRole('textbox', { name: 'API key' }).inputValue()
  assert.match(key, /^gr_/)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const authorization = `Bearer ${key}`
  assert.equal((await w.api('GET', '/meetings', undefined, { authorization })).status, 200)
  await page.reload()
  assert.ok(!(await page.content()).includes(key))
  const row = page.getByRole('row', { name: /Gradebook/ })
  await row.getByText('Operator').waitFor()
  await row.getByRole('button', { name: 'Revoke Gradebook' }).click()
  await page.getByRole('dialog', { name: 'Revoke Gradebook?' }).getByRole('button', { name: 'Revoke' }).click()
  await row.waitFor({ state: 'detached' })
  assert.equal((await w.api('GET', '/meetings', undefined, { authorization })).status, 401)
})

test('the audit log tells of it, is searched, and is there as a file', async () => {
  await page.getByRole('link', { name: 'Audit log' }).click()
  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill('gradebook')
  const table = page.getByRole('table', { name: 'Audit log' })
  await until(async () => (await table.locator('tbody > tr').count()) === 2, 'two entries')
  await table.getByText('api_key.revoked').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()])
  assert.equal(download.suggestedFilename(), 'audit.csv')
})

test('a report draws the months with a table beside, by host, too', async () => {
  await page.getByRole('link', { name: 'Reports' }).click()
  await page.getByRole('img', { name: /^Meetings by month, from/ }).waitFor()
  const table = page.getByRole('table', { name: 'By month' })
  await until(async () => (await table.locator('tbody > tr').count()) === 13, 'twelve months, and all of them')
  await page.getByText('By host', { exact: true }).click()
  await page
    .getByRole('table', { name: 'By host' })
    .getByRole('row', { name: /@school\.example/ })
    .first()
    .waitFor()
})

test('the events of a time are counted, then handled again', async () => {
  await page.goto(`${consoleUrl}/events`)
  await page.getByRole('button', { name: 'Replay a time …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replay the events of a time' })
  await dialog.getByRole('button', { name: 'Count' }).click()
  await dialog.getByText(/^\d+ events are in this time/).waitFor()
  await dialog.getByRole('button', { name: 'Replay' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page
    .getByRole('region', { name: 'Replays' })
    .getByText(/^Done: \d+ of \d+ events were handled again/)
    .waitFor()
})

test('an option that an administrator fixes is shown fixed where meetings are planned, and one that is switched off is not', async () => {
  await page.goto(`${consoleUrl}/settings/meeting-defaults`)
  await page.getByRole('searchbox', { name: 'Search options' }).fill('waiting')
  const waiting = page.getByRole('listitem', { name: 'Waiting room' })
  await waiting.getByText('Always', { exact: true }).click()
  await waiting.getByRole('button', { name: 'Save' }).click()
  await waiting.getByText('is needed for a rule that always holds').waitFor()
  await waiting.getByRole('combobox', { name: 'Waiting room' }).selectOption('on')
  await waiting.getByRole('button', { name: 'Save' }).click()
  await waiting.getByRole('button', { name: 'Reset' }).waitFor()
  await page.getByRole('searchbox', { name: 'Search options' }).fill('join before the host')
  const before = page.getByRole('listitem', { name: 'Join before the host' })
  await before.getByText('Never', { exact: true }).click()
  await before.getByRole('button', { name: 'Save' }).click()
  await before.getByRole('button', { name: 'Reset' }).waitFor()

  await page.goto(`${consoleUrl}/meetings?new`)
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByText('Access', { exact: true }).click()
  const field = form.getByRole('combobox', { name: 'Waiting room' })
  await until(async () => (await field.isDisabled()) && (await field.inputValue()) === 'on', 'the field to be fixed')
  await form.getByText('The administrators of Greenroom have fixed this for every meeting').waitFor()
  assert.equal(await form.getByRole('combobox', { name: 'Join before the host', exact: true }).count(), 0)
})

test('the workspace has its own name, colour and logo, and says how long it keeps what', async () => {
  await page.goto(`${consoleUrl}/settings/workspace`)
  const looks = page.getByRole('region', { name: 'Name, looks and language' })
  await looks.getByRole('textbox', { name: 'Colour' }).fill('#ffcc00')
  await looks.getByRole('button', { name: 'Save' }).click()
  await looks.getByText('is too light for white words: choose a darker one').waitFor()
  await looks.getByRole('textbox', { name: 'Colour' }).fill('#123a8c')
  await looks.getByRole('button', { name: 'Save' }).click()
  await looks.getByText('Saved').waitFor()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    looks.getByRole('button', { name: 'Choose a logo' }).click(),
  ])
  await chooser.setFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png })
  await looks.getByRole('img', { name: 'Logo' }).waitFor()
  assert.equal(
    await page.evaluate("document.documentElement.style.getPropertyValue('--mantine-color-green-filled')"),
    '#123a8c',
  )
  const kept = page.getByRole('region', { name: 'How many days are kept' })
  await kept.getByRole('spinbutton', { name: 'Zoom’s events' }).fill('400')
  await kept.getByRole('button', { name: 'Save' }).click()
  await kept.getByText('may be 90 at the most: the server keeps no longer').waitFor()
  await kept.getByRole('spinbutton', { name: 'Zoom’s events' }).fill('60')
  await kept.getByRole('button', { name: 'Save' }).click()
  await kept.getByText('Saved').waitFor()
})

test('a Zoom app is switched off and on again', async () => {
  await page.goto(`${consoleUrl}/settings/zoom-apps/${w.zoom_app_id}`)
  await page.getByRole('switch', { name: 'Works with Zoom' }).click()
  await page.getByText('This app is switched off').waitFor()
  await page.getByRole('switch', { name: 'Works with Zoom' }).click()
  await page.getByText('This app is switched off').waitFor({ state: 'detached' })
})

test('before a new address for removals ends the one there is, it is asked', async () => {
  await page.goto(`${consoleUrl}/settings/zoom-apps/${w.zoom_app_id}`)
  const removed = page.getByRole('region', { name: 'When somebody removes the app' })
  const address = removed.getByRole('textbox', { name: 'Deauthorization Notification Endpoint URL' })
  await removed.getByRole('button', { name: 'Make such an address' }).click()
  const first = await address.inputValue()
  await page.reload()
  const question = page.getByRole('dialog', { name: 'Make a new address?' })
  await removed.getByRole('button', { name: 'Make a new address' }).click()
  await question.getByText(/^The address that was made before is good no more/).waitFor()
  await question.getByRole('button', { name: 'Keep the one there is' }).click()
  await question.waitFor({ state: 'hidden' })
  assert.equal(await address.count(), 0)
  await removed.getByRole('button', { name: 'Make a new address' }).click()
  await question.getByRole('button', { name: 'Make a new address' }).click()
  await question.waitFor({ state: 'hidden' })
  assert.notEqual(await address.inputValue(), first)
})

test('the console speaks the language of the workspace to whoever has chosen none', async () => {
  await page.goto(`${consoleUrl}/settings/workspace`)
  const looks = page.getByRole('region', { name: 'Name, looks and language' })
  await looks.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch')
  await looks.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('combobox', { name: 'Sprache' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')

  await page.getByRole('button', { name: 'Sprache: Deutsch. Ändern' }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await looks.waitFor()
  await page.reload()
  await looks.waitFor()
  assert.equal(await looks.getByRole('combobox', { name: 'Language' }).inputValue(), 'de')
})

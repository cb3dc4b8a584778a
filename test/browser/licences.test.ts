import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { atZoom } from '../at-zoom.ts'
import { consoleWorld } from './console-world.ts'
import { passesAxe } from './sound.ts'

const { w, browser, link } = await consoleWorld({ after })
await w.zoom('PATCH', '/settings', { licensed_seats: 2 })
await w.zoom('POST', '/groups', { name: 'Deans', members: ['ada@school.example'] })
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
const page = await context.newPage()
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

const typeOf = async (email: string): Promise<number> =>
  ((await (await atZoom(w, 'GET', `/users/${email}`)).json()) as { type: number }).type

test('an administrator lends licences, spares the deans, and sees who passed one on and who was refused', async () => {
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('link', { name: 'Licences' }).click()
  await page.getByRole('heading', { name: 'Licences', level: 1 }).waitFor()
  const calls = await w.calls()
  await page.reload()
  await page.getByRole('table', { name: 'Who has a licence' }).getByText('grace@school.example').waitFor()
  assert.equal(await w.calls(), calls, 'a look at the page asks Zoom nothing')
  await passesAxe(page)

  await page.getByRole('button', { name: 'Read the groups' }).click()
  await page.getByRole('combobox', { name: 'Protected groups' }).click()
  await page.getByRole('option', { name: 'Deans (1)' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('switch', { name: 'Lend licences' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  const holders = page.getByRole('table', { name: 'Who has a licence' })
  await holders
    .getByRole('row', { name: /ada@school.example/ })
    .getByText('Protected')
    .waitFor()

  await page.getByRole('button', { name: 'Lend a licence' }).click()
  const dialog = page.getByRole('dialog', { name: 'Lend a licence' })
  await dialog.getByLabel('To whom').fill('alan@school.example')
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Lend a licence' }).click()
  await dialog.getByRole('status').getByText('Lent', { exact: true }).waitFor()
  await passesAxe(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  assert.equal(await typeOf('alan@school.example'), 2)
  const lent = page.getByRole('table', { name: 'What was lent' }).getByRole('row', { name: /alan@school.example/ })
  await lent.getByText('grace@school.example').waitFor()

  await page.getByRole('button', { name: 'Call back from alan@school.example' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Call back' }).click()
  await lent.getByText('Given back').waitFor({ timeout: 20_000 })
  assert.equal(await typeOf('alan@school.example'), 1)
})

test('somebody is added to the Zoom account, and an address that is there already is said at once', async () => {
  await page.goto(`${w.server.hub.publicUrl}/console/people?of=zoom`)
  const add = async (email: string) => {
    await page.getByRole('button', { name: 'Add a Zoom user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a Zoom user' })
    await dialog.getByLabel('E-mail').fill(email)
    await dialog.getByLabel('First name').fill('Emmy')
    await dialog.getByRole('button', { name: 'Add the user' }).click()
    return dialog
  }
  const dialog = await add('emmy@school.example')
  await dialog.getByText('Zoom has invited emmy@school.example').waitFor()
  await passesAxe(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page
    .getByRole('table', { name: 'Zoom users' })
    .getByRole('row', { name: /Emmy/ })
    .getByText('Invited')
    .waitFor()
  const again = await add('emmy@school.example')
  await again.getByText('emmy@school.example is a user of the Zoom account already').waitFor()
})

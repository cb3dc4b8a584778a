import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { personFor } from '#hub/people.ts'
import { until } from '../world.ts'
import { consoleWorld, lessonHeld } from './console-world.ts'
import { viewsOf } from './console-pages.ts'
import { press, tabTo, type, unreachable } from './keyboard.ts'

// A day in the console without a mouse: nothing here is clicked.

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const held = await lessonHeld(w)
const page = await browser.newPage({
  locale: 'en-GB',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

const menu = (name: string) => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true })
/** Where the keyboard is. */
const focused = page.locator(':focus')

test('a password is set, and with it one signs in again', async () => {
  await press(page, menu('Your account'))
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor()
  await type(page, page.getByLabel('New password'), 'of one who tabs')
  await press(page, page.getByRole('button', { name: 'Set password' }))
  await page.getByText('The password is set').waitFor()
  const email = await page.getByLabel('E-mail').inputValue()

  await press(page, page.getByRole('button', { name: 'Sign out' }))
  await page.getByRole('heading', { name: 'Sign in to Greenroom' }).waitFor()
  await type(page, page.getByLabel('E-mail'), email)
  await type(page, page.getByLabel('Password', { exact: true }), 'of one who tabs')
  await page.keyboard.press('Enter')
  await menu('Meetings').waitFor()
})

test('a weekly meeting is scheduled, one occurrence made longer, and all of it cancelled', async () => {
  await press(page, menu('Meetings'))
  await page.getByRole('heading', { name: 'Meetings', level: 1 }).waitFor()
  await press(page, page.getByRole('link', { name: 'New meeting' }).first())
  const form = page.getByRole('dialog', { name: 'New meeting' })
  // The form begins at its first field.
  await form.getByLabel('Topic').and(focused).waitFor()
  await page.keyboard.type('Logic')
  await type(page, form.getByRole('combobox', { name: 'Host' }), 'ada')
  await page.getByRole('option', { name: /ada@school.example/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.match(await form.getByRole('combobox', { name: 'Host' }).inputValue(), /ada/i)
  // Day, month, year and time are parts of one field, in the order of whatever country the browser is of.
  await type(page, form.getByLabel('Starts'), '10102031')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('0930A')
  assert.equal(await form.getByLabel('Starts').inputValue(), '2031-10-10T09:30')
  await tabTo(page, form.getByLabel('Repeats'))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  assert.equal(await form.getByLabel('Repeats').inputValue(), 'week')
  await press(page, form.getByRole('button', { name: 'Schedule meeting' }))
  await page.getByRole('heading', { name: 'Logic', level: 1 }).waitFor()

  await tabTo(page, page.getByRole('tab', { name: 'Sessions' }))
  await page.keyboard.press('ArrowRight')
  const occurrences = page.getByRole('table', { name: 'Occurrences' })
  const first = occurrences.getByRole('row', { name: /10 Oct/ })
  await press(page, first.getByRole('button', { name: 'Edit' }))
  const edit = page.getByRole('dialog', { name: 'Edit this occurrence' })
  await tabTo(page, edit.getByLabel('Minutes'))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('90')
  await page.keyboard.press('Enter')
  await first.getByText('1 h 30 min').waitFor()
  // From a dialog one comes back to where one was.
  await first.getByRole('button', { name: 'Edit' }).and(focused).waitFor()

  await press(page, page.getByRole('button', { name: 'Cancel meeting' }))
  const question = page.getByRole('dialog', { name: 'Cancel this meeting?' })
  await press(page, question.getByRole('button', { name: 'Cancel meeting' }))
  await page.getByText('Cancelled', { exact: true }).first().waitFor()
})

test('who was there only by name is told apart, and an event replayed', async () => {
  await personFor(w.server.hub, w.workspace_id, {
    source: 'lti:plc_1',
    id: 'max',
    name: 'Max Mustermann',
    email: 'max@school.example',
    email_verified: true,
  })
  await page.goto(`${consoleUrl}/meetings/${held.meeting_id}`)
  const table = page.getByRole('table', { name: 'Attendance' })
  const unknown = page.getByRole('button', { name: /^Who is this\?/ }).first()
  await press(page, unknown)
  const dialog = page.getByRole('dialog', { name: /^Who is / })
  await type(page, dialog.getByRole('combobox', { name: 'Person' }), 'muster')
  await page.getByRole('option', { name: /Max Mustermann/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await press(page, dialog.getByRole('button', { name: 'That is who it is' }))
  await table.getByRole('row', { name: /Assigned/s }).waitFor()

  await press(page, menu('Events'))
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor()
  const ended = page.getByRole('button', { name: 'meeting.ended' }).first()
  await press(page, ended)
  const event = page.getByRole('dialog', { name: 'Event' })
  await press(page, event.getByRole('button', { name: 'Replay' }))
  await event.getByText('Replayed: see its state above').waitFor()
  await page.keyboard.press('Escape')
  await event.waitFor({ state: 'detached' })
  await ended.and(focused).waitFor()
})

test('a key is made and revoked, and the language is another one', async () => {
  await press(page, menu('API keys'))
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor()
  await press(page, page.getByRole('button', { name: 'New API key' }))
  const dialog = page.getByRole('dialog', { name: 'New API key' })
  await type(page, dialog.getByLabel('Name'), 'Gradebook')
  await press(page, dialog.getByRole('button', { name: 'Make API key' }))
  assert.match(await dialog.getByRole('textbox', { name: 'API key' }).inputValue(), /^gr_/)
  await press(page, dialog.getByRole('button', { name: 'Done' }))
  await press(page, page.getByRole('button', { name: 'Revoke Gradebook' }))
  await press(page, page.getByRole('dialog', { name: 'Revoke Gradebook?' }).getByRole('button', { name: 'Revoke' }))
  await page.getByRole('row', { name: /Gradebook/ }).waitFor({ state: 'detached' })

  await press(page, page.getByRole('button', { name: 'Language: English. Change' }))
  const german = page.getByRole('menuitem', { name: 'Deutsch' })
  await german.waitFor()
  await until(async () => {
    await page.keyboard.press('ArrowDown')
    return (await german.and(focused).count()) > 0
  }, 'the arrow to come to Deutsch')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'API-Schlüssel', level: 1 }).waitFor()
})

async function signedIn(t: TestContext): Promise<Page> {
  const { url } = await w.server.signIn.printOwnerLink()
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width: 1440, height: 900 },
  })
  t.after(() => context.close())
  const other = await context.newPage()
  await other.goto(url)
  await other.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  return other
}

test('on every page the keyboard comes to everything that can be pressed, chosen or filled in', async (t) => {
  const other = await signedIn(t)
  for (const path of viewsOf({ meeting: held.meeting_id, zoom_app: w.zoom_app_id })) {
    await other.goto(consoleUrl + path)
    await other.locator('h1').waitFor()
    await other.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
    // What opens over a page once it is read takes the keyboard along.
    if (/[?&](?:new|app|place)\b/.test(path)) await other.getByRole('dialog').waitFor()
    assert.deepEqual(await unreachable(other), [], path)
  }
})

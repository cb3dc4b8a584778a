import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import german from '../../web/console/languages/de.json' with { type: 'json' }
import { consoleWorld, lessonHeld } from './console-world.ts'
import { viewsOf } from './console-pages.ts'
import { fitsWidths } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const held = await lessonHeld(w)
const signedIn = await browser.newContext()
const first = await signedIn.newPage()
await first.goto(link.url)
await first.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
const storageState = await signedIn.storageState()

async function open(t: TestContext, language: string, more: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ storageState, locale: 'en-GB', reducedMotion: 'reduce', ...more })
  t.after(() => context.close())
  const page = await context.newPage()
  if (language) await page.addInitScript(`localStorage.setItem('greenroom-language', '${language}')`)
  return page
}

test('the console speaks the browser’s language, and another one when that is chosen', async (t) => {
  const page = await open(t, '', { locale: 'de-AT' })
  await page.goto(consoleUrl)
  await page.getByRole('heading', { name: 'Start', level: 1 }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  await page.getByRole('button', { name: 'Sprache: Deutsch. Ändern' }).click()
  await page.getByRole('menuitem', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
})

/** Which files of sentences a page has loaded. */
function sentencesLoadedBy(page: Page): string[] {
  const loaded: string[] = []
  page.on('request', (request) => {
    const [name] = /(?:de|sentences)-[^/]+\.js$/.exec(request.url()) ?? []
    if (name) loaded.push(name)
  })
  return loaded
}

test('a language that is not there is English, which loads no sentences of any language', async (t) => {
  const page = await open(t, '', { locale: 'fi-FI' })
  const loaded = sentencesLoadedBy(page)
  await page.goto(consoleUrl)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  assert.deepEqual(loaded, [])
})

const pages = viewsOf({ meeting: held.meeting_id, zoom_app: w.zoom_app_id })

/** What is not the product's own words: names, addresses, what Zoom and the audit log call things. */
/** Dates, as the browser writes them, with the numbers and the zone that stand beside them. */
const dates =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|UTC|[\d\s,:·]+|[A-Z][A-Za-z]+\/[A-Za-z_]+)+$/

const { password } = (await w.api<{ password: string }>('GET', `/meetings/${held.meeting_id}`)).body

const data = [
  dates,
  /^autosize measurement$/,
  /^owner$/,
  /^(Ada Lovelace|Alan Turing|Grace Hopper|Max Muster|Algebra I)$/,
  /^Simulator$/,
  /^Owner$/,
  /^School$/,
  /@/,
  /:\/\//,
  /^(npm|sim-)/,
  /[a-z]+[._][a-z]+/,
  /^[A-Za-z]+\/[A-Za-z_]+$/,
  // Zoom's client, by its number and system.
  /^[\d.]+\(\w+\)$/,
  // Who did something, by name and id, and its details, each by its name.
  /\((user|key):\w+\)$/,
  /^(cli|hub|zoom)$/,
  /^(\w+ · )?\w+: /,
]

const textsOf = `[...document.querySelectorAll('body *')]
  .filter((element) => element.checkVisibility() && !element.closest('script, style, noscript, code, option, [lang]:not(html, [lang=en])'))
  .flatMap((element) => [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()))
  .concat([...document.querySelectorAll('[aria-label], [placeholder], [title]')]
    .flatMap((element) => ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name) ?? '')))`

/** What those see who are not signed in. */
const invited = await w.api<{ url: string }>('POST', '/invitations', { email: 'new@school.example', role: 'viewer' })
const outside = [
  '/sign-in',
  '/sign-in?error=INVALID_TOKEN',
  '/invitation?token=none',
  invited.body.url.slice(consoleUrl.length),
]

test('every word of every page is translatable', async (t) => {
  const member = await open(t, 'en-XA')
  const left = new Set<string>()
  const stranger = await open(t, 'en-XA', { storageState: { cookies: [], origins: [] } })
  const looks = [...pages.map((path) => [path, member] as const), ...outside.map((path) => [path, stranger] as const)]
  for (const [path, page] of looks) {
    await page.goto(consoleUrl + path)
    await page.locator('h1').waitFor()
    await page.locator('[role=status][aria-label*=Loading]').first().waitFor({ state: 'detached' })
    for (const text of await page.evaluate<string[]>(textsOf))
      if (/\p{L}{2}/u.test(text) && !text.includes('⟦') && text !== password && !data.some((each) => each.test(text)))
        left.add(`${path}: ${text}`)
  }
  assert.deepEqual([...left], [])
})

test('what the hub says is German in German: a refusal, the steps of an app, what the doctor finds', async (t) => {
  const page = await open(t, 'de')
  const loaded = sentencesLoadedBy(page)
  await page.goto(`${consoleUrl}/meetings/mtg_none`)
  await page.getByRole('alert').getByText('Es gibt kein Meeting mtg_none').waitFor()
  assert.equal(loaded.length, 2, 'the console’s own, and the hub’s')

  await page.goto(`${consoleUrl}/settings/zoom-apps/${w.zoom_app_id}`)
  const steps = page.getByRole('listitem')
  await steps.getByText('Drücken Sie „Prüfen“').first().waitFor()
  assert.deepEqual(await page.locator('ol [lang=en]').allTextContents(), [])

  await page.goto(consoleUrl)
  await page.getByRole('button', { name: german['Ask the doctor'] ?? '' }).click()
  await page.getByText('ist nicht https: Zoom sendet Ereignisse nur an https-Adressen').waitFor()
  assert.deepEqual(await page.locator('li [lang=en]').allTextContents(), [])
})

for (const [language, dir] of [
  ['ar-XB', 'rtl'],
  ['en-XA', 'ltr'],
] as const)
  test(`every page fits ${dir === 'rtl' ? 'from right to left' : 'with words that are half as long again'}`, async (t) => {
    const page = await open(t, language)
    for (const path of pages) {
      await page.goto(consoleUrl + path)
      await page.locator('h1').waitFor()
      await page.locator('[role=status][aria-label*=Loading]').first().waitFor({ state: 'detached' })
      assert.equal(await page.locator('html').getAttribute('dir'), dir)
      await fitsWidths(page, [1280, 320], `${language} ${path}`)
    }
  })

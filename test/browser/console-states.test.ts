import { after, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Page, Route } from 'playwright-core'
import { takeTour } from '#cli/tour/class.ts'
import { addMember } from '#hub/workspaces.ts'
import { until, world } from '../world.ts'
import { insertMany } from '../many.ts'
import { openChromium } from './chromium.ts'
import { pagesOf } from './console-pages.ts'
import { fitsWidth, looksSound } from './sound.ts'

const w = await world({ after })
const { publicUrl, db } = w.server.hub
const consoleUrl = `${publicUrl}/console`
const browser = await openChromium(publicUrl, w.hubUrl)
after(() => browser.close())
const link = await w.server.signIn.printOwnerLink()
await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')
const held = await takeTour({
  hubUrl: w.hubUrl,
  simulatorUrl: w.simulatorUrl,
  key: await w.key('owner'),
  network: fetch,
  print: () => {},
})
const first = await browser.newContext()
const entrance = await first.newPage()
await entrance.goto(link.url)
await entrance.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
const storageState = await first.storageState()
const pages = pagesOf({ meeting: held.meeting_id, zoom_app: w.zoom_app_id })

async function open(t: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ storageState, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  t.after(() => context.close())
  const page = await context.newPage()
  return page
}

/** Everything that the pages ask for but who is signed in, which they could not be without. */
const asked = (url: URL): boolean => url.pathname.startsWith('/api/v1/') && url.pathname !== '/api/v1/me'

const looks = {
  'light, 1440 px': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'dark, 320 px': { viewport: { width: 320, height: 740 }, colorScheme: 'dark' },
} satisfies Record<string, BrowserContextOptions>

/** Pages that ask for nothing by themselves, and so are never waiting, failing or empty. */
const still = new Set(['/settings/zoom-apps/connect'])

const empty = async (route: Route): Promise<void> => {
  if (route.request().method() !== 'GET') return route.continue()
  const answer = await route.fetch()
  const body = (await answer.json().catch(() => undefined)) as { items?: unknown } | undefined
  if (!Array.isArray(body?.items)) return route.fulfill({ response: answer })
  await route.fulfill({ response: answer, json: { ...body, items: [], next_cursor: null } })
}

for (const [look, options] of Object.entries(looks)) {
  test(`while answers are on their way every page says so, and is sound (${look})`, async (t) => {
    const page = await open(t, options)
    const waiting: (() => void)[] = []
    await page.route(
      asked,
      (route) => new Promise<void>((resolve) => waiting.push(() => void route.abort().then(resolve))),
    )
    for (const { path } of pages.filter((each) => !still.has(each.path))) {
      await page.goto(consoleUrl + path)
      await page.locator('[role=status][aria-label=Loading]').first().waitFor()
      await looksSound(page, path)
      for (const end of waiting.splice(0)) end()
    }
  })

  test(`when the hub fails every page says so, with a way to try again, and is sound (${look})`, async (t) => {
    const page = await open(t, options)
    await page.route(asked, (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        json: { type: 'about:blank', title: 'Out of order', status: 400, detail: 'The hub is out of order today.' },
      }),
    )
    for (const { path } of pages) {
      await page.goto(consoleUrl + path)
      await page.getByText('The hub is out of order today.').first().waitFor()
      await looksSound(page, path)
    }
  })

  test(`with nothing in it every page is sound, and says what will be there (${look})`, async (t) => {
    const page = await open(t, options)
    await page.route(asked, empty)
    for (const { path } of pages) {
      await page.goto(consoleUrl + path)
      await page.locator('h1').waitFor()
      await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
      await looksSound(page, path)
    }
  })
}

for (const width of [1920, 2560])
  test(`every page is sound at ${width} px`, async (t) => {
    const page = await open(t, { viewport: { width, height: 1200 } })
    for (const { path } of pages) {
      await page.goto(consoleUrl + path)
      await page.locator('h1').waitFor()
      await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
      await fitsWidth(page, path)
    }
  })

test('at 200 % every page fits, as on half the width', async (t) => {
  const page = await open(t, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 })
  for (const { path } of pages) {
    await page.goto(consoleUrl + path)
    await page.locator('h1').waitFor()
    await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
    await fitsWidth(page, path)
  }
})

test('with 10,000 of everything the lists come by pages, and stay sound', async (t) => {
  await insertMany(db, w, held.meeting_id)
  const page = await open(t, looks['light, 1440 px'])
  for (const [path, label] of [
    ['/meetings?when=all', 'Meetings'],
    ['/events', 'Events, newest first'],
    ['/settings/audit', 'Audit log'],
    ['/people', 'Persons'],
    ['/people?of=zoom', 'Zoom users'],
    ['/places', 'Places'],
    ['/people/licences', 'Who has a licence'],
    ['/people/licences', 'What was lent'],
    ['/places/webhooks', 'Messages'],
    ['/settings/api-keys', 'API keys'],
    ['/settings/connections', 'Connections'],
  ] as const) {
    await page.goto(consoleUrl + path)
    const table = page.getByRole('table', { name: label })
    const rows = table.locator('tbody > tr')
    await until(async () => (await rows.count()) === 50, `the first page of ${path}`)
    await page.locator('section', { has: table }).last().getByRole('button', { name: 'Load more' }).click()
    await until(async () => (await rows.count()) === 100, `the second page of ${path}`)
    await looksSound(page, path)
  }
})

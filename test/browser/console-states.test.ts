import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Page, Route } from 'playwright-core'
import { until } from '../world.ts'
import { insertMany, insertManyMore } from '../many.ts'
import { consoleWorld, lessonHeld } from './console-world.ts'
import { pagesOf } from './console-pages.ts'
import { fitsWidths, looksSoundAnywhere } from './sound.ts'

const { w, browser, consoleUrl, link } = await consoleWorld({ after })
const { db } = w.server.hub
const held = await lessonHeld(w)
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
const asked = ({ pathname }: URL): boolean => /^\/api\/(v1|auth)\//.test(pathname) && pathname !== '/api/v1/me'

/** Pages that ask for nothing by themselves, and so are never waiting, failing or empty. */
const still = new Set(['/settings/zoom-apps/connect'])

const empty = async (route: Route): Promise<void> => {
  if (route.request().method() !== 'GET') return route.continue()
  const answer = await route.fetch()
  const body = (await answer.json().catch(() => undefined)) as { items?: unknown } | undefined
  if (!Array.isArray(body?.items)) return route.fulfill({ response: answer })
  await route.fulfill({ response: answer, json: { ...body, items: [], next_cursor: null } })
}

const loaded = async (page: Page, path: string): Promise<void> => {
  await page.goto(consoleUrl + path)
  await page.locator('h1').waitFor()
  await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
}

test('while answers are on their way every page says so, and is sound', async (t) => {
  const page = await open(t)
  const waiting: (() => void)[] = []
  await page.route(
    asked,
    (route) => new Promise<void>((resolve) => waiting.push(() => void route.abort().then(resolve))),
  )
  for (const { path } of pages.filter((each) => !still.has(each.path))) {
    await page.goto(consoleUrl + path)
    await page.locator('[role=status][aria-label=Loading]').first().waitFor()
    await looksSoundAnywhere(page, path)
    for (const end of waiting.splice(0)) end()
  }
})

test('when the hub fails every page says so, with a way to try again, and is sound', async (t) => {
  const page = await open(t)
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
    await looksSoundAnywhere(page, path)
  }
  // What could not be told is not told as “off” or “none”.
  await page.goto(`${consoleUrl}/settings/account`)
  for (const name of ['Second factor', 'Passkeys', 'Where you are signed in']) {
    const panel = page.getByRole('region', { name })
    await panel.getByRole('button', { name: 'Try again' }).first().waitFor()
    assert.equal(await panel.getByRole('button', { name: /Set it up|Add a passkey|End/ }).count(), 0, name)
  }
})

test('with nothing in it every page is sound, and says what will be there', async (t) => {
  const page = await open(t)
  await page.route(asked, empty)
  for (const { path } of pages) {
    await loaded(page, path)
    await looksSoundAnywhere(page, path)
  }
})

test('every page fits on wide screens, and at 200 % as on half the width', async (t) => {
  const page = await open(t)
  for (const { path } of pages) {
    await loaded(page, path)
    await fitsWidths(page, [1280, 1920, 2560, 720], path)
  }
})

type Lists = (typeof pages)[number]['lists']
const labelOf = (list: Lists[number]): string => (typeof list === 'string' ? list : list.label)

/** Where a page's lists stand, with those that stand there. */
function viewsOf(path: string, lists: Lists): Map<string, string[]> {
  const views = new Map<string, string[]>()
  for (const list of lists) {
    const at = typeof list === 'string' ? path : (path.split('?')[0] ?? '') + list.path
    views.set(at, [...(views.get(at) ?? []), labelOf(list)])
  }
  return views
}

/** What the page lists by fifties: from there on it grows. */
const growing = (page: Page) => page.getByRole('table').filter({ has: page.locator('tbody > tr:nth-child(50)') })

test('with 10,000 of everything every page comes by pages, and is sound', async (t) => {
  await insertMany(db, w, held.meeting_id)
  await insertManyMore(db, w, held.meeting_id)
  const page = await open(t, { viewport: { width: 1440, height: 900 } })
  for (const { path, lists } of pages)
    for (const [at, labels] of viewsOf(path, lists)) {
      await loaded(page, at)
      const tables = labels.map((label) => page.getByRole('table', { name: label, exact: true }))
      const has = (rows: number) =>
        until(
          async () => {
            const counts = await Promise.all(tables.map((table) => table.locator('tbody > tr').count()))
            return counts.every((count) => count === rows)
          },
          `${rows} rows of ${labels.join(', ')} at ${at}`,
        )
      await has(50)
      for (const table of tables)
        await page.locator('section', { has: table }).last().getByRole('button', { name: 'Load more' }).click()
      await has(100)
      // What the pointer came to rest on has opened.
      await page.mouse.move(0, 0)
      await page.getByRole('tooltip').waitFor({ state: 'detached' })
      await looksSoundAnywhere(page, at)
      const found = await Promise.all((await growing(page).all()).map((table) => table.getAttribute('aria-label')))
      const unnamed = found.filter((label) => label !== null && !lists.some((list) => labelOf(list) === label))
      assert.deepEqual(unnamed, [], `the lists that grow at ${at} are named`)
    }
})

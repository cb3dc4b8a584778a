import { mkdir } from 'node:fs/promises'
import { after, test } from 'node:test'
import { consoleWorld, lessonHeld } from './console-world.ts'
import { pagesOf } from './console-pages.ts'

// `npm run screenshots`: every page of the console, light and dark, on a desk and on a phone.

const folder = new URL('../../docs/images/console/', import.meta.url)

const looks = [
  { name: 'desktop-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

const { w, browser, link } = await consoleWorld({ after })
const held = await lessonHeld(w)
await w.api('POST', '/site/places', { name: 'School site' })
for (const [topic, days] of [
  ['Number theory', 1],
  ['Office hours', 2],
  ['Parents’ evening', 5],
] as const)
  await w.api('POST', '/meetings', {
    host: days === 2 ? 'grace@school.example' : 'ada@school.example',
    topic,
    start_time: new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000)
      .toISOString()
      .replace(/\.\d+/, ''),
    duration: 45,
    timezone: 'Europe/Berlin',
  })
await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { purposes: ['lms', 'reports', 'recordings'] })
await w.api('POST', `/zoom_apps/${w.zoom_app_id}/setup/check`)
await w.settled()
const entrance = await browser.newContext()
const first = await entrance.newPage()
await first.goto(link.url)
await first.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
const storageState = await entrance.storageState()
await mkdir(folder, { recursive: true })

for (const { name: look, ...options } of looks)
  test(`the console, ${look}`, async () => {
    const context = await browser.newContext({
      ...options,
      storageState,
      locale: 'en-GB',
      timezoneId: 'Europe/Berlin',
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    for (const { name, path } of pagesOf({ meeting: held.meeting_id, zoom_app: w.zoom_app_id })) {
      await page.goto(`${w.server.hub.publicUrl}/console${path}`)
      await page.locator('h1').waitFor()
      await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: new URL(`${name}-${look}.png`, folder).pathname })
    }
    await context.close()
  })

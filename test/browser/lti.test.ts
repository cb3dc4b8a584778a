import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { FrameLocator, Page } from 'playwright-core'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'
import { passesAxe } from './sound.ts'

// The LMS is at 127.0.0.1 and we are at localhost: two sites, so that the frame is a foreign one to the browser.
const w = await world({ after })
const lms = `${w.simulatorUrl}/hosts/lms`
const browser = await openChromium(w.server.hub.publicUrl, w.hubUrl)
after(() => browser.close())

const { body: added } = await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name: 'School LMS' })

async function signedIn(user: string, more: Parameters<typeof browser.newContext>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'America/New_York', locale: 'en-GB', ...more })
  const page = await context.newPage()
  await page.goto(`${lms}/login`)
  await page.getByLabel('Person').selectOption({ label: user })
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

const frameOf = (page: Page): FrameLocator => page.frameLocator('iframe')

/** `2030-01-07T10:00`, a Monday. */
const start = '2030-01-07T10:00'

test('an administrator connects the LMS by one URL and a click on each side', async () => {
  const page = await signedIn('Alex Admin, Administrator')
  await page.getByRole('link', { name: 'Tools' }).click()
  await page.getByLabel('Tool URL').fill(added.registration_url)
  await page.getByRole('button', { name: 'Add LTI Advantage' }).click()
  await frameOf(page).getByRole('button', { name: 'Connect' }).click()
  // The frame says that it is done, and the LMS closes it.
  await page.getByRole('button', { name: 'Activate' }).click()
  await page.getByText('configured').waitFor()
  await page.context().close()
})

test('a teacher plans a weekly class in the frame, and the course has it', async () => {
  const page = await signedIn('Ada Lovelace, Instructor')
  await page.getByRole('link', { name: 'Add: Greenroom' }).click()
  const frame = frameOf(page)
  await frame.getByLabel('Title').fill('Algebra I')
  assert.equal(await frame.getByLabel('Time zone').inputValue(), 'America/New_York', 'the browser’s own to begin with')
  await frame.getByLabel('Time zone').selectOption('Europe/Berlin')
  await frame.getByLabel('First meeting').fill(start)
  assert.ok(await frame.getByLabel('Every … weeks').isHidden())
  await frame.getByLabel('Every week', { exact: true }).check()
  await frame.getByLabel('Mon', { exact: true }).check()
  await frame.getByLabel('Ends').selectOption('on a day')
  await frame.getByLabel('Last day').fill('2030-02-04')
  await passesInFrame(page)
  await frame.getByRole('button', { name: 'Add to the course' }).click()
  await frame.getByRole('button', { name: 'Save and return to course' }).click()
  await page.getByRole('link', { name: 'Algebra I' }).click()
  await frameOf(page).getByRole('link', { name: 'Start the meeting' }).waitFor()
  await passesInFrame(page)
  await page.context().close()
})

test('a student reads both times, and the way in opens a window of its own', async () => {
  const page = await signedIn('Grace Hopper, Learner')
  await page.getByRole('link', { name: 'Algebra I' }).click()
  const frame = frameOf(page)
  await frame.getByText('Monday, 7 January 2030').waitFor()
  await frame.getByText('10:00–11:00').waitFor()
  await frame.getByText('04:00–05:00').waitFor()
  await frame.getByText(/You can join from 03:45 on/).waitFor()
  await passesInFrame(page)
  const { zoom_meeting_id = '' } =
    (await w.api<{ items: { zoom_meeting_id: string }[] }>('GET', '/meetings')).body.items[0] ?? {}
  await w.zoom('POST', `/meetings/${zoom_meeting_id}/start`, {})
  await w.settled()
  await page.reload()
  await until(async () => frame.getByText('Live now').isVisible(), 'the page to say that it is live')
  const [door] = await Promise.all([
    page.context().waitForEvent('page'),
    frame.getByRole('link', { name: 'Join the meeting' }).click(),
  ])
  await door.getByText('Grace Hopper').waitFor()
  assert.match(door.url(), /\/j\//)
  await page.context().close()
})

test('the pages in the frame can be read in the dark and on a phone', async () => {
  const page = await signedIn('Ada Lovelace, Instructor', {
    colorScheme: 'dark',
    viewport: { width: 375, height: 812 },
  })
  await page.getByRole('link', { name: 'Algebra I' }).click()
  await frameOf(page).getByText('Attendance').waitFor()
  await passesInFrame(page)
  const wide = await page.frames()[1]?.evaluate('document.documentElement.scrollWidth > innerWidth')
  assert.equal(wide, false, 'nothing sticks out')
  await page.context().close()
})

/** The page in the LMS’s frame: the LMS around it is the simulator’s. */
async function passesInFrame(page: Page): Promise<void> {
  const frame = page.frames()[1]
  assert.ok(frame, 'a frame')
  await passesAxe(frame)
}

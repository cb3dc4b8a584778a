// The whole journey through a real Moodle (4.3 or later) on this machine, by its own pages in Chromium: npm run e2e:moodle. Zoom is
// simulated. Moodle's server asks ours: for that time its “cURL blocked hosts list” and “cURL allowed ports list” are emptied.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContext, Frame, Page } from 'playwright-core'
import { openChromium } from '../browser/chromium.ts'
import { connect, until, world } from '../world.ts'

const { GREENROOM_E2E_MOODLE_URL, GREENROOM_E2E_MOODLE_ADMIN, GREENROOM_E2E_MOODLE_PASSWORD } = process.env
if (!GREENROOM_E2E_MOODLE_URL || !GREENROOM_E2E_MOODLE_ADMIN || !GREENROOM_E2E_MOODLE_PASSWORD) {
  console.error(
    'Say which Moodle to use: GREENROOM_E2E_MOODLE_URL, and an administrator of it: GREENROOM_E2E_MOODLE_ADMIN and GREENROOM_E2E_MOODLE_PASSWORD.',
  )
  process.exit(1)
}
const moodle = GREENROOM_E2E_MOODLE_URL.replace(/\/+$/, '')

const run = Date.now().toString(36)
const student = { name: `student-${run}`, email: `student-${run}@school.example`, password: `Greenroom-${run}-1!` }
const title = `Algebra ${run}`

/** Ahead, but so little that the doors are open. */
const start = Math.ceil(Date.now() / 60_000) * 60_000 + 10 * 60_000

const w = await world({ after }, { connected: false })
const browser = await openChromium(w.server.hub.publicUrl, w.hubUrl)
after(async () => {
  await setCurlLists(curlLists)
  await browser.close()
})

const adminContext = await browser.newContext({ viewport: { width: 1280, height: 1000 } })
const page = await signedIn(adminContext, GREENROOM_E2E_MOODLE_ADMIN, GREENROOM_E2E_MOODLE_PASSWORD)

const curlLists = await setCurlLists(['', ''])

let course = ''
let deployment_id = ''

test('a course with a teacher and a student, who have Zoom accounts', async () => {
  await page.goto(`${moodle}/user/edit.php`)
  const teacher = await page.locator('#id_email').inputValue()
  await w.zoom('POST', '/people', { people: [{ email: teacher, type: 2 }, { email: student.email }] })
  Object.assign(w, await connect(w))

  await page.goto(`${moodle}/course/edit.php?category=1`)
  await page.locator('#id_fullname').fill(`Course ${run}`)
  await page.locator('#id_shortname').fill(run)
  await page.locator('#id_saveanddisplay').click()
  await page.waitForURL(/course\/view\.php\?id=\d+|user\/index\.php\?id=\d+/)
  course = new URL(page.url()).searchParams.get('id') ?? ''

  await page.goto(`${moodle}/user/editadvanced.php?id=-1`)
  await page.locator('#id_username').fill(student.name)
  // The field is hidden until it is clicked; what it holds is sent all the same.
  await page.locator('#id_newpassword').evaluate((field, value) => Object.assign(field, { value }), student.password)
  await page.locator('#id_firstname').fill('Grace')
  await page.locator('#id_lastname').fill(run)
  await page.locator('#id_email').fill(student.email)
  await page.locator('#id_submitbutton').click()
  await page.waitForURL(/admin\/user\.php/)

  await page.goto(`${moodle}/enrol/instances.php?id=${course}`)
  await page.locator('a[href*="/enrol/manual/manage.php"]').first().click()
  await page.locator('#addselect option', { hasText: student.email }).first().waitFor({ state: 'attached' })
  const option = await page.locator('#addselect option', { hasText: student.email }).first().getAttribute('value')
  await page.locator('#addselect').selectOption(option)
  await page.locator('input[name="add"]').click()
  await page.locator('#removeselect option', { hasText: student.email }).first().waitFor({ state: 'attached' })
})

test('the tool registers itself from one pasted URL, and is activated', async () => {
  const { body } = await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name: 'Moodle' })
  await page.goto(`${moodle}/mod/lti/toolconfigure.php`)
  await page.locator('#tool-url').fill(body.registration_url)
  await page.locator('#tool-create-button').click()
  const frame = await ourFrame(page, async () => {
    // Moodle knows a tool of this host from an earlier run, and asks whether it is that one.
    const asks = page.frames().find((each) => each.url().includes('startltiadvregistration'))
    const anew = asks?.locator('button[data-href$="type=0"]')
    if ((await anew?.isVisible()) && (await anew?.isEnabled())) await anew?.click()
  })
  await frame.getByRole('button', { name: 'Connect' }).click()
  await until(async () => (await platforms()).length === 1, 'the tool to be registered')
  deployment_id = (await platforms())[0]?.deployment_ids[0] ?? ''
  await page.goto(`${moodle}/mod/lti/toolconfigure.php`)
  const card = page.locator(`.tool-card[data-type-id="${deployment_id}"]`)
  await card.locator('a.activate').click()
  await card.locator('a.activate').waitFor({ state: 'detached' })
})

test('a teacher plans a meeting in “Select content”, and the activity is saved', async () => {
  const before = await w.calls()
  await page.goto(
    `${moodle}/course/modedit.php?add=lti&type=&course=${course}&section=0&return=0&typeid=${deployment_id}`,
  )
  await page.locator('#id_selectcontent').click()
  const frame = await ourFrame(page)
  await frame.getByLabel('Title').fill(title)
  await frame.getByLabel('Time zone').selectOption('UTC')
  await frame.getByLabel('First meeting').fill(new Date(start).toISOString().slice(0, 16))
  await frame.getByLabel('Minutes').fill('20')
  await frame.getByRole('button', { name: 'Add to the course' }).click()
  await until(async () => (await page.locator('#id_name').inputValue()) === title, 'the form to be filled in')
  await page.locator('#id_submitbutton2').click()
  await page.waitForURL(/course\/view\.php/)
  await page.getByRole('link', { name: title }).first().waitFor()
  assert.equal((await w.calls()) - before, 1, 'one call to Zoom')
})

test('a student opens it, the class is held, and Moodle has the grade', async () => {
  const before = await w.calls()
  const context = await browser.newContext()
  const own = await signedIn(context, student.name, student.password)
  await own.goto(`${moodle}/course/view.php?id=${course}`)
  // Opened by its address: a guided tour may lie over the page of who sees it for the first time.
  await own.goto((await own.getByRole('link', { name: title }).first().getAttribute('href')) ?? '')
  const frame = await ourFrame(own)
  await frame.getByRole('heading', { name: title }).waitFor()
  const door = await frame.getByRole('link', { name: 'Join the meeting' }).getAttribute('href')
  assert.match(door ?? '', /\/j\//)

  const [meeting] = (await w.api<{ items: { zoom_meeting_id: string; host_email: string }[] }>('GET', '/meetings')).body
    .items
  const at = `/meetings/${meeting?.zoom_meeting_id}`
  await advance((start - Date.now()) / 1000)
  await w.zoom('POST', `${at}/start`, {})
  await w.zoom('POST', `${at}/join`, { name: 'The teacher', email: meeting?.host_email })
  await w.zoom('POST', `${at}/join`, { name: 'Grace', email: student.email })
  await advance(600)
  await w.zoom('POST', `${at}/leave`, { name: 'Grace' })
  await advance(600)
  await w.zoom('POST', `${at}/end`, {})
  await w.settled()
  await until(
    async () => {
      await own.goto(`${moodle}/grade/report/user/index.php?id=${course}`)
      return /\b(?:49|50)[.,]\d\d\b/.test(await own.locator('body').innerText())
    },
    'the grade in Moodle',
    90,
  )
  assert.equal((await w.calls()) - before, 1, 'the report is the only call')
  await page.getByRole('link', { name: title }).first().click()
  const teachers = await ourFrame(page)
  await teachers.getByText('in the gradebook').waitFor()
  await context.close()
})

const advance = (seconds: number) => w.zoom('POST', '/clock', { advance_s: Math.max(0, Math.round(seconds)) })

const platforms = async () =>
  (await w.api<{ items: { deployment_ids: string[] }[] }>('GET', '/lti/platforms')).body.items

async function signedIn(context: BrowserContext, username: string, secret: string): Promise<Page> {
  const opened = await context.newPage()
  await opened.goto(`${moodle}/login/index.php`)
  await opened.locator('#username').fill(username)
  await opened.locator('#password').fill(secret)
  await opened.locator('#loginbtn').click()
  await opened.waitForURL((url) => !url.pathname.includes('/login/'))
  return opened
}

/** Sets what Moodle's server may not ask, as far as its config.php leaves that open; answers what was set before. */
async function setCurlLists(values: readonly string[]): Promise<string[]> {
  await page.goto(`${moodle}/admin/settings.php?section=httpsecurity`)
  const before: string[] = []
  for (const [index, name] of ['curlsecurityblockedhosts', 'curlsecurityallowedport'].entries()) {
    const field = page.locator(`#id_s__${name}`)
    if (!(await field.isVisible()) || !(await field.isEditable())) continue
    before[index] = await field.inputValue()
    await field.fill(values[index] ?? before[index])
  }
  await page.locator('#adminsettings button[type="submit"]').click()
  await page.waitForLoadState()
  return before
}

/** Our page, however deep Moodle frames it. `meanwhile` may do what is in its way. */
async function ourFrame(opened: Page, meanwhile: () => Promise<void> = async () => {}): Promise<Frame> {
  const { origin } = new URL(w.server.hub.publicUrl)
  let found: Frame | undefined
  await until(
    async () => {
      await meanwhile()
      found = opened.frames().find((frame) => frame.url().startsWith(origin))
      return found !== undefined
    },
    () =>
      `our page in ${opened.url()}, where ${opened
        .frames()
        .map((frame) => frame.url())
        .join(', ')} is shown`,
    60,
  )
  return found as Frame
}

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { createPlace } from '#hub/places.ts'
import { until } from '../world.ts'
import { consoleWorld, lessonHeld } from './console-world.ts'
import { looksSoundAnywhere } from './sound.ts'

const { w, browser, publicUrl, consoleUrl, link } = await consoleWorld({ after })
const held = await lessonHeld(w)
const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'School site' })).body
await w.api('POST', `/meetings/${held.meeting_id}/placements`, { place_id: site.id, target: { slug: 'algebra-1' } })
await createPlace(w.server.hub, { workspace_id: w.workspace_id, name: 'test' }, { integration: 'lti', name: 'Moodle' })

const viewer = { locale: 'en-GB', timezoneId: 'Europe/Berlin' } satisfies BrowserContextOptions
const signedIn = { ...viewer, storageState: await stateAfter(link.url) } satisfies BrowserContextOptions

test('the printed link signs in once', async (t) => {
  const { url } = await w.server.signIn.printOwnerLink()
  const page = await open(t, viewer)
  await page.goto(url)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  assert.equal(page.url(), `${consoleUrl}/`)

  const other = await open(t, viewer)
  await other.goto(url)
  await other.getByText('This sign-in link has been used, or is too old').waitFor()
})

test('a page asked for without a session is the sign-in, and a wrong password is told in words', async (t) => {
  const page = await open(t, viewer)
  await page.goto(`${consoleUrl}/meetings`)
  await page.getByRole('heading', { name: 'Sign in to Greenroom' }).waitFor()
  await page.getByLabel('E-mail').fill('ada@school.example')
  await page.getByLabel('Password', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByText('E-mail and password do not fit together').waitFor()
})

test('signing out leads to the sign-in and ends the session', async (t) => {
  const page = await open(t, {
    ...viewer,
    storageState: await stateAfter((await w.server.signIn.printOwnerLink()).url),
  })
  await page.goto(consoleUrl)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('heading', { name: 'Sign in to Greenroom' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Sign in to Greenroom' }).waitFor()
})

test('home tells of the connection, the meeting that was held and the events', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(consoleUrl)
  const zoom = page.getByRole('region', { name: 'Zoom' })
  await zoom.getByText('Connected', { exact: true }).waitFor()
  await zoom.getByText('account sim-account').waitFor()
  await page.getByRole('region', { name: 'Recently held' }).getByRole('link', { name: 'Algebra I' }).waitFor()
  const events = page.getByRole('region', { name: 'Events' })
  assert.match(await events.getByRole('link', { name: /Handled/ }).innerText(), /^1\d\b/)
  assert.match(await events.getByRole('link', { name: /Dead/ }).innerText(), /^0\b/)
})

test('a meeting scheduled in the console is one at Zoom, and what the hub refuses stands at its field', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings`)
  await page.getByRole('link', { name: 'New meeting' }).first().click()
  const form = page.getByRole('dialog', { name: 'New meeting' })
  await form.getByLabel('Topic').fill('Number theory')
  await form.getByRole('combobox', { name: 'Host' }).fill('nobody@school.example')
  await form.getByLabel('Starts').fill('2031-03-03T09:30')
  await form.getByLabel('Repeats').selectOption('week')
  await form.getByText('Mon', { exact: true }).waitFor()
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  const host = form.getByRole('combobox', { name: 'Host' })
  await until(async () => (await host.getAttribute('aria-invalid')) === 'true', 'the host field to be marked')

  await host.fill('grace')
  await page.getByRole('option', { name: /grace@school.example/ }).click()
  await form.getByRole('button', { name: 'Schedule meeting' }).click()
  await page.getByRole('heading', { name: 'Number theory', level: 1 }).waitFor()
  await page.getByText('Every week on Mon, 10 times').waitFor()
  await page.getByRole('tab', { name: 'Occurrences' }).click()
  await rows(page.getByRole('table', { name: 'Occurrences' }), 10)

  const { body } = await w.api<{ items: { topic: string; host_email: string; start_time: string }[] }>(
    'GET',
    '/meetings?q=Number',
  )
  assert.deepEqual(
    body.items.map(({ topic, host_email, start_time }) => ({ topic, host_email, start_time })),
    [{ topic: 'Number theory', host_email: 'grace@school.example', start_time: '2031-03-03T08:30:00.000Z' }],
  )
})

test('a meeting is called off after a question', async (t) => {
  const { body } = await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'To be called off',
    start_time: '2031-04-01T10:00:00Z',
    duration: 30,
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByRole('button', { name: 'Cancel meeting' }).click()
  const question = page.getByRole('dialog', { name: 'Cancel this meeting?' })
  await question.getByRole('button', { name: 'Keep it' }).click()
  await question.waitFor({ state: 'hidden' })
  assert.equal((await w.api<{ state: string }>('GET', `/meetings/${body.id}`)).body.state, 'scheduled')

  await page.getByRole('button', { name: 'Cancel meeting' }).click()
  await question.getByRole('button', { name: 'Cancel meeting' }).click()
  await page.getByText('Cancelled', { exact: true }).waitFor()
  assert.equal((await w.api<{ state: string }>('GET', `/meetings/${body.id}`)).body.state, 'cancelled')
})

test('search finds a meeting among the past ones, and the list is there as a file', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings`)
  await page.getByText('Past', { exact: true }).click()
  await page.getByRole('searchbox', { name: 'Search meetings' }).fill('algebra')
  await rows(page.getByRole('table', { name: 'Meetings' }), 1)
  assert.match(await fileBehind(page, page.getByRole('link', { name: 'CSV' })), /Algebra I/)
  await page.getByRole('searchbox', { name: 'Search meetings' }).fill('no such words')
  await page.getByText('Nothing fits “no such words”').waitFor()
})

test('attendance shows each person once, with the single stays, a timeline and a file', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${held.meeting_id}`)
  const table = page.getByRole('table', { name: 'Attendance' })
  await rows(table, 4)
  const alan = table.getByRole('row', { name: /Alan Turing/ })
  assert.match(
    await alan.innerText(),
    /also as Alan’s iPad[\s\S]*alan@school\.example[\s\S]*42 min[\s\S]*2[\s\S]*Zoom account/,
  )
  await table.getByRole('button', { name: 'Single stays of Alan Turing' }).click()
  await table.getByText('as Alan’s iPad', { exact: true }).waitFor()
  await page.getByRole('img', { name: /Presence of 4 people/ }).waitFor()
  await page.getByText('Checked against Zoom’s report').waitFor()
  const csv = await fileBehind(
    page,
    page.getByRole('region', { name: 'Attendance' }).getByRole('link', { name: 'CSV' }),
  )
  assert.equal(csv.trim().split(/\r?\n/).length, 5)
})

async function choosePlace(page: Page, name: string, kind: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Place' }).fill(name)
  await page.getByRole('option', { name: `${name} (${kind})` }).click()
}

test('a meeting’s page shows where it is; it is put somewhere else from there, and a course is pointed to', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${held.meeting_id}`)
  const places = page.getByRole('region', { name: 'Places' })
  const table = places.getByRole('table', { name: 'Places' })
  await rows(table, 1)
  assert.match(await table.locator('tbody').innerText(), /School site[\s\S]*Algebra I[\s\S]*Shown/)
  const there = table.getByRole('link', { name: 'Open in School site' })
  assert.equal(await there.getAttribute('href'), `${publicUrl}/m/algebra-1`)

  await places.getByRole('button', { name: 'Put it in…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Put it in…' })
  await choosePlace(page, 'Moodle', 'LMS')
  await dialog.getByText('Courses take meetings on their own side').waitFor()
  assert.equal(await dialog.getByRole('button').count(), 1, 'nothing but Close')

  await choosePlace(page, 'School site', 'Web site')
  const address = dialog.getByLabel('Address')
  await address.fill('Algebra, again')
  await dialog.getByRole('button', { name: 'Publish the page' }).click()
  await until(async () => (await address.getAttribute('aria-invalid')) === 'true', 'the address to be marked')
  await address.fill('algebra-again')
  await dialog.getByRole('button', { name: 'Publish the page' }).click()
  await rows(table, 2)
  await dialog.waitFor({ state: 'hidden' })
})

test('a meeting that is nowhere says so', async (t) => {
  const { body } = await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic: 'Nowhere yet',
  })
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/meetings/${body.id}`)
  await page.getByRole('region', { name: 'Places' }).getByText('Nowhere yet but in Zoom').waitFor()
})

test('a place is added, found, switched off and on again, and removed after a question', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/places`)
  const table = page.getByRole('table', { name: 'Places' })
  await rows(table, 2)
  await page.getByRole('link', { name: 'Add a place' }).click()
  const adding = page.getByRole('dialog', { name: 'Add a place' })
  await adding.getByRole('link', { name: /^Web site/ }).click()
  await adding.getByLabel('Name').fill('   ')
  await adding.getByRole('button', { name: 'Add web site' }).click()
  const name = adding.getByLabel('Name')
  await until(async () => (await name.getAttribute('aria-invalid')) === 'true', 'the name to be marked')
  await name.fill('Library')
  await adding.getByRole('button', { name: 'Add web site' }).click()

  const place = page.getByRole('dialog', { name: 'Library' })
  await place.getByRole('switch', { name: 'On' }).click()
  const found = async () =>
    (await w.api<{ items: { id: string; name: string; state: string }[] }>('GET', '/places')).body.items.find(
      (each) => each.name === 'Library',
    )
  await until(async () => (await found())?.state === 'off', 'the place to be off')
  await place.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('searchbox', { name: 'Search places' }).fill('libr')
  await rows(table, 1)
  await table.getByText('Off', { exact: true }).waitFor()

  await table.getByRole('link', { name: 'Library' }).click()
  await place.getByRole('switch', { name: 'On' }).click()
  await until(async () => (await found())?.state === 'on', 'the place to be on again')
  await place.getByRole('button', { name: 'Remove this place' }).click()
  const question = page.getByRole('dialog', { name: 'Remove Library?' })
  await question.getByRole('button', { name: 'Remove place' }).click()
  await page.getByText('Nothing fits “libr”').waitFor()
  assert.equal(await found(), undefined)
})

test('an LMS that was given the registration URL stands among the places', async (t) => {
  const page = await open(t, signedIn, [w.simulatorUrl])
  await page.goto(`${consoleUrl}/places?new=lti`)
  const adding = page.getByRole('dialog', { name: 'Add a place: LMS' })
  await adding.getByLabel('Name').fill('Canvas')
  await adding.getByRole('button', { name: 'Make a registration URL' }).click()
  const url = await adding.getByRole('textbox', { name: 'Registration URL' }).inputValue()
  const pasted = await fetch(`${w.simulatorUrl}/hosts/lms/_/register`, {
    method: 'POST',
    body: JSON.stringify({ url }),
  })
  await page.goto(((await pasted.json()) as { location: string }).location)
  await page.getByRole('button', { name: 'Connect' }).click()
  await page.getByText('is now the place “Canvas”').waitFor()

  await page.goto(`${consoleUrl}/places?kind=lti`)
  await page.getByRole('table', { name: 'Places' }).getByRole('link', { name: 'Canvas' }).click()
  await page.getByRole('dialog', { name: 'Canvas' }).getByText(`${w.simulatorUrl}/hosts/lms`).waitFor()
})

test('a Mattermost server is connected by the token of a bot, and a meeting is posted into a channel', async (t) => {
  const chat = `${w.simulatorUrl}/hosts/mattermost`
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/places?new=mattermost`)
  const adding = page.getByRole('dialog', { name: 'Add a place: Mattermost' })
  await adding.getByLabel('Name').fill('School chat')
  await adding.getByLabel('Site URL').fill(chat)
  await adding.getByLabel('Whose meetings').selectOption('account')
  await adding.getByLabel('Zoom app').selectOption({ label: 'Simulator' })
  const token = adding.getByLabel(/^Token of the bot/)
  await token.fill('not-this-one')
  await adding.getByRole('button', { name: 'Connect Mattermost' }).click()
  await adding.getByText(/^Mattermost answered/).waitFor()
  await token.fill('mm-token-greenroom')
  await adding.getByRole('button', { name: 'Connect Mattermost' }).click()
  const place = page.getByRole('dialog', { name: 'School chat' })
  await place.getByText('@greenroom', { exact: true }).waitFor()
  assert.ok(!(await page.content()).includes('mm-token-greenroom'))

  const state = await fetch(`${chat}/_/state`)
  const { channels } = (await state.json()) as { channels: { id: string; name: string }[] }
  await page.goto(`${consoleUrl}/meetings/${held.meeting_id}`)
  const places = page.getByRole('region', { name: 'Places' })
  await places.getByRole('button', { name: 'Put it in…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Put it in…' })
  await choosePlace(page, 'School chat', 'Mattermost')
  const channel = dialog.getByLabel('Channel ID')
  await channel.fill('town square')
  await dialog.getByRole('button', { name: 'Post it' }).click()
  await until(async () => (await channel.getAttribute('aria-invalid')) === 'true', 'the channel to be marked')
  await channel.fill(channels.find(({ name }) => name === 'maths')?.id ?? '')
  await dialog.getByRole('button', { name: 'Post it' }).click()
  await places.getByRole('row', { name: /School chat[\s\S]*Shown/ }).waitFor()
  const posts = await fetch(`${chat}/_/channels/maths/posts`)
  assert.match(await posts.text(), /Algebra I/)
})

test('somebody consents at Zoom, stands among the connections, and is disconnected after a question', async (t) => {
  const page = await open(t, signedIn, [w.simulatorUrl])
  await page.goto(`${consoleUrl}/settings/zoom-apps?new`)
  const form = page.getByRole('dialog', { name: 'Add a Zoom app' })
  await form.getByLabel('Kind').selectOption('user_managed')
  assert.equal(await form.getByLabel('Account ID').count(), 0)
  await form.getByLabel('Name').fill('For each of us')
  await form.getByLabel('Client ID').fill('sim-user-app')
  await form.getByLabel(/^Client secret/).fill('sim-user-secret')
  await form.getByLabel('Carries the Meeting SDK').check()
  await form.getByLabel('Zoom', { exact: true }).selectOption({ index: 2 })
  await form.getByLabel('OAuth base').fill(w.simulatorUrl)
  await form.getByLabel('API base').fill(w.simulatorUrl)
  await form.getByRole('button', { name: 'Add Zoom app' }).click()

  const app = page.getByRole('dialog', { name: 'For each of us' })
  await app.getByText('Carried', { exact: true }).waitFor()
  await app.getByRole('button', { name: 'Connect' }).click()
  await page.getByLabel('Signed in as').selectOption('grace@school.example')
  await page.getByRole('button', { name: 'Allow' }).click()
  await page.getByRole('heading', { name: 'Zoom is connected' }).waitFor()
  await page.getByRole('link', { name: 'Back to the console' }).click()
  await page.getByRole('link', { name: 'Connections' }).click()

  const grace = page.getByRole('table', { name: 'Connections' }).getByRole('row', { name: /^grace@school.example/ })
  assert.match(await grace.innerText(), /For each of us[\s\S]*User-managed[\s\S]*Connected/)
  await grace.getByRole('button', { name: 'Disconnect' }).click()
  const question = page.getByRole('dialog', { name: 'Disconnect grace@school.example?' })
  await question.getByRole('button', { name: 'Disconnect' }).click()
  await grace.getByText('Disconnected', { exact: true }).waitFor()
  await page.getByText('The connection was ended here').waitFor()
})

test('an event appears in the open log by itself, unless it is paused', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/events`)
  const created = page.getByRole('table', { name: /Events/ }).getByRole('button', { name: 'meeting.created' })
  await created.first().waitFor()
  const before = await created.count()
  await zoomMeeting('Planned in Zoom')
  await until(async () => (await created.count()) === before + 1, 'the new event in the log')

  await page.getByRole('button', { name: 'Pause' }).click()
  await zoomMeeting('Planned while nobody looks')
  await w.settled()
  await page.waitForTimeout(3_000)
  assert.equal(await created.count(), before + 1)
  await page.getByRole('button', { name: 'Go live' }).click()
  await until(async () => (await created.count()) === before + 2, 'the event that was missed')
})

test('an event opens with its payload; replayed, it comes to nothing, because the session has ended already', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/events?event=meeting.ended`)
  await page
    .getByRole('table', { name: /Events/ })
    .getByRole('button', { name: 'meeting.ended' })
    .click()
  const event = page.getByRole('dialog', { name: 'Event' })
  await event.getByRole('region', { name: 'Payload' }).getByText(held.uuid).waitFor()
  await event.getByRole('button', { name: 'Replay' }).click()
  await event.getByText('Replayed: see its state above').waitFor()
  await event.getByText('Ignored', { exact: true }).waitFor()
})

test('the keyboard comes past the menu to the content, and the phone’s menu opens and closes', async (t) => {
  const page = await open(t, { ...signedIn, viewport: { width: 360, height: 740 } })
  await page.goto(consoleUrl)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate('document.activeElement.id'), 'main')
  assert.equal(page.url(), `${consoleUrl}/`)

  await page.getByRole('button', { name: 'Open menu' }).click()
  await page.getByRole('link', { name: 'Events', exact: true }).click()
  await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Meetings', exact: true }).isVisible(), false)
})

const pages = {
  '/': 'Home',
  '/meetings?when=all': 'Meetings',
  '/meetings?new': 'Meetings',
  '/meetings/import': 'Import meetings',
  [`/meetings/${held.meeting_id}`]: 'Algebra I',
  [`/meetings/${held.meeting_id}?tab=recordings`]: 'Algebra I',
  [`/meetings/${held.meeting_id}?tab=events`]: 'Algebra I',
  [`/meetings/${held.meeting_id}?tab=history`]: 'Algebra I',
  '/places': 'Places',
  '/places?new': 'Places',
  '/places?new=mattermost': 'Places',
  [`/places?place=${site.id}`]: 'Places',
  '/events': 'Events',
  '/reports': 'Reports',
  '/people': 'People',
  '/people/licences': 'Licences',
  '/people?of=zoom': 'People',
  '/places/webhooks': 'Webhooks',
  '/settings/workspace': 'Workspace',
  '/settings/meeting-defaults': 'Meeting defaults',
  '/people?of=unmatched': 'People',
  '/reports?by=host&measure=participants': 'Reports',
  '/settings/api-keys': 'API keys',
  '/settings/audit': 'Audit log',
  '/settings/zoom-apps': 'Zoom apps',
  '/settings/zoom-apps?new': 'Zoom apps',
  [`/settings/zoom-apps?app=${w.zoom_app_id}`]: 'Zoom apps',
  '/settings/connections': 'Connections',
  '/settings/members': 'Members',
  '/settings/account': 'Your account',
  '/no-such-page': 'Not found',
}

/** In the page: no dialog is half transparent, and nothing moves that would ever stop. */
const allIsStill = `
  [...document.querySelectorAll('[role=dialog]')].every((dialog) => getComputedStyle(dialog).opacity === '1') &&
  document.getAnimations().every(({ effect, playState }) =>
    playState === 'finished' || effect.getComputedTiming().iterations === Infinity)`

test('every page is free of what axe finds, fits, and asks nobody but the hub', async (t) => {
  const page = await open(t, { ...signedIn, reducedMotion: 'reduce' })
  for (const [path, title] of Object.entries(pages)) {
    await page.goto(consoleUrl + path)
    // Behind a drawer the heading is hidden from the accessibility tree.
    await page.locator('h1', { hasText: title }).waitFor()
    await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
    // What is still fading in has less contrast than it will have.
    await until(() => page.evaluate<boolean>(allIsStill), `${path} to stand still`)
    await looksSoundAnywhere(page, path)
  }
})

// The last, because it takes the workspace its connection.
test('a Zoom app is checked, deleted and added again; wrong credentials are told at their fields', async (t) => {
  const page = await open(t, signedIn)
  await page.goto(`${consoleUrl}/settings/zoom-apps`)
  await page.getByRole('link', { name: 'Simulator' }).click()
  const app = page.getByRole('dialog', { name: 'Simulator', exact: true })
  const endpoint = app.getByRole('textbox', { name: 'Event notification endpoint URL' })
  assert.equal(await endpoint.inputValue(), `${publicUrl}/zoom/webhooks/${w.zoom_app_id}`)
  await app.getByRole('button', { name: 'Check' }).click()
  await app.getByText('In order').first().waitFor()

  await app.getByRole('button', { name: 'Delete this Zoom app' }).click()
  const question = page.getByRole('dialog', { name: 'Delete Simulator?' })
  await question.getByRole('button', { name: 'Delete Zoom app' }).click()
  const apps = page.getByRole('table', { name: 'Zoom apps' })
  await apps.getByRole('link', { name: 'Simulator' }).waitFor({ state: 'detached' })

  await page.getByRole('link', { name: 'Add a Zoom app' }).first().click()
  const form = page.getByRole('dialog', { name: 'Add a Zoom app' })
  await form.getByLabel('Name').fill('Simulator, again')
  await form.getByLabel('Account ID').fill('sim-account')
  await form.getByLabel('Client ID').fill('sim-s2s')
  await form.getByLabel(/^Client secret/).fill('not-this-one')
  await form.getByLabel(/^Secret token/).fill('sim-s2s-webhook')
  await form.getByLabel('Zoom', { exact: true }).selectOption({ index: 2 })
  await form.getByLabel('OAuth base').fill(w.simulatorUrl)
  await form.getByLabel('API base').fill(w.simulatorUrl)
  await form.getByRole('button', { name: 'Add Zoom app' }).click()
  await form
    .getByText(/Zoom answered/)
    .first()
    .waitFor()

  await form.getByLabel(/^Client secret/).fill('sim-s2s-secret')
  await form.getByRole('button', { name: 'Add Zoom app' }).click()
  const again = page.getByRole('dialog', { name: 'Simulator, again' })
  assert.match(
    await again.getByRole('textbox', { name: 'Event notification endpoint URL' }).inputValue(),
    /\/zoom\/webhooks\/zoa_/,
  )
  assert.ok(!(await page.content()).includes('sim-s2s-secret'))
})

/** A page in a browser of its own. Whatever it complains about, and whatever it asks of others, fails the test in the end. */
async function open(
  t: { after(close: () => Promise<void>): void },
  options: BrowserContextOptions,
  alsoAsks: string[] = [],
): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  const allowed = new Set([publicUrl, ...alsoAsks].map((url) => new URL(url).origin))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // The browser notes each refusal of the hub by itself; the tests look at what the page makes of it.
    const refusal = message.text().startsWith('Failed to load resource')
    if (['error', 'warning'].includes(message.type()) && !refusal) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!allowed.has(new URL(request.url()).origin)) complaints.push(`asked ${request.url()}`)
  })
  t.after(async () => {
    await context.close()
    assert.deepEqual(complaints, [])
  })
  return page
}

async function stateAfter(url: string) {
  const context = await browser.newContext(viewer)
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  const state = await context.storageState()
  await context.close()
  return state
}

/** Waits until a table has so many rows below its head. */
const rows = (table: Locator, count: number): Promise<void> =>
  until(async () => (await table.locator('tbody > tr').count()) === count, `${count} rows`)

async function fileBehind(page: Page, link: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString()
}

/** Somebody plans a meeting in Zoom itself. */
async function zoomMeeting(topic: string): Promise<void> {
  const basic = `Basic ${Buffer.from('sim-s2s:sim-s2s-secret').toString('base64')}`
  const token = await fetch(`${w.simulatorUrl}/oauth/token`, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: 'sim-account' }),
  })
  const { access_token } = (await token.json()) as { access_token: string }
  const created = await fetch(`${w.simulatorUrl}/v2/users/ada@school.example/meetings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topic, type: 2, start_time: '2031-05-05T10:00:00Z', duration: 30 }),
  })
  assert.equal(created.status, 201)
}

import assert from 'node:assert/strict'
import { after, test, type TestContext } from 'node:test'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSound } from './sound.ts'

const { w, browser, publicUrl, consoleUrl, link } = await consoleWorld({ after }, { connected: false })
const first = await (await browser.newContext()).newPage()
await first.goto(link.url)
await first.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
const storageState = await first.context().storageState()

async function open(t: TestContext, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ storageState, locale: 'en-GB', reducedMotion: 'reduce', ...options })
  t.after(() => context.close())
  const page = await context.newPage()
  return page
}

const step = (page: Page, name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true, level: 3 }) })
const state = async (page: Page, name: string, word: string): Promise<void> =>
  step(page, name).getByText(word, { exact: true }).waitFor()
const atZoom = (change: object) => w.zoom('PATCH', '/apps/sim-s2s', change)

let app_id = ''

test('from what Zoom is for to an app that works, with what is copied to Zoom and back', async (t) => {
  const page = await open(t)
  await page.goto(consoleUrl)
  await page.getByRole('link', { name: 'Connect Zoom' }).click()
  await page.getByRole('heading', { name: 'Connect Zoom', level: 1 }).waitFor()

  await page.getByRole('checkbox', { name: /Meeting bots/ }).check()
  await page.getByText('Cannot do: Meeting bots').waitFor()
  await page.getByRole('checkbox', { name: /Meeting bots/ }).uncheck()
  await page.getByText('Cannot do: Meeting bots').waitFor({ state: 'detached' })
  assert.ok(await page.getByRole('radio', { name: /Server-to-Server OAuth app/ }).isChecked())
  const scopes = page.getByRole('region', { name: 'Scopes' })
  assert.match(await scopes.innerText(), /^meeting:write:meeting:admin$/m)
  await page.getByRole('switch', { name: 'The app is older than March 2024' }).click()
  await until(async () => /^meeting:write:admin$/m.test(await scopes.innerText()), 'the classic names')
  await page.getByRole('switch', { name: 'The app is older than March 2024' }).click()

  await page.getByRole('checkbox', { name: /Web sites/ }).check()
  await page.getByText('Joining in the browser takes a second app').waitFor()
  assert.equal(
    await page.getByText('Page “Embed”: switch on “Meeting SDK”.').count(),
    0,
    'a server-to-server app has no such page',
  )
  await page.getByRole('radio', { name: /admin-managed/ }).click()
  await page.getByText('Page “Embed”: switch on “Meeting SDK”.').waitFor()
  assert.equal(await page.getByText('Joining in the browser takes a second app').count(), 0)
  await page.getByRole('radio', { name: /Server-to-Server OAuth app/ }).click()
  await page.getByText('Joining in the browser takes a second app').waitFor()

  await page.getByRole('textbox', { name: 'Name' }).fill('School Zoom')
  await page.getByLabel('Account ID').fill('sim-account')
  await page.getByLabel('Client ID').fill('sim-s2s')
  await page.getByLabel(/^Client secret/).fill('sim-s2s-secret')
  await page.getByLabel('Zoom', { exact: true }).selectOption({ index: 2 })
  await page.getByLabel('OAuth base').fill(w.simulatorUrl)
  await page.getByLabel('API base').fill(w.simulatorUrl)
  await page.getByRole('button', { name: 'Add Zoom app' }).click()

  await page.getByRole('heading', { name: 'School Zoom', level: 1 }).waitFor()
  await state(page, 'Client ID and Client secret', 'Done')
  await state(page, 'The clock', 'Done')
  await state(page, 'Scopes', 'Done')
  app_id = page.url().split('/').at(-1) ?? ''

  const token = step(page, 'Secret token')
  await token.getByText('To be mended', { exact: true }).waitFor()
  await token.getByLabel(/^Secret token/).fill('sim-s2s-webhook')
  await token.getByRole('button', { name: 'Save' }).click()
  await state(page, 'Secret token', 'Done')

  const validated = step(page, 'Zoom has validated the address')
  const url = await validated.getByRole('textbox').inputValue()
  assert.equal(url, `${publicUrl}/zoom/webhooks/${app_id}`)
  await w.zoom('POST', '/apps/sim-s2s/subscriptions', { url, events: ['*'] })
  await state(page, 'Zoom has validated the address', 'Done')
})

test('a second app, which the set-up leads to, carries the Meeting SDK; then browsers join by it', async (t) => {
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await state(page, 'Meeting SDK', 'Still to do')
  await step(page, 'Meeting SDK').getByRole('link', { name: 'Add a General App' }).click()
  await page.getByRole('heading', { name: 'A second app, for the browser', level: 1 }).waitFor()
  await page.getByText('Page “Embed”: switch on “Meeting SDK”.').waitFor()
  const host = new URL(w.simulatorUrl).host
  assert.equal(
    await page.getByRole('textbox', { name: 'OAuth redirect URL' }).inputValue(),
    `${publicUrl}/zoom/oauth/callback/${host}`,
    'the Zoom of the first app',
  )
  await page.getByRole('textbox', { name: 'Name' }).fill('In the browser')
  await page.getByLabel('Client ID').fill('sim-admin-app')
  await page.getByLabel(/^Client secret/).fill('sim-admin-secret')
  await page.getByRole('button', { name: 'Add Zoom app' }).click()
  await page.getByRole('heading', { name: 'In the browser', level: 1 }).waitFor()
  await step(page, 'Meeting SDK').getByRole('button', { name: 'Try it' }).waitFor()
  assert.equal(await step(page, 'Consent').count(), 0, 'it only signs')
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await state(page, 'Meeting SDK', 'Done')
  await step(page, 'Meeting SDK')
    .getByText(/Browsers join by “In the browser”/)
    .waitFor()
})

test('for Zoom for Government its own Marketplace and the address that the consent sends are shown', async (t) => {
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/connect`)
  await page.getByRole('radio', { name: /user-managed/ }).click()
  const address = page.getByRole('textbox', { name: 'OAuth redirect URL' })
  await address.waitFor()
  assert.equal(await address.inputValue(), `${publicUrl}/zoom/oauth/callback`)
  await page.getByLabel('Zoom', { exact: true }).selectOption('zoomgov.com')
  await until(
    async () => (await address.inputValue()) === `${publicUrl}/zoom/oauth/callback/zoomgov.com`,
    'the address of the other Zoom',
  )
  const link = page.getByRole('link', { name: 'marketplace.zoomgov.com' })
  assert.equal(await link.getAttribute('href'), 'https://marketplace.zoomgov.com/develop/create')
})

test('the step Consent shows the address that the consent sends', async (t) => {
  const { body } = await w.api<{ id: string; redirect_url: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'For each',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/${body.id}`)
  const shown = step(page, 'Consent').getByRole('textbox', { name: 'OAuth redirect URL' })
  await shown.waitFor()
  assert.equal(await shown.inputValue(), body.redirect_url)
  const { location } = (await w.api<{ location: string }>('POST', `/zoom_apps/${body.id}/consent`)).body
  assert.equal(new URL(location).searchParams.get('redirect_uri'), body.redirect_url)
})

test('what was typed for the app stays, however late the guide for its kind is answered, and if it is not', async (t) => {
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/connect`)
  await page.getByRole('radio', { name: /Server-to-Server OAuth app/ }).waitFor()
  const late = Promise.withResolvers<void>()
  await page.route(/zoom_app_guide\?.*kind=user_managed/, async (route) => {
    await late.promise
    await route.continue()
  })
  const kind = page.getByRole('radio', { name: /user-managed/ })
  await kind.click()
  assert.ok(await kind.isChecked(), 'at once')
  await page.getByText('OAuth redirect URL').waitFor({ state: 'detached' })
  await page.getByRole('textbox', { name: 'Name' }).fill('Typed early')
  await page.getByLabel('Client ID').fill('an-id')
  late.resolve()
  await page.getByRole('textbox', { name: 'OAuth redirect URL' }).waitFor()
  const typed = async () => [
    await page.getByRole('textbox', { name: 'Name' }).inputValue(),
    await page.getByLabel('Client ID').inputValue(),
  ]
  assert.deepEqual(await typed(), ['Typed early', 'an-id'])

  await page.route(/zoom_app_guide\?.*family=classic/, (route) =>
    route.fulfill({ status: 400, json: { title: 'Out of order', status: 400 } }),
  )
  await page.getByRole('switch', { name: 'The app is older than March 2024' }).click()
  await page.getByText('Out of order').first().waitFor()
  assert.deepEqual(await typed(), ['Typed early', 'an-id'])
})

test('an app that is added as an old one is told its scopes by their classic names, and the other way round when that was wrong', async (t) => {
  await w.zoom('POST', '/apps', {
    client_id: 'old-app',
    client_secret: 'old-secret',
    type: 'user_managed',
    scope_family: 'classic',
  })
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/connect`)
  await page.getByRole('radio', { name: /user-managed/ }).click()
  const isOld = page.getByRole('switch', { name: 'The app is older than March 2024' })
  await isOld.click()
  await page.getByRole('textbox', { name: 'Name' }).fill('From before')
  await page.getByLabel('Client ID').fill('old-app')
  await page.getByLabel(/^Client secret/).fill('old-secret')
  await page.getByLabel('Zoom', { exact: true }).selectOption({ index: 2 })
  await page.getByLabel('OAuth base').fill(w.simulatorUrl)
  await page.getByLabel('API base').fill(w.simulatorUrl)
  await page.getByRole('button', { name: 'Add Zoom app' }).click()
  await page.getByRole('heading', { name: 'From before', level: 1 }).waitFor()
  const scopes = step(page, 'Scopes').getByRole('region', { name: 'All scopes that are needed' })
  assert.match(await scopes.innerText(), /^meeting:write$/m)
  assert.ok(await isOld.isChecked())
  await isOld.click()
  await until(async () => /^meeting:write:meeting$/m.test(await scopes.innerText()), 'the granular names')
})

test('everything is tested with one button, and the first event is there by itself', async (t) => {
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await state(page, 'The first event', 'Still to do')
  await page.getByRole('button', { name: 'Test everything' }).click()
  await page.getByText('Everything works', { exact: true }).waitFor()
  await page.getByText('meeting.deleted arrived').waitFor()
  await state(page, 'The first event', 'Done')
})

interface Fault {
  what: string
  /** Breaks something; what comes back mends it. */
  begin: (page: Page) => Promise<() => Promise<unknown>>
  step: string
  fix: RegExp
}

const subscriptions = async () => {
  const { apps } = await w.zoom<{ apps: { client_id: string; subscriptions: { id: string }[] }[] }>('GET', '/apps')
  return apps.find(({ client_id }) => client_id === 'sim-s2s')?.subscriptions ?? []
}
const subscribe = async (events: string[]) => {
  for (const { id } of await subscriptions()) await w.zoom('DELETE', `/apps/sim-s2s/subscriptions/${id}`)
  await w.zoom('POST', '/apps/sim-s2s/subscriptions', { url: `${publicUrl}/zoom/webhooks/${app_id}`, events })
}

const faults: Fault[] = [
  {
    what: 'another client secret',
    begin: async () => {
      await atZoom({ client_secret: 'changed' })
      return () => atZoom({ client_secret: 'sim-s2s-secret' })
    },
    step: 'Client ID and Client secret',
    fix: /Copy Client ID and Client Secret again from “App Credentials”/,
  },
  {
    what: 'another account',
    begin: async () => {
      await atZoom({ account_id: 'elsewhere' })
      return () => atZoom({ account_id: 'sim-account' })
    },
    step: 'Account ID',
    fix: /Compare the Account ID/,
  },
  {
    what: 'an app that is not activated',
    begin: async () => {
      await atZoom({ activated: false })
      return () => atZoom({ activated: true })
    },
    step: 'The app is activated',
    fix: /Activate the app on its “Activation” page/,
  },
  {
    what: 'a scope that is missing',
    begin: async () => {
      const { apps } = await w.zoom<{ apps: { client_id: string; scopes: string[] }[] }>('GET', '/apps')
      const scopes = apps.find(({ client_id }) => client_id === 'sim-s2s')?.scopes
      await atZoom({ scopes: scopes?.filter((name) => !name.startsWith('report:')) })
      return () => atZoom({ scopes })
    },
    step: 'Scopes',
    fix: /Add on its “Scopes” page at Zoom: report:read:/,
  },
  {
    what: 'a clock that is an hour late',
    begin: async () => {
      const { id } = await w.zoom<{ id: string }>('POST', '/faults', {
        match: { path: '/oauth/token' },
        action: { headers: { date: new Date(Date.now() + 3_600_000).toUTCString() } },
        times: null,
      })
      return () => w.zoom('DELETE', `/faults/${id}`)
    },
    step: 'The clock',
    fix: /timedatectl/,
  },
  {
    what: 'a plan that is too small',
    begin: async () => {
      await w.zoom('PATCH', '/settings', { plan: 'free' })
      return () => w.zoom('PATCH', '/settings', { plan: 'business' })
    },
    step: 'The plan of the Zoom account',
    fix: /If .* (is|are) wanted/,
  },
  {
    what: 'an address that cannot be reached',
    begin: async () => {
      const { hub } = w.server
      const { publicUrl: right } = hub
      hub.publicUrl = 'https://greenroom.invalid'
      await hub.db.updateTable('zoom_app').set({ last_event_at: null }).where('id', '=', app_id).execute()
      return async () => {
        hub.publicUrl = right
      }
    },
    step: 'This address, from outside',
    fix: /DNS/,
  },
]

for (const fault of faults)
  test(`${fault.what} is told at its step, with the click that mends it`, async (t) => {
    const page = await open(t)
    await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
    await step(page, fault.step).waitFor()
    const mend = await fault.begin(page)
    try {
      await page.getByRole('button', { name: 'Check', exact: true }).click()
      await state(page, fault.step, 'To be mended')
      assert.match(await step(page, fault.step).innerText(), fault.fix)
    } finally {
      await mend()
    }
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await step(page, fault.step).getByText('To be mended', { exact: true }).waitFor({ state: 'detached' })
  })

test('an event that is not subscribed is named by the test, and at its step', async (t) => {
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await subscribe(['meeting.created', 'meeting.deleted'])
  await w.server.hub.db.deleteFrom('app_event').where('event', '=', 'meeting.updated').execute()
  await page.getByRole('button', { name: 'Test everything' }).click()
  await page.getByText('Not everything works', { exact: true }).waitFor({ timeout: 40_000 })
  await page.getByText(/meeting\.updated did not arrive within/).waitFor()
  await state(page, 'All events that are needed', 'To be mended')
  assert.match(await step(page, 'All events that are needed').innerText(), /Subscribe the app to meeting\.updated/)
  await subscribe(['*'])
})

test('an address that Zoom cannot reach is told at its step until Zoom has validated it, and named by the test', async (t) => {
  const page = await open(t)
  for (const { id } of await subscriptions()) await w.zoom('DELETE', `/apps/sim-s2s/subscriptions/${id}`)
  await w.server.hub.db
    .updateTable('zoom_app')
    .set({ url_validated_at: null, last_event_at: null })
    .where('id', '=', app_id)
    .execute()
  const refused = await fetch(`${w.simulatorUrl}/_/apps/sim-s2s/subscriptions`, {
    method: 'POST',
    body: JSON.stringify({ url: `https://greenroom.invalid/zoom/webhooks/${app_id}`, events: ['*'] }),
  })
  assert.equal(refused.status, 400, 'Zoom takes no address that does not answer')
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await state(page, 'Zoom has validated the address', 'Still to do')
  assert.match(await step(page, 'Zoom has validated the address').innerText(), /press “Validate”, then “Save”/)
  await page.getByRole('button', { name: 'Test everything' }).click()
  await page.getByText('Not everything works', { exact: true }).waitFor({ timeout: 40_000 })
  await page
    .getByText(/if no event arrives at all, look at the address/)
    .first()
    .waitFor()
  await subscribe(['*'])
  await state(page, 'Zoom has validated the address', 'Done')
})

test('a broken connection is mended by entering the new secret, under its own id', async (t) => {
  const { items } = (await w.api<{ items: { id: string; state: string }[] }>('GET', '/connections')).body
  await atZoom({ client_secret: 'renewed' })
  const page = await open(t)
  await page.goto(`${consoleUrl}/settings/zoom-apps/${app_id}`)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  const credentials = step(page, 'Client ID and Client secret')
  await credentials.getByLabel('Client secret').fill('renewed')
  await credentials.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await state(page, 'Client ID and Client secret', 'Done')
  const after = (await w.api<{ items: { id: string; state: string }[] }>('GET', '/connections')).body.items
  assert.deepEqual(
    after.map(({ id, state: now }) => [id, now]),
    items.map(({ id }) => [id, 'connected']),
  )
})

for (const [look, options] of Object.entries({
  'light, wide': { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
  'dark, wide': { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
  'light, 320 px': { viewport: { width: 320, height: 740 }, colorScheme: 'light' },
} satisfies Record<string, BrowserContextOptions>))
  test(`the way to Zoom is free of what axe finds, and fits (${look})`, async (t) => {
    const page = await open(t, options)
    for (const path of [
      '/settings/zoom-apps/connect',
      `/settings/zoom-apps/connect?beside=${app_id}`,
      `/settings/zoom-apps/${app_id}`,
    ]) {
      await page.goto(consoleUrl + path)
      await page.locator('h1').waitFor()
      await page.locator('[role=status][aria-label=Loading]').first().waitFor({ state: 'detached' })
      await looksSound(page, path)
    }
  })

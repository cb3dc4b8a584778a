import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { issueTicket, type NewTicket } from '#hub/door/ticket.ts'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'

const w = await world({ after })
const { hub } = w.server
const browser = await openChromium(hub.publicUrl, w.hubUrl)
after(() => browser.close())

await w.api('POST', '/zoom_apps', {
  kind: 'admin_managed',
  name: 'Meeting SDK',
  client_id: 'sim-admin-app',
  client_secret: 'sim-admin-secret',
  meeting_sdk: true,
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
const { body: meeting } = await w.api<{ id: string; zoom_meeting_id: string; password: string }>('POST', '/meetings', {
  host: 'ada@school.example',
  topic: 'Algebra',
  connection_id: w.connection_id,
})
await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/start`)
await w.settled()

test('Zoom’s own SDK, served by the hub alone, starts in the room and asks Zoom to join with our arguments', async (t) => {
  await useZoomAt('https://zoom.us')
  t.after(() => useZoomAt(w.simulatorUrl))
  const { url, pass_id } = await ticket({ role: 'participant', name: 'Grace Hopper', email: 'grace@school.example' })
  const page = await open(t)
  const outside: Request[] = []
  // No answer: what the SDK has put up by then stays, and nothing leaves the machine.
  await page.route(
    (address) => address.origin !== new URL(hub.publicUrl).origin,
    (route) => void outside.push(route.request()),
  )
  await page.goto(`${url}/room`)
  await until(async () => outside.length > 0, 'the SDK to ask Zoom', 60)

  assert.equal(await page.evaluate('crossOriginIsolated'), true)
  await page.locator('#greeting').waitFor({ state: 'hidden' })
  assert.deepEqual(
    outside.map((request) => `${request.method()} ${request.url()}`),
    ['POST https://zoom.us/api/v1/wc/info'],
  )
  const sent = Object.fromEntries(new URLSearchParams(outside[0]?.postData() ?? ''))
  assert.equal(sent['meetingNumber'], meeting.zoom_meeting_id)
  assert.equal(sent['passWord'], meeting.password)
  assert.equal(sent['userName'], 'Grace Hopper')
  assert.equal(sent['userEmail'], 'grace@school.example')
  assert.equal(Buffer.from(sent['customerKey'] ?? '', 'base64').toString(), pass_id)
  assert.ok(!JSON.stringify(sent).includes(url.split('/').at(-1) ?? url), 'Zoom is told the ticket')
  assert.equal(Buffer.from(sent['sdkUrl'] ?? '', 'base64').toString(), `${hub.publicUrl}/in/${pass_id}`)
  const { mn, role, appKey } = claimsOf(sent['signature'] ?? '')
  assert.deepEqual({ mn, role, appKey }, { mn: meeting.zoom_meeting_id, role: 0, appKey: 'sim-admin-app' })
})

test('a guest of the public page says a name at the Door, is in the meeting under it, and leaves back to the Door', async (t) => {
  const { body } = await w.api<{ url: string }>('POST', '/site/pages', { meeting_id: meeting.id, slug: 'algebra' })
  const before = await w.calls()
  const page = await open(t)
  await page.goto(body.url)
  await page.getByRole('button', { name: 'Join in the browser' }).click()
  await page.waitForURL(`${hub.publicUrl}/j/*`)
  const url = page.url().replace('#browser', '')
  await page.getByText('You come in as a guest.').waitFor()
  await page.getByLabel('Your name').fill('Karen <b>Spärck</b> Jones')
  await page.getByRole('button', { name: 'Join in the browser' }).click()
  await page.getByText('You are in the meeting as Karen <b>Spärck</b> Jones.').waitFor()
  assert.equal(await w.calls(), before, 'calls to Zoom')
  assert.match(page.url(), /\/in\/pas_\w+$/)
  await page.reload()
  await page.getByText('You are in the meeting as Karen <b>Spärck</b> Jones.').waitFor()
  const there = (await participants()).find(({ name }) => name === 'Karen <b>Spärck</b> Jones')
  assert.match(there?.customer_key ?? '', /^pas_/)
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.waitForURL(url)
})

test('the room asks a guest who came straight to it for a name', async (t) => {
  const { url } = await ticket({ role: 'guest' })
  const page = await open(t)
  await page.goto(`${url}/room`)
  await page.getByLabel('Your name').fill('Emmy')
  await page.keyboard.press('Enter')
  await page.getByText('You are in the meeting as Emmy.').waitFor()
  await until(async () => Boolean((await heardOfSdk())?.sdk_joined_at), 'the hub to hear that the app was let in')
})

test('an app whose Meeting SDK is not switched on at Zoom is refused in the room, and the hub hears why', async (t) => {
  await w.zoom('PATCH', '/apps/sim-admin-app', { meeting_sdk: false })
  t.after(() => w.zoom('PATCH', '/apps/sim-admin-app', { meeting_sdk: true }).then(() => {}))
  const { url } = await ticket({ role: 'participant', name: 'Alan Turing' })
  const page = await open(t)
  await page.goto(`${url}/room`)
  await page.getByText('Zoom did not let you in.').waitFor()
  await until(async () => (await heardOfSdk())?.sdk_refusal === '1: Invalid SDK app keys', 'the hub to hear why')
})

test('what Zoom refuses is told in words, with a way back', async (t) => {
  const { url } = await ticket({ role: 'participant', name: 'Alan Turing' })
  const page = await open(t)
  await page.route(`${w.simulatorUrl}/sdk/join`, (route) =>
    route.fulfill({
      status: 400,
      headers: { 'access-control-allow-origin': '*' },
      json: { errorCode: 3008, errorMessage: 'Meeting has not started.' },
    }),
  )
  await page.goto(`${url}/room`)
  await page.getByText('The host has not started the meeting yet.').waitFor()
  await page.getByRole('link', { name: 'Back to the door' }).click()
  await page.waitForURL(url)
})

const heardOfSdk = () =>
  hub.db.selectFrom('zoom_app').selectAll().where('client_id', '=', 'sim-admin-app').executeTakeFirst()

const ticket = (more: Pick<NewTicket, 'role' | 'name' | 'email'>) =>
  issueTicket(hub, { workspace_id: w.workspace_id, meeting_id: meeting.id, ...more })

async function participants(): Promise<{ customer_key: string; name: string }[]> {
  const { meetings } = await w.zoom<{
    meetings: { id: string; session: { participants: { customer_key: string; name: string }[] } | null }[]
  }>('GET', '/meetings')
  return meetings.find(({ id }) => id === meeting.zoom_meeting_id)?.session?.participants ?? []
}

/** Where the workspace's apps belong to: the page loads the SDK that goes with it. */
const useZoomAt = (oauth_base: string) =>
  hub.db.updateTable('zoom_app').set({ oauth_base }).where('workspace_id', '=', w.workspace_id).execute()

const claimsOf = (signature: string) =>
  JSON.parse(Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

async function open(t: { after(close: () => Promise<void>): void }): Promise<Page> {
  const context = await browser.newContext()
  t.after(() => context.close())
  return context.newPage()
}

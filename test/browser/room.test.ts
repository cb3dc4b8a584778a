import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { issueTicket } from '#hub/door/ticket.ts'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'

const w = await world({ after })
const { hub } = w.server
const browser = await openChromium(hub.publicUrl, w.hubUrl)
after(() => browser.close())

const sdkApp = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'admin_managed',
  name: 'Meeting SDK',
  client_id: 'sim-admin-app',
  client_secret: 'sim-admin-secret',
  meeting_sdk: true,
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})
const meeting = await w.api<{ id: string; zoom_meeting_id: string; password: string }>('POST', '/meetings', {
  host: 'ada@school.example',
  topic: 'Algebra',
  duration: 45,
  connection_id: w.connection_id,
})
await w.zoom('POST', `/meetings/${meeting.body.zoom_meeting_id}/start`)
await w.settled()

const ticketFor = (more: { role: 'participant' | 'guest'; name?: string; email?: string }) =>
  issueTicket(hub, { workspace_id: w.workspace_id, meeting_id: meeting.body.id, ...more })

test('Zoom’s own SDK, served by the hub alone, starts in the room and asks Zoom to join with our arguments', async (t) => {
  await hub.db.updateTable('zoom_app').set({ oauth_base: 'https://zoom.us' }).where('id', '=', sdkApp.body.id).execute()
  t.after(() =>
    hub.db.updateTable('zoom_app').set({ oauth_base: w.simulatorUrl }).where('id', '=', sdkApp.body.id).execute(),
  )
  const { url, pass_id } = await ticketFor({ role: 'participant', name: 'Grace Hopper', email: 'grace@school.example' })
  const page = await browser.newPage()
  page.on('console', (m) => console.log('CONSOLE', m.type(), m.text().slice(0, 400)))
  page.on('pageerror', (e) => console.log('PAGEERROR', e.message.slice(0, 400)))
  page.on('requestfailed', (r) => console.log('FAILED', r.url(), r.failure()?.errorText))
  page.on('response', (r) => { if (r.status() >= 400 || r.url().includes('js_media')) console.log('RESPONSE', r.status(), r.url(), JSON.stringify(r.headers())) })
  await page.route('**/*', async (route) => {
    const request = route.request()
    if (new URL(request.url()).origin === new URL(hub.publicUrl).origin) return route.continue()
    console.log(
      'OUTSIDE',
      request.method(),
      request.url(),
      request.postData()?.slice(0, 900),
      JSON.stringify(request.headers()),
    )
    return route.abort()
  })
  await page.goto(`${url}/room`)
  await page.waitForTimeout(15000)
  await page.screenshot({ path: '/tmp/shots/_sdk.png' })
  console.log(pass_id)
})

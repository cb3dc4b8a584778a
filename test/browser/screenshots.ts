import { after, test } from 'node:test'
import { mkdir } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { connectDemoHosts, setUpDemo, withDemoKey } from '#cli/demo/demo.ts'
import { showFourPlaces } from '#cli/tour/four-places.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import { world } from '../world.ts'
import { openChromium } from './chromium.ts'

// `npm run screenshots`: the pages that people meet a class on, light and dark, on a desk and on a phone.

const folder = new URL('../../docs/images/places/', import.meta.url)

const looks = [
  { name: 'desktop-light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const

const w = await world({ after }, { connected: false })
const stage = { hubUrl: w.hubUrl, simulatorUrl: w.simulatorUrl }
const demo = await setUpDemo(w.server.hub, stage)
await connectDemoHosts(w.server.hub, demo, stage)
const shown = await withDemoKey(w.server.hub, demo, 'owner', (key) =>
  showFourPlaces({ ...stage, key, network: fetch, print: () => {} }),
)
const browser: Browser = await openChromium(w.hubUrl, w.server.url)
after(() => browser.close())
await mkdir(folder, { recursive: true })

const key = await w.key('owner', 'Demo')
const ask = async <T>(path: string): Promise<T> =>
  (await fetch(`${w.hubUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${key}` } })).json() as Promise<T>
const { items } = await ask<{ items: { integration: string; url: string | null }[] }>(
  `/meetings/${shown.meeting_id}/placements`,
)
const publicPage = items.find(({ integration }) => integration === 'site')?.url ?? ''
const lms = `${w.simulatorUrl}/hosts/lms`

// The stand-in site is as careful as WordPress: only when an administrator says so it asks a host on this machine.
const site = `${w.simulatorUrl}/hosts/site/_`
const put = (method: string, path: string, body: object): Promise<Response> =>
  fetch(`${site}${path}`, { method, body: JSON.stringify(body) })
await put('PATCH', '/settings', { safe_ports: [Number(new URL(publicPage).port)], private_hosts: true })
const { url: post } = (await (
  await put('POST', '/posts', {
    title: 'Office hours',
    content: `Come and ask.\n\n${publicPage}\n\nEverybody is welcome.`,
  })
).json()) as { url: string }

const soon = (await (
  await fetch(`${w.hubUrl}/api/v1/meetings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      host: 'ada@school.example',
      topic: 'Office hours',
      start_time: new Date(Date.now() + 5 * 60_000).toISOString(),
      duration: 45,
      timezone: 'Europe/Berlin',
    }),
  })
).json()) as { id: string }
const { url: door } = await issueTicket(w.server.hub, { workspace_id: demo.id, meeting_id: soon.id, role: 'guest' })

const signedIn = async (page: Page, user: string): Promise<void> => {
  const { cookie } = (await (
    await fetch(`${lms}/_/sign-in`, { method: 'POST', body: JSON.stringify({ user }) })
  ).json()) as { cookie: string }
  const [name = '', value = ''] = cookie.split('=', 2)
  await page.context().addCookies([{ name, value, url: lms }])
}

const pages: { name: string; open: (page: Page) => Promise<void> }[] = [
  {
    name: 'course',
    open: async (page) => {
      await signedIn(page, 'ada')
      await page.goto(`${lms}/`)
      await page
        .getByRole('link', { name: /Algebra/ })
        .first()
        .click()
      await page.frameLocator('iframe').getByText('Attendance').first().waitFor()
    },
  },
  {
    name: 'card',
    open: async (page) => {
      await page.goto(post)
      await page.frameLocator('iframe').getByText('Algebra').first().waitFor()
    },
  },
  {
    name: 'meeting-page',
    open: async (page) => {
      await page.goto(publicPage)
    },
  },
  {
    name: 'join-page',
    open: async (page) => {
      await page.goto(door)
    },
  },
]

for (const { name, open } of pages) {
  for (const { name: look, ...context } of looks) {
    test(`${name} ${look}`, async () => {
      const page = await (await browser.newContext({ ...context, reducedMotion: 'reduce' })).newPage()
      await open(page)
      await page.screenshot({ path: new URL(`${name}-${look}.png`, folder).pathname, fullPage: true })
      await page.context().close()
    })
  }
}

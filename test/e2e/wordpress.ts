import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createApiKey } from '#hub/keys.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { startServer } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { openChromium } from '../browser/chromium.ts'
import { testDatabase } from '../database.ts'
import { simApp, until } from '../world.ts'
import { freePort, namedWordPress, ownWordPress } from './wordpress-site.ts'

// `npm run e2e:wordpress`: a real WordPress embeds a page of the hub, with nothing of ours installed in it.

const named = namedWordPress(process.env)
// What a named site reaches us by; our own is on this machine.
const port = await freePort(8080)
const publicUrl = process.env['GREENROOM_E2E_PUBLIC_URL'] ?? `http://127.0.0.1:${port}`

const { url: databaseUrl, drop } = await testDatabase({ after: () => {} })
const data = await mkdtemp(join(tmpdir(), 'greenroom-e2e-'))
const config = readConfig({
  DATABASE_URL: databaseUrl,
  GREENROOM_DATA: data,
  HOST: named ? '0.0.0.0' : '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: publicUrl,
})
const simulator = await startSimulator({ port: 0 })
const server = await startServer(config, createLog({ level: 'error' }))
const browser = await openChromium(publicUrl, server.url)
after(async () => {
  await browser.close()
  await server[Symbol.asyncDispose]()
  await simulator.close()
  await drop()
  await rm(data, { recursive: true, force: true })
})
const wordpress = named ?? (await ownWordPress({ after }, port))

const topic = 'Open evening & <i>more</i>'
await ensureWorkspace(server.hub, 'School')
const { key } = await createApiKey(server.hub, { workspace: 'School', name: 'e2e', role: 'owner' })
await api('/zoom_apps', simApp(simulator.url))
const meeting = await api<{ id: string }>('/meetings', {
  host: 'ada@school.example',
  topic,
  start_time: new Date(Date.now() + 2 * 86_400_000).toISOString(),
  duration: 90,
  timezone: 'Europe/Berlin',
})
const page = await api<{ url: string }>('/site/pages', { meeting_id: meeting.id, list: 'evenings' })

test('a link on a line of its own becomes a card that lives in WordPress’s sandbox and leads to the page', async () => {
  // Zoom may be down while a site asks: nothing of it is needed.
  await simulator.close()
  const link = await wordpress.publish('Come in', `Come and see us.\n\n${page.url}\n\n${publicUrl}/g/evenings\n`)

  const reader = await browser.newPage()
  const errors: string[] = []
  reader.on('pageerror', (error) => errors.push(error.message))
  reader.on('console', (message) => {
    // The site's own are its own affair.
    const ours = message.location().url.startsWith(publicUrl)
    if (message.type() === 'error' && ours) errors.push(message.text())
  })
  await reader.goto(link)
  const frames = reader.locator('iframe.wp-embedded-content')
  assert.equal(await frames.count(), 2, await reader.content())
  const frame = frames.first()
  assert.equal(await frame.getAttribute('sandbox'), 'allow-scripts')
  assert.match((await frame.getAttribute('src')) ?? '', /\/embed\/m\/open-evening-i-more-i#\?secret=\w{10}$/)
  const secrets = await frames.evaluateAll((all) => all.map((each) => each.getAttribute('data-secret')))
  assert.equal(new Set(secrets).size, 2, 'two cards, two secrets')

  const card = frame.contentFrame()
  await frame.waitFor({ state: 'visible' })
  await card.getByRole('heading', { name: topic }).waitFor()
  await card.getByText('Upcoming').waitFor()
  await reader.getByRole('link', { name: topic }).first().waitFor({ state: 'hidden' })
  const tall = await card.locator('html').evaluate((html) => html.getBoundingClientRect().height)
  await until(
    async () => Number(await frame.getAttribute('height')) === Math.max(200, Math.ceil(tall)),
    `the frame to be as high as the card, ${tall}`,
  )
  await frames.nth(1).contentFrame().getByRole('link', { name: topic, exact: true }).waitFor()
  assert.deepEqual(errors, [])

  await card.getByRole('link', { name: /Details and calendar/ }).click()
  await reader.waitForURL(page.url)
  await reader.getByRole('heading', { name: topic, level: 1 }).waitFor()
})

async function api<T>(path: string, body: unknown): Promise<T> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`)
  return (await answer.json()) as T
}

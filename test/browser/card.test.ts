import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { issueTicket } from '#hub/door/ticket.ts'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'
import { looksSound } from './sound.ts'

const w = await world({ after })
const { hub } = w.server
const browser = await openChromium(hub.publicUrl, w.hubUrl)
after(() => browser.close())

const hostile = '<img src=x onerror="window.hit=1"> & "onx=1" ]]>'
const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const planned = await page('Open evening', { start_time: soon(3 * 24 * 60), agenda: hostile })
const open = await page(hostile, { start_time: soon(5) })
const series = await page('Seminar', {
  start_time: soon(24 * 60),
  recurrence: { type: 1, repeat_interval: 1, end_times: 25 },
})

test('a site that does not know the hub shows a link; once it may ask, a card in its sandbox that is as high as it needs', async (t) => {
  const content = `Come and see us.\n${planned.url}\n${open.url}`
  const refused = await post('Not allowed', content)
  assert.deepEqual(refused.embeds[0], { url: planned.url, embedded: false, reason: 'a private address' })

  await allow()
  const { url, embeds } = await post('Open evening', content)
  assert.deepEqual(
    embeds.map(({ embedded }) => embedded),
    [true, true],
    JSON.stringify(embeds),
  )
  const { reader, errors } = await visit(t)
  await reader.goto(url)
  const frames = reader.locator('iframe')
  const [first, second] = [frames.nth(0), frames.nth(1)]
  assert.equal(await first.getAttribute('sandbox'), 'allow-scripts')
  const card = first.contentFrame()
  await card.getByRole('heading', { name: 'Open evening' }).waitFor()
  await first.waitFor({ state: 'visible' })
  await reader.locator('blockquote').first().waitFor({ state: 'hidden' })
  await until(async () => (await first.getAttribute('height')) !== '300', 'the frame to hear the card’s height')
  assert.notEqual(await first.getAttribute('data-secret'), await second.getAttribute('data-secret'))
  await second.contentFrame().getByRole('heading', { name: hostile }).waitFor()
  await second.waitFor({ state: 'visible' })
  assert.equal(reader.url(), url, 'nobody has clicked yet')
  assert.deepEqual(errors, [])

  await second.contentFrame().getByRole('link', { name: /^Join/ }).click()
  await reader.waitForURL(open.url)
  assert.equal(await reader.evaluate('window.hit'), undefined)
  await reader.getByRole('button', { name: 'Join in the browser' }).waitFor()
})

test('without scripts the reader finds the link, and the page has the times', async (t) => {
  await allow()
  const { url } = await post('Plain', planned.url)
  const { reader } = await visit(t, { javaScriptEnabled: false })
  await reader.goto(url)
  await reader.getByRole('link', { name: 'Open evening' }).click()
  await reader.getByRole('heading', { name: 'Open evening', level: 1 }).waitFor()
  await reader.getByText(/^Starts in \d days[^.]*\. The doors open 15 minutes before\.$/).waitFor()
})

test('the page counts down, tells the reader’s own time, and becomes live by itself', async (t) => {
  const { body } = await w.api<{ zoom_meeting_id: string }>('GET', `/meetings/${planned.meeting_id}`)
  const { reader, errors } = await visit(t, { timezoneId: 'America/New_York', locale: 'en-US' })
  await reader.clock.install()
  await reader.goto(planned.url)
  await reader.getByText('In your time').waitFor()
  await reader.getByText(/America\/New York \(UTC-0[45]:00\)/).waitFor()
  const seconds = reader.locator('[data-unit=seconds]')
  const shown = await seconds.innerText()
  await reader.clock.runFor(2000)
  assert.notEqual(await seconds.innerText(), shown)

  await w.zoom('POST', `/meetings/${body.zoom_meeting_id}/start`)
  await w.settled()
  await reader.clock.fastForward(31_000)
  await reader.getByText('Live now').waitFor()
  assert.deepEqual(errors, [])
})

test('pages, list, cards and Door are free of barriers, light and dark, and fit a phone', async (t) => {
  const { ticket } = await issueTicket(hub, {
    workspace_id: w.workspace_id,
    meeting_id: open.meeting_id,
    role: 'guest',
  })
  const slug = (url: string) => url.split('/').at(-1)
  const paths = [
    `/m/${slug(series.url)}`,
    `/m/${slug(open.url)}`,
    '/g/evenings',
    `/embed/m/${slug(open.url)}`,
    '/embed/g/evenings',
    `/j/${ticket}`,
    '/j/unknown',
  ]
  for (const colorScheme of ['light', 'dark'] as const) {
    const { reader } = await visit(t, { colorScheme, viewport: { width: 390, height: 800 } })
    for (const path of paths) {
      await reader.goto(hub.publicUrl + path)
      await looksSound(reader, `${path} ${colorScheme}`)
    }
  }
})

interface Post {
  url: string
  embeds: { url: string; embedded: boolean; reason?: string; html?: string }[]
}

const site = async <T>(method: string, path: string, body: object): Promise<T> => {
  const answer = await fetch(`${w.simulatorUrl}/hosts/site/_${path}`, { method, body: JSON.stringify(body) })
  assert.ok(answer.ok, await answer.clone().text())
  return (await answer.json()) as T
}

const post = (title: string, content: string) => site<Post>('POST', '/posts', { title, content })

/** What an administrator of the site would do for a hub on a private address. */
const allow = () =>
  site('PATCH', '/settings', { private_hosts: true, safe_ports: [Number(new URL(hub.publicUrl).port)] })

async function page(topic: string, more: object): Promise<{ url: string; meeting_id: string }> {
  const made = await w.api<{ id: string }>('POST', '/meetings', {
    host: 'ada@school.example',
    topic,
    duration: 60,
    timezone: 'Europe/Berlin',
    ...more,
  })
  assert.equal(made.status, 201, made.text)
  const shown = await w.api<{ url: string }>('POST', '/site/pages', { meeting_id: made.body.id, list: 'evenings' })
  assert.equal(shown.status, 201, shown.text)
  return { url: shown.body.url, meeting_id: made.body.id }
}

async function visit(
  t: { after(close: () => Promise<void>): void },
  options: BrowserContextOptions = {},
): Promise<{ reader: Page; errors: string[] }> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', locale: 'en-GB', ...options })
  t.after(() => context.close())
  const reader = await context.newPage()
  const errors: string[] = []
  reader.on('pageerror', (error) => errors.push(error.message))
  reader.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())))
  return { reader, errors }
}

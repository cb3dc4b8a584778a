import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { createMeeting } from '#hub/meetings/schedule.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { startServer } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import { openChromium } from '../test/browser/chromium.ts'
import { insertMany } from '../test/many.ts'
import type { Finding } from './run.ts'
import { freePort } from './servers/process.ts'
import { connectSimulatorApp } from './servers/simulator-app.ts'

const goal = 100
const rounds = 10

/**
 * How long it takes from a click on a way to a page until the next picture has that page's heading, with ten thousand of
 * everything in the workspace: the 95th of a hundred, in ms. Beside it, the same in a page that has nothing but two headings.
 */
export async function consoleReactions(): Promise<Finding> {
  await using opened = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  opened.defer(() => rm(data, { recursive: true, force: true }))
  const simulator = await startSimulator({ port: 0 })
  opened.defer(() => simulator.close())
  const config = readConfig({
    GREENROOM_DATA: data,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    SIMULATOR_PORT: '1',
    SIMULATOR_URL: simulator.url,
  })
  const server = opened.use(await startServer(config, createLog({ level: 'error' })))
  const { hub } = server
  const { id: workspace_id } = await ensureWorkspace(hub, 'Bench')
  const ids = { workspace_id, ...(await connectSimulatorApp(hub, simulator.url)) }
  const actor = { workspace_id, name: 'bench' }
  const meeting = await createMeeting(hub, actor, {
    kind: 'meeting',
    topic: 'Algebra I',
    host: 'ada@school.example',
    start_time: '2030-01-07T09:00:00Z',
    duration: 45,
  })
  await insertMany(hub.db, ids, meeting.id)
  const link = await server.signIn.printOwnerLink()
  await addMember(hub, workspace_id, link.user_id, 'owner')

  const browser = await openChromium(hub.publicUrl, hub.publicUrl)
  opened.defer(() => browser.close())
  const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  await page.goto(link.url)
  await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()
  const reactions: Taken[] = []
  // Each page once, the first last: one is there already.
  const links = await page.evaluate<string[]>(
    `[...document.querySelectorAll('nav a[href]')].map(({ pathname }) => pathname)`,
  )
  const [home = '', ...others] = new Set(links.filter((path) => path.startsWith('/console')))
  const ways = [...others, home]
  for (let round = 0; round < rounds; round++) for (const way of ways) reactions.push(await taken(page, way))

  for (const way of ways) {
    const own = reactions.filter((each) => each.way === way)
    process.stderr.write(
      `${way}: ${own.map(({ first_ms, whole_ms }) => `${Math.round(first_ms)}/${Math.round(whole_ms)}`).join(' ')} ms (heading/whole)\n`,
    )
  }

  const bare = createServer((_, response) => response.setHeader('content-type', 'text/html').end(bareHtml)).listen(
    0,
    '127.0.0.1',
  )
  await once(bare, 'listening')
  opened.defer(() => void bare.close())
  const control = await browser.newPage()
  await control.goto(`http://127.0.0.1:${(bare.address() as AddressInfo).port}/`)
  const bareReactions: Taken[] = []
  for (let i = 0; i < reactions.length; i++) bareReactions.push(await taken(control, i % 2 === 0 ? '/b' : '/a'))

  const by = (key: 'first_ms' | 'whole_ms') => (all: Taken[]) => Math.round(ninetyFifth(all.map((each) => each[key])))
  const slowest = reactions.toSorted((a, b) => b.first_ms - a.first_ms)[0]
  return {
    bench: 'console',
    value: by('first_ms')(reactions),
    goal,
    better: 'lower',
    bare_ms: by('first_ms')(bareReactions),
    whole_page_ms: by('whole_ms')(reactions),
    slowest: `${slowest?.way} ${Math.round(slowest?.first_ms ?? 0)} ms`,
    clicks: reactions.length,
  }
}

interface Taken {
  way: string
  /** Until the heading of the page was painted. */
  first_ms: number
  /** Until nothing on it was on its way any more. */
  whole_ms: number
}

/** A picture is there when the frame after the one that was asked for begins. */
const taken = async (page: Page, way: string): Promise<Taken> => ({
  way,
  ...(await page.evaluate<Omit<Taken, 'way'>>(`(async () => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))
    const heading = () => document.querySelector('h1')?.textContent
    const link = [...document.querySelectorAll('nav a[href]')].find(({ pathname }) => pathname === ${JSON.stringify(way)})
    const before = heading()
    const began = performance.now()
    link.click()
    let first
    do first = await painted()
    while (heading() === before && first - began < 5_000)
    if (heading() === before) throw new Error('still at ' + before + ' after a click on ' + link.pathname)
    let whole = first
    while (document.querySelector('[role=status][aria-label=Loading]')) whole = await painted()
    await new Promise((done) => setTimeout(done, 100))
    return { first_ms: first - began, whole_ms: whole - began }
  })()`)),
})

const ninetyFifth = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length * 0.95)] ?? 0

const bareHtml = `<!doctype html><title>Bare</title><nav><a href="/a">A</a> <a href="/b">B</a></nav><h1>A</h1>
<script>for (const a of document.querySelectorAll('a')) a.onclick = (click) => { click.preventDefault(); document.querySelector('h1').textContent = a.textContent }</script>`

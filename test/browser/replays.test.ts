import { after, test } from 'node:test'
import { sql } from 'kysely'
import { lockSubject } from '#store/events.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { looksSound } from './sound.ts'

const { w, browser, publicUrl, link } = await consoleWorld({ after })
const { db } = w.server.hub
await sql`insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body, state, settled_at)
  select 'evt_' || lpad(n::text, 5, '0'), ${w.workspace_id}, ${w.zoom_app_id},
    date_trunc('second', now()) - interval '10 minutes' + n * interval '1 millisecond',
    sha256(n::text::bytea), 'meeting.chat', 'acc', 'slow', '{"event":"meeting.chat","event_ts":1,"payload":{"account_id":"acc"}}', 'ignored', now()
  from generate_series(1, 300) as n`.execute(db)

const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
const page = await context.newPage()
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

async function isSound(): Promise<void> {
  for (const width of [320, 1440]) {
    await page.setViewportSize({ width, height: 900 })
    await looksSound(page, `at ${width} px`)
  }
}

test('a replay of a time shows how far it is, is stopped, goes on, and is done', async (t) => {
  const released = Promise.withResolvers<void>()
  t.after(() => released.resolve())
  const held = Promise.withResolvers<void>()
  // While somebody else handles events of this meeting, its next ones wait.
  const handling = db.transaction().execute(async (trx) => {
    await lockSubject(trx, w.workspace_id, 'slow')
    held.resolve()
    await released.promise
  })
  await held.promise
  await page.goto(`${publicUrl}/console/events?event=meeting.chat`)
  await page.getByRole('button', { name: 'Replay a time …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replay the events of a time' })
  await dialog.getByRole('button', { name: 'Count' }).click()
  await dialog.getByText('300 events are in this time.').waitFor()
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click()
  const replays = page.getByRole('region', { name: 'Replays' })
  await replays.getByText('0 of 300 events were handled again.').waitFor()
  await replays.getByRole('progressbar', { name: 'How far the replay is' }).waitFor()
  await until(async () => {
    const { items } = (await w.api<{ items: { waiting: number }[] }>('GET', '/replays')).body
    return (items[0]?.waiting ?? 0) > 0
  }, 'the first to be begun')
  await replays.getByRole('button', { name: 'Stop' }).click()
  await replays.getByText(/^Stopped after 0 of 300 events\. \d+ still wait/).waitFor()
  released.resolve()
  await handling
  await replays.getByText(/^Stopped after 200 of 300 events\.$/).waitFor()
  await isSound()
  await replays.getByRole('button', { name: 'Go on' }).click()
  await replays.getByText('Done: 300 of 300 events were handled again.').waitFor()
})

test('messages of a time are sent again from the page of webhooks, with the same bar', async () => {
  const { body } = await w.api<{ id: string }>('POST', '/subscriptions', {
    url: 'https://hooks.example/ours',
    name: 'Ours',
  })
  // Nothing is sent: there is nobody.
  await w.api('PATCH', `/subscriptions/${body.id}`, { state: 'off' })
  await sql`insert into delivery (id, workspace_id, subscription_id, type, body, state, due_at, give_up_at, created_at, settled_at)
    select 'dlv_' || n, ${w.workspace_id}, ${body.id}, 'meeting.changed', '{}', 'dead', now(), now(), now() - interval '1 hour', now()
    from generate_series(1, 3) as n`.execute(db)
  await page.goto(`${publicUrl}/console/places/webhooks`)
  await page.getByRole('button', { name: 'Change Ours' }).click()
  await page.getByRole('menuitem', { name: 'Send messages again …' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
  const replays = page.getByRole('region', { name: 'Replays' })
  await replays.getByText('0 of 3 messages were sent again.').waitFor()
  await isSound()
})

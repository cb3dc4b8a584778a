import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addMember } from '#hub/workspaces.ts'
import { until, world } from '../world.ts'
import { openChromium } from './chromium.ts'
import { passesAxe } from './sound.ts'

const w = await world({ after })
const { publicUrl } = w.server.hub
const browser = await openChromium(publicUrl, w.hubUrl)
after(() => browser.close())
const link = await w.server.signIn.printOwnerLink()
await addMember(w.server.hub, w.workspace_id, link.user_id, 'owner')
const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'School site' })).body
const meeting = (await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Open day' }))
  .body
await w.api('POST', `/meetings/${meeting.id}/placements`, { place_id: site.id, target: { slug: 'open-day' } })
const { body: hook } = await w.api<{ id: string }>('POST', '/subscriptions', {
  name: 'Timetable',
  url: 'https://hooks.example/ours',
})
await w.api('POST', `/subscriptions/${hook.id}/test`, '')
const context = await browser.newContext({
  locale: 'en-GB',
  viewport: { width: 1440, height: 900 },
  reducedMotion: 'reduce',
})
const page = await context.newPage()
await page.goto(link.url)
await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor()

test('a place says how it is, what it shows, and the search for it is in the address', async () => {
  await page.goto(`${publicUrl}/console/places?q=school`)
  await page.getByRole('table', { name: 'Places' }).getByText('Not looked at yet').waitFor()
  assert.equal(await page.getByRole('searchbox', { name: 'Search places' }).inputValue(), 'school')
  await page.getByRole('link', { name: 'School site' }).click()
  const drawer = page.getByRole('dialog', { name: 'School site' })
  await drawer.getByRole('button', { name: 'Check' }).click()
  await drawer.getByText(/Pages are served at/).waitFor()
  await drawer.getByRole('table', { name: 'Meetings there' }).getByRole('link', { name: 'Open day' }).waitFor()
  await passesAxe(page)
  await page.keyboard.press('Escape')
  await page.getByRole('table', { name: 'Places' }).getByText('In order').waitFor()
})

test('a webhook is changed, its messages are read and sent again, and a new secret is asked about first', async () => {
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('table', { name: 'Messages' }).getByRole('link').first().click()
  const drawer = page.getByRole('dialog', { name: 'Message' })
  await drawer.getByRole('region', { name: 'Payload' }).waitFor()
  await passesAxe(page)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })

  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Change Timetable' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await choose('Change what it hears of …')
  const edit = page.getByRole('dialog', { name: 'Change Timetable' })
  await edit.getByRole('combobox', { name: 'Hears of' }).click()
  await page.getByRole('option', { name: 'session.ended' }).click()
  await page.keyboard.press('Escape')
  await edit.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('table', { name: 'Webhooks' }).getByText('session.ended').waitFor()

  await choose('Send messages again …')
  const again = page.getByRole('dialog', { name: 'Send messages to Timetable again' })
  await again.getByLabel('Which').selectOption({ label: 'All of them' })
  await passesAxe(page)
  await again.getByRole('button', { name: 'Send again' }).click()
  await again.waitFor({ state: 'detached' })
  await page
    .getByRole('region', { name: 'Replays' })
    .getByText(/messages were sent again/)
    .waitFor()

  await choose('Make a new secret …')
  await page
    .getByRole('dialog', { name: 'Make a new secret for Timetable?' })
    .getByRole('button', { name: 'Make a new secret' })
    .click()
  await page.getByRole('textbox', { name: 'Secret' }).waitFor()
  await until(
    async () =>
      (await w.api<{ triggers: string[] }>('GET', `/subscriptions/${hook.id}`)).body.triggers[0] === 'session.ended',
    'the choice to be kept',
  )
})

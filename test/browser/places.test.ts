import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { placeMeeting } from '#hub/placements.ts'
import { createPlace } from '#hub/places.ts'
import { chatAt } from '../mattermost-server.ts'
import { until } from '../world.ts'
import { consoleWorld } from './console-world.ts'
import { passesAxe } from './sound.ts'

const { w, browser, publicUrl, link } = await consoleWorld({ after })
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

test('a web site tells how its pages come into it, with the addresses of its lists and their calendars', async () => {
  await w.api('POST', '/site/lists', { slug: 'autumn', title: 'Autumn', place_id: site.id })
  await page.goto(`${publicUrl}/console/places?place=${site.id}`)
  const drawer = page.getByRole('dialog', { name: 'School site' })
  const shown = async (label: string) => drawer.getByRole('textbox', { name: label, exact: true }).inputValue()
  assert.equal(await shown('List Autumn'), `${publicUrl}/g/autumn`)
  assert.equal(await shown('Calendar of the list Autumn'), `${publicUrl}/g/autumn/calendar.ics`)
  assert.equal(await shown('oEmbed address'), `${publicUrl}/oembed`)
  assert.match(await shown('Frame'), /^<iframe src=".*\/embed\/m\/open-evening"/)
  for (const url of [await shown('List Autumn'), await shown('Calendar of the list Autumn')])
    assert.equal((await fetch(url)).status, 200, url)
  await passesAxe(page)
})

test('a place of bots tells the address of the API and where its keys are made, and so does the way to it', async () => {
  const bots = await createPlace(
    w.server.hub,
    { workspace_id: w.workspace_id, name: 'test' },
    { integration: 'bots', name: 'Note takers' },
  )
  for (const [path, name] of [
    [`?place=${bots.id}`, 'Note takers'],
    ['?new=bots', 'Add a place: Bots'],
  ] as const) {
    await page.goto(`${publicUrl}/console/places${path}`)
    const drawer = page.getByRole('dialog', { name })
    assert.equal(await drawer.getByRole('textbox', { name: 'API base URL' }).inputValue(), `${publicUrl}/api/v1`)
    await passesAxe(page)
    await drawer.getByRole('link', { name: 'Settings, API keys' }).click()
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor()
  }
})

test('a page is hidden and taken away again at its meeting, and nowhere else', async () => {
  const url = `${publicUrl}/m/open-day`
  const answered = async () => (await fetch(url)).status
  assert.equal(await answered(), 200)
  await page.goto(`${publicUrl}/console/meetings/${meeting.id}`)
  const change = page.getByRole('button', { name: 'Change the page open-day' })
  const dialog = page.getByRole('dialog', { name: 'Change the page open-day', exact: true })
  for (const [chosen, status] of [
    ['unpublished', 404],
    ['unlisted', 200],
  ] as const) {
    await change.click()
    await dialog.getByLabel('Who finds it').selectOption(chosen)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.equal(await answered(), status, chosen)
  }
  await change.click()
  await until(
    async () => (await dialog.getByLabel('Who finds it').inputValue()) === 'unlisted',
    'what was chosen to be shown',
  )
  await passesAxe(page)
  await dialog.getByRole('button', { name: 'Remove the page' }).click()
  await page
    .getByRole('dialog', { name: 'Remove the page open-day?' })
    .getByRole('button', { name: 'Remove the page' })
    .click()
  await page.getByRole('region', { name: 'Places' }).getByText('Removed').waitFor()
  assert.equal(await answered(), 404)
  assert.equal(await change.count(), 0)
})

test('a place is called something else, and a Mattermost server gets another token once it is right, and another Zoom app', async () => {
  const { body: chat } = await w.api<{ id: string }>('POST', '/mattermost/servers', {
    name: 'Chat',
    url: `${w.simulatorUrl}/hosts/mattermost`,
    bot_token: 'mm-token-greenroom',
    level: 'account',
    zoom_app_id: w.zoom_app_id,
  })
  await page.goto(`${publicUrl}/console/places?place=${chat.id}`)
  const drawer = page.getByRole('dialog', { name: 'Chat', exact: true })
  await drawer.getByRole('textbox', { name: 'Name' }).fill('Chat of the school')
  await drawer.getByRole('button', { name: 'Save' }).click()
  const renamed = page.getByRole('dialog', { name: 'Chat of the school', exact: true })
  await renamed.getByRole('button', { name: 'Change' }).click()
  const form = renamed.getByRole('form', { name: 'Change Chat of the school' })
  await form.getByLabel('New token of the bot').first().fill('mistyped')
  await form.getByLabel('Meetings begun from a channel').selectOption('personal')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText(/^Mattermost answered/).waitFor()
  await passesAxe(page)
  await form.getByLabel('New token of the bot').first().fill('mm-token-greenroom')
  await form.getByLabel('This server’s e-mail addresses are right').check()
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
  const kept = (await w.api<{ meeting_ids: string; trust_emails: boolean }>('GET', `/mattermost/servers/${chat.id}`))
    .body
  assert.deepEqual([kept.meeting_ids, kept.trust_emails], ['personal', true])
  assert.ok(!(await page.content()).includes('mm-token-greenroom'))

  const { body: other } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'admin_managed',
    name: 'In its place',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  await page.reload()
  await renamed.getByRole('button', { name: 'Change' }).click()
  await form.getByLabel('Zoom app').selectOption('In its place')
  await form.getByRole('button', { name: 'Save' }).click()
  await renamed.getByRole('button', { name: 'Connect to Zoom' }).waitFor()
  await renamed.getByText('In its place', { exact: true }).waitFor()
  const changed = await w.api<{ zoom_app_id: string }>('GET', `/places/${chat.id}`)
  assert.equal(changed.body.zoom_app_id, other.id)

  await renamed.getByRole('button', { name: 'Remove this place' }).click()
  const question = page.getByRole('dialog', { name: 'Remove Chat of the school?' })
  await question.getByRole('button', { name: 'Remove place' }).waitFor()
  await page.keyboard.press('Escape')
  await question.waitFor({ state: 'detached' })
  assert.ok(await renamed.isVisible(), 'Escape answers the question, and leaves what is below it')
  await page.keyboard.press('Escape')
  await renamed.waitFor({ state: 'detached' })
})

test('a post is taken away from its channel, and a bot called back, once that was asked', async () => {
  const { body: chat } = await w.api<{ id: string }>('POST', '/mattermost/servers', {
    name: 'Staff room',
    url: `${w.simulatorUrl}/hosts/mattermost`,
    bot_token: 'mm-token-greenroom',
    level: 'account',
    zoom_app_id: w.zoom_app_id,
  })
  const { channels } = await chatAt(`${w.simulatorUrl}/hosts/mattermost`).state()
  const channel_id = channels.find(({ name }) => name === 'town-square')?.id
  const put = await w.api('POST', `/meetings/${meeting.id}/placements`, { place_id: chat.id, target: { channel_id } })
  assert.equal(put.status, 201, put.text)
  await page.goto(`${publicUrl}/console/meetings/${meeting.id}`)
  const table = page.getByRole('region', { name: 'Places' })
  const row = table.getByRole('row').filter({ hasText: 'Staff room' })
  await row.getByRole('button', { name: 'Delete the post in Staff room' }).click()
  const question = page.getByRole('dialog', { name: 'Delete the post in Staff room?' })
  await passesAxe(page)
  await question.getByRole('button', { name: 'Delete the post' }).click()
  await question.waitFor({ state: 'detached' })
  await row.getByText('Removed').waitFor()
  assert.equal(await row.getByRole('button').count(), 0)

  const actor = { workspace_id: w.workspace_id, name: 'test' }
  const bots = await createPlace(w.server.hub, actor, { integration: 'bots', name: 'Minutes takers' })
  await placeMeeting(w.server.hub, actor, {
    place_id: bots.id,
    meeting_id: meeting.id,
    ref: 'bot_that_was_there',
    title: 'Minutes',
  })
  await page.reload()
  await table.getByRole('button', { name: 'Call off Minutes' }).click()
  await page.getByRole('dialog', { name: 'Call off Minutes?' }).getByRole('button', { name: 'Call off' }).click()
  await table.getByRole('row').filter({ hasText: 'Minutes takers' }).getByText('Removed').waitFor()
})

test('of more places than a list holds each can be chosen, by its name', async () => {
  for (let at = 0; at < 25; at++) await w.api('POST', '/site/places', { name: `Site ${at}` })
  const { body } = await w.api<{ id: string }>('POST', '/site/places', { name: 'The last one' })
  await w.api('PATCH', `/places/${site.id}`, { state: 'off' })
  await page.goto(`${publicUrl}/console/meetings/${meeting.id}`)
  await page.getByRole('button', { name: 'Put it in…' }).click()
  const choice = page.getByRole('combobox', { name: 'Place' })
  await choice.fill('School site')
  await page.getByText('No place of this name').waitFor()
  await choice.fill('last')
  await page.getByRole('option', { name: 'The last one (Web site)' }).click()
  await page.getByLabel('Address').fill('by-name')
  await page.getByRole('button', { name: 'Publish the page' }).click()
  await page.getByRole('region', { name: 'Places' }).getByRole('link', { name: 'The last one', exact: true }).waitFor()
  await page.goto(`${publicUrl}/console/meetings?when=all`)
  await page.getByRole('combobox', { name: 'Place' }).fill('last')
  await page.getByRole('option', { name: 'The last one (Web site)' }).click()
  await page.waitForURL((url) => url.searchParams.get('place') === body.id)
  await page.reload()
  await until(
    async () => (await page.getByRole('combobox', { name: 'Place' }).inputValue()) === 'The last one (Web site)',
    'the place in the address to be named',
  )
  await w.api('PATCH', `/places/${site.id}`, { state: 'on' })
})

test('a webhook is changed, its messages are read and sent again, and a new secret is asked about first', async () => {
  await page.goto(`${publicUrl}/console/places`)
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
  await page.getByRole('listbox', { name: 'Hears of' }).getByRole('option', { name: 'session.ended' }).click()
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

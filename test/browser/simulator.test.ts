import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { startSimulator } from '#simulator/simulator.ts'
import { signSdk } from '../simulator-client.ts'
import { until } from '../world.ts'
import { openChromium } from './chromium.ts'
import { passesAxe } from './sound.ts'

const simulator = await startSimulator({ port: 0 })
after(() => simulator.close())
const browser = await openChromium('http://nowhere.invalid', simulator.url)
after(() => browser.close())

interface Meeting {
  id: number
  password: string
}

async function control<Answer>(path: string, body: object = {}): Promise<Answer> {
  const answer = await fetch(`${simulator.url}/_${path}`, { method: 'POST', body: JSON.stringify(body) })
  assert.ok(answer.ok, `${path} answered ${answer.status}`)
  return (await answer.json()) as Answer
}

/** A page of somebody else's with the SDK in it: http://127.0.0.1:PORT/. It says what the SDK calls back. */
async function host(args: object): Promise<string> {
  const html = `<!doctype html><html lang="en"><title>Room</title><header id="said"></header><script src="${simulator.url}/sdk/zoom-meeting.js"></script>
<script nonce="n">
  const say = (text) => (document.getElementById('said').textContent += text + ';')
  const error = ({ errorCode }) => say('error ' + errorCode)
  ZoomMtg.preLoadWasm(); ZoomMtg.prepareWebSDK(); ZoomMtg.i18n.load('en-US')
  ZoomMtg.inMeetingServiceListener('onMeetingStatus', ({ meetingStatus }) => say('status ' + meetingStatus))
  ZoomMtg.inMeetingServiceListener('onUserJoin', ({ userName }) => say('join ' + userName))
  ZoomMtg.inMeetingServiceListener('onUserLeave', ({ userName }) => say('leave ' + userName))
  ZoomMtg.init({ leaveUrl: '/left', error, success: () => { say('init'); ZoomMtg.join({ ...${JSON.stringify(args)}, error, success: () => say('joined') }) } })
</script>`
  const server = createServer(({ url }, response) => {
    const policy = `default-src 'none'; script-src 'nonce-n' ${simulator.url}; connect-src ${simulator.url}; style-src 'none'`
    response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy })
    response.end(url === '/left' ? '<title>Left</title>' : html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const newMeeting = (settings: object = {}): Promise<Meeting> =>
  control('/meetings', { host: 'ada@school.example', topic: 'Algebra I', settings })

const joining = (meeting: Meeting, more: object = {}) => ({
  signature: signSdk({ mn: String(meeting.id) }),
  meetingNumber: String(meeting.id),
  userName: 'Max',
  passWord: meeting.password,
  ...more,
})

const newPage = async (options: BrowserContextOptions = {}): Promise<Page> =>
  (await browser.newContext(options)).newPage()

const said = async (page: Page): Promise<string> => (await page.locator('#said').textContent()) ?? ''

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the consent page can be used by everybody, on a telephone, too (${colorScheme})`, async () => {
    const page = await newPage({ colorScheme, viewport: { width: 360, height: 740 } })
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'sim-user-app',
      redirect_uri: `${simulator.url}/?back`,
      state: 'abc',
    }).toString()
    await page.goto(`${simulator.url}/oauth/authorize?${query}`)
    await passesAxe(page)
    const width = await page.evaluate('document.documentElement.scrollWidth')
    assert.equal(width, 360)
    await page.getByLabel('Signed in as').selectOption('grace@school.example')
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.waitForURL(/[?&]code=[^&]+&state=abc/)
    await page.goto(`${simulator.url}/oauth/authorize?client_id=nobody`)
    await page.getByText('Error code: 4,702').waitFor()
    await passesAxe(page)
    await page.close()
  })
}

test('the SDK joins from a page of another origin with a strict policy, follows the meeting and leaves', async () => {
  const meeting = await newMeeting()
  await control(`/meetings/${meeting.id}/start`)
  const page = await newPage()
  await page.goto(await host(joining(meeting)))
  await page.getByRole('heading', { name: 'Algebra I' }).waitFor()
  await page.getByText('You are in the meeting as Max.').waitFor()
  assert.equal(await said(page), 'init;status 2;join Max;joined;')
  await passesAxe(page)
  await control(`/meetings/${meeting.id}/join`, { name: 'Mia' })
  await page.getByRole('listitem').filter({ hasText: 'Mia' }).waitFor()
  assert.match(await said(page), /join Mia/)
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.waitForURL('**/left')
  await isGone(meeting, 'Max')
})

test('a page that is closed leaves the meeting, and one whose meeting ends goes to its leaveUrl', async () => {
  const meeting = await newMeeting()
  await control(`/meetings/${meeting.id}/start`)
  const address = await host(joining(meeting))
  const [closed, stays] = [await newPage(), await newPage()]
  await closed.goto(address)
  await closed.getByText('You are in the meeting').waitFor()
  await closed.close({ runBeforeUnload: true })
  await isGone(meeting, 'Max')
  await stays.goto(address)
  await stays.getByText('You are in the meeting').waitFor()
  await control(`/meetings/${meeting.id}/end`)
  await stays.waitForURL('**/left')
})

test('who has to wait is told so, and comes in when the host opens', async () => {
  const meeting = await newMeeting({ waiting_room: true })
  await control(`/meetings/${meeting.id}/start`)
  const page = await newPage()
  await page.goto(await host(joining(meeting)))
  await page.getByText('Please wait. The host will let you in.').waitFor()
  await control(`/meetings/${meeting.id}/admit`, { name: 'Max' })
  await page.getByText('You are in the meeting as Max.').waitFor()
})

test('a refusal comes back to the page as Zoom’s code, and shows nothing', async () => {
  const page = await newPage()
  await page.goto(await host(joining(await newMeeting(), { passWord: 'wrong' })))
  await page.getByText('error 3004').waitFor()
  assert.equal(await page.getByRole('heading').count(), 0)
})

test('by hand one lets in who waits, answers a bot that wants to record, and takes back what an app was allowed', async () => {
  const meeting = await newMeeting({ waiting_room: true })
  await control(`/meetings/${meeting.id}/start`)
  await fetch(`${simulator.url}/runner/join`, {
    method: 'POST',
    body: JSON.stringify({
      bot_id: 'bot_1',
      meeting_number: meeting.id,
      passcode: meeting.password,
      display_name: 'Notes',
      signature: signSdk(),
      report_url: 'http://127.0.0.1:1/',
      report_token: 'secret',
    }),
  })
  await allow('grace@school.example')
  const page = await newPage()
  await page.goto(simulator.url)
  await passesAxe(page)
  const notes = page.getByRole('listitem').filter({ hasText: 'Notes' })
  await notes.getByRole('button', { name: 'Admit' }).click()
  await notes.getByRole('button', { name: 'Allow' }).click()
  await notes.getByRole('button', { name: 'Leave' }).waitFor()
  await notes.getByRole('button', { name: 'Allow' }).waitFor({ state: 'detached' })
  const remove = page.getByRole('button', { name: 'Remove for grace@school.example' })
  await remove.click()
  await remove.waitFor({ state: 'detached' })
})

/** The user allows the user-managed app, which exchanges the code. */
async function allow(user: string): Promise<void> {
  const redirect_uri = 'http://localhost:3000/callback'
  const { location } = await control<{ location: string }>('/consent', {
    client_id: 'sim-user-app',
    user,
    redirect_uri,
  })
  const code = new URL(location).searchParams.get('code') ?? ''
  const answer = await fetch(`${simulator.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('sim-user-app:sim-user-secret')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri }),
  })
  assert.equal(answer.status, 200)
}

interface Running {
  id: string
  session: { participants: { name: string; leave_time: string | null }[] }
}

async function isGone({ id }: Meeting, name: string): Promise<void> {
  await until(async () => {
    const { meetings } = (await (await fetch(`${simulator.url}/_/meetings`)).json()) as { meetings: Running[] }
    const participants = meetings.find((meeting) => meeting.id === String(id))?.session.participants ?? []
    return participants.length > 0 && participants.every((one) => one.name !== name || one.leave_time !== null)
  }, `${name} to have left`)
}

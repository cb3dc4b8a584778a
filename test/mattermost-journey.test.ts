import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  addApp,
  browser,
  connectChat,
  fieldOf,
  followLink,
  linkIn,
  mattermostWorld,
  postThat,
} from './mattermost-server.ts'

const w = await mattermostWorld({ after })
const { chat } = w
const zoom_app_id = await addApp(w, 'user_managed')
const server = await connectChat(w, { level: 'user' })

test('connecting a server makes the slash command and names the addresses that Zoom’s app needs', async () => {
  assert.deepEqual(
    server.findings.map(({ state }) => state),
    ['ok', 'ok'],
  )
  const { commands, teams } = await chat.state()
  assert.equal(commands.length, 1)
  assert.equal(commands[0]?.url, `${w.hubUrl}/mattermost/commands/${server.id}`)
  assert.deepEqual(server.commands, [{ team_id: teams[0]?.id, made: true }])
  assert.equal(server.urls.redirect, `${w.hubUrl}/plugins/zoom/oauth2/complete/${new URL(w.simulatorUrl).host}`)
  assert.equal(server.urls.webhook, `${w.hubUrl}/zoom/webhooks/${zoom_app_id}`)
  assert.match(server.old_urls.deauthorization, /\/plugins\/zoom\/deauthorization\?secret=.{20}/)
})

test('who has no Zoom account connected gets a link, and after the consent the meeting that was asked for', async () => {
  const { text, goto_location } = await chat.run('ada', '/zoom start Weekly sync')
  assert.match(text, /Connect your Zoom account/)
  assert.equal(goto_location, '')
  const page = await followLink(w, browser(), linkIn(text), 'ada@school.example')
  assert.match(page, /@ada is connected to Zoom/)
  const told = (await chat.posts('maths', 'ada')).filter(({ shown_to }) => shown_to)
  assert.match(told.at(-2)?.message ?? '', /connected to Zoom as ada@school.example/)
  assert.match(told.at(-1)?.message ?? '', /Your meeting is open/)
  const [post] = await chat.posts()
  assert.equal(post?.author, 'greenroom')
  assert.equal(post.props.attachments?.[0]?.title, 'Weekly sync')
  assert.equal(post.props['meeting_topic'], 'Weekly sync')
})

test('starting a meeting asks Zoom once, posts its link and sends the starter, and nobody else, into it', async () => {
  const before = await w.calls()
  const { text, goto_location } = await chat.run('ada', '/zoom start Algebra', { channel: 'town-square' })
  assert.equal((await w.calls()) - before, 1)
  assert.match(text, /Your meeting is open/)
  assert.match(goto_location, /\/j\//)
  const [post] = await chat.posts('town-square')
  const link = post?.props['meeting_link']
  assert.match(String(link), /\/j\//)
  assert.notEqual(link, goto_location)
  assert.equal(post?.type, 'custom_zoom')
  assert.equal(post?.message, '@ada has started a Zoom meeting')
  assert.equal(post?.props['meeting_status'], 'STARTED')
  assert.equal(post?.props['meeting_creator_username'], 'ada')
  assert.equal(post?.props.attachments?.[0]?.title_link, link)
  assert.equal(post?.props.attachments?.[0]?.fallback, `Algebra: ${String(link)}`)
  assert.equal(await w.calls(), before + 1)
})

test('the post follows its meeting: it has started, it has ended, and how long it was by Zoom’s own times', async () => {
  const [post] = await chat.posts('town-square')
  const number = String(post?.props['meeting_id'])
  await w.zoom('POST', `/meetings/${number}/start`)
  await w.zoom('POST', '/clock', { advance_s: 230 })
  await w.zoom('POST', `/meetings/${number}/end`)
  const ended = await postThat(chat, 'town-square', 'has ended', ({ message }) => /has ended/.test(message))
  assert.equal(ended.id, post?.id)
  assert.equal(ended.props['meeting_status'], 'ENDED')
  assert.match(fieldOf(ended, 'Length') ?? '', /^4 minutes$/)
  assert.equal((await chat.posts('town-square')).length, 1)
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import {
  addApp,
  browser,
  connectChat,
  connectPerson,
  fieldOf,
  followLink,
  linkIn,
  mattermostWorld,
  postThat,
  type Post,
} from './mattermost-server.ts'
import { until } from './world.ts'

const w = await mattermostWorld({ after })
const { chat } = w
await addApp(w, 'user_managed')
const server = await connectChat(w, { level: 'user' })
await connectPerson(w, 'ada', 'ada@school.example')

const hasEnded = ({ message }: Post): boolean => /has ended/.test(message)
const numberOf = (post: Post | undefined): string => String(post?.props['meeting_id'])
const start = async (channel: string, topic: string): Promise<Post> => {
  await chat.run('ada', `/zoom start ${topic}`, { channel })
  return postThat(chat, channel, `is about ${topic}`, ({ props }) => props['meeting_topic'] === topic)
}
const room = async (name: string, type = 'O'): Promise<string> => {
  await chat.control('POST', '/channels', { name, type, members: ['ada', 'grace', 'ben', 'admin'] })
  return name
}

test('a command typed in a thread is answered by a post in that thread', async () => {
  const { id: channel_id } = (await chat.state()).channels.find(({ name }) => name === 'maths') ?? { id: '' }
  const root = await chat.api('POST', '/posts', { channel_id, message: 'Who has a minute?' }, 'mm-token-grace')
  const { ephemerals } = await chat.run('ada', '/zoom start Quick one', { root_id: String(root.body['id']) })
  const post = (await chat.posts()).find(({ author }) => author === 'greenroom')
  assert.equal(post?.root_id, root.body['id'])
  assert.equal(ephemerals[0]?.root_id, root.body['id'])
})

test('the bot enters an open channel by itself, and asks to be invited into a private one before anything is made at Zoom', async () => {
  await start(await room('physics'), 'Optics')
  const calls = await w.calls()
  const { text } = await chat.run('ada', '/zoom start Secrets', { channel: 'staff' })
  assert.match(text, /\/invite @greenroom/)
  assert.equal(await w.calls(), calls)
  assert.deepEqual(await chat.posts('staff'), [])
})

test('in a direct message, where no bot can be, the meeting is posted by who started it', async () => {
  const { users } = await chat.state()
  const ids = ['ada', 'grace'].map((name) => users.find(({ username }) => username === name)?.id)
  const { body } = await chat.api('POST', '/channels/direct', ids, 'mm-token-ada')
  const channel = body['id'] ?? ''
  const { goto_location } = await chat.run('ada', '/zoom start', { channel })
  assert.match(goto_location, /\/j\//)
  const [post, ...others] = await chat.posts(channel)
  assert.deepEqual(others, [])
  assert.equal(post?.author, 'ada')
  assert.equal(post.type, 'custom_zoom')
  assert.equal(post.props['meeting_status'], 'STARTED')
  assert.notEqual(post.props.attachments?.[0]?.title_link, goto_location)
})

test('a second start in the same half minute shows the first meeting', async () => {
  const channel = await room('history')
  const first = await start(channel, 'Rome')
  const { text, ephemerals } = await chat.run('ada', '/zoom start Greece', { channel })
  assert.match(text, /already/)
  assert.equal(ephemerals[0]?.props.attachments?.[0]?.title_link, first.props['meeting_link'])
  assert.equal((await chat.posts(channel)).length, 1)
})

test('while Mattermost is down the end of a meeting waits, and is then told once', async () => {
  const channel = await room('latin')
  const post = await start(channel, 'Cicero')
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  await postThat(chat, channel, 'runs', (each) => fieldOf(each, 'Started') !== undefined)
  await chat.settings({ down: true })
  await w.zoom('POST', `/meetings/${numberOf(post)}/end`)
  await w.settled()
  await until(
    async () => w.log.some((line) => /a job failed/.test(line) && /Mattermost|503/.test(line)),
    'a try that failed',
  )
  await chat.settings({ down: false })
  const ended = await postThat(chat, channel, 'has ended', hasEnded)
  assert.equal(ended.id, post.id)
  assert.equal((await chat.posts(channel)).length, 1)
})

test('events that come again, and late, change nothing', async () => {
  const channel = await room('greek')
  const post = await start(channel, 'Homer')
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  await w.zoom('POST', `/meetings/${numberOf(post)}/end`)
  const ended = await postThat(chat, channel, 'has ended', hasEnded)
  const { deliveries } = await w.zoom<{ deliveries: { body: string }[] }>('GET', '/deliveries?app=sim-user-app&last=4')
  for (const { body } of deliveries.toReversed()) await w.zoom('POST', '/emit', { app: 'sim-user-app', text: body })
  await w.settled()
  assert.deepEqual(await chat.posts(channel), [ended])
})

test('where posts may not be edited any more, the end is told once, in the thread', async () => {
  const channel = await room('art')
  const post = await start(channel, 'Dürer')
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  await postThat(chat, channel, 'runs', (each) => fieldOf(each, 'Started') !== undefined)
  await chat.settings({ PostEditTimeLimit: 0 })
  await w.zoom('POST', `/meetings/${numberOf(post)}/end`)
  const reply = await postThat(chat, channel, 'has ended', hasEnded)
  assert.equal(reply.root_id, post.id)
  assert.equal(reply.author, 'greenroom')
  await w.settled()
  assert.equal((await chat.posts(channel)).length, 2)
  await chat.settings({ PostEditTimeLimit: -1 })
})

test('a bot that was taken out of the channel fails for nobody else', async () => {
  const channel = await room('music')
  const post = await start(channel, 'Bach')
  const { channels, users } = await chat.state()
  const bot = users.find(({ username }) => username === 'greenroom')?.id
  const { id } = channels.find(({ name }) => name === channel) ?? { id: '' }
  await chat.api('DELETE', `/channels/${id}/members/${bot}`, undefined, 'mm-token-admin')
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  await w.zoom('POST', `/meetings/${numberOf(post)}/end`)
  await until(async () => w.log.some((line) => /neither edit nor reply/.test(line)), 'a line in the log')
  assert.equal((await chat.posts(channel))[0]?.props['meeting_status'], 'STARTED')
})

test('a post that somebody deleted stays deleted, and its link is taken back', async () => {
  const channel = await room('sport')
  const post = await start(channel, 'Chess')
  await chat.api('DELETE', `/posts/${post.id}`)
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  const link = String(post.props['meeting_link'])
  await until(async () => (await fetch(link)).status === 404, 'a door that does not open')
  assert.deepEqual(await chat.posts(channel), [])
})

const plan = async (topic: string): Promise<{ id: string; zoom_meeting_id: string }> => {
  const { items } = (await w.api<{ items: { id: string }[] }>('GET', '/connections')).body
  const { status, body, text } = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', {
    topic,
    host: 'me',
    start_time: '2027-03-01T09:00:00Z',
    duration: 45,
    timezone: 'Europe/Berlin',
    connection_id: items[0]?.id,
  })
  assert.equal(status, 201, text)
  return body
}
const putInto = async (meeting_id: string, target: object, place_id = server.id) =>
  w.api<{ id: string; meeting_id: string }>('POST', `/meetings/${meeting_id}/placements`, { place_id, target })

test('a planned meeting is put into a channel once, and the post follows its time, its title and its end', async () => {
  const meeting = await plan('Parents’ evening')
  const { id: channel_id } = (await chat.state()).channels.find(({ name }) => name === 'town-square') ?? { id: '' }
  const first = await putInto(meeting.id, { channel_id })
  assert.equal(first.status, 201, first.text)
  assert.equal((await putInto(meeting.id, { channel_id })).body.id, first.body.id)
  const { calls } = await w.zoom<{ calls: { path: string }[] }>('GET', '/calls')
  assert.deepEqual(
    calls.filter(({ path }) => path.includes(meeting.zoom_meeting_id)),
    [],
    'everything that the post says is stored here',
  )
  const [post, ...others] = await chat.posts('town-square')
  assert.deepEqual(others, [])
  assert.equal(post?.message, 'A Zoom meeting is planned')
  assert.equal(fieldOf(post as Post, 'Starts'), 'Mon 1 Mar, 10:00 CET')
  await w.api('PATCH', `/meetings/${meeting.id}`, {
    topic: 'Parents’ evening, class 7',
    start_time: '2027-03-01T10:00:00Z',
  })
  const moved = await postThat(chat, 'town-square', 'has the new title', (each) =>
    /class 7/.test(JSON.stringify(each.props)),
  )
  assert.equal(moved.id, post?.id)
  assert.equal(fieldOf(moved, 'Starts'), 'Mon 1 Mar, 11:00 CET')
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/start`)
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/end`)
  assert.equal((await postThat(chat, 'town-square', 'has ended', hasEnded)).id, post?.id)
})

test('a meeting that is called off says so where it was announced', async () => {
  const meeting = await plan('Excursion')
  const channel = await room('geography')
  const { id: channel_id } = (await chat.state()).channels.find(({ name }) => name === channel) ?? { id: '' }
  await chat.api(
    'POST',
    `/channels/${channel_id}/members`,
    { user_id: (await chat.state()).users.find(({ username }) => username === 'greenroom')?.id },
    'mm-token-admin',
  )
  assert.equal((await putInto(meeting.id, { channel_id })).status, 201)
  assert.equal((await w.api('DELETE', `/meetings/${meeting.id}`)).status, 204)
  const post = await postThat(chat, channel, 'is called off', ({ message }) => /called off/.test(message))
  assert.equal(post.props.attachments?.[0]?.title_link, undefined)
  assert.equal((await chat.posts(channel)).length, 1)
})

test('a meeting is taken away from its channel: the post is deleted and its link leads nowhere; it can be put there again', async () => {
  const meeting = await plan('In the wrong channel')
  const channel = await room('wrong')
  const { id: channel_id } = (await chat.state()).channels.find(({ name }) => name === channel) ?? { id: '' }
  const { id: bot_id } = (await chat.state()).users.find(({ username }) => username === 'greenroom') ?? { id: '' }
  await chat.api('POST', `/channels/${channel_id}/members`, { user_id: bot_id }, 'mm-token-admin')
  const { body } = await putInto(meeting.id, { channel_id })
  const link = (await chat.posts(channel))[0]?.props.attachments?.[0]?.title_link ?? ''
  assert.equal((await fetch(link)).status, 200)
  assert.equal((await w.api('DELETE', `/placements/${body.id}`)).status, 204)
  assert.deepEqual(await chat.posts(channel), [])
  assert.equal((await fetch(link)).status, 404)
  assert.equal((await putInto(meeting.id, { channel_id })).status, 201)
  assert.equal((await chat.posts(channel)).length, 1)
})

test('a channel that is none, one that the bot may not see and a place of somebody else are refused in words', async () => {
  const meeting = await plan('Nowhere')
  const { id: staff } = (await chat.state()).channels.find(({ name }) => name === 'staff') ?? { id: '' }
  for (const target of [
    {},
    { channel_id: 'maths' },
    { channel_id: 'x'.repeat(26) },
    { channel_id: staff },
    { channel_id: staff, more: 1 },
  ])
    assert.equal((await putInto(meeting.id, target)).status, 422, JSON.stringify(target))
  assert.equal((await putInto(meeting.id, { channel_id: staff }, 'plc_unknown')).status, 404)
})

test('a server that is switched off says so, and its posts rest', async () => {
  const channel = await room('drama')
  const post = await start(channel, 'Faust')
  await w.api('PATCH', `/places/${server.id}`, { state: 'off' })
  assert.match((await chat.run('ada', '/zoom start')).text, /switched off/)
  await w.zoom('POST', `/meetings/${numberOf(post)}/start`)
  await w.settled()
  await w.api('PATCH', `/places/${server.id}`, { state: 'on' })
  await w.zoom('POST', `/meetings/${numberOf(post)}/end`)
  assert.equal((await postThat(chat, channel, 'has ended', hasEnded)).id, post.id)
})

/** Meetings that Zoom was asked to make; the reports of earlier meetings are asked for meanwhile. */
const created = async (): Promise<number> =>
  (await w.zoom<{ calls: { operation?: string }[] }>('GET', '/calls')).calls.filter(
    ({ operation }) => operation === 'meetingCreate',
  ).length

test('who consents while the server is switched off is connected, and no meeting starts', async () => {
  const { text } = await chat.run('grace', '/zoom start Too late')
  const before = await created()
  await w.api('PATCH', `/places/${server.id}`, { state: 'off' })
  const page = await followLink(w, browser(), linkIn(text), 'grace@school.example')
  assert.match(page, /@grace is connected to Zoom/)
  assert.ok(!/your start/.test(page))
  await w.api('PATCH', `/places/${server.id}`, { state: 'on' })
  assert.equal(await created(), before, 'no meeting is made')
  assert.ok(!(await chat.posts()).some(({ props }) => props['meeting_topic'] === 'Too late'))
})

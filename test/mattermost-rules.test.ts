import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { Secret } from '#core/secret.ts'
import { realWorld } from '#core/runtime.ts'
import { keyRing } from '#hub/encryption.ts'
import { parseCommand } from '#integrations/mattermost/command.ts'
import { judgeButton, signedContext } from '#integrations/mattermost/button.ts'
import { followSession } from '#integrations/mattermost/post-state.ts'
import { lengthText, postText, timeText, type PostFacts } from '#integrations/mattermost/post-text.ts'
import { plain } from '#integrations/mattermost/reply.ts'
import { readSlash, responseId } from '#integrations/mattermost/slash.ts'

const commands: [text: string, expected: ReturnType<typeof parseCommand>][] = [
  ['', { name: 'help' }],
  ['   ', { name: 'help' }],
  ['help', { name: 'help' }],
  ['start', { name: 'start', topic: '' }],
  ['START', { name: 'start', topic: '' }],
  ['start Weekly   sync', { name: 'start', topic: 'Weekly sync' }],
  ['start\tWeekly\nsync ', { name: 'start', topic: 'Weekly sync' }],
  ['start start', { name: 'start', topic: 'start' }],
  ['connect', { name: 'connect' }],
  ['Disconnect now', { name: 'disconnect' }],
  ['toString', { name: 'unknown', action: 'toString' }],
  ['__proto__', { name: 'unknown', action: '__proto__' }],
]
for (const [text, expected] of commands)
  test(`what /zoom ${JSON.stringify(text)} means`, () => assert.deepEqual(parseCommand(text), expected))

test('a topic is cut where Zoom would refuse it, and never inside a character', () => {
  const parsed = parseCommand(`start ${'🎓'.repeat(300)}`)
  assert.deepEqual(parsed, { name: 'start', topic: '🎓'.repeat(200) })
})

test('minutes that were begun count', () => {
  const lengths = [0, 1, 60, 61, 2700, 3600, 3601, 7199, 7260].map(lengthText)
  assert.deepEqual(lengths, [
    '0 minutes',
    '1 minute',
    '1 minute',
    '2 minutes',
    '45 minutes',
    '1 hour',
    '1 hour 1 minute',
    '2 hours',
    '2 hours 1 minute',
  ])
})

test('a time is told in the meeting’s zone, and in UTC where that zone is unknown', () => {
  assert.equal(timeText('2026-07-01T10:00:00Z', 'Europe/Berlin'), 'Wed 1 Jul, 12:00 CEST')
  assert.equal(timeText('2026-07-01T10:00:00Z', null), 'Wed 1 Jul, 10:00 UTC')
  assert.equal(timeText('2026-07-01T10:00:00Z', 'Moon/Crater'), 'Wed 1 Jul, 10:00 UTC')
})

test('what people type can neither format nor mention', () => {
  assert.equal(
    plain('[free](https://evil.example) @channel **now**'),
    '\\[free\\]\\(https\\://evil.example\\) @\u200Bchannel \\*\\*now\\*\\*',
  )
})

const facts: PostFacts = {
  state: 'live',
  kind: 'started_here',
  topic: 'Algebra',
  zoom_meeting_id: '85312345678',
  uuid: 'abc==',
  link: 'https://greenroom.example/j/secret',
  personal: false,
  starter_username: 'ada',
  host_email: 'ada@school.example',
  start: undefined,
  timezone: 'Europe/Berlin',
  run: { started_at: '2026-07-01T10:00:00Z', ended_at: null, duration: null, attendees: 0 },
}

test('a running meeting can be joined from its post, on every client', () => {
  const { message, props } = postText(facts)
  const [attachment] = props.attachments
  assert.equal(message, '@ada has started a Zoom meeting')
  assert.equal(attachment?.title_link, facts.link)
  assert.match(attachment.text, /\[853 1234 5678\]\(https:\/\/greenroom\.example\/j\/secret\)/)
  assert.equal(props['meeting_id'], 85312345678)
  assert.equal(props['meeting_status'], 'STARTED')
  assert.equal(props['meeting_provider'], 'Zoom')
})

test('an ended meeting tells how long it was and leads nowhere', () => {
  const run = { started_at: '2026-07-01T10:00:00Z', ended_at: '2026-07-01T10:45:00Z', duration: 2700, attendees: 12 }
  const { message, props } = postText({ ...facts, state: 'ended', run })
  const [attachment] = props.attachments
  assert.equal(message, 'The Zoom meeting of @ada has ended')
  assert.equal(attachment?.title_link, undefined)
  assert.ok(!attachment?.text.includes('/j/'))
  assert.deepEqual(
    attachment?.fields?.map(({ title, value }) => `${title} ${value}`),
    ['Started Wed 1 Jul, 12:00 CEST', 'Length 45 minutes', 'Participants 12'],
  )
  assert.equal(props['meeting_end_time'], Date.parse('2026-07-01T10:45:00Z'))
})

const created_at = new Date('2026-07-01T10:00:00Z')
const waiting = { state: 'waiting', kind: 'started_here', uuid: null, created_at } as const
const first = { uuid: 'first', state: 'started', ended_at: null } as const
const firstEnded = { uuid: 'first', state: 'ended', ended_at: '2026-07-01T10:45:00Z' } as const
const second = { uuid: 'second', state: 'started', ended_at: null } as const

test('a post follows the first run of its meeting to the end', () => {
  assert.deepEqual(followSession(waiting, first), { state: 'live', uuid: 'first' })
  const live = { ...waiting, state: 'live', uuid: 'first' } as const
  assert.equal(followSession(live, first), undefined)
  assert.deepEqual(followSession(live, firstEnded), { state: 'ended', uuid: 'first' })
})

test('an end that overtakes its start ends the post, and the late start changes nothing', () => {
  assert.deepEqual(followSession(waiting, firstEnded), { state: 'ended', uuid: 'first' })
  const ended = { ...waiting, state: 'ended', uuid: 'first' } as const
  assert.equal(followSession(ended, first), undefined)
})

test('another run of the same meeting number is no business of the channel where an earlier one was started', () => {
  const ended = { ...waiting, state: 'ended', uuid: 'first' } as const
  assert.equal(followSession(ended, second), undefined)
  assert.equal(followSession({ ...waiting, state: 'live', uuid: 'first' }, second), undefined)
})

test('a run that ended before the post was made is none of its', () => {
  const before = { uuid: 'before', state: 'ended', ended_at: '2026-07-01T09:59:59Z' } as const
  assert.equal(followSession(waiting, before), undefined)
  assert.deepEqual(followSession({ ...waiting, state: 'live', uuid: 'before' }, before), {
    state: 'waiting',
    uuid: null,
  })
  const sameSecond = { ...waiting, created_at: new Date('2026-07-01T10:00:00.900Z') }
  const short = { uuid: 'short', state: 'ended', ended_at: '2026-07-01T10:00:00Z' } as const
  assert.deepEqual(followSession(sameSecond, short), { state: 'ended', uuid: 'short' })
})

test('an announcement tells of every run of a series', () => {
  const announced = { ...waiting, kind: 'announced', state: 'ended', uuid: 'first' } as const
  assert.deepEqual(followSession(announced, second), { state: 'live', uuid: 'second' })
  assert.equal(followSession({ ...announced, state: 'live', uuid: 'second' }, firstEnded), undefined)
})

test('a meeting that was called off stays called off only until it is held all the same', () => {
  assert.deepEqual(followSession({ ...waiting, kind: 'announced', state: 'cancelled' }, first), {
    state: 'live',
    uuid: 'first',
  })
})

const mm = (letter: string): string => letter.repeat(26)
const form = (fields: Record<string, string>): Uint8Array =>
  Buffer.from(new URLSearchParams({ token: 'tok', channel_id: mm('c'), user_id: mm('u'), ...fields }).toString())

test('a slash command is read from its form, its thread and response_url with it', () => {
  const response_url = `https://other.example/chat/hooks/commands/${mm('h')}`
  const read = readSlash(form({ text: 'start', root_id: mm('r'), response_url, user_name: 'ada' }), 'Token tok')
  assert.equal(read?.root_id, mm('r'))
  assert.equal(read?.response_id, mm('h'))
  assert.equal(read?.user_name, 'ada')
})

test('a form without a token, with two different ones or with ids that are none is no slash command', () => {
  assert.equal(readSlash(form({ token: '' }), undefined), undefined)
  assert.equal(readSlash(form({}), 'Token another'), undefined)
  assert.equal(readSlash(form({ user_id: '../admin' }), undefined), undefined)
  assert.equal(readSlash(form({ channel_id: '' }), undefined), undefined)
  assert.equal(readSlash(Buffer.from('null'), undefined), undefined)
})

test('of a response_url only the last part counts, so that it leads to no other host', () => {
  assert.equal(responseId('https://evil.example/hooks/commands/abc/../../api'), '')
  assert.equal(responseId('https://evil.example/'), '')
  assert.equal(responseId('https://evil.example/hooks/commands/abc'), 'abc')
})

const keys = keyRing([new Secret(randomBytes(32).toString('base64'))])
const runtime = { ...realWorld(fetch), now: () => 1_000_000 }
const wish = { action: 'start', user_id: mm('u'), channel_id: mm('c'), root_id: '', topic: 'Algebra' } as const
const context = signedContext({ keys, runtime }, 'plc_1', wish)
const press = (change: object = {}, of: object = {}) => ({
  user_id: mm('u'),
  channel_id: mm('c'),
  ...of,
  context: { ...context, ...change },
})

test('a button is good for whom it was made', () => {
  assert.deepEqual(judgeButton({ keys, runtime }, 'plc_1', press()), { is: 'good', wish, nonce: context.nonce })
})

const badPresses: [what: string, pressed: Parameters<typeof judgeButton>[2], status: number][] = [
  ['by somebody else', press({}, { user_id: mm('x') }), 403],
  ['in another channel', press({}, { channel_id: mm('x') }), 403],
  ['with another topic', press({ topic: 'Lunch' }), 403],
  ['with another user written in', press({ user_id: mm('x') }, { user_id: mm('x') }), 403],
  ['with a longer life', press({ expires_at: context.expires_at + 1 }), 403],
  ['of another server', press({ place_id: 'plc_2' }), 403],
  ['without its context', { user_id: mm('u'), channel_id: mm('c'), context: null }, 400],
  ['with half its context', press({ nonce: undefined }), 400],
  ['with a number for a topic', press({ topic: 7 }), 400],
]
for (const [what, pressed, status] of badPresses)
  test(`a button pressed ${what} is refused`, () => {
    const judged = judgeButton({ keys, runtime }, 'plc_1', pressed)
    assert.equal(judged.is === 'refused' && judged.status, status)
  })

test('a button is too old after ten minutes', () => {
  const later = { ...runtime, now: () => 1_000_000 + 600_000 }
  assert.equal(judgeButton({ keys, runtime: later }, 'plc_1', press()).is, 'refused')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMeetingUrl } from '#integrations/bots/bots/meeting-url.ts'
import {
  botStates,
  finalStates,
  recordingAfter,
  stateAfter,
  transitions,
  type BotEventType,
  type BotState,
} from '#integrations/bots/bots/states.ts'
import { lackingScopes, listed } from '#integrations/bots/connections/scopes.ts'
import { checked, fields } from '#integrations/bots/contract/checked.ts'
import { metadata } from '#integrations/bots/contract/metadata.ts'
import { cutPage, readCursor } from '#integrations/bots/contract/page.ts'
import { Refusal } from '#integrations/bots/contract/refusal.ts'
import { z } from 'zod'

const simulator = 'http://127.0.0.1:8081'

const read: Record<string, [pasted: string, url: string | undefined]> = {
  'a plain link': ['https://zoom.us/j/85447691908', 'https://zoom.us/j/85447691908'],
  'a subdomain stays': [
    'https://us02web.zoom.us/j/85447691908?pwd=abC1.1',
    'https://us02web.zoom.us/j/85447691908?pwd=abC1.1',
  ],
  'spaces and the end of a mail’s angle brackets go': [
    ' https://zoom.us/j/85447691908> ',
    'https://zoom.us/j/85447691908',
  ],
  'http becomes https': ['http://zoom.us/j/85447691908', 'https://zoom.us/j/85447691908'],
  'no scheme is https': ['zoom.us/j/85447691908', 'https://zoom.us/j/85447691908'],
  'zoom.com is zoom.us': ['https://school.zoom.com/j/85447691908', 'https://school.zoom.us/j/85447691908'],
  'a government’s Zoom': ['https://agency.zoomgov.com/j/1612345678', 'https://agency.zoomgov.com/j/1612345678'],
  'a Zoom of the workspace’s own': [`${simulator}/j/85447691908`, `${simulator}/j/85447691908`],
  'encoded once': ['https%3A%2F%2Fzoom.us%2Fj%2F85447691908%3Fpwd%3Dab1', 'https://zoom.us/j/85447691908?pwd=ab1'],
  'encoded three times': [
    'https%25253A%25252F%25252Fzoom.us%25252Fj%25252F85447691908',
    'https://zoom.us/j/85447691908',
  ],
  'encoded four times is no link': ['https%2525253A%2525252F%2525252Fzoom.us%2525252Fj%2525252F85447691908', undefined],
  'other parameters go, pwd and tk stay': [
    'https://zoom.us/w/85447691908?utm=x&tk=aB-c_d.e&pwd=a_b-c1.1&from=mail#success',
    'https://zoom.us/w/85447691908?pwd=a_b-c1.1&tk=aB-c_d.e',
  ],
  'junk behind the passcode goes': [
    'https://zoom.us/j/85447691908?pwd=abc1.1%20%3E%3Ebye',
    'https://zoom.us/j/85447691908?pwd=abc1.1',
  ],
  'slashes collapse': ['https://zoom.us//j///85447691908', 'https://zoom.us/j/85447691908'],
  'the path ends where it stops being one': ['https://zoom.us/j/85447691908;x=1', 'https://zoom.us/j/85447691908'],
  'another host': ['https://zoom.us.evil.example/j/85447691908', undefined],
  'a host that only ends alike': ['https://notzoom.us/j/85447691908', undefined],
  'a user before the host': ['https://zoom.us@evil.example/j/85447691908', undefined],
  'no number': ['https://zoom.us/my/ada', undefined],
  'a number that no meeting has': ['https://zoom.us/j/1234', undefined],
  'a second address behind': ['https://zoom.us/j/85447691908?next=https://evil.example', undefined],
  'a second address, encoded': ['https://zoom.us/j/85447691908?next=https%3A%2F%2Fevil.example', undefined],
  'a second address, encoded twice': ['https://zoom.us/j/85447691908?next=https%253A%252F%252Fevil.example', undefined],
  'a second address in base64': [
    `https://zoom.us/j/85447691908?next=${Buffer.from('https://evil.example/').toString('base64url')}`,
    undefined,
  ],
  'an address of which a part is encoded': [
    'https://zoom.us/j/85447691908%3Fpwd%3Dab1',
    'https://zoom.us/j/85447691908?pwd=ab1',
  ],
  'half an escape behind an address': [
    'https://zoom.us/j/85447691908?pwd=ab1&x=%25%',
    'https://zoom.us/j/85447691908?pwd=ab1',
  ],
  'a second address in base64 that begins within a run': [
    `https://zoom.us/j/85447691908/x${Buffer.from('https://evil.example/').toString('base64url')}`,
    undefined,
  ],
  'half an escape': ['https%3A%2F%2Fzoom.us%2Fj%2F85447691908%', undefined],
  nothing: ['', undefined],
  'another program’s meeting': ['https://meet.example/abc-defg-hij', undefined],
  'a phone number': ['+49 30 901820', undefined],
}

for (const [name, [pasted, url]] of Object.entries(read))
  test(`a meeting URL: ${name}`, () => {
    assert.equal(readMeetingUrl(pasted, [simulator])?.url, url)
  })

test('a meeting URL says number, passcode and the registrant’s token', () => {
  const { url: _, ...told } = readMeetingUrl('https://zoom.us/w/85447691908?tk=abc&pwd=xyz.1', []) ?? {}
  assert.deepEqual(told, { zoom_meeting_id: '85447691908', passcode: 'xyz.1', tk: 'abc' })
})

const lives: [events: BotEventType[], end: BotState][] = [
  [
    ['join_requested', 'joined_meeting', 'recording_permission_granted', 'meeting_ended', 'post_processing_completed'],
    'ended',
  ],
  [['join_requested', 'put_in_waiting_room', 'joined_meeting', 'leave_requested', 'left_meeting'], 'post_processing'],
  [['join_requested', 'put_in_waiting_room', 'could_not_join_meeting'], 'fatal_error'],
  [
    ['join_requested', 'joined_meeting', 'recording_permission_denied', 'recording_permission_granted'],
    'joined_recording',
  ],
  [['fatal_error'], 'fatal_error'],
]

for (const [events, end] of lives)
  test(`a bot’s life: ${events.join(', ')} ends in ${end}`, () => {
    assert.equal(
      events.reduce<BotState | undefined>((state, event) => state && stateAfter(state, event), 'ready'),
      end,
    )
  })

test('nothing happens to a bot that is over, and nothing happens twice', () => {
  for (const event of Object.keys(transitions) as BotEventType[]) {
    for (const state of finalStates) assert.equal(stateAfter(state, event), undefined, `${state} ${event}`)
    for (const state of botStates) {
      const after = stateAfter(state, event)
      if (after) assert.equal(stateAfter(after, event), undefined, `${state} ${event} ${event}`)
    }
  }
})

test('what cannot happen changes nothing', () => {
  assert.equal(stateAfter('joining', 'recording_permission_granted'), undefined)
  assert.equal(stateAfter('joined_recording', 'left_meeting'), undefined)
  assert.equal(stateAfter('leaving', 'joined_meeting'), undefined)
  assert.equal(stateAfter('joined_recording', 'could_not_join_meeting'), undefined)
  assert.equal(stateAfter('scheduled', 'join_requested'), undefined)
})

test('a recording is complete when the bot is out, and failed when it broke', () => {
  assert.equal(recordingAfter('not_started', 'joined_recording'), 'in_progress')
  assert.equal(recordingAfter('in_progress', 'joined_recording_paused'), 'paused')
  assert.equal(recordingAfter('in_progress', 'leaving'), 'in_progress')
  assert.equal(recordingAfter('paused', 'post_processing'), 'complete')
  assert.equal(recordingAfter('in_progress', 'fatal_error'), 'failed')
  assert.equal(recordingAfter('not_started', 'post_processing'), 'not_started')
})

const recording = { is_local_recording_token_supported: true, is_onbehalf_token_supported: false }
const onbehalf = { is_local_recording_token_supported: false, is_onbehalf_token_supported: true }

test('granular, account-level and classic scopes are all enough', () => {
  for (const scope of [
    'user:read:user meeting:read:local_recording_token',
    'user:read:user:admin meeting:read:local_recording_token:admin',
    'user:read meeting_token:read:local_recording',
    'user:read:admin,meeting_token:read:admin:local_recording',
  ])
    assert.deepEqual(lackingScopes(scope, 'user_managed', recording), [], scope)
  for (const scope of ['user:read:user user:read:token', 'user:read:user:admin user:read:token:admin', 'user:read'])
    assert.deepEqual(lackingScopes(scope, 'user_managed', onbehalf), [], scope)
})

test('missing scopes are named in the family and at the level of the app', () => {
  assert.deepEqual(lackingScopes('user:read:user', 'user_managed', recording), ['meeting:read:local_recording_token'])
  assert.deepEqual(lackingScopes('user:read:user:admin', 'admin_managed', recording), [
    'meeting:read:local_recording_token:admin',
  ])
  assert.deepEqual(lackingScopes('user:read', 'user_managed', recording), ['meeting_token:read:local_recording'])
  assert.deepEqual(lackingScopes('', 'user_managed', { ...recording, is_onbehalf_token_supported: true }), [
    'user:read:user',
    'meeting:read:local_recording_token',
    'user:read:token',
  ])
  assert.equal(listed(['a:b', 'c:d']), "['a:b', 'c:d']")
})

const refused = (body: unknown): Record<string, unknown> => {
  try {
    return { taken: checked(fields({ name: z.string().min(1), on: z.boolean().default(true), metadata }), body) }
  } catch (error) {
    assert.ok(error instanceof Refusal)
    return error.body
  }
}

const bodies: [title: string, body: unknown, told: Record<string, unknown>][] = [
  ['what is left out has its default', { name: 'n' }, { taken: { name: 'n', on: true, metadata: null } }],
  ['a field that is needed', {}, { name: ['This field is required.'] }],
  ['null', { name: null }, { name: ['This field may not be null.'] }],
  ['blank', { name: '' }, { name: ['This field may not be blank.'] }],
  ['another type', { name: 5, on: 'yes' }, { name: ['Not a valid string.'], on: ['Must be a valid boolean.'] }],
  [
    'fields that nobody knows, sorted',
    { name: 'n', zebra: 1, apple: 2 },
    { non_field_errors: ['Unexpected field(s): apple, zebra. Allowed fields are: metadata, name, on'] },
  ],
  ['a list', [], { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
  ['nothing', undefined, { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
  ['metadata that is null is none', { name: 'n', metadata: null }, { taken: { name: 'n', on: true, metadata: null } }],
  ['a number in metadata', { name: 'n', metadata: { k: 1 } }, { metadata: ["Value for key 'k' must be a string"] }],
  [
    'half a character in metadata',
    { name: 'n', metadata: { k: '\ud800' } },
    { metadata: ["Value for key 'k' must be a string"] },
  ],
  ['empty metadata', { name: 'n', metadata: {} }, { metadata: ['Metadata must have at least one key'] }],
  [
    'metadata that is a list',
    { name: 'n', metadata: ['a'] },
    { metadata: ['Metadata must be an object, not an array or other type'] },
  ],
  [
    'metadata of more than a thousand characters',
    { name: 'n', metadata: { k: 'x'.repeat(993) } },
    { metadata: ['Metadata must be at most 1000 characters of JSON'] },
  ],
]

for (const [title, body, told] of bodies)
  test(`a body is checked in the words that clients know: ${title}`, () => {
    assert.deepEqual(refused(body), told)
  })

test('metadata of exactly a thousand characters is taken', () => {
  assert.ok('taken' in refused({ name: 'n', metadata: { k: 'x'.repeat(992) } }))
})

const ids = Array.from({ length: 60 }, (_, index) => `bot_${String(index).padStart(2, '0')}`)
const address = new URL('https://hub.example/api/v1/bots?states=ended')

/** What the database answers: from the cursor on, in its direction, one more than a page. */
const rowsFrom = (cursor: ReturnType<typeof readCursor>): string[] => {
  if (cursor?.back)
    return ids
      .filter((id) => id < cursor.id)
      .reverse()
      .slice(0, 26)
  return ids.filter((id) => !cursor || id > cursor.id).slice(0, 26)
}

const pageAt = (link: string | null) => {
  const cursor = readCursor((link && new URL(link).searchParams.get('cursor')) ?? undefined)
  return cutPage(rowsFrom(cursor), cursor, (id) => id, address)
}

test('pages of 25 lead forward to the end and back to the beginning, filters kept', () => {
  const first = pageAt(null)
  const second = pageAt(first.next)
  const third = pageAt(second.next)
  assert.deepEqual([...first.rows, ...second.rows, ...third.rows], ids)
  assert.equal(first.previous, null)
  assert.equal(third.next, null)
  assert.deepEqual(pageAt(third.previous).rows, second.rows)
  assert.deepEqual(pageAt(second.previous), { ...first, next: first.next, previous: null })
  assert.equal(new URL(first.next ?? '').searchParams.get('states'), 'ended')
})

test('a page may end with whatever a runner calls a participant', () => {
  const { next } = cutPage([...ids.slice(0, 24), '{A} ü/1', 'more'], undefined, (id) => id, address)
  assert.deepEqual(readCursor(new URL(next ?? '').searchParams.get('cursor') ?? ''), { id: '{A} ü/1', back: false })
})

test('what is no cursor of ours is not followed', () => {
  for (const text of [
    'x',
    '',
    'bjo',
    ['a', 'b'],
    ...['n:\0', 'n:', `n:${'x'.repeat(201)}`].map((odd) => Buffer.from(odd).toString('base64url')),
  ])
    assert.throws(() => readCursor(text), Refusal)
})

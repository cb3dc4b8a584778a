import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, type HostFacts } from '#hub/meetings/options/judge.ts'
import { optionAt } from '#hub/meetings/options/table.ts'

const nobody: HostFacts = { type: null, settings: {}, security: {}, locks: {} }
const licensed = (settings: HostFacts['settings'], more: Partial<HostFacts> = {}): HostFacts => ({
  ...nobody,
  type: 2,
  settings,
  ...more,
})
const of = (id: string, host: HostFacts) => {
  const option = optionAt(id)
  assert.ok(option, id)
  return judge(option, host)
}
const refused = (id: string, host: HostFacts) => of(id, host).refused.map(({ value }) => value)

test('of a host whom nobody knows, nothing is impossible, and no default is made up', () => {
  assert.deepEqual(of('settings.host_video', nobody), { reason: null, locked: null, default: undefined, refused: [] })
  assert.deepEqual(refused('settings.auto_recording', nobody), [])
  assert.equal(of('settings.jbh_time', nobody).default, 0, 'where no setting decides, Zoom’s own default is known')
})

test('the host’s own setting is the default; of one that Zoom leaves out, Zoom’s own', () => {
  const host = licensed({ schedule_meeting: { host_video: true } })
  assert.equal(of('settings.host_video', host).default, true)
  assert.equal(of('settings.mute_upon_entry', host).default, false)
})

test('a default that stands deep in the settings, and one of an object, are told as the option has them', () => {
  const on = { enable: true, enable_language_interpretation_by_default: true }
  const host = licensed({ in_meeting: { language_interpretation: on } })
  assert.deepEqual(of('settings.language_interpretation', host).default, { enable: true })
  assert.equal(of('settings.language_interpretation', host).reason, null)
})

test('webinars need one of two licences', () => {
  assert.deepEqual(refused('kind', licensed({ feature: { webinar: false, zoom_events: false } })), ['webinar'])
  assert.deepEqual(refused('kind', licensed({ feature: { webinar: false, zoom_events: true } })), [])
  assert.deepEqual(refused('kind', licensed({ feature: { webinar: true } })), [])
})

test('end-to-end encryption is there when either list of settings says so', () => {
  const security = { meeting_security: { end_to_end_encrypted_meetings: true } }
  assert.deepEqual(refused('settings.encryption_type', licensed({ in_meeting: { e2e_encryption: false } })), ['e2ee'])
  assert.deepEqual(
    refused('settings.encryption_type', licensed({ in_meeting: { e2e_encryption: false } }, { security })),
    [],
  )
})

test('the first need that is not met is the reason: breakout rooms are off, or may not be filled beforehand', () => {
  const rooms = (breakout_room: boolean, breakout_room_schedule: boolean) =>
    of('settings.breakout_room', licensed({ in_meeting: { breakout_room, breakout_room_schedule } })).reason
  assert.match(rooms(false, false) ?? '', /^Breakout rooms are off/)
  assert.match(rooms(true, false) ?? '', /may not be filled/)
  assert.equal(rooms(true, true), null)
})

test('a setting that the account has locked is told as such, and its default is what holds', () => {
  const host = licensed(
    { schedule_meeting: { join_before_host: true } },
    { locks: { schedule_meeting: { join_before_host: true, host_video: false } } },
  )
  const { locked, default: holds } = of('settings.join_before_host', host)
  assert.match(locked ?? '', /locked/)
  assert.equal(holds, true)
  assert.equal(of('settings.host_video', host).locked, null)
})

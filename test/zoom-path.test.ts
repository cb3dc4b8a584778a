import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { listMeetingReportParticipants } from '#zoom/reports.ts'
import { getPastMeeting } from '#zoom/past-meetings.ts'
import { path } from '#zoom/path.ts'
import { uuidPath } from '#zoom/uuid.ts'
import { answering, clientOf } from './zoom-server.ts'

const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64'))

/** As Zoom reads it: the router decodes once; what was encoded twice is decoded again. */
const decoded = (segment: string): string => {
  const once = decodeURIComponent(segment)
  return /%2F/i.test(once) ? decodeURIComponent(once) : once
}

test('a uuid is encoded once, and twice when it starts with / or holds //', () => {
  assert.equal(uuidPath('aDYlohsHRtCd4ii1uC2+hA=='), 'aDYlohsHRtCd4ii1uC2%2BhA%3D%3D')
  assert.equal(uuidPath('a/b+c=='), 'a%2Fb%2Bc%3D%3D')
  assert.equal(uuidPath('/ab=='), '%252Fab%253D%253D')
  assert.equal(uuidPath('a//b=='), 'a%252F%252Fb%253D%253D')
})

test('any uuid comes back whole out of a path, and stays one segment', () => {
  fc.assert(
    fc.property(fc.oneof(uuid, fc.stringMatching(/^[/+A-Za-z0-9]{1,22}==$/)), (value) => {
      const made: string = path`/past_meetings/${value}/participants`
      const [empty, collection, segment = '', last, ...more] = made.split('/')
      assert.deepEqual([empty, collection, last, more], ['', 'past_meetings', 'participants', []])
      assert.equal(decoded(segment), value)
    }),
  )
})

test('whatever is put into a path, a URL of it has the segments that were written', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
      fc.pre(value !== '.' && value !== '..' && value.isWellFormed())
      const { pathname, search, hash } = new URL(`https://api.zoom.us/v2${path`/users/${value}/meetings`}`)
      assert.match(pathname, /^\/v2\/users\/[^/]+\/meetings$/)
      assert.equal(search + hash, '')
    }),
  )
})

test('nothing, a dot and two dots name nobody', () => {
  for (const value of ['', '.', '..', '\ud800']) assert.throws(() => path`/users/${value}`, { name: 'InputError' })
})

test('a uuid with a slash reaches the wire encoded', async (t) => {
  const zoom = await answering(t, { status: 200, body: { participants: [] } })
  await Array.fromAsync(listMeetingReportParticipants(clientOf(zoom.origin), '/ab//c=='))
  assert.match(zoom.received[0]?.url ?? '', /^\/v2\/report\/meetings\/%252Fab%252F%252Fc%253D%253D\/participants\?/)
  await assert.rejects(getPastMeeting(clientOf(zoom.origin), 'a/b=='))
  assert.equal(zoom.received[1]?.url, '/v2/past_meetings/a%2Fb%3D%3D')
})

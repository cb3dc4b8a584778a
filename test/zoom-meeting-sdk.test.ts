import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jwtVerify } from 'jose'
import { Secret } from '#core/secret.ts'
import type { MeetingSdkRequest } from '#zoom/meeting-sdk.ts'
import { meetingSdkSignature } from '#zoom/meeting-sdk.ts'

const now = Date.UTC(2026, 0, 5, 9)
const seconds = now / 1000
const ask: MeetingSdkRequest = {
  client_id: 'cli0',
  client_secret: new Secret('s3cret'),
  meeting_number: '81234567890',
  role: 0,
  now,
  expires_in: 7200,
}
const claimsOf = async (signature: string) =>
  jwtVerify(signature, new TextEncoder().encode('s3cret'), {
    algorithms: ['HS256'],
    typ: 'JWT',
    currentDate: new Date(now),
  })

test('a signature is a JWT that another library verifies, with the claims that Zoom wants', async () => {
  const { payload } = await claimsOf(meetingSdkSignature(ask))
  const iat = seconds - 30
  assert.deepEqual(payload, {
    appKey: 'cli0',
    sdkKey: 'cli0',
    mn: '81234567890',
    role: 0,
    iat,
    exp: iat + 7200,
    tokenExp: iat + 7200,
  })
})

test('a host without a number of the meeting, and WebRTC video, can be signed for', async () => {
  const { meeting_number: _, ...native } = ask
  const { payload } = await claimsOf(meetingSdkSignature({ ...native, role: 1, video_webrtc_mode: 1 }))
  assert.equal(payload['role'], 1)
  assert.equal(payload['video_webrtc_mode'], 1)
  assert.ok(!('mn' in payload))
})

test('a signature lives half an hour at least and two days at most', async () => {
  for (const expires_in of [1800, 172_800]) await claimsOf(meetingSdkSignature({ ...ask, expires_in }))
  for (const expires_in of [1799, 172_801, 0, -1, 7200.5, Number.NaN]) {
    assert.throws(() => meetingSdkSignature({ ...ask, expires_in }), {
      name: 'InputError',
      message: /between 1800 and 172800 seconds/,
    })
  }
})

test('a meeting number is nine to eleven digits', () => {
  for (const meeting_number of ['', '12345678', '812 3456 7890', 'abc']) {
    assert.throws(() => meetingSdkSignature({ ...ask, meeting_number }), { name: 'InputError' })
  }
})

import { createHmac } from 'node:crypto'
import { InputError } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import type { AppKind } from './scopes.ts'

export interface MeetingSdkRequest {
  client_id: string
  client_secret: Secret
  /** The meeting's id; the web SDK wants it, native ones do not. */
  meeting_number?: string
  /** 0 takes part, 1 hosts (and needs a ZAK). */
  role: 0 | 1
  /** Epoch ms. */
  now: number
  /** How long it is good for, in seconds: 1800 to 172800. */
  expires_in: number
  /** 1 asks for WebRTC video in the browser. */
  video_webrtc_mode?: 0 | 1
}

const shortest = 1800
const longest = 172_800

/** A browser's clock may be slow; Zoom refuses a signature from the future. */
const skew = 30

/**
 * The signature that the Meeting SDK joins with, a JWT (HS256): https://developers.zoom.us/docs/meeting-sdk/auth/.
 * `appKey` is for SDK 5 and later, `sdkKey` for older ones.
 * @throws InputError for a lifetime that Zoom would refuse, or a meeting number that is none.
 */
export function meetingSdkSignature({
  client_id,
  client_secret,
  meeting_number,
  role,
  now,
  expires_in,
  video_webrtc_mode,
}: MeetingSdkRequest): string {
  if (!Number.isInteger(expires_in) || expires_in < shortest || expires_in > longest) {
    throw new InputError(`A Meeting SDK signature lives between ${shortest} and ${longest} seconds, not ${expires_in}`)
  }
  if (meeting_number !== undefined && !/^\d{9,11}$/.test(meeting_number))
    throw new InputError(`${meeting_number} is not a meeting number`)
  const iat = Math.floor(now / 1000) - skew
  const exp = iat + expires_in
  const claims = {
    appKey: client_id,
    sdkKey: client_id,
    mn: meeting_number,
    role,
    iat,
    exp,
    tokenExp: exp,
    video_webrtc_mode,
  }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', client_secret.reveal()).update(signed).digest('base64url')}`
}

/** Only a General App has the page “Embed”: https://developers.zoom.us/docs/meeting-sdk/get-credentials/ */
export const canCarryMeetingSdk = (kind: AppKind): boolean => kind !== 'server_to_server'

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { jsonOf } from '#simulator/http.ts'
import type { App, World } from '#simulator/state.ts'
import { JoinRefused } from './refusal.ts'

const header = z.object({ alg: z.literal('HS256') })

const claims = z.object({
  appKey: z.string(),
  mn: z.union([z.string(), z.number()]).transform(String).optional(),
  role: z.literal([0, 1]).default(0),
  iat: z.int(),
  exp: z.int(),
  tokenExp: z.int().optional(),
})

/** What a good signature says. */
export interface Signed {
  app: App
  /** The meeting that it is for; the web SDK's must name one. */
  mn: string | undefined
  role: 0 | 1
}

/**
 * The app and the claims of a Meeting SDK signature: https://developers.zoom.us/docs/meeting-sdk/auth/. It is good for 30
 * minutes to 48 hours. The clock is the machine's, whatever the simulator's says, as with all that is transport.
 * @throws JoinRefused for one that Zoom would refuse.
 */
export function readSignature(world: World, signature: string): Signed {
  const [head = '', body = '', mac = '', ...more] = signature.split('.')
  const [{ success }, read] = [header.safeParse(partOf(head)), claims.safeParse(partOf(body))]
  if (!success || !read.success || more.length > 0) throw new JoinRefused('invalid_signature')
  const { appKey, iat, exp, tokenExp = exp, mn, role } = read.data
  const app = world.apps.get(appKey)
  if (!app?.activated || !app.meeting_sdk) throw new JoinRefused('invalid_app_keys')
  const expected = createHmac('sha256', app.client_secret).update(`${head}.${body}`).digest()
  const given = Buffer.from(mac, 'base64url')
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected)
  const seconds = Date.now() / 1000
  const isFresh = iat <= seconds && seconds < Math.min(exp, tokenExp)
  if (!isSigned || !isFresh || !isLifetime(exp - iat) || !isLifetime(tokenExp - iat))
    throw new JoinRefused('invalid_signature')
  return { app, mn, role }
}

const partOf = (base64url: string): unknown => jsonOf(Buffer.from(base64url, 'base64url').toString())

const isLifetime = (seconds: number): boolean => seconds >= 1800 && seconds <= 172_800

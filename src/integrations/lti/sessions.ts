import { z } from 'zod'
import { ForbiddenError, UnauthorizedError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { browserOf, isSameBrowser, newSecret } from './browser.ts'
import { hashOf } from '#core/hashed.ts'
import { tables, type LtiRole } from './tables.ts'

/** What a frame is allowed after its launch. */
export interface FrameSession {
  place_id: string
  user_id: string
  role: LtiRole
  /** What is shown, or undefined while content is chosen. */
  placement_id: string | undefined
  deep_linking: DeepLinking | undefined
  expires_at: Date
}

/** A choice of content under way; `ref` is what the meeting of this choice will be known by. */
export const deepLinking = z.object({
  ref: z.string(),
  deployment_id: z.string(),
  deep_link_return_url: z.string(),
  data: z.string().optional(),
})
export type DeepLinking = z.infer<typeof deepLinking>

/** A school day, and the evening before. */
const goodFor_ms = 12 * 3_600_000

/** Opens a frame's session; the token goes into its address. */
export async function openSession(
  hub: Hub,
  session: Omit<FrameSession, 'expires_at'> & { browser_hash: Buffer },
): Promise<string> {
  const token = newSecret(hub.runtime)
  await tables(hub.db)
    .insertInto('lti_session')
    .values({
      ...session,
      token_hash: hashOf(token),
      placement_id: session.placement_id ?? null,
      deep_linking: session.deep_linking ? JSON.stringify(session.deep_linking) : null,
      expires_at: new Date(hub.runtime.now() + goodFor_ms),
    })
    .execute()
  return token
}

/**
 * The session of a frame's request. @throws UnauthorizedError when it is over or belongs to another browser, ForbiddenError when the
 * place is switched off.
 */
export async function sessionOf(hub: Hub, token: string, headers: RouteRequest['headers']): Promise<FrameSession> {
  const row = await tables(hub.db)
    .selectFrom('lti_session')
    .selectAll()
    .where('token_hash', '=', hashOf(token))
    .where('expires_at', '>', new Date(hub.runtime.now()))
    .executeTakeFirst()
  if (!row || !isSameBrowser(browserOf(headers), row.browser_hash))
    throw new UnauthorizedError('This page has been open for too long. Open the activity in the course again.')
  if ((await placeById(hub, row.place_id))?.state !== 'on')
    throw new ForbiddenError('Greenroom is switched off for this LMS')
  return {
    place_id: row.place_id,
    user_id: row.user_id,
    role: row.role,
    placement_id: row.placement_id ?? undefined,
    deep_linking: row.deep_linking ? deepLinking.parse(row.deep_linking) : undefined,
    expires_at: row.expires_at,
  }
}

/** Frames and sign-ins that are over, forgotten once a day. */
export async function forgetOld(hub: Hub): Promise<void> {
  const now = new Date(hub.runtime.now())
  await tables(hub.db).deleteFrom('lti_session').where('expires_at', '<', now).execute()
  await tables(hub.db).deleteFrom('lti_login').where('expires_at', '<', now).execute()
}

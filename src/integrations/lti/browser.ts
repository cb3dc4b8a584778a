import { timingSafeEqual } from 'node:crypto'
import { hashOf } from '#core/hashed.ts'
import type { Runtime } from '#core/runtime.ts'
import type { RouteRequest } from '#hub/integration.ts'

/**
 * The browser that a launch began in, by a cookie that is nobody's name. In a frame of another site browsers keep only what is
 * partitioned (https://developer.mozilla.org/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies), so it counts in
 * the frames of one LMS alone; `Secure` holds on http://localhost, too.
 */
export interface Browser {
  hash: Buffer
}

const cookieName = 'greenroom_lti'

export function browserOf(headers: RouteRequest['headers']): Browser | undefined {
  const value = cookieOf(headers)
  return value === undefined ? undefined : { hash: hashOf(value) }
}

/** The browser as it is known, or from now on, with the cookie that keeps it so for a day. `path` is where our frames live. */
export function ensureBrowser(
  runtime: Runtime,
  headers: RouteRequest['headers'],
  path: string,
): Browser & { cookie: string } {
  const value = cookieOf(headers) ?? newSecret(runtime)
  const cookie = `${cookieName}=${value}; Path=${path}; Max-Age=86400; HttpOnly; Secure; SameSite=None; Partitioned`
  return { hash: hashOf(value), cookie }
}

const cookieOf = (headers: RouteRequest['headers']): string | undefined =>
  new RegExp(`(?:^|; *)${cookieName}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(String(headers['cookie'] ?? ''))?.[1]

/** 256 random bits for an address or a cookie. */
export const newSecret = (runtime: Runtime): string => Buffer.from(runtime.random(32)).toString('base64url')

export const isSameBrowser = (browser: Browser | undefined, hash: Buffer): boolean =>
  browser !== undefined && timingSafeEqual(browser.hash, hash)

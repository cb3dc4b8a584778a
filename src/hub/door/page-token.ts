import { ForbiddenError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { usePassSince } from '#store/page-tokens.ts'
import { DecryptionError, seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'

/** How long somebody may look at the page before they join. */
const lasts_ms = 30 * 60_000

/** What the page of a browser join must bring along: nothing but a page of ours has it, and it is good once. */
export const pageToken = (hub: Hub, pass_id: string): string =>
  seal(hub.keys, rowOf(pass_id), new Secret(String(hub.runtime.now()))).toString('base64url')

/** Uses it up. @throws ForbiddenError when it is not of this pass, too old, or was used (another page may have been opened since). */
export async function usePageToken(hub: Hub, pass_id: string, token: string): Promise<void> {
  const [issued_at, now] = [issuedAt(hub, pass_id, token), hub.runtime.now()]
  const young = issued_at <= now && now < issued_at + lasts_ms
  if (!young || !(await usePassSince(hub.db, pass_id, new Date(issued_at), new Date(now))))
    throw new ForbiddenError('This page has been used, or was open for too long. Load it again')
}

function issuedAt(hub: Hub, pass_id: string, token: string): number {
  if (token.length < shortest) return Number.NaN
  try {
    return Number(unseal(hub.keys, rowOf(pass_id), Buffer.from(token, 'base64url')).reveal())
  } catch (error) {
    if (error instanceof DecryptionError) return Number.NaN
    throw error
  }
}

/** Less than a sealed value's own parts can be none. */
const shortest = 48

const rowOf = (pass_id: string): string => `page-token:${pass_id}`

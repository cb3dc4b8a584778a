import { ForbiddenError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { updateZoomApp, zoomAppById } from '#store/zoom-apps.ts'
import { DecryptionError, seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'

// Zoom has no call that says whether an app carries the Meeting SDK: only a join shows it, and only the browser sees what came of that.

/** What the Meeting SDK said in the browser, in its own words. */
export type JoinOutcome = { joined: true } | { joined: false; errorCode: number; errorMessage: string }

/** As long as the signature beside which it is given out. */
const lasts_ms = 30 * 60_000

/** Good for telling what came of this one join, of the app that signed it. */
export const reportToken = (hub: Hub, pass_id: string, zoom_app_id: string): string =>
  seal(hub.keys, rowOf(pass_id), new Secret(`${zoom_app_id} ${hub.runtime.now()}`)).toString('base64url')

/** Keeps what a join says of the app that signed it. @throws ForbiddenError for a token that is not of this pass, or too old. */
export async function reportJoin(hub: Hub, pass_id: string, token: string, outcome: JoinOutcome): Promise<void> {
  const [zoom_app_id = '', at = ''] = opened(hub, pass_id, token).split(' ')
  const now = hub.runtime.now()
  const app = await zoomAppById(hub.db, zoom_app_id)
  if (!app || !(Number(at) <= now && now < Number(at) + lasts_ms))
    throw new ForbiddenError('This page was open for too long to tell what came of its join')
  if (outcome.joined) return updateZoomApp(hub.db, app.id, { sdk_joined_at: new Date(now) })
  const sdk_refusal = refusalOfApp(outcome)
  if (sdk_refusal) await updateZoomApp(hub.db, app.id, { sdk_refused_at: new Date(now), sdk_refusal })
}

/**
 * What Zoom has against the app: https://developers.zoom.us/docs/meeting-sdk/web/error-codes/. 1 is said of many things, which its words
 * tell apart. What is kept are these words and never the browser's: an administrator reads them.
 */
const againstTheApp = [
  { errorCode: 3712, says: /(?:)/, refusal: '3712: Signature is invalid' },
  { errorCode: 1, says: /\b(sdk|app key)/i, refusal: '1: Invalid SDK app keys' },
]

/** What Zoom has against the app; undefined for what is the meeting's or the person's: a passcode, a host who is late. */
export function refusalOfApp({
  errorCode,
  errorMessage,
}: {
  errorCode: number
  errorMessage: string
}): string | undefined {
  return againstTheApp.find((row) => row.errorCode === errorCode && row.says.test(errorMessage))?.refusal
}

function opened(hub: Hub, pass_id: string, token: string): string {
  try {
    // Less than a sealed value's own parts can be none.
    return token.length < 48 ? '' : unseal(hub.keys, rowOf(pass_id), Buffer.from(token, 'base64url')).reveal()
  } catch (error) {
    if (error instanceof DecryptionError) return ''
    throw error
  }
}

const rowOf = (pass_id: string): string => `join-report:${pass_id}`

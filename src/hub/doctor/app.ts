import { sentenceOf } from '#core/errors.ts'
import { connectedOfApp } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'
import { requestAppToken, requestServerToServerToken, type TokenSet } from '#zoom/oauth.ts'
import { DecryptionError } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { switchedOff } from '#hub/switched-off.ts'
import { credentials, zoomRuntime } from '#hub/zoom-app.ts'
import { checkEvents } from './events.ts'
import { checkPlan } from './plan.ts'
import { scopeFindings } from './scopes.ts'

/** What is wrong with one Zoom app, and which click mends it. With `again` Zoom is asked about the plan even if it was today. */
export async function checkApp(hub: Hub, app: ZoomAppRow, again: boolean): Promise<Finding[]> {
  const about = `zoom app ${app.name}`
  if (app.state === 'off')
    return [{ check: about, state: 'warning', message: 'It is switched off', fix: switchedOff(app) }]
  const asked = await askForToken(hub, app)
  if ('failed' in asked) return [{ check: about, ...asked.failed }, ...(await checkEvents(hub, about, app))]
  return [
    { check: about, state: 'ok', message: 'Zoom accepts the credentials' },
    checkClock(about, asked.token.date, hub.runtime.now()),
    ...(app.kind === 'server_to_server'
      ? scopeFindings(about, app.kind, asked.token.scope)
      : await findingsOfConsents(hub, about, app)),
    ...(await checkPlan(hub, about, app, again)),
    ...(await checkEvents(hub, about, app)),
  ]
}

type Failed = { failed: Omit<Finding, 'check'>; error: unknown }

/** A token, as the proof of everything that it takes; or who must do what. */
export async function askForToken(hub: Hub, app: ZoomAppRow): Promise<{ token: TokenSet } | Failed> {
  try {
    const prove = app.kind === 'server_to_server' ? requestServerToServerToken : requestAppToken
    return { token: await prove(zoomRuntime(hub, app), credentials(hub, app)) }
  } catch (error) {
    if (error instanceof ZoomOAuthError)
      return { error, failed: { state: 'failed', message: error.message, fix: fixOfRefusal(error) } }
    if (error instanceof DecryptionError)
      return {
        error,
        failed: {
          state: 'failed',
          message: `The app’s secret cannot be read: ${error.message}`,
          fix: 'Start with the encryption key that it was stored with, or enter its Client Secret again here at the Zoom app',
        },
      }
    return {
      error,
      failed: {
        state: 'failed',
        message: sentenceOf(error),
        fix: `Let this machine reach ${app.oauth_base} (HTTPS_PROXY, NO_PROXY, firewall)`,
      },
    }
  }
}

/** What mends a refusal of the token endpoint. */
export function fixOfRefusal({ error, reason }: Pick<ZoomOAuthError, 'error' | 'reason'>): string {
  if (error === 'invalid_client')
    return 'Copy Client ID and Client Secret again from “App Credentials” at Zoom and enter it here at the Zoom app'
  if (/disabled/i.test(reason)) return 'Activate the app on its “Activation” page at Zoom'
  return 'Compare the Account ID with “App Credentials” at Zoom'
}

/** Zoom signs events with its own time and refuses what is not of the last minutes; so do we. */
const tolerated_ms = 60_000

/** Whether our clock agrees with Zoom's, as the answer to a question shows it (epoch ms). */
export function checkClock(about: string, zoomDate: number | undefined, now: number): Finding {
  const check = `${about}: clock`
  if (zoomDate === undefined) return { check, state: 'warning', message: 'Zoom did not say what time it is' }
  const off = now - zoomDate
  if (Math.abs(off) <= tolerated_ms) return { check, state: 'ok', message: 'This machine’s clock agrees with Zoom’s' }
  return {
    check,
    state: 'failed',
    message: `This machine’s clock is wrong: it is ${duration(Math.abs(off))} ${off > 0 ? 'ahead of' : 'behind'} Zoom’s. Events are refused as too ${off > 0 ? 'old' : 'new'}, and tokens seem to be expired`,
    fix: 'Set the clock, for example with: timedatectl set-ntp true',
  }
}

const duration = (ms: number): string => {
  const minutes = Math.round(ms / 60_000)
  return minutes < 120 ? `${minutes} minute${minutes === 1 ? '' : 's'}` : `${Math.round(minutes / 60)} hours`
}

/** The scopes of an OAuth app are those of each consent. */
async function findingsOfConsents(hub: Hub, about: string, app: ZoomAppRow): Promise<Finding[]> {
  const grants = await connectedOfApp(hub.db, app.id)
  return grants.flatMap((grant) =>
    scopeFindings(`${about}: ${grant.zoom_user_email ?? grant.id}`, app.kind, grant.scope),
  )
}

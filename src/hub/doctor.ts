import { sql } from 'kysely'
import { sentenceOf } from '#core/errors.ts'
import type { Db } from '#store/db.ts'
import { zoomAppsOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'
import { requestAppToken, requestServerToServerToken, type TokenSet } from '#zoom/oauth.ts'
import { endpointOf, type Endpoint } from '#zoom/schema/endpoints.ts'
import { missingScopes } from '#zoom/scopes.ts'
import { DecryptionError } from './encryption.ts'
import type { Actor, Hub } from './hub.ts'
import type { Finding } from './integration.ts'
import { credentials, zoomRuntime } from './zoom-app.ts'

/** Is everything well? Looks at this machine, at the database and at each Zoom app of the workspace (one token each). */
export async function doctor(hub: Hub, { workspace_id }: Actor): Promise<Finding[]> {
  const apps = await zoomAppsOfWorkspace(hub.db, workspace_id, { limit: 200, after: undefined })
  const ofApps = await Promise.all(apps.map((app) => checkApp(hub, app)))
  const ofIntegrations = await Promise.all(hub.integrations.map(async (each) => (await each.doctor?.(hub)) ?? []))
  return [
    await checkDatabase(hub.db),
    checkPublicUrl(hub.publicUrl),
    ...(apps.length > 0 ? [] : [noApps]),
    ...ofApps.flat(),
    ...ofIntegrations.flat(),
  ]
}

const noApps: Finding = {
  check: 'zoom apps',
  state: 'warning',
  message: 'No Zoom app is connected',
  fix: 'Add one in the console under Settings, or by POST /api/v1/zoom_apps',
}

async function checkDatabase(db: Db): Promise<Finding> {
  const { rows } = await sql<{ version: string; fsync: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync`.execute(db)
  const [found] = rows
  if (found?.fsync === 'on') return { check: 'database', state: 'ok', message: `PostgreSQL ${found.version} answers` }
  return {
    check: 'database',
    state: 'failed',
    message: 'PostgreSQL runs with fsync off: a power cut loses events that Zoom believes delivered',
    fix: 'Set fsync = on in postgresql.conf',
  }
}

function checkPublicUrl(publicUrl: string): Finding {
  const url = new URL(publicUrl)
  if (url.protocol === 'https:') return { check: 'public address', state: 'ok', message: `${publicUrl} is https` }
  return {
    check: 'public address',
    state: 'warning',
    message: `${publicUrl} is not https: Zoom sends events to https addresses alone`,
    fix: 'Put a proxy with a certificate in front and start with PUBLIC_URL=https://…',
  }
}

/** What is wrong with one Zoom app, and which click mends it. */
export async function checkApp(hub: Hub, app: ZoomAppRow): Promise<Finding[]> {
  const about = `zoom app ${app.name}`
  const asked = await askForToken(hub, app)
  if ('failed' in asked) return [{ check: about, ...asked.failed }, checkEvents(about, app)]
  return [
    { check: about, state: 'ok', message: 'Zoom accepts the credentials' },
    checkClock(about, asked.token.date, hub.runtime.now()),
    // The scopes of an OAuth app are those of each consent.
    ...(app.kind === 'server_to_server' ? [checkScopes(about, app, asked.token.scope)] : []),
    checkEvents(about, app),
  ]
}

type Failed = { failed: Omit<Finding, 'check'> }

async function askForToken(hub: Hub, app: ZoomAppRow): Promise<{ token: TokenSet } | Failed> {
  try {
    const prove = app.kind === 'server_to_server' ? requestServerToServerToken : requestAppToken
    return { token: await prove(zoomRuntime(hub, app), credentials(hub, app)) }
  } catch (error) {
    if (error instanceof ZoomOAuthError)
      return { failed: { state: 'failed', message: error.message, fix: fixFor(error) } }
    if (error instanceof DecryptionError)
      return {
        failed: {
          state: 'failed',
          message: `The app’s secret cannot be read: ${error.message}`,
          fix: 'Start with the encryption key that it was stored with, or remove the app and add it again',
        },
      }
    return {
      failed: {
        state: 'failed',
        message: sentenceOf(error),
        fix: `Let this machine reach ${app.oauth_base} (HTTPS_PROXY, NO_PROXY, firewall)`,
      },
    }
  }
}

function fixFor(error: ZoomOAuthError): string {
  if (error.error === 'invalid_client')
    return 'Copy Client ID and Client Secret again from “App Credentials” at Zoom: remove the app here and add it again'
  if (/disabled/i.test(error.reason)) return 'Activate the app on its “Activation” page at Zoom'
  return 'Compare the Account ID with “App Credentials” at Zoom'
}

/** Zoom signs events with its own time and refuses what is not of the last minutes; so do we. */
const tolerated_ms = 60_000

function checkClock(about: string, zoomDate: number | undefined, now: number): Finding {
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

/** What the hub calls, by what it is for. */
const needs: { feature: string; operations: Endpoint[]; optional?: true }[] = [
  {
    feature: 'plan meetings',
    operations: [
      'POST /users/{userId}/meetings',
      'GET /meetings/{meetingId}',
      'PATCH /meetings/{meetingId}',
      'DELETE /meetings/{meetingId}',
      'GET /users/{userId}/meetings',
    ].map(endpointOf),
  },
  { feature: 'pick hosts', operations: ['GET /users'].map(endpointOf) },
  {
    feature: 'correct attendance by Zoom’s report',
    operations: ['GET /report/meetings/{meetingId}/participants'].map(endpointOf),
  },
  {
    feature: 'plan webinars',
    optional: true,
    operations: [
      'POST /users/{userId}/webinars',
      'GET /webinars/{webinarId}',
      'PATCH /webinars/{webinarId}',
      'DELETE /webinars/{webinarId}',
      'GET /report/webinars/{webinarId}/participants',
    ].map(endpointOf),
  },
]

function checkScopes(about: string, app: ZoomAppRow, scope: string): Finding {
  const check = `${about}: scopes`
  const lacking = needs.flatMap(({ feature, operations, optional }) => {
    const names = missingScopes(operations, app.kind, scope).map((missing) => missing.any_of[0] ?? missing.operation)
    return names.length > 0 ? [{ feature, names, optional }] : []
  })
  if (lacking.length === 0) return { check, state: 'ok', message: 'The app has the scopes for everything here' }
  return {
    check,
    state: lacking.every(({ optional }) => optional) ? 'warning' : 'failed',
    message: `The app may not ${lacking.map(({ feature }) => feature).join(', nor ')}`,
    fix: `Add on its “Scopes” page at Zoom: ${[...new Set(lacking.flatMap(({ names }) => names))].join(' ')}`,
  }
}

function checkEvents(about: string, app: ZoomAppRow): Finding {
  const check = `${about}: events`
  if (!app.secret_token)
    return {
      check,
      state: 'failed',
      message: 'No secret token was entered: events of Zoom cannot be told from forged ones',
      fix: 'Remove the app and add it again with the Secret Token from its “Feature” page at Zoom',
    }
  if (!app.last_event_at)
    return {
      check,
      state: 'warning',
      message: 'No event has arrived yet',
      fix: 'Enter the app’s webhook_url as event notification endpoint on its “Feature” page at Zoom, and press Validate',
    }
  return { check, state: 'ok', message: `The last event arrived at ${app.last_event_at.toISOString()}` }
}

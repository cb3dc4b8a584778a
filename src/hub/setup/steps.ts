import { connectedOfApp, connectionOfApp, workingAndFailedOfApp } from '#store/connections.ts'
import { eventsOfApp } from '#store/app-events.ts'
import type { SetupCheck } from '#store/db.ts'
import { lastTrialOfApp } from '#store/trials.ts'
import { accountAppsBeside, updateZoomApp, zoomAppOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { ZoomOAuthError } from '#zoom/errors.ts'
import { canCarryMeetingSdk } from '#zoom/meeting-sdk.ts'
import type { ScopeFamily } from '#zoom/scopes.ts'
import { NotFoundError } from '#core/errors.ts'
import { features } from '#hub/doctor/catalogue.ts'
import { checkPublicUrl } from '#hub/doctor/address.ts'
import { askForToken, checkClock, fixOfRefusal } from '#hub/doctor/app.ts'
import { checkSignatures } from '#hub/doctor/events.ts'
import { featuresBought } from '#hub/doctor/features.ts'
import { checkPlan } from '#hub/doctor/plan.ts'
import { sdkAppFor } from '#hub/door/sdk-app.ts'
import { connectItself } from '#hub/grants/self.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Purpose, Setup, SetupStep } from '#hub/resources.ts'
import { mustBeOn } from '#hub/switched-off.ts'
import { eventsFor, featuresFor, setupGuide } from './guide.ts'
import { purposes, sdkCarrier } from './purposes.ts'

type Step = SetupStep['step']
type Found = Omit<SetupStep, 'step'>

/** How far the set-up of an app is, by what is known here: Zoom is not asked. @throws NotFoundError */
export async function setupOf(hub: Hub, actor: Actor, id: string): Promise<Setup> {
  const app = await appOf(hub, actor, id)
  const asked = new Map((app.setup_check?.steps ?? []).map(({ step, ...found }) => [step as Step, found]))
  return setup(hub, app, asked, app.setup_check?.checked_at ?? null)
}

/** The same with Zoom asked, about credentials, clock, scopes and plan; what it says is kept for those who look later. @throws NotFoundError, ConflictError while it is off */
export async function checkSetup(hub: Hub, actor: Actor, id: string): Promise<Setup> {
  const app = await appOf(hub, actor, id)
  mustBeOn(app)
  const asked = await askZoom(hub, app)
  const checked_at = new Date(hub.runtime.now()).toISOString()
  const steps = [...asked].map(([step, found]) => ({ step, ...found })) as SetupCheck['steps']
  await updateZoomApp(hub.db, id, { setup_check: JSON.stringify({ checked_at, steps }) as never })
  return setup(hub, await appOf(hub, actor, id), asked, checked_at)
}

async function appOf(hub: Hub, { workspace_id }: Actor, id: string): Promise<ZoomAppRow> {
  const app = await zoomAppOfWorkspace(hub.db, workspace_id, id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${id}`)
  return app
}

async function setup(
  hub: Hub,
  app: ZoomAppRow,
  asked: ReadonlyMap<Step, Found>,
  checked_at: string | null,
): Promise<Setup> {
  const wanted = app.purposes as Purpose[]
  const known = await whatIsKnown(hub, app, wanted)
  const order = (await isForSdkAlone(hub, app)) ? stepsOfSdk : stepsOf(app, wanted)
  const guide = setupGuide(hub, { purposes: wanted, kind: app.kind, family: await familyOf(hub, app) })
  return {
    zoom_app_id: app.id,
    steps: order.map((step) => ({ step, ...(known.get(step) ?? asked.get(step) ?? notYet) })),
    checked_at,
    scopes: guide.scopes,
    events: guide.events,
  }
}

const notYet: Found = { state: 'unknown', message: 'Not looked at yet', fix: 'Press Check' }

/** What there is to do for an app, in the order in which it is done. */
export function stepsOf({ kind }: Pick<ZoomAppRow, 'kind'>, wanted: readonly Purpose[]): Step[] {
  const own = kind === 'server_to_server'
  return [
    'credentials',
    ...(own ? (['account', 'activated'] as const) : []),
    'clock',
    ...(own ? [] : (['consent'] as const)),
    'scopes',
    ...(sdkCarrier(kind, wanted) ? (['meeting_sdk'] as const) : []),
    'secret_token',
    'address',
    'url_validated',
    'first_event',
    'events',
    ...(wanted.some((purpose) => purposes[purpose].plan) && kind !== 'user_managed' ? (['plan'] as const) : []),
  ]
}

/** Of an app that only signs joins in the browser: it is asked for nothing, so it needs no scopes, no consent and no events. */
const stepsOfSdk: readonly Step[] = ['credentials', 'clock', 'meeting_sdk']

/** Nobody has consented to it, and all that it is for is served by the account's own app, but for the Meeting SDK. */
export async function isForSdkAlone(hub: Hub, app: ZoomAppRow): Promise<boolean> {
  const wanted = app.purposes as Purpose[]
  if (!app.meeting_sdk || sdkCarrier(app.kind, wanted) !== 'itself') return false
  const served = (await accountAppsBeside(hub.db, app)).flatMap((row) =>
    sdkCarrier(row.kind, row.purposes as Purpose[]) === 'beside' ? row.purposes : [],
  )
  return wanted.every((purpose) => served.includes(purpose)) && (await connectedOfApp(hub.db, app.id)).length === 0
}

/** As a consent shows it, else as whoever added the app said. */
async function familyOf(hub: Hub, app: ZoomAppRow): Promise<ScopeFamily> {
  const [grant] = await connectedOfApp(hub.db, app.id)
  return (grant && featuresBought(grant.scope, app.kind).family) ?? app.scope_family ?? 'granular'
}

/** What the database says. */
async function whatIsKnown(hub: Hub, app: ZoomAppRow, wanted: readonly Purpose[]): Promise<Map<Step, Found>> {
  const grants = await connectedOfApp(hub.db, app.id)
  const found = new Map<Step, Found>()
  if (app.kind === 'server_to_server') {
    const refused = await refusedSince(hub, app)
    if (refused) found.set(...refused)
  } else found.set('consent', judgeConsents(app, await workingAndFailedOfApp(hub.db, app.id)))
  if (app.kind !== 'server_to_server' || grants.length > 0) found.set('scopes', judgeScopes(app, wanted, grants))
  found.set('meeting_sdk', canCarryMeetingSdk(app.kind) ? judgeSdk(app) : await judgeSdkBeside(hub, app, grants[0]))
  found.set('secret_token', judgeSecretToken(app))
  found.set('url_validated', judgeValidation(app))
  found.set('first_event', judgeFirstEvent(app))
  found.set('events', await judgeEvents(hub, app, wanted))
  return found
}

/** What broke the app's own connection after Zoom was last asked about the app, at its step. */
async function refusedSince(hub: Hub, app: ZoomAppRow): Promise<[Step, Found] | undefined> {
  const connection = await connectionOfApp(hub.db, app.id)
  if (connection?.state !== 'disconnected' || !connection.failed_at) return undefined
  if (app.setup_check && connection.failed_at <= new Date(app.setup_check.checked_at)) return undefined
  const refusal = { error: connection.failure_code ?? '', reason: connection.failure_message ?? '' }
  const message = `Zoom refused at ${connection.failed_at.toISOString()}: ${refusal.reason}`
  return [stepOfRefusal(refusal), { state: 'failed', message, fix: fixOfRefusal(refusal) }]
}

function judgeConsents({ kind }: ZoomAppRow, { connected, failed }: { connected: number; failed: number }): Found {
  if (failed > 0)
    return {
      state: 'failed',
      message: `${failed} of ${connected + failed} consents work no more`,
      fix: 'Whoever gave one connects again; “Connections” tells of each why it ended',
    }
  if (connected > 0) return { state: 'ok', message: `${connected} consented` }
  return {
    state: 'waiting',
    message: 'Nobody has consented yet',
    fix:
      kind === 'admin_managed'
        ? 'An administrator of the Zoom account presses Connect here, not “Install” at Zoom'
        : 'Press Connect here, not “Install” at Zoom',
  }
}

function judgeScopes(
  app: ZoomAppRow,
  wanted: readonly Purpose[],
  grants: readonly { scope: string; zoom_user_email: string | null }[],
): Found {
  if (grants.length === 0) return { state: 'waiting', message: 'Known once somebody has consented' }
  const needed = new Set<string>(featuresFor(app.kind, wanted))
  const lacking = grants.flatMap(({ scope }) =>
    featuresBought(scope, app.kind).lacks.filter(({ feature, required }) => required || needed.has(feature)),
  )
  if (lacking.length === 0) return { state: 'ok', message: 'The app has every scope that is needed' }
  const words = [...new Set(lacking.map((each) => each.words))]
  const add = [...new Set(lacking.flatMap((each) => each.add))]
  const again =
    app.kind === 'server_to_server' ? '' : ', then connect again: a consent keeps the scopes that it was given with'
  return {
    state: 'failed',
    message: `The app may not ${words.join('; ')}`,
    fix: `Add on its “Scopes” page at Zoom: ${add.join(' ')}${again}`,
  }
}

/** By what the SDK itself said last: no call of Zoom's tells it. */
function judgeSdk({ meeting_sdk, sdk_joined_at, sdk_refused_at, sdk_refusal }: ZoomAppRow): Found {
  if (!meeting_sdk)
    return {
      state: 'waiting',
      message: 'Joining in the browser, and bots, take the Meeting SDK',
      fix: 'Switch on “Meeting SDK” on the app’s page “Embed” at Zoom, then tick “Carries the Meeting SDK” here',
    }
  if (sdk_refused_at && sdk_refused_at > (sdk_joined_at ?? new Date(0)))
    return {
      state: 'failed',
      message: `Zoom refused a join in the browser at ${sdk_refused_at.toISOString()} (${sdk_refusal})`,
      fix: 'At Zoom’s Marketplace open the app, “Features”, “Embed”, and switch on “Meeting SDK”; compare Client ID and Client secret; then press “Try it”',
    }
  if (sdk_joined_at) return { state: 'ok', message: `Somebody joined in the browser at ${sdk_joined_at.toISOString()}` }
  return {
    state: 'waiting',
    message: 'Nobody has joined in the browser by this app yet',
    fix: 'Press “Try it”: a meeting is made for a quarter of an hour, and this page hears whether Zoom lets you in',
  }
}

/** Of an app that cannot carry it: whether another one does by which its meetings are joined. */
async function judgeSdkBeside(hub: Hub, app: ZoomAppRow, connection: { id: string } | undefined): Promise<Found> {
  const beside = await sdkAppFor(hub, app.workspace_id, { connection_id: connection?.id ?? null })
  if (!beside)
    return {
      state: 'waiting',
      message: 'Joining in the browser takes a second app: a server-to-server app has no page “Embed”',
      fix: 'Add a General App beside this one that carries the Meeting SDK; it needs neither scopes nor anybody’s consent',
    }
  if (beside.state === 'off')
    return {
      state: 'waiting',
      message: `Browsers join by “${beside.name}”, which is switched off`,
      fix: `Switch “${beside.name}” on under “Zoom apps”`,
    }
  if (judgeSdk(beside).state === 'failed')
    return {
      state: 'failed',
      message: `Zoom refuses joins in the browser by “${beside.name}”`,
      fix: `Open “${beside.name}” under “Zoom apps”: its step “Meeting SDK” says what to do`,
    }
  return { state: 'ok', message: `Browsers join by “${beside.name}”, which carries the Meeting SDK` }
}

const judgeSecretToken = (app: ZoomAppRow): Found => {
  if (!app.secret_token)
    return {
      state: 'failed',
      message: 'No secret token was entered: events of Zoom cannot be told from forged ones',
      fix: 'Copy the Secret Token from the app’s “Feature” page at Zoom and enter it here',
    }
  const refused = checkSignatures('', app)
  if (refused) return { state: 'failed', message: refused.message, ...(refused.fix ? { fix: refused.fix } : {}) }
  return { state: 'ok', message: 'Entered, and no event was signed with another one' }
}

function judgeValidation({ url_validated_at, last_event_at }: ZoomAppRow): Found {
  if (url_validated_at) return { state: 'ok', message: `Zoom validated it at ${url_validated_at.toISOString()}` }
  // An app that was here before validations were kept, or one that was subscribed by the API.
  if (last_event_at) return { state: 'ok', message: 'Events arrive, so Zoom knows it' }
  return {
    state: 'waiting',
    message: 'Zoom has not validated the address yet',
    fix: 'Paste the event notification endpoint URL on the app’s “Feature” page at Zoom, press “Validate”, then “Save”',
  }
}

const judgeFirstEvent = ({ last_event_at }: ZoomAppRow): Found =>
  last_event_at
    ? { state: 'ok', message: `The last event arrived at ${last_event_at.toISOString()}` }
    : {
        state: 'waiting',
        message: 'No event has arrived yet',
        fix: 'Press “Test everything”: a meeting is made, and its event should follow within seconds',
      }

/** Which of the events that are wanted have come; after a trial, which did not come though they should have. */
async function judgeEvents(hub: Hub, app: ZoomAppRow, wanted: readonly Purpose[]): Promise<Found> {
  const needed = eventsFor(featuresFor(app.kind, wanted))
  const seen = new Set((await eventsOfApp(hub.db, app.id)).map(({ event }) => event))
  const missed = await missedInTrial(hub, app, seen)
  if (missed.length > 0)
    return {
      state: 'failed',
      message: `The test meeting’s ${missed.join(', ')} did not arrive`,
      fix: `Subscribe the app to ${missed.join(', ')} on its “Feature” page at Zoom, “Event Subscriptions”, “Add Events”`,
    }
  const waiting = needed.filter((event) => !seen.has(event))
  if (waiting.length === 0) return { state: 'ok', message: 'Every event that is needed has come' }
  const without = Object.values(features).flatMap((feature) =>
    'events' in feature && feature.events.some((event) => waiting.includes(event)) ? [feature.words] : [],
  )
  return {
    state: 'waiting',
    message: `Not seen yet: ${waiting.join(', ')}. Without them the app cannot ${without.join('; ')}`,
    fix: 'They come when such a thing first happens, if the app is subscribed to them on its “Feature” page at Zoom',
  }
}

const eventOfStep: Record<string, string> = {
  hear_made: 'meeting.created',
  hear_changed: 'meeting.updated',
  hear_removed: 'meeting.deleted',
}

async function missedInTrial(hub: Hub, app: ZoomAppRow, seen: ReadonlySet<string>): Promise<string[]> {
  const trial = await lastTrialOfApp(hub.db, app.id)
  return (trial?.steps ?? [])
    .filter(({ state }) => state === 'failed')
    .flatMap(({ step }) => eventOfStep[step] ?? [])
    .filter((event) => !seen.has(event))
}

/** What Zoom says, asked now. */
async function askZoom(hub: Hub, app: ZoomAppRow): Promise<Map<Step, Found>> {
  const found = new Map<Step, Found>()
  const { check: _check, ...address } = await checkPublicUrl(hub, app.last_event_at ?? undefined)
  found.set('address', { ...address, state: address.state === 'warning' ? 'waiting' : address.state })
  const asked = await askForToken(hub, app)
  if ('failed' in asked) {
    const { step, fix, message } = blamed(asked.error, asked.failed)
    found.set(step, { state: 'failed', message, ...(fix ? { fix } : {}) })
    return found
  }
  found.set('credentials', { state: 'ok', message: 'Zoom accepts Client ID and Client secret' })
  found.set('account', { state: 'ok', message: 'Zoom gives a token for this account' })
  found.set('activated', { state: 'ok', message: 'The app is activated' })
  const { check: _clock, ...clock } = checkClock('', asked.token.date, hub.runtime.now())
  found.set('clock', { ...clock, state: clock.state === 'warning' ? 'unknown' : clock.state })
  if (app.kind === 'server_to_server')
    await hub.db.transaction().execute((trx) => connectItself(hub, trx, app, asked.token))
  const plan = await judgePlan(hub, app)
  if (plan) found.set('plan', plan)
  return found
}

/** Which step a failure to get a token is about. */
function blamed(error: unknown, { message, fix }: { message: string; fix?: string | undefined }) {
  return { step: error instanceof ZoomOAuthError ? stepOfRefusal(error) : 'credentials', message, fix } as const
}

function stepOfRefusal({ error, reason }: Pick<ZoomOAuthError, 'error' | 'reason'>): Step {
  if (error === 'invalid_client') return 'credentials'
  return /disabled/i.test(reason) ? 'activated' : 'account'
}

async function judgePlan(hub: Hub, app: ZoomAppRow): Promise<Found | undefined> {
  const wanted = (app.purposes as Purpose[]).flatMap((purpose) => purposes[purpose].plan ?? [])
  const findings = await checkPlan(hub, '', app, true)
  const asked = findings.filter(({ check }) => wanted.some((plan) => check.endsWith(`plan, ${plan}`)))
  if (asked.length === 0) return undefined
  const refused = asked.filter(({ state }) => state !== 'ok')
  const told = refused.length > 0 ? refused : asked
  const fixes = told.flatMap(({ fix }) => fix ?? [])
  return {
    state: refused.length > 0 ? 'failed' : 'ok',
    message: told.map(({ message }) => message).join('. '),
    ...(fixes.length > 0 ? { fix: fixes.join('. ') } : {}),
  }
}

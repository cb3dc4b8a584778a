import { ConflictError, InputError, NotFoundError, UnavailableError } from '#core/errors.ts'
import { hashOf } from '#core/hashed.ts'
import { newId } from '#core/ids.ts'
import { Secret } from '#core/secret.ts'
import { insertAudit } from '#store/audit.ts'
import { connectionsOfApps, lockConnection } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { waitingSubjects } from '#store/events.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { unparkJobs } from '#store/parked-jobs.ts'
import * as rows from '#store/zoom-apps.ts'
import { ZoomOAuthError, ZoomUnreachableError } from '#zoom/errors.ts'
import { canCarryMeetingSdk } from '#zoom/meeting-sdk.ts'
import { requestAppToken, requestServerToServerToken, type TokenSet } from '#zoom/oauth.ts'
import { checkApp } from './doctor/app.ts'
import { afterRotation, earlierUntil, type SealedSecrets } from './earlier-secrets.ts'
import { seal } from './encryption.ts'
import { revokeAtZoom } from './grants/revoke.ts'
import { tryRefusedAppJob } from './grants/renew.ts'
import { connectItself } from './grants/self.ts'
import type { Actor, Hub } from './hub.ts'
import { inboxJob } from './inbox/job.ts'
import type { Finding } from './integration.ts'
import { addJobs } from './jobs/add.ts'
import { findGapsJob } from './repair/find.ts'
import type { NewZoomApp, Page, PageQuery, Purpose, ZoomApp, ZoomAppChange } from './resources.ts'
import { mustBeOn } from './switched-off.ts'
import { redirectUri } from './grants/consent.ts'
import { credentials, zoomRuntime } from './zoom-app.ts'

/**
 * Keeps a Marketplace app, and connects it if it is the account's own (server-to-server): Zoom is asked for a token first, and
 * when Zoom refuses, nothing is kept. The others are connected by consent (grants/).
 * @throws InputError that says which of the entries Zoom refused, or that its kind cannot carry the Meeting SDK; ConflictError when
 * the app is here already.
 */
export async function createZoomApp(hub: Hub, actor: Actor, request: NewZoomApp): Promise<ZoomApp> {
  const { workspace_id } = actor
  mayCarrySdk(request.kind, request)
  const known = await rows.zoomAppsOfClient(hub.db, request.oauth_base, request.client_id)
  const here = new ConflictError(`The Zoom app ${request.client_id} is in this workspace already`)
  if (known.some((app) => app.workspace_id === workspace_id)) throw here
  const token = await firstToken(hub, request)
  const id = newId('zoomApp', hub.runtime.now())
  await hub.db.transaction().execute(async (trx) => {
    const isNew = await rows.insertZoomApp(trx, {
      id,
      workspace_id,
      name: request.name,
      kind: request.kind,
      client_id: request.client_id,
      client_secret: seal(hub.keys, `${id}:client_secret`, new Secret(request.client_secret)),
      secret_token: request.secret_token
        ? seal(hub.keys, `${id}:secret_token`, new Secret(request.secret_token))
        : null,
      previous_secret_token: null,
      account_id: request.account_id ?? null,
      meeting_sdk: request.meeting_sdk ?? false,
      scope_family: request.scope_family ?? null,
      purposes: request.purposes ?? [],
      data_compliance: request.data_compliance ?? false,
      environment: request.environment ?? 'production',
      oauth_base: request.oauth_base,
      api_base: request.api_base,
      last_event_at: null,
    })
    if (!isNew) throw here
    if (request.kind === 'server_to_server')
      await connectItself(hub, trx, { id, workspace_id, account_id: request.account_id ?? null }, token)
    await insertAudit(trx, {
      workspace_id,
      actor: actor.name,
      action: 'zoom_app.created',
      object_id: id,
      detail: { name: request.name, client_id: request.client_id },
    })
  })
  return zoomApp(hub, actor, id)
}

/** One that could not sign would be chosen for signing, and each join in the browser refused. */
function mayCarrySdk(kind: NewZoomApp['kind'], { meeting_sdk }: { meeting_sdk?: boolean | undefined }): void {
  if (!meeting_sdk || canCarryMeetingSdk(kind)) return
  throw new InputError('A server-to-server app cannot carry the Meeting SDK: add a General App beside it, which can', [
    { field: 'meeting_sdk', message: 'is for General Apps: a server-to-server app has no page “Embed” at Zoom' },
  ])
}

type Credentials = Pick<NewZoomApp, 'kind' | 'client_id' | 'client_secret' | 'oauth_base' | 'api_base'> & {
  account_id?: string | undefined
}

/** The proof that credentials are right. */
async function firstToken(hub: Hub, request: Credentials): Promise<TokenSet> {
  try {
    const { account_id, ...rest } = request
    const app = { ...rest, ...(account_id ? { account_id } : {}), client_secret: new Secret(request.client_secret) }
    const prove = request.kind === 'server_to_server' ? requestServerToServerToken : requestAppToken
    return await prove(zoomRuntime(hub, request), app)
  } catch (error) {
    if (error instanceof ZoomUnreachableError)
      throw new UnavailableError(`${error.message}. Nothing was kept; try again`, undefined, { cause: error })
    if (!(error instanceof ZoomOAuthError)) throw error
    const [fields, advice] = refusedEntries(error)
    throw new InputError(
      `Zoom refused the app: ${error.reason}. ${advice}`,
      fields.map((field) => ({ field, message: `Zoom answered: ${error.reason}` })),
      { cause: error },
    )
  }
}

/** Which of the entries a refusal of the token endpoint is about: https://developers.zoom.us/docs/internal-apps/s2s-oauth/ */
function refusedEntries(error: ZoomOAuthError): [fields: string[], advice: string] {
  if (error.error === 'invalid_client')
    return [
      ['client_id', 'client_secret'],
      'Copy Client ID and Client Secret again from the app’s “App Credentials” page',
    ]
  if (error.error === 'unsupported_grant_type') return [['kind'], 'The app at Zoom is not a server-to-server app']
  if (/disabled/i.test(error.reason)) return [['client_id'], 'Activate the app on its “Activation” page']
  return [['account_id'], 'Copy Account ID again from the app’s “App Credentials” page']
}

export async function zoomApps(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor, q }: PageQuery & { q?: string | undefined },
): Promise<Page<ZoomApp>> {
  const after = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await rows.zoomAppsOfWorkspace(hub.db, workspace_id, { limit, after, q }), limit, (row) => [
    row.id,
  ])
  const connections = await connectionsOfApps(
    hub.db,
    page.items.map((row) => row.id),
  )
  return {
    ...page,
    items: page.items.map((row) => resource(hub, row, connections.find((each) => each.zoom_app_id === row.id)?.id)),
  }
}

/** @throws NotFoundError, also for an app of another workspace. */
export async function zoomApp(hub: Hub, actor: Actor, id: string): Promise<ZoomApp> {
  const row = await appRow(hub, actor, id)
  const [connection] = await connectionsOfApps(hub.db, [id])
  return resource(hub, row, connection?.id)
}

/**
 * Changes an app. New credentials are proved at Zoom first, and mend the connection of an account's own app; the secret token before is
 * still taken for a day, because Zoom changes over by itself, and so are all that were changed within that day.
 * @throws NotFoundError, also for an app of another workspace; InputError that says which of the credentials Zoom refused, or that
 * its kind cannot carry the Meeting SDK; ConflictError for new credentials while it is off.
 */
export async function changeZoomApp(hub: Hub, actor: Actor, id: string, change: ZoomAppChange): Promise<ZoomApp> {
  const row = await appRow(hub, actor, id)
  const { client_secret, secret_token, account_id, ...plain } = change
  if (account_id !== undefined && row.kind !== 'server_to_server')
    throw new InputError('Only a server-to-server app has an account of its own', [
      { field: 'account_id', message: 'is for server-to-server apps' },
    ])
  mayCarrySdk(row.kind, change)
  const proved = client_secret !== undefined || account_id !== undefined
  // One that is switched on with its new credentials is on by then.
  if (proved && change.state !== 'on') mustBeOn(row)
  const token = proved ? await firstToken(hub, provable(hub, row, change)) : undefined
  await hub.db.transaction().execute(async (trx) => {
    // Whoever sets a job aside for a connection holds its row while looking whether the app is on.
    const connections = change.state ? await connectionsOfApps(trx, [id]) : []
    for (const connection of connections) await lockConnection(trx, connection.id)
    const before = (await rows.lockZoomApp(trx, id)) ?? row
    await rows.updateZoomApp(trx, id, {
      ...plain,
      ...(account_id === undefined ? {} : { account_id }),
      ...(client_secret === undefined
        ? {}
        : { client_secret: seal(hub.keys, `${id}:client_secret`, new Secret(client_secret)) }),
      ...(secret_token === undefined
        ? {}
        : {
            secret_token: seal(hub.keys, `${id}:secret_token`, new Secret(secret_token)),
            previous_secret_token: afterRotation(hub.keys, secretTokens(before), hub.runtime.now()),
            refused_event_at: null,
          }),
    })
    if (token && row.kind === 'server_to_server')
      await connectItself(hub, trx, { ...row, account_id: account_id ?? row.account_id }, token)
    else if (client_secret !== undefined) await addJobs(trx, [tryRefusedAppJob(id)])
    if (change.state === 'on' && row.state === 'off') await goOn(trx, id, connections)
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'zoom_app.changed',
      object_id: id,
      // Secrets by their names alone.
      detail: { ...plain, ...(account_id ? { account_id } : {}), secrets: secretsIn(change) },
    })
  })
  hub.intake.forget(id)
  return zoomApp(hub, actor, id)
}

/** From now on the current secret token alone is taken: for one before it that has leaked. @throws NotFoundError */
export async function endEarlierSecretTokens(hub: Hub, actor: Actor, id: string): Promise<void> {
  await appRow(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateZoomApp(trx, id, { previous_secret_token: null })
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'zoom_app.earlier_secret_tokens_ended',
      object_id: id,
    })
  })
  hub.intake.forget(id)
}

/** What signs Zoom's events, now and for a while after a change. */
export const secretTokens = ({ id, secret_token, previous_secret_token }: rows.ZoomAppRow): SealedSecrets => ({
  boundTo: `${id}:secret_token`,
  current: secret_token,
  earlier: previous_secret_token,
})

/** What waited while the app was off: jobs, events in their order, and a look for what was never heard. */
async function goOn(trx: Trx, id: string, connections: { id: string }[]): Promise<void> {
  for (const connection of connections) await unparkJobs(trx, connection.id)
  const waiting = await waitingSubjects(trx, id)
  await addJobs(trx, [...waiting.map(({ workspace_id, subject }) => inboxJob(workspace_id, subject)), findGapsJob])
}

const provable = (hub: Hub, row: rows.ZoomAppRow, { client_secret, account_id }: ZoomAppChange): Credentials => ({
  kind: row.kind,
  client_id: row.client_id,
  client_secret: client_secret ?? credentials(hub, row).client_secret.reveal(),
  account_id: account_id ?? row.account_id ?? undefined,
  oauth_base: row.oauth_base,
  api_base: row.api_base,
})

const secretsIn = (change: ZoomAppChange): string[] =>
  (['client_secret', 'secret_token'] as const).filter((name) => change[name] !== undefined)

/**
 * A new address for Zoom's older notification that the app was removed. Its secret is kept as a hash and shown this once; the address
 * before is good no more. @throws NotFoundError, also for an app of another workspace.
 */
export async function newDeauthorizationUrl(hub: Hub, actor: Actor, id: string): Promise<{ url: string }> {
  await appRow(hub, actor, id)
  const secret = Buffer.from(hub.runtime.random(32)).toString('base64url')
  await hub.db.transaction().execute(async (trx) => {
    await rows.updateZoomApp(trx, id, { deauthorization_secret_hash: hashOf(secret) })
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'zoom_app.deauthorization_url',
      object_id: id,
    })
  })
  return { url: `${hub.publicUrl}/zoom/deauthorizations/${id}?secret=${secret}` }
}

/** Looks at one app: credentials, clock, scopes, plan, events. Whoever presses this wants to know it as of now: Zoom is asked. */
export async function checkZoomApp(hub: Hub, actor: Actor, id: string): Promise<{ findings: Finding[] }> {
  return { findings: await checkApp(hub, await appRow(hub, actor, id), true) }
}

/**
 * Removes the app and its connections; consents are revoked at Zoom as far as it can be reached, and the audit log says of how many it
 * could not be done. What they brought (meetings, attendance, recordings) stays.
 */
export async function deleteZoomApp(hub: Hub, actor: Actor, id: string): Promise<void> {
  const row = await appRow(hub, actor, id)
  let not_revoked = 0
  for (const connection of await connectionsOfApps(hub.db, [id]))
    if (!(await revokeAtZoom(hub, connection.id))) not_revoked += 1
  await hub.db.transaction().execute(async (trx) => {
    await rows.deleteZoomAppRow(trx, id)
    await insertAudit(trx, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'zoom_app.deleted',
      object_id: id,
      detail: { name: row.name, client_id: row.client_id, ...(not_revoked > 0 ? { not_revoked } : {}) },
    })
  })
  hub.intake.forget(id)
}

async function appRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.ZoomAppRow> {
  const row = await rows.zoomAppOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no Zoom app ${id}`)
  return row
}

const resource = (hub: Hub, row: rows.ZoomAppRow, connection_id: string | undefined): ZoomApp => ({
  id: row.id,
  name: row.name,
  state: row.state,
  kind: row.kind,
  client_id: row.client_id,
  account_id: row.account_id,
  oauth_base: row.oauth_base,
  api_base: row.api_base,
  meeting_sdk: row.meeting_sdk && canCarryMeetingSdk(row.kind),
  data_compliance: row.data_compliance,
  environment: row.environment,
  has_secret_token: row.secret_token !== null,
  has_deauthorization_url: row.deauthorization_secret_hash !== null,
  earlier_secret_tokens_until: earlierUntil(hub.keys, secretTokens(row), hub.runtime.now())?.toISOString() ?? null,
  scope_family: row.scope_family,
  purposes: row.purposes as Purpose[],
  webhook_url: `${hub.publicUrl}/zoom/webhooks/${row.id}`,
  redirect_url: row.kind === 'server_to_server' ? null : redirectUri(hub, row),
  connection_id: connection_id ?? null,
  last_event_at: row.last_event_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
})

import { NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Secret } from '#core/secret.ts'
import { insertAudit } from '#store/audit.ts'
import { fencedOff, insertConnection, lockConnectionOfGrant, updateConnection } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { cancelDeletion } from '#store/deletions.ts'
import { unparkJobs } from '#store/parked-jobs.ts'
import { takePlace } from '#store/quota.ts'
import { zoomAppOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { upsertZoomUser } from '#store/zoom-users.ts'
import { ZoomApiError, ZoomOAuthError } from '#zoom/errors.ts'
import { exchangeAuthorizationCode, revokeToken, type TokenSet } from '#zoom/oauth.ts'
import { getUser, isVerified, type User } from '#zoom/users.ts'
import { connection } from '#hub/connections.ts'
import { emit } from '#hub/hub-events.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type { Connection } from '#hub/resources.ts'
import { mustBeOn } from '#hub/switched-off.ts'
import { credentials, zoomRuntime } from '#hub/zoom-app.ts'
import { tokenColumns } from '#hub/token-columns.ts'
import { GrantError } from './grant-error.ts'
import { zoomUsersJob } from '#hub/read-zoom-users.ts'

export interface Code {
  zoom_app_id: string
  authorization_code: string
  redirect_uri: string
  code_verifier?: string | undefined
}

/** Who consented, as Zoom's `GET /users/me` says. */
export interface Grantor {
  id: string
  email: string
  first_name: string | null
  last_name: string | null
  display_name: string | null
  timezone: string | null
  account_id: string | null
  status: string | null
  pmi: string | null
  type: number | null
  /** Whether Zoom has verified the address. */
  verified: boolean
}

export interface Connected {
  connection: Connection
  zoom_user: Grantor
  /** False: the same Zoom user consented before, and the connection is the same. */
  isNew: boolean
  /** What the consent allows, parted by spaces. */
  scope: string
}

/**
 * Makes a connection of the code that a consent ended with: a second consent of the same Zoom user to the same app renews the
 * first one's. Costs one call (`GET /users/me`). `accept` may refuse before anything is kept.
 * @throws GrantError that says at which step it failed; NotFoundError for an app of another workspace; ConflictError while it is off.
 */
export async function connectWithCode(
  hub: Hub,
  actor: Actor,
  code: Code,
  accept: (token: { scope: string }) => void = () => {},
): Promise<Connected> {
  const app = await zoomAppOfWorkspace(hub.db, actor.workspace_id, code.zoom_app_id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${code.zoom_app_id}`)
  mustBeOn(app)
  const token = await exchange(hub, app, code)
  const zoom_user = await accepted(hub, app, token, accept)
  const kept = await hub.db.transaction().execute((trx) => keepGrant(hub, trx, actor, app, token, zoom_user))
  return { connection: await connection(hub, actor, kept.id), zoom_user, isNew: kept.isNew, scope: token.scope }
}

async function exchange(hub: Hub, app: ZoomAppRow, { authorization_code, redirect_uri, code_verifier }: Code) {
  try {
    return await exchangeAuthorizationCode(zoomRuntime(hub, app), credentials(hub, app), {
      code: authorization_code,
      redirect_uri,
      code_verifier,
    })
  } catch (error) {
    if (!(error instanceof ZoomOAuthError)) throw error
    throw new GrantError('exchange', `Zoom did not take the code of the consent: ${error.reason}`, { cause: error })
  }
}

/** A consent that we do not keep must not live on at Zoom. */
async function accepted(
  hub: Hub,
  app: ZoomAppRow,
  token: TokenSet,
  accept: (token: TokenSet) => void,
): Promise<Grantor> {
  try {
    accept(token)
    return await grantor(hub, app, token)
  } catch (error) {
    await revokeToken(zoomRuntime(hub, app), credentials(hub, app), token.access_token).catch((failed: unknown) =>
      hub.log.warn({ err: failed, zoom_app_id: app.id }, 'a consent that is not kept could not be revoked'),
    )
    throw error
  }
}

async function grantor(hub: Hub, app: ZoomAppRow, token: TokenSet): Promise<Grantor> {
  const user = await readMe(hub, app, token)
  // This call alone tells whose account it counts against.
  if (user.account_id) await takePlace(hub.db, { api_base: app.api_base, account_id: user.account_id, label: 'light' })
  if (!user.id || !user.email) throw new GrantError('user', 'Zoom did not say who consented')
  if (user.status && user.status !== 'active')
    throw new GrantError('inactive', `The Zoom user ${user.email} is ${user.status}, not active`)
  return {
    id: user.id,
    email: user.email,
    first_name: user.first_name ?? null,
    last_name: user.last_name ?? null,
    display_name: user.display_name ?? null,
    timezone: user.timezone ?? null,
    account_id: user.account_id ?? null,
    status: user.status ?? null,
    pmi: user.pmi ?? null,
    type: user.type ?? null,
    verified: isVerified(user),
  }
}

async function readMe(hub: Hub, app: ZoomAppRow, token: TokenSet): Promise<User> {
  const held = { access_token: token.access_token, api_url: token.api_url }
  try {
    return await getUser(
      {
        runtime: zoomRuntime(hub, app),
        api_base: app.api_base,
        // A token that is a second old and refused already does not get better by another.
        accessToken: (rejected?: Secret) => (rejected ? Promise.reject(refusedAtOnce) : Promise.resolve(held)),
      },
      'me',
    )
  } catch (error) {
    if (error !== refusedAtOnce && !(error instanceof ZoomApiError)) throw error
    throw new GrantError('user', `Zoom did not say who consented: ${(error as Error).message}`, { cause: error })
  }
}

const refusedAtOnce = new Error('Zoom refused the token that it had just given')

async function keepGrant(
  hub: Hub,
  trx: Trx,
  actor: Actor,
  app: ZoomAppRow,
  token: TokenSet,
  user: Grantor,
): Promise<{ id: string; isNew: boolean }> {
  const now = new Date(hub.runtime.now())
  const known = await lockConnectionOfGrant(trx, app.id, user.id)
  const id = known?.id ?? newId('connection', now.getTime())
  const columns = {
    ...tokenColumns(hub, id, token),
    account_id: user.account_id,
    zoom_user_id: user.id,
    zoom_user_email: user.email,
    // By Zoom's clock, which also says when a consent was taken back.
    granted_at: new Date(token.date ?? now),
  }
  if (known) {
    await updateConnection(trx, id, { ...columns, ...fencedOff })
    await cancelDeletion(trx, id, now)
  }
  if (!known) await insertConnection(trx, { id, workspace_id: app.workspace_id, zoom_app_id: app.id, ...columns })
  await upsertZoomUser(trx, {
    workspace_id: app.workspace_id,
    id: user.id,
    connection_id: id,
    email: user.email,
    first_name: user.first_name,
    last_name: user.last_name,
    display_name: user.display_name,
    type: user.type,
    status: user.status,
    timezone: user.timezone,
    pmi: user.pmi,
    changed_at: now,
    verified: user.verified,
  })
  if (known && known.state !== 'connected') await unparkJobs(trx, id)
  if (known?.state !== 'connected')
    await emit(hub, trx, app.workspace_id, 'api', [
      { type: 'connection.changed', payload: { connection_id: id, state: 'connected' } },
    ])
  // An administrator's consent is for the whole account.
  if (app.kind === 'admin_managed') await addJobs(trx, [zoomUsersJob(id)])
  await insertAudit(trx, {
    workspace_id: app.workspace_id,
    actor: actor.name,
    action: known ? 'connection.renewed' : 'connection.created',
    object_id: id,
    detail: { zoom_app_id: app.id, zoom_user_email: user.email },
  })
  return { id, isNew: !known }
}

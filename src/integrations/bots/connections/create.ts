import { z } from 'zod'
import { hashOf } from '#core/hashed.ts'
import { NotFoundError } from '#core/errors.ts'
import { zoomApp } from '#hub/apps.ts'
import { connection } from '#hub/connections.ts'
import { connectWithCode, type Connected } from '#hub/grants/connect.ts'
import { disconnect } from '#hub/grants/end.ts'
import { GrantError } from '#hub/grants/grant-error.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { ZoomApp } from '#hub/resources.ts'
import { workspaces } from '#hub/workspaces.ts'
import { ZoomUnreachableError } from '#zoom/errors.ts'
import { oauthApps } from '#integrations/bots/apps/apps.ts'
import { fields } from '#integrations/bots/contract/checked.ts'
import { metadata } from '#integrations/bots/contract/metadata.ts'
import { businessError, fieldError } from '#integrations/bots/contract/refusal.ts'
import type { BotConnectionRow } from '#integrations/bots/tables.ts'
import { connectionResource, type ZoomOauthConnection } from './resource.ts'
import * as rows from './rows.ts'
import { lackingScopes, listed } from './scopes.ts'

export const newConnection = fields({
  zoom_oauth_app_id: z.string().min(1).optional().describe('Absent: the only one of the workspace'),
  authorization_code: z.string().trim().min(1).describe('`code` of the address that Zoom sent the browser to'),
  redirect_uri: z.string().trim().min(1).describe('The one that the consent was asked with'),
  is_local_recording_token_supported: z.boolean().default(true),
  is_onbehalf_token_supported: z.boolean().default(false),
  deduplication_key: z.string().min(1).max(255).nullable().default(null).describe('At most one connection has it'),
  metadata,
}).refine((body) => body.is_local_recording_token_supported || body.is_onbehalf_token_supported, {
  message: 'At least one of is_local_recording_token_supported and is_onbehalf_token_supported must be true',
})
type NewConnection = z.output<typeof newConnection>

/**
 * Makes a connection of the code that a consent ended with. The same Zoom user's next consent renews the connection they have; with a
 * `deduplication_key` the same request sent twice (the first answer was lost) finds what the first one made.
 * @throws Refusal in the order: app, code, scopes, user, key.
 */
export async function createConnection(hub: Hub, actor: Actor, request: NewConnection): Promise<ZoomOauthConnection> {
  const app = await chosenApp(hub, actor, request.zoom_oauth_app_id)
  const { deduplication_key } = request
  const holder = deduplication_key
    ? await rows.connectionOfKey(hub.db, actor.workspace_id, deduplication_key)
    : undefined
  if (holder?.code_hash?.equals(hashOf(request.authorization_code))) return resourceOf(hub, actor, holder)
  const connected = await exchange(hub, actor, app, request)
  if (holder && holder.connection_id !== connected.connection.id) await takeKey(hub, actor, holder, connected)
  const now = new Date(hub.runtime.now())
  const { zoom_oauth_app_id: _, authorization_code, redirect_uri: __, ...said } = request
  const isKept = await rows.keepConnection(hub.db, {
    ...said,
    connection_id: connected.connection.id,
    workspace_id: actor.workspace_id,
    zoom_app_id: app.id,
    zoom_user_id: connected.zoom_user.id,
    pmi: connected.zoom_user.pmi,
    code_hash: hashOf(authorization_code),
    // Who consented was read at this moment, with the personal meeting: all that has to be known before a bot is sent.
    last_attempted_sync_at: now,
    last_successful_sync_at: now,
    created_at: now,
    updated_at: now,
  })
  if (!isKept) await refuseKey(hub, actor, connected)
  const kept = await rows.connectionOf(hub.db, actor.workspace_id, connected.connection.id)
  if (!kept) throw new NotFoundError(`There is no connection ${connected.connection.id}`)
  return connectionResource(kept, connected.connection)
}

/** @throws Refusal that names the workspace, as a project. */
async function chosenApp(hub: Hub, actor: Actor, id: string | undefined): Promise<ZoomApp> {
  if (id !== undefined) {
    const app = await zoomApp(hub, actor, id).catch((error: unknown) => {
      if (error instanceof NotFoundError) return undefined
      throw error
    })
    if (app && app.kind !== 'server_to_server') return app
    throw businessError(`Zoom OAuth App with id ${id} does not exist in this project (${await nameOf(hub, actor)}).`)
  }
  const [only, another] = await oauthApps(hub, actor)
  if (!only)
    throw businessError(
      `No Zoom OAuth App found in this project (${await nameOf(hub, actor)}). Please add a Zoom OAuth App first.`,
    )
  if (another) throw fieldError('zoom_oauth_app_id', 'This project has several Zoom OAuth Apps. Please name one.')
  return only
}

const nameOf = async (hub: Hub, { workspace_id }: Actor): Promise<string> =>
  (await workspaces(hub)).find(({ id }) => id === workspace_id)?.name ?? ''

async function exchange(hub: Hub, actor: Actor, app: ZoomApp, request: NewConnection): Promise<Connected> {
  const { authorization_code, redirect_uri } = request
  try {
    return await connectWithCode(hub, actor, { zoom_app_id: app.id, authorization_code, redirect_uri }, ({ scope }) => {
      const lacking = lackingScopes(scope, app.kind, request)
      if (lacking.length > 0)
        throw businessError(`The authorization is missing the following required scopes: ${listed(lacking)}.`)
    })
  } catch (error) {
    if (error instanceof GrantError) throw businessError(sentences[error.step], { cause: error })
    if (error instanceof ZoomUnreachableError) throw businessError(sentences.exchange, { cause: error })
    throw error
  }
}

const sentences = {
  exchange:
    'Error exchanging access code for tokens. Please check that the authorization code and redirect URI are correct.',
  user: 'Error getting user info. Please check that the access token is valid.',
  inactive: 'The user is not active.',
} as const satisfies Record<GrantError['step'], string>

/** Another connection has the key. One that is disconnected gives it up; one that works keeps it. */
async function takeKey(hub: Hub, actor: Actor, holder: BotConnectionRow, connected: Connected): Promise<void> {
  const { state } = await connection(hub, actor, holder.connection_id)
  if (state === 'connected') await refuseKey(hub, actor, connected)
  await rows.changeConnection(hub.db, holder.connection_id, { deduplication_key: null })
}

/** A consent that was given for nothing is given back; one that was there before stays. @throws Refusal */
async function refuseKey(hub: Hub, actor: Actor, { connection: { id }, isNew }: Connected): Promise<never> {
  if (isNew) {
    await disconnect(hub, actor, id)
    await rows.changeConnection(hub.db, id, { deleted_at: new Date(hub.runtime.now()) })
  }
  throw businessError(
    'Deduplication key already in use. A connected connection of another Zoom user with this deduplication key already exists.',
  )
}

export const resourceOf = async (hub: Hub, actor: Actor, row: BotConnectionRow): Promise<ZoomOauthConnection> =>
  connectionResource(row, await connection(hub, actor, row.connection_id))

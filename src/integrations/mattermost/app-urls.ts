import { z } from 'zod'
import { ConflictError } from '#core/errors.ts'
import { hashOf } from '#core/hashed.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import { zoomApp } from '#hub/apps.ts'
import { noteAudit } from '#hub/audit.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { redirectPath } from './redirect-path.ts'
import * as resources from './resources.ts'
import { serverByUrlSecret } from './servers.ts'
import { own } from './tables.ts'

const tags = ['Mattermost']
const params = z.object({ id: z.string() })
const path = '/api/v1/zoom_apps/:id/old_urls'

/** What an administrator does with the plugin's form of a Zoom app's addresses, whether or not a server is connected. */
export const appUrlRoutes = [
  apiRoute({
    method: 'GET',
    path,
    auth: 'viewer',
    schema: {
      summary: 'When the addresses in the form of Mattermost’s old Zoom plugin were made; their secret was shown then',
      tags,
      params,
      response: { 200: resources.appUrls },
    },
    handle: async ({ identity, params: { id } }, hub) => ok(await appUrls(hub, identity, id)),
  }),
  apiRoute({
    method: 'POST',
    path,
    auth: 'admin',
    schema: {
      summary: 'Make such addresses; those that were made before are good no more',
      tags,
      params,
      body: resources.newAppUrls,
      response: { 201: resources.oldUrls },
    },
    handle: async ({ identity, params: { id }, body }, hub) => ({
      status: 201,
      body: await newAppUrls(hub, identity, id, body.url_secret),
    }),
  }),
]

async function appUrls(hub: Hub, actor: Actor, id: string): Promise<resources.AppUrls> {
  await zoomApp(hub, actor, id)
  const row = await own(hub.db)
    .selectFrom('mattermost_app_url')
    .select('made_at')
    .where('zoom_app_id', '=', id)
    .executeTakeFirst()
  return { made_at: row?.made_at.toISOString() ?? null }
}

/** @throws NotFoundError for an app of another workspace; ConflictError for a secret that belongs to something else. */
async function newAppUrls(hub: Hub, actor: Actor, id: string, given: string | undefined): Promise<resources.OldUrls> {
  const { workspace_id } = actor
  await zoomApp(hub, actor, id)
  const secret = given ?? Buffer.from(hub.runtime.random(24)).toString('base64url')
  const secret_hash = hashOf(secret)
  const holder = await appByUrlSecret(hub, secret)
  if ((holder && holder.zoom_app_id !== id) || (await serverByUrlSecret(hub, secret)))
    throw new ConflictError('This url_secret belongs to something else here. Leave it out to get a new one')
  const row = { secret_hash, made_at: new Date(hub.runtime.now()) }
  await hub.db.transaction().execute(async (trx) => {
    await own(trx)
      .insertInto('mattermost_app_url')
      .values({ zoom_app_id: id, workspace_id, ...row })
      .onConflict((conflict) => conflict.column('zoom_app_id').doUpdateSet(row))
      .execute()
    await noteAudit(trx, actor, 'zoom_app.old_urls', id)
  })
  return oldUrls(hub, secret)
}

export const appByUrlSecret = (hub: Hub, secret: string): Promise<{ zoom_app_id: string } | undefined> =>
  own(hub.db)
    .selectFrom('mattermost_app_url')
    .select('zoom_app_id')
    .where('secret_hash', '=', hashOf(secret))
    .executeTakeFirst()

/** The plugin's paths at our address. */
export function oldUrls({ publicUrl }: Hub, secret: string): resources.OldUrls {
  const query = `?secret=${encodeURIComponent(secret)}`
  return {
    redirect: `${publicUrl}${redirectPath}`,
    webhook: `${publicUrl}/plugins/zoom/webhook${query}`,
    deauthorization: `${publicUrl}/plugins/zoom/deauthorization${query}`,
  }
}

import { z } from 'zod'
import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { everyItem } from '#hub/every-item.ts'
import { createZoomApp, zoomApp, zoomApps } from '#hub/apps.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { ZoomApp } from '#hub/resources.ts'
import { knownBases, type ZoomBase } from '#zoom/base.ts'
import { fields } from '#integrations/bots/contract/checked.ts'
import { businessError } from '#integrations/bots/contract/refusal.ts'
import { micros } from '#integrations/bots/contract/time.ts'

const origin = z
  .url({ protocol: /^https?$/, error: 'Enter a valid URL.' })
  .transform((text) => new URL(text).origin)
  .meta({ type: 'string', format: 'uri' })

export const newZoomOauthApp = fields({
  client_id: z.string().trim().optional(),
  client_secret: z.string().trim().optional().describe('Write-only'),
  webhook_secret: z
    .string()
    .trim()
    .optional()
    .describe('The app’s Secret Token, which signs Zoom’s events. Write-only'),
  kind: z.enum(['user_managed', 'admin_managed']).default('user_managed'),
  name: z.string().trim().min(1).max(100).optional(),
  oauth_base: origin
    .optional()
    .describe(
      'Another Zoom, for example https://zoomgov.com. Absent: the one that all other apps of the project are at',
    ),
  api_base: origin.optional(),
})

export const zoomOauthApp = z.object({
  id: z.string(),
  zoom_oauth_app_id: z.string().describe('The same as `id`'),
  name: z.string(),
  kind: z.enum(['user_managed', 'admin_managed']),
  client_id: z.string(),
  has_webhook_secret: z.boolean(),
  webhook_url: z
    .string()
    .describe('Event notification endpoint URL to enter at Zoom; `/api/v1/zoom_oauth/webhooks` will do, too'),
  oauth_base: z.string(),
  api_base: z.string(),
  created_at: z.string(),
})

/** What clients of this API call a zoom app: one that users or an administrator consent to. */
export const appResource = (hub: Hub, app: ZoomApp): z.input<typeof zoomOauthApp> => ({
  id: app.id,
  zoom_oauth_app_id: app.id,
  name: app.name,
  kind: app.kind === 'admin_managed' ? 'admin_managed' : 'user_managed',
  client_id: app.client_id,
  has_webhook_secret: app.has_secret_token,
  webhook_url: `${hub.publicUrl}/external_webhooks/zoom/oauth_apps/${app.id}`,
  oauth_base: app.oauth_base,
  api_base: app.api_base,
  created_at: micros(new Date(app.created_at)),
})

/** Those of the workspace that people consent to, oldest first. */
export const oauthApps = async (hub: Hub, actor: Actor): Promise<ZoomApp[]> =>
  (await everyItem((page) => zoomApps(hub, actor, page))).filter((app) => app.kind !== 'server_to_server')

/** @throws NotFoundError, also for an app of another workspace or one that nobody consents to. */
export async function oauthApp(hub: Hub, actor: Actor, id: string): Promise<ZoomApp> {
  const app = await zoomApp(hub, actor, id)
  if (app.kind === 'server_to_server') throw new NotFoundError(`${id} is no app that people consent to`)
  return app
}

/** Keeps an app's credentials once Zoom has taken them; bots join by its name, so it carries the Meeting SDK. */
export async function registerApp(hub: Hub, actor: Actor, body: z.output<typeof newZoomOauthApp>): Promise<ZoomApp> {
  const { client_id, client_secret, webhook_secret, name, kind, ...named } = body
  if (!client_id || !client_secret)
    throw businessError('client_id and client_secret are required when creating a new Zoom OAuth app')
  const usual = await usualZoom(hub, actor)
  try {
    return await createZoomApp(hub, actor, {
      kind,
      oauth_base: named.oauth_base ?? usual.oauth_base,
      api_base: named.api_base ?? (named.oauth_base ? apiOf(named.oauth_base) : usual.api_base),
      name: name ?? `Zoom OAuth app ${client_id}`,
      client_id,
      client_secret,
      ...(webhook_secret ? { secret_token: webhook_secret } : {}),
      meeting_sdk: true,
    })
  } catch (error) {
    if (error instanceof InputError) throw businessError('Invalid client id or client secret', { cause: error })
    if (error instanceof ConflictError)
      throw businessError(`A Zoom OAuth App with client_id ${client_id} is in this project already.`, { cause: error })
    throw error
  }
}

/** The Zoom that the project works with: whoever follows the guide names none. */
async function usualZoom(hub: Hub, actor: Actor): Promise<ZoomBase> {
  const items = await everyItem((page) => zoomApps(hub, actor, page))
  const [first] = items
  const areAlike = first && items.every(({ oauth_base }) => oauth_base === first.oauth_base)
  return areAlike ? { oauth_base: first.oauth_base, api_base: first.api_base } : knownBases['zoom.us']
}

/** Of a Zoom that is known its API is known, too; a simulator is its own. */
const apiOf = (oauth_base: string): string =>
  Object.values(knownBases).find((known) => known.oauth_base === oauth_base)?.api_base ?? oauth_base

import { createZoomApp, deleteZoomApp, zoomApps } from '#hub/apps.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { createApiKey, revokeApiKey } from '#hub/keys.ts'
import type { NewZoomApp } from '#hub/resources.ts'
import { forgetToken } from '#hub/tokens.ts'
import { ensureWorkspace, type Workspace } from '#hub/workspaces.ts'
import { caller, type Call } from '#cli/call.ts'
import { connectHosts } from './hosts.ts'

/** Where the Demo takes place. */
export interface Stage {
  /** The hub as it is reached on this machine, whatever PUBLIC_URL is in front of it. */
  hubUrl: string
  simulatorUrl: string
}

/**
 * The workspace Demo on this simulator. The simulator forgets everything when it ends, so everything that it has to know is told
 * anew.
 */
export async function setUpDemo(hub: Hub, stage: Stage): Promise<Workspace> {
  const demo = await ensureWorkspace(hub, 'Demo', { demo: true })
  const actor = { workspace_id: demo.id, name: 'hub' }
  const zoom = caller(hub.outgoing([stage.simulatorUrl]), stage.simulatorUrl)
  await dropApps(hub, actor, stage)
  for (const seed of seeds) await connectApp(hub, actor, zoom, seed, stage)
  return demo
}

/** The simulator was at another port before: its apps, also those that the tour has added, lead nowhere. */
async function dropApps(hub: Hub, actor: Actor, { simulatorUrl }: Stage): Promise<void> {
  const all = await everyItem((page) => zoomApps(hub, actor, page))
  const stale = all.filter(({ client_id, oauth_base }) => client_id.startsWith('sim-') && oauth_base !== simulatorUrl)
  for (const { id } of stale) await deleteZoomApp(hub, actor, id)
}

/** The hosts that people of the Demo meet in. @throws when one of them cannot reach the hub at its public address. */
export const connectDemoHosts = (hub: Hub, demo: Workspace, stage: Stage): Promise<void> =>
  withDemoKey(hub, demo, 'owner', (key) =>
    connectHosts(hub, key, caller(hub.outgoing([stage.simulatorUrl]), stage.simulatorUrl), stage),
  )

/** Does something by the API with a key of its own, that is gone afterwards. */
export async function withDemoKey<T>(
  hub: Hub,
  demo: Workspace,
  role: 'owner' | 'operator',
  work: (key: string) => Promise<T>,
): Promise<T> {
  const { id, key } = await createApiKey(hub, { workspace: demo.name, name: 'demo', role })
  try {
    return await work(key)
  } finally {
    await revokeApiKey(hub, demo.id, id)
  }
}

/** The simulator's seed: docs/simulator.md. The second app is there for its Meeting SDK. */
const seeds = [
  {
    kind: 'server_to_server',
    name: 'Zoom simulator',
    client_id: 'sim-s2s',
    client_secret: 'sim-s2s-secret',
    secret_token: 'sim-s2s-webhook',
    account_id: 'sim-account',
    events: ['*'],
  },
  {
    kind: 'admin_managed',
    name: 'Zoom simulator, Meeting SDK',
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    secret_token: 'sim-admin-app-webhook',
    meeting_sdk: true,
    events: [],
  },
] as const satisfies (Omit<NewZoomApp, 'oauth_base' | 'api_base' | 'events'> & { events: readonly string[] })[]

async function connectApp(
  hub: Hub,
  actor: Actor,
  zoom: Call,
  { events, ...seed }: (typeof seeds)[number],
  { hubUrl, simulatorUrl }: Stage,
): Promise<void> {
  const known = (await everyItem((page) => zoomApps(hub, actor, page))).find(
    ({ client_id }) => client_id === seed.client_id,
  )
  const app = known ?? (await createZoomApp(hub, actor, { ...seed, oauth_base: simulatorUrl, api_base: simulatorUrl }))
  if (app.connection_id) await forgetToken(hub, app.connection_id)
  if (events.length === 0) return
  await zoom('POST', `/_/apps/${seed.client_id}/subscriptions`, { url: `${hubUrl}/zoom/webhooks/${app.id}`, events })
}

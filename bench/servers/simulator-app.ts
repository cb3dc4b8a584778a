import { createZoomApp } from '#hub/apps.ts'
import type { Hub } from '#hub/hub.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'

/** The simulator signs its events with this. */
export const secret_token = 'sim-s2s-webhook'

/** A workspace that is connected to the simulator’s server-to-server app. */
export async function connectSimulatorApp(
  hub: Hub,
  simulatorUrl: string,
): Promise<{ zoom_app_id: string; connection_id: string }> {
  const { id: workspace_id } = await ensureWorkspace(hub, 'Bench')
  const { id, connection_id } = await createZoomApp(
    hub,
    { workspace_id, name: 'cli' },
    {
      kind: 'server_to_server',
      name: 'Simulator',
      client_id: 'sim-s2s',
      client_secret: 'sim-s2s-secret',
      secret_token,
      account_id: 'sim-account',
      oauth_base: simulatorUrl,
      api_base: simulatorUrl,
    },
  )
  return { zoom_app_id: id, connection_id: connection_id ?? '' }
}

import { createZoomApp } from '#hub/apps.ts'
import { connectWithCode } from '#hub/grants/connect.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import type { OpenHub } from '#server.ts'

const redirect_uri = 'http://127.0.0.1/cb'
const client_id = 'sim-user-app'

/** The simulator's user-managed app, added to the workspace Bench. */
export async function userApp({ hub }: OpenHub, zoom: string): Promise<{ id: string; workspace_id: string }> {
  const { id: workspace_id } = await ensureWorkspace(hub, 'Bench')
  const { id } = await createZoomApp(
    hub,
    { workspace_id, name: 'cli' },
    {
      kind: 'user_managed',
      name: 'user',
      client_id,
      client_secret: 'sim-user-secret',
      oauth_base: zoom,
      api_base: zoom,
    },
  )
  return { id, workspace_id }
}

/** A user's consent to that app whose access token has run out; answers the connection's id. */
export async function expiredConsent(
  { hub }: OpenHub,
  zoom: string,
  app: { id: string; workspace_id: string },
  user: string,
): Promise<string> {
  const { location } = await play<{ location: string }>(zoom, 'POST', '/consent', { client_id, redirect_uri, user })
  const { connection } = await connectWithCode(
    hub,
    { workspace_id: app.workspace_id, name: 'cli' },
    { zoom_app_id: app.id, authorization_code: new URL(location).searchParams.get('code') ?? '', redirect_uri },
  )
  await hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', connection.id)
    .execute()
  return connection.id
}

/** Plays the simulator: `/_/…`. @throws what it answered, when it refuses. */
export async function play<T>(zoom: string, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${zoom}/_${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`the simulator answered ${answer.status} to ${method} /_${path}: ${text}`)
  return JSON.parse(text) as T
}

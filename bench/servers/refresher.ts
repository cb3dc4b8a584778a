// One of several processes that all need the same token at once. A line on stdin starts it; it answers with `done` and how many failed.
import { once } from 'node:events'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { refreshTokenOf, unseal } from '#hub/encryption.ts'
import { tokenColumns } from '#hub/token-columns.ts'
import { accessToken } from '#hub/tokens.ts'
import { credentials, zoomRuntime } from '#hub/zoom-app.ts'
import { openHub } from '#server.ts'
import { connectionById, updateConnection } from '#store/connections.ts'
import { zoomAppById } from '#store/zoom-apps.ts'
import { refreshAccessToken } from '#zoom/oauth.ts'

const { CONNECTION_ID = '', ZOOM_APP_ID = '', CALLERS = '', NAIVE } = process.env

await using open = await openHub(readConfig(process.env), createLog({ level: 'error' }), { serve: false })
const { hub } = open
const found = await zoomAppById(hub.db, ZOOM_APP_ID)
if (!found) throw new Error(`there is no app ${ZOOM_APP_ID}`)
const app = found

/** What a client does that thinks it is alone: an expired token is refreshed by whoever sees it. */
async function naive(): Promise<unknown> {
  const row = await connectionById(hub.db, CONNECTION_ID)
  if (!row?.refresh_token) throw new Error('no token is left')
  if ((row.access_token_expires_at?.getTime() ?? 0) > Date.now()) return row
  const held = unseal(hub.keys, refreshTokenOf(row.id), row.refresh_token)
  const token = await refreshAccessToken(zoomRuntime(hub, app), credentials(hub, app), held)
  return updateConnection(hub.db, row.id, tokenColumns(hub, row.id, token))
}

console.log('ready')
await once(process.stdin, 'data')
const call = () => (NAIVE ? naive() : accessToken(hub, app, CONNECTION_ID, undefined))
const calls = await Promise.allSettled(Array.from({ length: Number(CALLERS) }, call))
console.log(`done ${calls.filter(({ status }) => status === 'rejected').length}`)
process.stdin.destroy()

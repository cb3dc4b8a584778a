import { connectionsOfApps, fencedOff, insertConnection, lockConnection, updateConnection } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { unparkJobs } from '#store/parked-jobs.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import type { TokenSet } from '#zoom/oauth.ts'
import { newId } from '#core/ids.ts'
import { emit } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { tokenColumns } from '#hub/token-columns.ts'
import { zoomUsersJob } from '#hub/read-zoom-users.ts'

/**
 * An app of the account's own needs nobody's consent: whenever Zoom gives it a token, it is connected. A connection that was broken keeps
 * its id, and the work that waited for it goes on.
 */
export async function connectItself(
  hub: Hub,
  trx: Trx,
  app: Pick<ZoomAppRow, 'id' | 'workspace_id' | 'account_id'>,
  token: TokenSet,
): Promise<void> {
  const [known] = await connectionsOfApps(trx, [app.id])
  const id = known?.id ?? newId('connection', hub.runtime.now())
  const columns = { account_id: app.account_id, ...tokenColumns(hub, id, token) }
  const before = known && (await lockConnection(trx, id))
  if (before) await updateConnection(trx, id, { ...columns, ...fencedOff })
  else await insertConnection(trx, { id, workspace_id: app.workspace_id, zoom_app_id: app.id, ...columns })
  if (before?.state === 'connected') return
  await unparkJobs(trx, id)
  await emit(hub, trx, app.workspace_id, 'api', [
    { type: 'connection.changed', payload: { connection_id: id, state: 'connected' } },
  ])
  await addJobs(trx, [zoomUsersJob(id)])
}

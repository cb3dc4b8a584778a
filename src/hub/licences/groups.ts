import { NotFoundError } from '#core/errors.ts'
import { connectionOfWorkspace } from '#store/connections.ts'
import { groupsOf, protectionsOf, saveGroups, type GroupRow, type PoolRow } from '#store/licences.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { listGroupMembers, listGroups } from '#zoom/groups.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { ZoomGroup } from '#hub/licences/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { translated } from '#hub/zoom-refusal.ts'

/** Who joined a protected group within this time may still lose a licence. */
const fresh_ms = 3_600_000

/** The groups as they were read last; Zoom is not asked. @throws NotFoundError for a connection of another workspace. */
export async function zoomGroups(hub: Hub, { workspace_id }: Actor, connection_id: string): Promise<ZoomGroup[]> {
  if (!(await connectionOfWorkspace(hub.db, workspace_id, connection_id)))
    throw new NotFoundError(`There is no connection ${connection_id}`)
  return (await groupsOf(hub.db, connection_id)).map(({ id, name, members, read_at }) => ({
    id,
    name,
    members: members.length,
    read_at: read_at.toISOString(),
  }))
}

/** Reads them from Zoom: a call, and one for each 300 members of each group. */
export async function readZoomGroups(hub: Hub, actor: Actor, connection_id: string): Promise<ZoomGroup[]> {
  await zoomGroups(hub, actor, connection_id)
  try {
    await readGroups(hub, await zoomClient(hub, connection_id), connection_id)
  } catch (error) {
    throw translated(error, hub.runtime.now())
  }
  return zoomGroups(hub, actor, connection_id)
}

/** Before a licence is taken the members of protected groups are looked up again, unless that was done within the hour. */
export async function freshGroups(hub: Hub, client: ZoomClient, { connection_id }: PoolRow): Promise<void> {
  const guarded = (await protectionsOf(hub.db, connection_id)).filter(({ kind }) => kind === 'group')
  if (guarded.length === 0) return
  const known = await groupsOf(hub.db, connection_id)
  const since = hub.runtime.now() - fresh_ms
  const stale = guarded.some(({ zoom_id }) => (known.find(({ id }) => id === zoom_id)?.read_at.getTime() ?? 0) < since)
  if (stale) await readGroups(hub, client, connection_id)
}

async function readGroups(hub: Hub, client: ZoomClient, connection_id: string): Promise<void> {
  const read_at = new Date(hub.runtime.now())
  const found: GroupRow[] = []
  for await (const { id, name } of listGroups(client)) {
    const members: string[] = []
    for await (const member of listGroupMembers(client, id)) if (member.id) members.push(member.id)
    found.push({ connection_id, id, name: name ?? id, members, read_at })
  }
  await hub.db.transaction().execute((trx) => saveGroups(trx, connection_id, found))
}

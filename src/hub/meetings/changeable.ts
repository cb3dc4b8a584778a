import { ConflictError, NotFoundError } from '#core/errors.ts'
import { insertAudit, takeToldByZoom } from '#store/audit.ts'
import { connectionById, connectionForHost } from '#store/connections.ts'
import type { Trx } from '#store/db.ts'
import { meetingOfWorkspace, type MeetingRow } from '#store/meetings.ts'
import { zoomUserById } from '#store/zoom-users.ts'
import { onlyConnection } from '#hub/connections.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import type { MeetingPartChange } from './from-zoom.ts'
import type { Kept } from './keep.ts'

// What every change of a meeting begins and ends with.

/** @throws NotFoundError, also for a meeting of another workspace. */
export async function found(hub: Hub, { workspace_id }: Actor, id: string): Promise<MeetingRow> {
  const row = await meetingOfWorkspace(hub.db, workspace_id, id, new Date(hub.runtime.now()))
  if (!row) throw new NotFoundError(`There is no meeting ${id}`)
  return row
}

/** A meeting that Zoom can still be asked about. @throws ConflictError that says why it cannot. */
export async function changeable(
  hub: Hub,
  actor: Actor,
  id: string,
  to?: 'cancelled' | 'gone',
): Promise<{ row: MeetingRow; connection_id: string }> {
  const row = await found(hub, actor, id)
  const over = { cancelled: 'was called off', gone: 'was deleted at Zoom' }[row.state as 'cancelled' | 'gone']
  if (over && to !== 'gone') throw new ConflictError(`The meeting ${over} and cannot be changed`)
  const connection_id = (await speakerFor(hub, row)) ?? (await usualFor(hub, actor, row))
  if (!connection_id)
    throw new ConflictError('The Zoom app of this meeting was removed; an administrator connects it again first')
  return { row, connection_id }
}

/**
 * The connection by which a meeting came, while it works. When it broke, or was removed with its app, another one that may speak for the
 * host does, and where there is none the broken one says what is wrong.
 */
async function speakerFor(hub: Hub, { workspace_id, host_id, connection_id }: MeetingRow): Promise<string | undefined> {
  const own = connection_id ? await connectionById(hub.db, connection_id) : undefined
  if (own?.state === 'connected') return own.id
  const user = await zoomUserById(hub.db, workspace_id, host_id)
  const known = user && user.connection_id !== own?.id ? await connectionById(hub.db, user.connection_id) : undefined
  const account_id = own?.account_id ?? known?.account_id ?? undefined
  return (await connectionForHost(hub.db, workspace_id, host_id, account_id))?.id ?? own?.id
}

/** For what lost its own: the workspace's usual connection, unless it is somebody else's consent. */
async function usualFor(hub: Hub, actor: Actor, { host_id }: MeetingRow): Promise<string | undefined> {
  const usual = await onlyConnection(hub, actor)
  const found = usual === undefined ? undefined : await connectionById(hub.db, usual)
  return found && userIdFor(found, host_id) !== undefined ? usual : undefined
}

/** What Zoom told of a meeting, where that was news: the history of changes that were made there. */
export async function auditNews(
  trx: Trx,
  workspace_id: string,
  { row, changes: changed }: Pick<Kept, 'row' | 'changes'>,
  isGone = false,
): Promise<void> {
  const changes = isGone ? [{ part: 'state' }] : changed
  if (changes.length === 0) return
  const action = isGone ? 'meeting.deleted' : 'meeting.changed'
  await insertAudit(trx, { workspace_id, actor: 'zoom', action, object_id: row.id, detail: { changes } })
}

export const auditMeeting = (
  trx: Trx,
  actor: Actor,
  action: string,
  row: MeetingRow,
  detail: Record<string, unknown>,
): Promise<void> =>
  insertAudit(trx, { workspace_id: actor.workspace_id, actor: actor.name, action, object_id: row.id, detail })

/**
 * The same of what was done at Zoom since a time, to these parts. Zoom's event of it may be faster than its answer: then that told of
 * this very act, and the two are one entry.
 */
export async function auditDone(
  trx: Trx,
  actor: Actor,
  action: string,
  row: MeetingRow,
  {
    since,
    parts,
    changes = [],
    ...detail
  }: { since: Date; parts: string[]; changes?: MeetingPartChange[] } & Record<string, unknown>,
): Promise<void> {
  const told = await takeToldByZoom(trx, { workspace_id: actor.workspace_id, object_id: row.id, since, parts })
  await auditMeeting(trx, actor, action, row, { ...detail, changes: [...told, ...changes] })
}

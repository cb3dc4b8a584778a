import { ConflictError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import type { Role, Trx } from '#store/db.ts'
import * as rows from '#store/workspaces.ts'
import { zoomAppBases } from '#store/zoom-apps.ts'
import { isKnownZoom } from '#zoom/base.ts'
import { brandOf, checkColour } from './brand.ts'
import type { Actor, Hub } from './hub.ts'
import type { WorkspaceChange, WorkspaceSettings } from './resources.ts'
import { checkRetention } from './retention.ts'

export interface Workspace {
  id: string
  name: string
  demo: boolean
}

export const workspaces = (hub: Hub): Promise<Workspace[]> => rows.workspaces(hub.db)

/** The workspace of that name, made when there is none. */
export const ensureWorkspace = (hub: Hub, name: string, { demo = false } = {}): Promise<Workspace> =>
  rows.insertWorkspace(hub.db, { id: newId('workspace', hub.runtime.now()), name, demo })

/** The workspaces that a signed-in person belongs to, with the role in each, oldest first. */
export const workspacesOfUser = (hub: Hub, user_id: string): Promise<(Workspace & { role: Role })[]> =>
  rows.memberships(hub.db, user_id)

export const addMember = (hub: Hub, workspace_id: string, user_id: string, role: Role): Promise<void> =>
  rows.upsertMember(hub.db, { workspace_id, user_id, role })

/** What the workspace has decided for itself. */
export async function workspaceSettings(hub: Hub, { workspace_id }: Actor): Promise<WorkspaceSettings> {
  const row = await rows.workspaceById(hub.db, workspace_id)
  if (!row) throw new NotFoundError(`There is no workspace ${workspace_id}`)
  const { id, name, colour, language, event_days, delivery_days, attendance_days } = row
  const logo_url = (await brandOf(hub, id))?.logo_url ?? null
  const kept = { event_days, delivery_days, attendance_days, server: hub.retention }
  return { id, name, colour, logo_url, language, ...kept }
}

/**
 * What is not named stays.
 * @throws InputError for what cannot be, ConflictError for a name that another workspace has.
 */
export async function changeWorkspace(hub: Hub, actor: Actor, change: WorkspaceChange): Promise<WorkspaceSettings> {
  const { workspace_id } = actor
  checkColour(change.colour ?? null)
  await hub.db.transaction().execute(async (trx) => {
    const row = await rows.lockWorkspace(trx, workspace_id)
    if (!row) throw new NotFoundError(`There is no workspace ${workspace_id}`)
    checkRetention(hub, { ...row, ...given(change) })
    const other = change.name === undefined ? undefined : await rows.workspaceByName(trx, change.name)
    if (other && other.id !== workspace_id) throw new ConflictError(`There is a workspace ${other.name} already`)
    if (Object.keys(change).length === 0) return
    await rows.updateWorkspace(trx, workspace_id, change)
    await insertAudit(trx, {
      workspace_id,
      actor: actor.name,
      action: 'workspace.changed',
      object_id: workspace_id,
      detail: change,
    })
  })
  return workspaceSettings(hub, actor)
}

/**
 * Deletes the Demo with all that it has; whoever has no other workspace gets one. Real work is not deleted by a click.
 * @throws ConflictError for a workspace that is no demo, or in which somebody works with Zoom itself.
 */
export async function removeDemo(hub: Hub, actor: Actor, user_id: string | undefined): Promise<void> {
  const { workspace_id } = actor
  await hub.db.transaction().execute(async (trx) => {
    const row = await rows.lockWorkspace(trx, workspace_id)
    if (!row) throw new NotFoundError(`There is no workspace ${workspace_id}`)
    if (!row.demo) throw new ConflictError(`${row.name} is no demo, and stays`)
    const real = (await zoomAppBases(trx, workspace_id)).find(({ oauth_base }) => isKnownZoom(oauth_base))
    if (real)
      throw new ConflictError(
        `Somebody works with Zoom itself in this demo, by the app ${real.name}: whoever needs none of that removes the app first`,
      )
    const others = user_id === undefined ? [] : await rows.memberships(trx, user_id)
    if (user_id !== undefined && others.every(({ id }) => id === workspace_id)) {
      const own = await emptyWorkspace(hub, trx)
      await rows.upsertMember(trx, { workspace_id: own.id, user_id, role: 'owner' })
    }
    await rows.deleteWorkspace(trx, workspace_id)
  })
  hub.log.info({ workspace_id, actor: actor.name }, 'the Demo was removed')
}

/** A new one, whatever the others are called: one that is there belongs to somebody. */
async function emptyWorkspace(hub: Hub, trx: Trx): Promise<Workspace> {
  for (let number = 1; ; number++) {
    const id = newId('workspace', hub.runtime.now())
    const name = ['Main', ...(number > 1 ? [number] : [])].join(' ')
    const made = await rows.insertWorkspace(trx, { id, name, demo: false })
    if (made.id === id) return made
  }
}

const given = <T extends object>(change: T) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }

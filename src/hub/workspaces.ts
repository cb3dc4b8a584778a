import { newId } from '#core/ids.ts'
import type { Role } from '#store/db.ts'
import * as rows from '#store/workspaces.ts'
import type { Hub } from './hub.ts'

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

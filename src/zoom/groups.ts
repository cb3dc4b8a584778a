import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { count, text } from './wire.ts'

const group = z.looseObject({ id: z.string(), name: text, total_members: count })
export type Group = z.output<typeof group>

const groupMember = z.looseObject({ id: text, email: text, first_name: text, last_name: text, type: count })
export type GroupMember = z.output<typeof groupMember>

/** https://developers.zoom.us/docs/api/users/#tag/groups/GET/groups */
export const listGroups = (client: ZoomClient): AsyncGenerator<Group, void, undefined> =>
  list(client, { path: path`/groups` }, 'groups', group)

/** https://developers.zoom.us/docs/api/users/#tag/groups/GET/groups/{groupId}/members */
export const listGroupMembers = (client: ZoomClient, groupId: string): AsyncGenerator<GroupMember, void, undefined> =>
  list(client, { path: path`/groups/${groupId}/members` }, 'members', groupMember)

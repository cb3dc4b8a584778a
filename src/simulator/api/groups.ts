import { Refusal } from '#simulator/refusal.ts'
import { ok, param, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'

/** https://developers.zoom.us/docs/api/users/#tag/groups */
export const groupRoutes: ApiRoutes = {
  'GET /groups': (call) => {
    const { items, paging } = pageOf(call, [...call.world.groups.values()])
    return ok({
      total_records: paging.total_records,
      next_page_token: paging.next_page_token,
      groups: items.map(({ id, name, members }) => ({ id, name, total_members: members.size })),
    })
  },
  'GET /groups/{groupId}/members': (call) => {
    const id = param(call, 'groupId')
    const group = call.world.groups.get(id)
    if (!group) throw new Refusal({ http: 404, code: 4130, message: `A group with this ${id} does not exist.` })
    const { items, paging } = pageOf(
      call,
      [...call.world.people.values()].filter((one) => group.members.has(one.id)),
    )
    const members = items.map(({ id: userId, email, first_name, last_name, type }) => ({
      id: userId,
      email,
      first_name,
      last_name,
      type,
      primary_group: true,
    }))
    return ok({ ...paging, members })
  },
}

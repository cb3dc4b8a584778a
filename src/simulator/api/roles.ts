import { roles } from '#simulator/person-json.ts'
import { Refusal } from '#simulator/refusal.ts'
import type { Person } from '#simulator/state.ts'
import { ok, param, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'

/** The three roles that every account has: https://developers.zoom.us/docs/api/accounts/#tag/roles */
export const roleRoutes: ApiRoutes = {
  'GET /roles': (call) => {
    const all = Object.values(roles).map(([id, name]) => ({
      id,
      name,
      description: `${name} of the account`,
      type: 'common',
      total_members: membersOf(call, id).length,
    }))
    return ok({ total_records: all.length, roles: all })
  },
  'GET /roles/{roleId}/members': (call) => {
    const id = param(call, 'roleId')
    if (!Object.values(roles).some(([known]) => known === id)) {
      throw new Refusal({ http: 404, code: 1001, message: `Role does not exist: ${id}.` })
    }
    const { items, paging } = pageOf(call, membersOf(call, id))
    const members = items.map(({ id: userId, email, first_name, last_name, type, dept }) => ({
      id: userId,
      email,
      first_name,
      last_name,
      type,
      department: dept,
    }))
    return ok({ ...paging, members })
  },
}

const membersOf = ({ world }: ApiCall, id: string): Person[] =>
  [...world.people.values()].filter(({ role }) => roles[role][0] === id)

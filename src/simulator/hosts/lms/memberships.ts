import type { Incoming, Reply } from '#simulator/http.ts'
import { membershipsUrl, scopes } from './claims.ts'
import { toolWith } from './token.ts'
import { course, fullName, users, type Lms } from './state.ts'

const container = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json'

/** So small that three people fill two pages. */
const pageSize = 2

/** Who is in the course, page by page: https://www.imsglobal.org/spec/lti-nrps/v2p0 */
export function memberships(lms: Lms, incoming: Incoming, type_id: string): Reply {
  const tool = toolWith(lms, incoming, [scopes.memberships])
  if (!tool || tool.type_id !== type_id) return { status: 401 }
  const accept = incoming.headers.accept ?? '*/*'
  if (accept !== '*/*' && !accept.includes(container)) return { status: 406 }
  const { query } = incoming
  const members = users.filter(({ role }) => role !== 'Administrator')
  const from = Number(query.get('from') ?? 0)
  const limit = Math.min(Number(query.get('limit') ?? pageSize), pageSize)
  const url = membershipsUrl(lms, type_id)
  const next = from + limit < members.length ? `<${url}?limit=${limit}&from=${from + limit}>; rel="next"` : undefined
  return {
    status: 200,
    headers: { 'content-type': `${container}; charset=utf-8`, ...(next ? { link: next } : {}) },
    body: {
      id: url,
      context: course,
      members: members.slice(from, from + limit).map((user) => ({
        status: 'Active',
        roles: [user.role],
        user_id: user.id,
        lis_person_sourcedid: '',
        name: fullName(user),
        given_name: user.given_name,
        family_name: user.family_name,
        email: user.email,
      })),
    },
  }
}

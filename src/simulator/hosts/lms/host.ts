import type { Incoming, Reply } from '#simulator/http.ts'
import type { StandIn, Surroundings } from '#simulator/stand-ins.ts'
import { answerControl } from './control.ts'
import { contentItemReturn, saveActivities } from './deep-linking.ts'
import { lineItem, lineItems, results, scores } from './grades.ts'
import { platformKeys } from './keys.ts'
import { authorize } from './launch.ts'
import { memberships } from './memberships.ts'
import { loginPage, pages } from './pages.ts'
import { openidConfiguration, register } from './registration.ts'
import { sessionOf } from './session.ts'
import { newLms, type Lms } from './state.ts'
import { issueToken } from './token.ts'

const prefix = '/hosts/lms'

/**
 * An LMS that is an LTI 1.3 Advantage platform, as strict as Moodle is: what it refuses, Moodle refuses. One course, a teacher, two
 * students and an administrator, whose addresses are those of the simulated Zoom's users.
 */
export function lmsHost({ base }: Surroundings): StandIn {
  let lms = newLms(base + prefix)
  return {
    prefix,
    handle: (incoming) => answer(lms, incoming),
    reset() {
      lms = newLms(base + prefix)
    },
  }
}

async function answer(lms: Lms, incoming: Incoming): Promise<Reply> {
  const { method, path } = incoming
  if (path.startsWith(`${prefix}/_/`)) return answerControl(lms, incoming, prefix)
  const below = path.slice(prefix.length) || '/'
  const open = doors[`${method} ${below}`]
  if (open) return open(lms, incoming)
  if (below.startsWith('/services/')) return answerService(lms, incoming, below)
  const show = pages[`${method} ${below}`]
  if (!show) return { status: 404, body: `there is nothing at ${method} ${path}` }
  const session = sessionOf(lms, incoming)
  return session ? show(lms, incoming, session) : { status: 303, headers: { location: `${prefix}/login` } }
}

type Door = (lms: Lms, incoming: Incoming) => Reply | Promise<Reply>

/** What tools and browsers ask without being signed in, or before they are. */
const doors: Record<string, Door> = {
  'GET /openid-configuration': openidConfiguration,
  'POST /openid-registration': register,
  'GET /certs': async (lms) => ({ status: 200, body: { keys: [(await platformKeys(lms)).publicJwk] } }),
  'GET /auth': authorize,
  'POST /auth': authorize,
  'POST /token': issueToken,
  'POST /contentitem_return': contentItemReturn,
  'POST /activities': saveActivities,
  'GET /login': loginPage,
  'POST /login': loginPage,
}

const services: [RegExp, (lms: Lms, incoming: Incoming, id: string) => Reply][] = [
  [/^\/services\/CourseSection\/2\/bindings\/(\d+)\/memberships$/, memberships],
  [/^\/services\/2\/lineitems()$/, lineItems],
  [/^\/services\/2\/lineitems\/(\d+)\/lineitem$/, lineItem],
  [/^\/services\/2\/lineitems\/(\d+)\/lineitem\/scores$/, scores],
  [/^\/services\/2\/lineitems\/(\d+)\/lineitem\/results$/, results],
]

function answerService(lms: Lms, incoming: Incoming, below: string): Reply {
  if (lms.fault.left > 0) {
    lms.fault.left--
    return { status: lms.fault.status }
  }
  for (const [path, handle] of services) {
    const found = path.exec(below)
    if (found) return handle(lms, incoming, found[1] ?? '')
  }
  return { status: 404 }
}

import { ForbiddenError, InputError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { enter } from './enter.ts'
import { plan, showFrame } from './frame.ts'
import { publicKeys } from './keys.ts'
import { verifiedLaunch } from './launch.ts'
import { login } from './login.ts'
import { askToRegisterPage, registeredPage } from './pages/register-page.ts'
import { refusalPage } from './pages/refusal-page.ts'
import { register, registrationOfToken } from './registration.ts'
import { sessionOf } from './sessions.ts'
import { iconSvg, ltiPath } from './tool.ts'

type Asked = RouteRequest<{ token: string }, Record<string, string | undefined>>

/** A page in a frame of another site; forms come as bytes, refusals are pages as well. */
const framed = (
  method: Route['method'],
  path: string,
  handle: (request: Asked, hub: Hub) => Promise<Reply>,
): Route => ({
  method,
  path,
  auth: 'public',
  rawBody: true,
  frame: true,
  problem: refusalPage,
  handle,
})

/** What LMSs and the browsers in them ask. */
export const routes: Route[] = [
  framed('GET', '/lti/login', async ({ query, headers }, hub) => login(hub, paramsOf(query), headers)),
  framed('POST', '/lti/login', async ({ raw, headers }, hub) => login(hub, formOf(raw), headers)),

  framed('POST', '/lti/launch', async ({ raw, headers }, hub) => {
    const token = await enter(hub, await verifiedLaunch(hub, formOf(raw), headers))
    return { status: 303, headers: { location: `${ltiPath(hub)}/frame/${token}` } }
  }),
  // Platforms' own servers look here for something to import; people come here by a bookmark.
  framed('GET', '/lti/launch', async () => {
    throw new ForbiddenError('Open this from the course: it is where an LMS brings you, and nothing by itself.')
  }),

  framed('GET', '/lti/frame/:token', async ({ params: { token }, headers }, hub) =>
    showFrame(hub, token, await sessionOf(hub, token, headers)),
  ),
  framed('POST', '/lti/frame/:token/plan', async ({ params: { token }, headers, raw }, hub) =>
    plan(hub, token, await sessionOf(hub, token, headers), formOf(raw)),
  ),

  framed('GET', '/lti/register/:token', async ({ params: { token }, query }, hub) => {
    const { name } = await registrationOfToken(hub, token)
    return askToRegisterPage(hub, name, `${ltiPath(hub)}/register/${token}`, registrationAsked(paramsOf(query)))
  }),
  framed('POST', '/lti/register/:token', async ({ params: { token }, raw }, hub) =>
    registeredPage(hub, await register(hub, token, registrationAsked(formOf(raw)))),
  ),

  {
    method: 'GET',
    path: '/lti/jwks',
    auth: 'public',
    handle: async (_request: RouteRequest, hub) => ({ status: 200, body: await publicKeys(hub) }),
  },
  {
    method: 'GET',
    path: '/lti/icon.svg',
    auth: 'public',
    handle: async () => ({ status: 200, headers: { 'content-type': 'image/svg+xml' }, body: iconSvg() }),
  },
]

const formOf = (raw: Uint8Array): URLSearchParams => withoutNul(new URLSearchParams(Buffer.from(raw).toString('utf8')))

/** A field that stands twice in a query is read as its last value. */
const paramsOf = (query: Record<string, string | string[] | undefined>): URLSearchParams =>
  withoutNul(
    new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, each ?? ''] as [string, string]),
      ),
    ),
  )

/** PostgreSQL's text cannot hold it, and nobody means it. @throws InputError */
function withoutNul(fields: URLSearchParams): URLSearchParams {
  if ([...fields.values()].some((value) => value.includes('\0')))
    throw new InputError('This holds the character NUL, which belongs into no field')
  return fields
}

function registrationAsked(fields: URLSearchParams): { openid_configuration: string; registration_token: string } {
  const openid_configuration = fields.get('openid_configuration') ?? ''
  if (!URL.canParse(openid_configuration) || !/^https?:$/.test(new URL(openid_configuration).protocol))
    throw new InputError(
      'Paste this URL into your LMS where it adds a tool by dynamic registration, and open it from there.',
    )
  return { openid_configuration, registration_token: fields.get('registration_token') ?? '' }
}

import type { Incoming, Reply } from '#simulator/http.ts'
import { messageClaims } from './claims.ts'
import { signed } from './keys.ts'
import { autoPost, htmlPage } from './layout.ts'
import { fieldsOf, repost, sessionOf } from './session.ts'
import type { Launch, Lms, Tool, User } from './state.ts'

/** An id token lives this many seconds, as Moodle's. */
const life_s = 60

/** A launch of an activity, or a choice of content; undefined when there is no such thing or the tool is not activated. */
export function beginLaunch(lms: Lms, user: User, what: { cmid: string } | { type_id: string }): Launch | undefined {
  const activity = 'cmid' in what ? lms.activities.get(what.cmid) : undefined
  const tool = lms.tools.get('type_id' in what ? what.type_id : (activity?.type_id ?? ''))
  if (tool?.state !== 'configured' || ('cmid' in what && !activity)) return
  const target = activity ? activity.url : tool.deep_linking_uri
  if (!target) return
  const launchid = `ltilaunch_${crypto.randomUUID()}`
  const launch = { launchid, user_id: user.id, type_id: tool.type_id, cmid: activity?.cmid, target_link_uri: target }
  lms.launches.set(launchid, launch)
  return launch
}

/** What the browser takes to the tool first: https://www.imsglobal.org/spec/security/v1p0/#step-1-third-party-initiated-login */
export function loginRequest(lms: Lms, launch: Launch): { action: string; fields: Record<string, string> } {
  const tool = lms.tools.get(launch.type_id) as Tool
  const { launchid, cmid } = launch
  return {
    action: tool.initiate_login_uri,
    fields: {
      iss: lms.issuer,
      target_link_uri: launch.target_link_uri,
      login_hint: launch.user_id,
      lti_message_hint: JSON.stringify(cmid === undefined ? { launchid } : { cmid: Number(cmid), launchid }),
      client_id: tool.client_id,
      lti_deployment_id: tool.type_id,
    },
  }
}

/** The authorization endpoint: the tool asks for the message, the browser takes it there. */
export async function authorize(lms: Lms, incoming: Incoming): Promise<Reply> {
  const again = repost(lms, incoming)
  if (again) return again
  const asked = Object.fromEntries(fieldsOf(incoming))
  const session = sessionOf(lms, incoming)
  const tool = [...lms.tools.values()].find(({ client_id }) => client_id === asked['client_id'])
  const redirect_uri = asked['redirect_uri'] ?? ''
  // Without a tool that is known to live there, nothing is sent there.
  if (!tool?.redirect_uris.includes(redirect_uri))
    return htmlPage('Error', '<main><h1>Invalid request</h1></main>', 400)
  const { state } = asked
  const answer = (fields: Record<string, string>): Reply =>
    autoPost(redirect_uri, Object.entries({ ...fields, ...(state === undefined ? {} : { state }) }))
  const launch = lms.launches.get(launchIdOf(asked['lti_message_hint']))
  const refusal = refusalOf(asked, tool, launch, session?.user.id)
  if (refusal) return answer(refusal)
  if (!launch || !session) return answer({ error: 'login_required' })
  lms.launches.delete(launch.launchid)
  const claims = messageClaims(lms, tool, session.user, launch, asked['nonce'] ?? '', session.sesskey)
  return answer({ id_token: await signed(lms, claims, life_s) })
}

const launchIdOf = (hint = ''): string => /"launchid":"([^"]+)"/.exec(hint)?.[1] ?? ''

/** https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
function refusalOf(
  asked: Record<string, string>,
  tool: Tool,
  launch: Launch | undefined,
  user_id: string | undefined,
): Record<string, string> | undefined {
  const invalid = (error_description: string) => ({ error: 'invalid_request', error_description })
  if (!asked['login_hint'] || !asked['nonce'] || !asked['lti_message_hint']) return invalid('Missing parameter')
  if (asked['scope'] !== 'openid') return { error: 'invalid_scope' }
  if (asked['response_type'] !== 'id_token') return { error: 'unsupported_response_type' }
  if (asked['response_mode'] !== 'form_post') return invalid('Invalid response_mode')
  if (asked['prompt'] !== 'none') return invalid('Invalid prompt')
  if (!launch) return invalid('No such launch, or it was used')
  if (launch.type_id !== tool.type_id || tool.state !== 'configured') return { error: 'unauthorized_client' }
  if (user_id === undefined) return { error: 'login_required' }
  if (asked['login_hint'] !== user_id || launch.user_id !== user_id) return { error: 'access_denied' }
  return undefined
}

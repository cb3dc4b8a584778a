import { decodeJwt } from 'jose'
import type { Incoming, Reply } from '#simulator/http.ts'
import { verifiedOfTool } from './keys.ts'
import type { Lms, Tool } from './state.ts'

const life_s = 3600

/** A tool proves itself by its key and gets a token for the services: https://www.imsglobal.org/spec/security/v1p0/#using-json-web-tokens-with-oauth-2-0-client-credentials-grant */
export async function issueToken(lms: Lms, { headers, body }: Incoming): Promise<Reply> {
  if (!/^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? '')) return refused('invalid_request')
  const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
  const { grant_type, client_assertion_type, client_assertion = '', scope = '' } = form
  if (!client_assertion || !scope) return refused('invalid_request')
  if (grant_type !== 'client_credentials') return refused('unsupported_grant_type')
  if (client_assertion_type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
    return refused('unsupported_grant_type')
  const tool = await toolOf(lms, client_assertion).catch(() => undefined)
  if (!tool) return refused('invalid_client')
  const scopes = scope.split(' ').filter((each) => tool.scopes.includes(each))
  if (scopes.length === 0) return refused('invalid_scope')
  const access_token = crypto.randomUUID()
  lms.access_tokens.set(access_token, { type_id: tool.type_id, scopes, expires_at: Date.now() + life_s * 1000 })
  return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: life_s, scope: scopes.join(' ') } }
}

const refused = (error: string): Reply => ({ status: 400, body: { error } })

/** Who signed the assertion; each `jti` counts once. */
async function toolOf(lms: Lms, assertion: string): Promise<Tool | undefined> {
  const { sub } = decodeJwt(assertion)
  const tool = [...lms.tools.values()].find(({ client_id }) => client_id === sub)
  if (tool?.state !== 'configured') return
  const { jti } = await verifiedOfTool(lms, tool, assertion, [`${lms.issuer}/token`])
  const once = `${tool.client_id} ${jti}`
  if (!jti || lms.seen.has(once)) return
  lms.seen.add(once)
  return tool
}

/** The tool behind a request to a service, when its token allows one of these. */
export function toolWith(lms: Lms, { headers }: Incoming, allowed: readonly string[]): Tool | undefined {
  const held = lms.access_tokens.get(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
  if (!held || held.expires_at <= Date.now() || !held.scopes.some((scope) => allowed.includes(scope))) return
  return lms.tools.get(held.type_id)
}

import { z } from 'zod'
import type { Incoming, Reply } from '#simulator/http.ts'
import { scopes } from './claims.ts'
import { signed, verifiedOwn } from './keys.ts'
import { nextId, type Lms, type Tool } from './state.ts'

const configurationClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration'

/** What the platform says of itself to a tool: https://www.imsglobal.org/spec/lti-dr/v1p0#platform-configuration */
export const openidConfiguration = ({ issuer }: Lms): Reply => ({
  status: 200,
  body: {
    issuer,
    token_endpoint: `${issuer}/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256'],
    jwks_uri: `${issuer}/certs`,
    authorization_endpoint: `${issuer}/auth`,
    registration_endpoint: `${issuer}/openid-registration`,
    scopes_supported: Object.values(scopes),
    response_types_supported: ['id_token'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'iss', 'name', 'given_name', 'family_name', 'email'],
    'https://purl.imsglobal.org/spec/lti-platform-configuration': {
      product_family_code: 'moodle',
      version: '4.5.5 (stand-in)',
      messages_supported: [
        { type: 'LtiResourceLinkRequest' },
        { type: 'LtiDeepLinkingRequest', placements: ['ContentArea'] },
      ],
      variables: [],
    },
  },
})

/** Where an administrator's browser goes to let a tool register itself; `type_id` names the one to be brought up to date. */
export async function registrationAddress(lms: Lms, url: string, type_id?: string): Promise<string> {
  const claims = type_id ? { sub: type_id, scope: 'reg-update' } : { sub: newClientId(), scope: 'reg' }
  const address = new URL(url)
  address.searchParams.set('openid_configuration', `${lms.issuer}/openid-configuration`)
  address.searchParams.set('registration_token', await signed(lms, claims, 3600))
  return address.href
}

const newClientId = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 15)

/** The tools on the same host: the platform asks whether one of them is meant. */
export const toolsOfDomain = (lms: Lms, url: string): Tool[] =>
  URL.canParse(url) ? [...lms.tools.values()].filter(({ domain }) => domain === new URL(url).host) : []

const registration = z.object({
  application_type: z.literal('web').optional(),
  client_name: z.string().min(1),
  response_types: z.array(z.string()).refine((types) => types.includes('id_token'), 'invalid_response_types'),
  grant_types: z.array(z.string()),
  token_endpoint_auth_method: z.literal('private_key_jwt', 'invalid_token_endpoint_auth_method'),
  initiate_login_uri: z.url(),
  redirect_uris: z.array(z.url(), 'invalid_redirect_uris').min(1),
  jwks_uri: z.url(),
  logo_uri: z.url().optional(),
  scope: z.string().default(''),
  [configurationClaim]: z.object({
    domain: z.string().min(1),
    target_link_uri: z.url(),
    description: z.string().optional(),
    claims: z.array(z.string()).default([]),
    custom_parameters: z.record(z.string(), z.string()).default({}),
    messages: z.array(z.object({ type: z.string(), target_link_uri: z.url().optional() })).default([]),
  }),
})

/** A tool registers itself with the token that came along. It waits for an administrator. */
export async function register(lms: Lms, { headers, body }: Incoming): Promise<Reply> {
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1]
  if (!token) return refused(401, 'missing_registration_token')
  const granted = await verifiedOwn(lms, token).catch(() => undefined)
  if (!granted?.sub) return refused(401, 'invalid_registration_token')
  const update = granted['scope'] === 'reg-update' ? lms.tools.get(granted.sub) : undefined
  const taken = [...lms.tools.values()].some(({ client_id }) => client_id === granted.sub)
  if (taken) return refused(401, 'token_already_used')
  const read = registration.safeParse(json(body))
  if (!read.success) return refused(400, `missing required attribute ${read.error.issues[0]?.path.join('.')}`)
  const configuration = read.data[configurationClaim]
  if (new URL(configuration.target_link_uri).host !== configuration.domain)
    return refused(400, 'domain_targetlinkuri_mismatch')
  const tool = toolOf(read.data, update?.type_id ?? nextId(lms), update?.client_id ?? granted.sub)
  lms.tools.set(tool.type_id, tool)
  return { status: 200, body: answerOf(tool, read.data.grant_types) }
}

const refused = (status: number, body: string): Reply => ({ status, body })

const json = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function toolOf(asked: z.infer<typeof registration>, type_id: string, client_id: string): Tool {
  const { domain, target_link_uri, description, claims, custom_parameters, messages } = asked[configurationClaim]
  const choice = messages.find(({ type }) => type === 'LtiDeepLinkingRequest')
  return {
    type_id,
    client_id,
    state: 'pending',
    name: asked.client_name,
    description: description ?? '',
    icon: asked.logo_uri ?? '',
    domain,
    target_link_uri,
    deep_linking_uri: choice && (choice.target_link_uri ?? target_link_uri),
    initiate_login_uri: asked.initiate_login_uri,
    redirect_uris: asked.redirect_uris,
    jwks_uri: asked.jwks_uri,
    scopes: asked.scope.split(' ').filter((scope) => (Object.values(scopes) as string[]).includes(scope)),
    claims,
    custom: custom_parameters,
  }
}

const answerOf = (tool: Tool, grant_types: string[]): object => ({
  client_id: tool.client_id,
  application_type: 'web',
  response_types: ['id_token'],
  grant_types,
  token_endpoint_auth_method: 'private_key_jwt',
  client_name: tool.name,
  logo_uri: tool.icon,
  jwks_uri: tool.jwks_uri,
  initiate_login_uri: tool.initiate_login_uri,
  redirect_uris: tool.redirect_uris,
  scope: tool.scopes.join(' '),
  [configurationClaim]: {
    deployment_id: tool.type_id,
    domain: tool.domain,
    target_link_uri: tool.target_link_uri,
    description: tool.description,
    custom_parameters: tool.custom,
    claims: ['sub', 'iss', ...tool.claims],
  },
})

import { markAddress } from '#hub/page/mark.ts'
import { basePath } from '#hub/page/page.ts'
import type { Hub } from '#hub/hub.ts'
import { scope } from './claims.ts'

/** Where platforms find us. */
export const toolUrls = ({ publicUrl }: Pick<Hub, 'publicUrl'>) => ({
  login: `${publicUrl}/lti/login`,
  launch: `${publicUrl}/lti/launch`,
  jwks: `${publicUrl}/lti/jwks`,
  icon: `${publicUrl}/lti/icon.svg`,
})

/** The path under which our frames live: what their cookie is for. */
export const ltiPath = (hub: Hub): string => `${basePath(hub)}/lti`

/** Whether a message is meant for us: platforms may add a query of their own to the address. */
export function isOurs(hub: Hub, target_link_uri: string): boolean {
  if (!URL.canParse(target_link_uri)) return false
  const { origin, pathname, username, password } = new URL(target_link_uri)
  return origin + pathname === toolUrls(hub).launch && username === '' && password === ''
}

export const toolConfigurationClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration'

/** What we say of ourselves to a platform: https://www.imsglobal.org/spec/lti-dr/v1p0#client-registration-request */
export function registrationOf(hub: Hub): Record<string, unknown> {
  const { login, launch, jwks, icon } = toolUrls(hub)
  return {
    application_type: 'web',
    client_name: 'Greenroom',
    client_uri: hub.publicUrl,
    logo_uri: icon,
    response_types: ['id_token'],
    grant_types: ['client_credentials', 'implicit'],
    token_endpoint_auth_method: 'private_key_jwt',
    initiate_login_uri: login,
    redirect_uris: [launch],
    jwks_uri: jwks,
    scope: Object.values(scope).join(' '),
    [toolConfigurationClaim]: {
      domain: new URL(hub.publicUrl).host,
      description: 'Zoom meetings in the course: plan, join, attendance, grades, recordings',
      target_link_uri: launch,
      custom_parameters: {},
      claims: ['iss', 'sub', 'name', 'given_name', 'family_name', 'email'],
      messages: [
        { type: 'LtiResourceLinkRequest', target_link_uri: launch, label: 'Zoom meeting' },
        { type: 'LtiDeepLinkingRequest', target_link_uri: launch, label: 'Zoom meeting', icon_uri: icon },
      ],
    },
  }
}

/** Our sign as a file, for the platform's list of tools. */
export const iconSvg = (): string => decodeURIComponent(markAddress.slice('data:image/svg+xml,'.length))

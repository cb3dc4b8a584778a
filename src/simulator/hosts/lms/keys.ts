import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
} from 'jose'
import type { Lms, Tool } from './state.ts'

export interface KeySet {
  kid: string
  privateKey: CryptoKey
  publicJwk: JWK
}

/** The platform's key, made once. */
export const platformKeys = (lms: Lms): Promise<KeySet> => (lms.keys ??= newKeys())

async function newKeys(): Promise<KeySet> {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const kid = crypto.randomUUID()
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

/**
 * A message of the platform, good for `seconds`. The time is the machine's, whatever the simulator's clock says: tools refuse
 * what comes from the future.
 */
export async function signed(lms: Lms, claims: JWTPayload, seconds: number): Promise<string> {
  const { kid, privateKey } = await platformKeys(lms)
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ ...claims, iss: lms.issuer, iat: now, exp: now + seconds })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
    .sign(privateKey)
}

/** The claims of one's own message. @throws when it is not one's own or has expired. */
export async function verifiedOwn(lms: Lms, jwt: string): Promise<JWTPayload> {
  const { publicJwk } = await platformKeys(lms)
  const { payload } = await jwtVerify(jwt, createLocalJWKSet({ keys: [publicJwk] }), {
    issuer: lms.issuer,
    algorithms: ['RS256'],
  })
  return payload
}

/** The claims of a tool's message, by the keys that the tool publishes, which are asked for each time. @throws when it is not its own. */
export async function verifiedOfTool(lms: Lms, tool: Tool, jwt: string, audience: string[]): Promise<JWTPayload> {
  const answer = await fetch(tool.jwks_uri, { headers: { 'user-agent': botAgent(lms) } })
  const keys = (await answer.json()) as JSONWebKeySet
  const { payload } = await jwtVerify(jwt, createLocalJWKSet(keys), {
    algorithms: ['RS256'],
    issuer: tool.client_id,
    audience,
    requiredClaims: ['exp', 'iat'],
    clockTolerance: 5,
    // What is signed in the future is refused, too.
    maxTokenAge: 3600,
  })
  return payload
}

/** How the platform's server names itself when it asks a tool for something. */
export const botAgent = ({ issuer }: Lms): string => `MoodleBot/4.5 (+${issuer})`

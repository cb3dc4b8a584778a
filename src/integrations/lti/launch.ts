import { errors, jwtVerify, type JWTPayload } from 'jose'
import { z } from 'zod'
import { UnavailableError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { placeById } from '#hub/places.ts'
import { browserOf, isSameBrowser } from './browser.ts'
import { claim, message, type Message } from './claims.ts'
import { takeLogin } from './login.ts'
import { keysOf } from './platform-keys.ts'
import { deploymentsOf, platformOfPlace, type Platform } from './platforms.ts'
import { tables } from './tables.ts'
import { isOurs } from './tool.ts'

/** A launch that is not believed: `reason` is for the log and the person, in one sentence. */
export class LaunchRefusedError extends Error {
  override name = 'LaunchRefusedError'
}

export interface Launch {
  platform: Platform
  message: Message
  browser_hash: Buffer
}

/** Clocks of two servers are off by seconds, not by minutes. */
const leeway_s = 10

/**
 * Believes a launch or does not: https://www.imsglobal.org/spec/security/v1p0/#authentication-response-validation. The state and its
 * browser come first, so that nothing of a stranger's message is even read.
 * @throws LaunchRefusedError; UnavailableError when the platform's keys cannot be fetched.
 */
export async function verifiedLaunch(
  hub: Hub,
  form: URLSearchParams,
  headers: Parameters<typeof browserOf>[0],
): Promise<Launch> {
  const [state, id_token] = [form.get('state') ?? '', form.get('id_token') ?? '']
  if (!state) throw new LaunchRefusedError('This is no launch: it brings no state. Open the activity in the course.')
  const begun = await takeLogin(hub, state)
  if (!begun) throw new LaunchRefusedError('This launch was used before, or took too long. Open the activity again.')
  if (!isSameBrowser(browserOf(headers), begun.browser_hash))
    throw new LaunchRefusedError(
      'This launch began in another browser, or this one keeps no cookies here. Open the activity again, in its own window if that is offered.',
    )
  if (form.get('error'))
    throw new LaunchRefusedError(`The LMS refused: ${form.get('error_description') ?? form.get('error')}`)
  const platform = await platformOfPlace(hub, begun.place_id)
  if (!platform) throw new LaunchRefusedError('This LMS is not connected any more')
  const claims = await verifiedClaims(hub, platform, id_token)
  if (claims['nonce'] !== begun.nonce) throw new LaunchRefusedError('The message belongs to another launch (nonce)')
  return { platform, message: await checkedMessage(hub, platform, claims), browser_hash: begun.browser_hash }
}

/** Signed by the platform, for us, now. */
async function verifiedClaims(hub: Hub, platform: Platform, id_token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(id_token, keysOf(hub, platform), {
      algorithms: ['RS256'],
      issuer: platform.issuer,
      audience: platform.client_id,
      requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
      clockTolerance: leeway_s,
      // Whatever `exp` says: a message of an hour ago is not a launch.
      maxTokenAge: 3600,
      currentDate: new Date(hub.runtime.now()),
    })
    const { azp } = payload
    if (
      (Array.isArray(payload.aud) && payload.aud.length > 1 && azp === undefined) ||
      (azp !== undefined && azp !== platform.client_id)
    )
      throw new LaunchRefusedError('The message is for another tool (azp)')
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError)
      throw new LaunchRefusedError(`The message is not believed: ${error.message}`, { cause: error })
    if (error instanceof LaunchRefusedError || error instanceof UnavailableError) throw error
    throw new UnavailableError('The keys of the LMS cannot be read', undefined, { cause: error })
  }
}

async function checkedMessage(hub: Hub, platform: Platform, claims: JWTPayload): Promise<Message> {
  if (claims[claim.version] !== '1.3.0') throw new LaunchRefusedError('The message is not of LTI 1.3')
  if (JSON.stringify(claims).includes(String.raw`\u0000`))
    throw new LaunchRefusedError('The message holds the character NUL')
  const read = message.safeParse(claims)
  if (!read.success) throw new LaunchRefusedError(`The message is not complete: ${z.prettifyError(read.error)}`)
  if (!isOurs(hub, read.data[claim.target_link_uri]))
    throw new LaunchRefusedError('The message leads somewhere else than to Greenroom (target_link_uri)')
  await knownDeployment(hub, platform, read.data[claim.deployment_id])
  const place = await placeById(hub, platform.place_id)
  if (place?.state !== 'on') throw new LaunchRefusedError('Greenroom is switched off for this LMS')
  return read.data
}

/** A platform that did not say its deployment as it registered is taken at its first word; after that it is fixed. */
async function knownDeployment(hub: Hub, { place_id }: Platform, deployment_id: string): Promise<void> {
  const known = await deploymentsOf(hub, place_id)
  if (known.includes(deployment_id)) return
  if (known.length > 0) throw new LaunchRefusedError(`Deployment ${deployment_id} is not known here`)
  await tables(hub.db)
    .insertInto('lti_deployment')
    .values({ place_id, deployment_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import type { Place } from '#hub/resources.ts'
import { fetchKeys } from './platform-keys.ts'
import { deploymentsOf, platformOfPlace, type Platform } from './platforms.ts'
import { tables } from './tables.ts'

/** What an administrator has to mend before courses work. */
export async function doctor(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const { any } = await tables(hub.db)
    .selectFrom('lti_platform')
    .where('workspace_id', '=', workspace_id)
    .select(({ fn }) => fn.countAll<string>().as('any'))
    .executeTakeFirstOrThrow()
  return any === '0' ? [] : [framesOf(hub)]
}

function framesOf(hub: Hub): Finding {
  const { protocol, hostname } = new URL(hub.publicUrl)
  if (protocol === 'https:' || hostname === 'localhost')
    return { check: 'LMS frames', state: 'ok', message: 'Browsers can keep the cookie that a launch needs' }
  return {
    check: 'LMS frames',
    state: 'failed',
    message: `In the frame of an LMS browsers keep cookies of secure addresses alone; ${hub.publicUrl} is none`,
    fix: 'Serve Greenroom by https and set PUBLIC_URL to that address',
  }
}

/** One LMS: whether launches from it can be verified, and whether it is known whence they come. */
export async function checkPlace(hub: Hub, { id, name }: Pick<Place, 'id' | 'name'>): Promise<Finding[]> {
  const platform = await platformOfPlace(hub, id)
  if (!platform) return []
  const deployments = await deploymentsOf(hub, id)
  return [
    framesOf(hub),
    await keysFound(hub, platform, name),
    deployments.length > 0
      ? { check: `${name}: deployments`, state: 'ok', message: `Launches come from ${deployments.join(', ')}` }
      : {
          check: `${name}: deployments`,
          state: 'warning',
          message: 'No deployment is known yet: it comes with the first launch or with the registration',
          fix: 'Add the tool to a course in the LMS and open it once',
        },
  ]
}

async function keysFound(hub: Hub, platform: Platform, name: string): Promise<Finding> {
  const check = `${name}: keys`
  try {
    const { keys } = await fetchKeys(hub, platform)
    if (keys.length > 0)
      return {
        check,
        state: 'ok',
        message: `${platform.issuer} publishes ${keys.length === 1 ? 'one key' : `${keys.length} keys`}`,
      }
    return {
      check,
      state: 'failed',
      message: `${platform.jwks_uri} holds no key: no launch can be verified`,
      fix: 'An administrator of the LMS looks at its LTI keys',
    }
  } catch (error) {
    return {
      check,
      state: 'failed',
      message: `${platform.jwks_uri} cannot be read, so no launch can be verified: ${sentenceOf(error)}`,
      fix: `Let this machine reach ${new URL(platform.jwks_uri).origin}; register the tool anew when the LMS has moved`,
    }
  }
}

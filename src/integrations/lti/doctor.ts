import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { tables } from './tables.ts'

/** What an administrator has to mend before courses work. */
export async function doctor(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const { any } = await tables(hub.db)
    .selectFrom('lti_platform')
    .where('workspace_id', '=', workspace_id)
    .select(({ fn }) => fn.countAll<string>().as('any'))
    .executeTakeFirstOrThrow()
  if (any === '0') return []
  const { protocol, hostname } = new URL(hub.publicUrl)
  if (protocol === 'https:' || hostname === 'localhost')
    return [{ check: 'LMS frames', state: 'ok', message: 'Browsers can keep the cookie that a launch needs' }]
  return [
    {
      check: 'LMS frames',
      state: 'failed',
      message: `In the frame of an LMS browsers keep cookies of secure addresses alone; ${hub.publicUrl} is none`,
      fix: 'Serve Greenroom by https and set PUBLIC_URL to that address',
    },
  ]
}

import { sentenceOf } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import type { Place } from '#hub/resources.ts'

const patience_ms = 10_000

/** Whether the pages of a site are found at the address that people are given, so that the proxy before us is tried, too. */
export async function checkPlace(hub: Hub, { name }: Pick<Place, 'name'>): Promise<Finding[]> {
  const check = `${name}: address`
  const url = `${hub.publicUrl}/healthz`
  const fix = 'Let the proxy hand everything below PUBLIC_URL to Greenroom, the path unchanged'
  try {
    const { status } = await hub.outgoing([hub.publicUrl])(url, { signal: AbortSignal.timeout(patience_ms) })
    if (status === 200) return [{ check, state: 'ok', message: `Pages are served at ${hub.publicUrl}/m/…` }]
    return [{ check, state: 'failed', message: `${url} answered ${status}`, fix }]
  } catch (error) {
    return [{ check, state: 'failed', message: `${url} cannot be reached: ${sentenceOf(error)}`, fix }]
  }
}

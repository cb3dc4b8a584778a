import { allPools, refusedSince } from '#store/licences.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'

const day_ms = 86_400_000

/** Whether everybody who needed a licence of late was lent one. */
export async function checkLicences(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const pools = (await allPools(hub.db)).filter((pool) => pool.workspace_id === workspace_id && pool.state === 'on')
  if (pools.length === 0) return []
  const refused = await refusedSince(hub.db, workspace_id, new Date(hub.runtime.now() - day_ms))
  if (refused.length === 0)
    return [{ check: 'licences', state: 'ok', message: 'Everybody who needed a licence in the last day was lent one' }]
  const [first] = refused
  return [
    {
      check: 'licences',
      state: 'warning',
      message: `${refused.length === 1 ? (first?.email ?? 'A host') : `${refused.length} hosts, ${first?.email} among them,`} could not be lent a licence in the last day. ${first?.refusal?.message ?? ''}`,
      fix: 'Look under People, Licences: protect fewer people, shorten the time before meetings, or buy seats at Zoom under “Account Management”, “Billing”',
    },
  ]
}

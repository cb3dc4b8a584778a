import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { tablesOf } from './tables.ts'

/** Where users have allowed bots, there must be something that sends them. */
export async function botsDoctor(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const some = await tablesOf(hub.db)
    .selectFrom('bot_connection')
    .select('connection_id')
    .where('workspace_id', '=', workspace_id)
    .where('deleted_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return some ? [runnerOf(hub)] : []
}

/** A place of bots is as well as what sends them. */
export const checkPlace = (hub: Hub): Promise<Finding[]> => Promise.resolve([runnerOf(hub)])

function runnerOf(hub: Hub): Finding {
  if (hub.botRunnerUrl) return { check: 'bots', state: 'ok', message: `Bots are sent by ${hub.botRunnerUrl}` }
  return {
    check: 'bots',
    state: 'warning',
    message: 'Users have allowed bots, and there is no runner that could send one',
    fix: 'Start with BOT_RUNNER_URL=…, the address of a runner: docs/bots.md',
  }
}

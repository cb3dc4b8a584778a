import { randomUUID } from 'node:crypto'
import { meetingByZoomId } from '#store/meetings.ts'
import { countDay, countHostChange, ensureQuota, spendDay, spendHost, takePlace, updateQuota } from '#store/quota.ts'
import { zoomUserByEmail } from '#store/zoom-users.ts'
import type { ConnectionRow } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import type { AskedCall, ZoomCall } from '#zoom/client.ts'
import type { ZoomRateLimitError } from '#zoom/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { assumed, changesPerHostAndDay, isChange, pace, told, type Label, type Limit } from './limits.ts'
import { hostSpent, queueName, waitForPlace, type Queue } from './wait.ts'

/** Zoom counts per account, whatever app, workspace or process of ours asks. */
export interface Account {
  api_base: string
  account_id: string
}

/** What this process keeps of the quota; the counts themselves are in the database. */
export interface Quota {
  process_id: string
  queues: Map<string, Queue>
  /** What Zoom told last, so that it is written when it changes. */
  told: Map<string, Limit>
}

export const createQuota = (): Quota => ({ process_id: randomUUID(), queues: new Map(), told: new Map() })

/** The account that a connection's calls count against. Without one known, the connection stands for itself. */
export const accountOf = (
  app: Pick<ZoomAppRow, 'api_base' | 'account_id'>,
  connection: Pick<ConnectionRow, 'id' | 'account_id'>,
): Account => ({ api_base: app.api_base, account_id: connection.account_id ?? app.account_id ?? connection.id })

/**
 * Resolves when a call may go out: it has a place among its account's. One statement when places are free and nobody waits.
 * @throws UnavailableError when it may not today, or would wait too long.
 */
export async function admit(hub: Hub, account: Account, connection: ConnectionRow, call: AskedCall): Promise<void> {
  if (call.label === 'none') return
  const host_id = await hostOf(hub, connection, call)
  if (host_id && !(await countHostChange(hub.db, account, host_id, changesPerHostAndDay)))
    throw hostSpent(host_id, changesPerHostAndDay, hub.runtime.now())
  const othersWait = hub.quota.queues.has(queueName(account, call.label))
  const free =
    !othersWait && call.label !== 'resource-intensive' && (await takePlace(hub.db, { ...account, label: call.label }))
  if (!free) await waitForPlace(hub, account, call.label)
}

/** A call, and what its reply told of the limits. */
interface Answered extends AskedCall {
  rate: ZoomCall['rate']
  refused: ZoomRateLimitError | undefined
}

/** Keeps what a reply tells of the limits: which plan's they are, what of the day other apps have used, and what is spent. */
export async function learn(hub: Hub, account: Account, connection: ConnectionRow, call: Answered): Promise<void> {
  const { label, rate, refused } = call
  if (label === 'none') return
  if (refused?.limit === 'per_user_per_day') {
    const host_id = await hostOf(hub, connection, call)
    if (host_id) await spendHost(hub.db, account, host_id, changesPerHostAndDay)
    return
  }
  const name = queueName(account, label)
  const known = hub.quota.told.get(name)
  const limit = told(label, known ?? assumed(label), rate.limit)
  if (rate.limit !== undefined && (!known || different(known, limit))) {
    await ensureQuota(hub.db, { ...account, label }, { ...limit, ...pace(limit) })
    await updateQuota(hub.db, { ...account, label }, { ...limit, ...pace(limit) })
    hub.quota.told.set(name, limit)
  }
  const dayLabel: Label = label === 'resource-intensive' ? 'heavy' : label
  if (refused?.limit === 'per_day') return spendDay(hub.db, { ...account, label: dayLabel })
  if (refused) return emptied(hub, account, label, refused.retry_at)
  if (rate.limit !== undefined && rate.limit === limit.per_day && rate.remaining !== undefined)
    await countDay(hub.db, { ...account, label: dayLabel }, 0, rate.limit - rate.remaining)
}

const different = (a: Limit, b: Limit): boolean =>
  a.requests !== b.requests || a.seconds !== b.seconds || a.per_day !== b.per_day

/** Zoom's bucket is empty, for other apps draw from it as well: so is ours, until the time that Zoom names. */
const emptied = (hub: Hub, account: Account, label: Label, retry_at: number | undefined): Promise<void> =>
  updateQuota(hub.db, { ...account, label }, { tokens: 0, filled_at: new Date(retry_at ?? hub.runtime.now()) })

/** Whose day a call counts against, when it creates or changes a meeting or webinar. */
async function hostOf(hub: Hub, connection: ConnectionRow, call: AskedCall): Promise<string | undefined> {
  if (!isChange(call.method, call.path)) return undefined
  const named = decodeURIComponent(call.target.split('/')[2] ?? '')
  if (call.method === 'PATCH') return (await meetingByZoomId(hub.db, connection.workspace_id, named))?.host_id
  if (named === 'me') return connection.zoom_user_id ?? undefined
  if (!named.includes('@')) return named
  return (await zoomUserByEmail(hub.db, connection.workspace_id, named))?.id ?? named.toLowerCase()
}

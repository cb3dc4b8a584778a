import { randomUUID } from 'node:crypto'
import { meetingByZoomId } from '#store/meetings.ts'
import {
  countDay,
  emptyQuota,
  ensureQuota,
  giveBackCap,
  spendCap,
  spendDay,
  takeCap,
  takePlace,
  updateQuota,
} from '#store/quota.ts'
import { zoomUserByEmail } from '#store/zoom-users.ts'
import type { ConnectionRow } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import type { AskedCall, ZoomCall } from '#zoom/client.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { mayBeDone } from '#hub/zoom-refusal.ts'
import { capOf, caps, registrantsOf, type Cap, type CapName } from './caps.ts'
import { assumed, pace, planTold, told, type Label, type Limit } from './limits.ts'
import { capSpent, queueName, waitForPlace, type Queue } from './wait.ts'

/** Zoom counts per account, whatever app, workspace or process of ours asks. */
export interface Account {
  api_base: string
  account_id: string
}

/** What this process keeps of the quota; the counts themselves are in the database. */
export interface Quota {
  process_id: string
  queues: Map<string, Queue>
  /** Of these one call asks for a place by itself just now; those that come meanwhile wait, and are served together. */
  asked: Set<string>
  /** What Zoom told last, so that it is written when it changes. */
  told: Map<string, Limit>
}

export const createQuota = (): Quota => ({
  process_id: randomUUID(),
  queues: new Map(),
  asked: new Set(),
  told: new Map(),
})

/** The account that a connection's calls count against. Without one known, the connection stands for itself. */
export const accountOf = (
  app: Pick<ZoomAppRow, 'api_base' | 'account_id'>,
  connection: Pick<ConnectionRow, 'id' | 'account_id'>,
): Account => ({ api_base: app.api_base, account_id: connection.account_id ?? app.account_id ?? connection.id })

/** One use of a cap that a call was counted for. */
export interface TakenCap {
  cap: CapName
  subject: string
  /** The end of the day that it counts in. */
  until: Date
}

/**
 * Resolves when a call may go out: it has a place among its account's. One statement when places are free and nobody waits.
 * @returns what it was counted for beside; `learn` wants it back.
 * @throws UnavailableError when it may not today, or would wait too long; then it counts for nothing.
 */
export async function admit(
  hub: Hub,
  account: Account,
  connection: ConnectionRow,
  call: AskedCall,
): Promise<TakenCap[]> {
  if (call.label === 'none') return []
  const taken = await takeCaps(hub, account, connection, call)
  try {
    const free = call.label !== 'resource-intensive' && (await isFree(hub, account, call.label))
    if (!free) await waitForPlace(hub, account, call.label)
    return taken
  } catch (error) {
    await giveBack(hub, account, taken)
    throw error
  }
}

/** Takes a place, if there is one and nobody waits. A burst of calls must not stand in the way of the one that serves them all. */
async function isFree(hub: Hub, account: Account, label: Label): Promise<boolean> {
  const { queues, asked } = hub.quota
  const name = queueName(account, label)
  if (queues.has(name) || asked.has(name)) return false
  asked.add(name)
  try {
    return await takePlace(hub.db, { ...account, label })
  } finally {
    asked.delete(name)
  }
}

async function takeCaps(hub: Hub, account: Account, connection: ConnectionRow, call: AskedCall): Promise<TakenCap[]> {
  const cap = capOf(call)
  if (!cap) return []
  const taken: TakenCap[] = []
  for (const subject of await subjectsOf[caps[cap].of](hub, connection, call)) {
    const use = await takeCap(hub.db, { ...account, cap, subject }, caps[cap].most)
    if ('wait_s' in use) {
      await giveBack(hub, account, taken)
      throw capSpent(caps[cap].rule, use.wait_s)
    }
    taken.push({ cap, subject, until: use.until })
  }
  return taken
}

async function giveBack(hub: Hub, account: Account, taken: readonly TakenCap[]): Promise<void> {
  for (const { cap, subject, until } of taken) await giveBackCap(hub.db, { ...account, cap, subject }, until)
}

/** A call, and what its reply told of the limits. */
interface Answered extends Pick<ZoomCall, 'label' | 'rate'> {
  failure: unknown
  taken: readonly TakenCap[]
}

/**
 * Keeps what a reply tells of the limits: which plan's they are, what of the day other apps have used, and what is spent. What Zoom
 * certainly has not done is not counted against its cap.
 */
export async function learn(hub: Hub, account: Account, { label, rate, failure, taken }: Answered): Promise<void> {
  if (label === 'none') return
  const refused = failure instanceof ZoomRateLimitError ? failure : undefined
  if (refused?.limit === 'per_user_per_day') {
    for (const { cap, subject } of taken) await spendCap(hub.db, { ...account, cap, subject }, caps[cap].most)
    return
  }
  if (failure && !mayBeDone(failure)) await giveBack(hub, account, taken)
  if (refused?.limit === 'concurrent') return
  const limit = await learnLimit(hub, account, label, rate.limit)
  if (refused?.limit === 'per_day')
    return spendDay(hub.db, { ...account, label: limit.day_label }, new Date(refused.retry_at ?? hub.runtime.now()))
  if (refused) return emptyQuota(hub.db, { ...account, label }, waitOf(refused, hub.runtime.now()))
  if (rate.limit !== undefined && rate.limit === limit.per_day && rate.remaining !== undefined)
    await countDay(hub.db, { ...account, label: limit.day_label }, 0, rate.limit - rate.remaining)
}

/** The limit that is in force, now that Zoom has told one. Where it names the plan, it tells those of the other labels as well. */
async function learnLimit(hub: Hub, account: Account, label: Label, heard: number | undefined): Promise<Limit> {
  const known = hub.quota.told.get(queueName(account, label))
  const limit = told(label, known ?? assumed(label), heard)
  if (heard === undefined || (known && same(known, limit))) return limit
  const news: [string, Limit][] = Object.entries({ ...planTold(label, heard), [label]: limit })
  for (const [each, its] of news) {
    await ensureQuota(hub.db, { ...account, label: each }, { ...its, ...pace(its) })
    await updateQuota(hub.db, { ...account, label: each }, { ...its, ...pace(its) })
    hub.quota.told.set(queueName(account, each as Label), its)
  }
  return limit
}

const same = (a: Limit, b: Limit): boolean =>
  a.requests === b.requests && a.seconds === b.seconds && a.per_day === b.per_day && a.day_label === b.day_label

/** No period of Zoom's is longer than a minute: who names a later end has another clock than we. */
const longestPeriod_ms = 60_000

const waitOf = ({ retry_at }: ZoomRateLimitError, now: number): number =>
  Math.min(longestPeriod_ms, Math.max(0, (retry_at ?? now) - now))

type Subjects = (hub: Hub, connection: ConnectionRow, call: AskedCall) => Promise<readonly string[]>

const subjectsOf: Record<Cap['of'], Subjects> = {
  host: hostOf,
  registrant: async (_hub, _connection, call) => registrantsOf(call),
}

/** Whose meeting or webinar is created or changed; none when the hub does not know it. */
async function hostOf(hub: Hub, connection: ConnectionRow, call: AskedCall): Promise<string[]> {
  const named = decodeURIComponent(call.target.split('/')[2] ?? '')
  if (call.method === 'PATCH') {
    const meeting = await meetingByZoomId(hub.db, connection.workspace_id, named)
    return meeting ? [meeting.host_id] : []
  }
  if (named === 'me') return connection.zoom_user_id ? [connection.zoom_user_id] : []
  if (!named.includes('@')) return [named]
  return [(await zoomUserByEmail(hub.db, connection.workspace_id, named))?.id ?? named.toLowerCase()]
}

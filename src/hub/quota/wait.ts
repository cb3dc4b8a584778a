import { UnavailableError } from '#core/errors.ts'
import type { Trx } from '#store/db.ts'
import {
  countDay,
  demandsOfOthers,
  ensureQuota,
  lockQuota,
  replaceDemands,
  updateQuota,
  type QuotaNow,
} from '#store/quota.ts'
import type { Hub } from '#hub/hub.ts'
import { assumed, pace, type Label } from './limits.ts'
import type { Account } from './quota.ts'
import { advance, deal, type Demand, type Waiting } from './share.ts'

/** Calls of this process that wait for places of one label. */
export interface Queue {
  account: Account
  label: Label
  waiters: Waiter[]
}

interface Waiter {
  integration: string
  waiting: Waiting
  since: number
  admitted: () => void
  refused: (error: unknown) => void
}

/** How long, in ms, a call waits at most before it is told when to come again. */
const patience = { person: 3_000, job: 60_000 } satisfies Record<Waiting, number>

/** Waits for a place. @throws UnavailableError at once when the day is spent, or when it would take too long; it tells when. */
export function waitForPlace(hub: Hub, account: Account, label: Label): Promise<void> {
  const name = queueName(account, label)
  const queue: Queue = hub.quota.queues.get(name) ?? { account, label, waiters: [] }
  const { integration, waiting } = hub.errand
  const place = new Promise<void>((admitted, refused) => {
    queue.waiters.push({ integration, waiting, since: hub.runtime.now(), admitted, refused })
  })
  if (!hub.quota.queues.has(name)) {
    hub.quota.queues.set(name, queue)
    void serve(hub, name, queue)
  }
  return place
}

export const queueName = ({ api_base, account_id }: Account, label: Label): string =>
  `${api_base} ${account_id} ${label}`

/** Takes places for those who wait until nobody does. No database connection is held between the rounds. */
async function serve(hub: Hub, name: string, queue: Queue): Promise<void> {
  try {
    while (queue.waiters.length > 0) {
      const pause = await round(hub, queue)
      if (queue.waiters.length > 0) await hub.runtime.sleep(pause)
    }
  } catch (error) {
    for (const { refused } of queue.waiters) refused(error)
  } finally {
    hub.quota.queues.delete(name)
  }
}

/** One round: what this process gets of the places there are, beside the others who wait. @returns the pause before the next, in ms. */
async function round(hub: Hub, queue: Queue): Promise<number> {
  const { account, label } = queue
  const key = { ...account, label }
  const mine = demandsOf(queue.waiters, hub.quota.process_id)
  const { row, taken, others, spent_s } = await hub.db.transaction().execute(async (trx) => {
    const held_row = await held(trx, account, label)
    const day_label = held_row.day_label as Label
    const dayRow = day_label === label ? undefined : await held(trx, account, day_label)
    const leftToday = dayLeft(dayRow ?? held_row)
    if (leftToday === 0) {
      await replaceDemands(trx, key, hub.quota.process_id, [])
      return { row: held_row, taken: [], others: [], spent_s: secondsToDay(dayRow ?? held_row) }
    }
    const rest = (await demandsOfOthers(trx, key, hub.quota.process_id)).map((demand): Demand => ({
      ...demand,
      since: demand.since.getTime(),
    }))
    const all = [...mine, ...rest]
    const got = deal(Math.min(tokensNow(held_row), leftToday), all, held_row.turns).slice(0, mine.length)
    const count = got.reduce((sum, each) => sum + each, 0)
    if (count > 0) {
      await updateQuota(trx, key, {
        tokens: tokensNow(held_row) - count,
        filled_at: new Date(Math.max(held_row.filled_at.getTime(), held_row.now.getTime())),
        turns: advance(all, got, held_row.turns),
      })
      await countDay(trx, key, count)
      if (dayRow) await countDay(trx, { ...account, label: day_label }, count)
    }
    const still = mine.map(({ integration, waiting, wants, since }, index) => ({
      integration,
      waiting,
      wants: wants - (got[index] ?? 0),
      since: new Date(since),
    }))
    await replaceDemands(
      trx,
      key,
      hub.quota.process_id,
      still.filter(({ wants }) => wants > 0),
    )
    return { row: held_row, taken: got, others: rest, spent_s: undefined }
  })
  if (spent_s !== undefined) {
    const error = daySpent(label, spent_s)
    for (const { refused } of queue.waiters.splice(0)) refused(error)
    return 0
  }
  admitTaken(queue, mine, taken)
  tellWhen(hub, queue, row, others)
  return Math.min(500, Math.max(50, msUntil(row, 1)))
}

/** A row, locked; it is added when nothing was asked of this account before. */
async function held(trx: Trx, account: Account, label: Label): Promise<QuotaNow> {
  const key = { ...account, label }
  const row = await lockQuota(trx, key)
  if (row) return row
  await ensureQuota(trx, key, { ...assumed(label), ...pace(assumed(label)) })
  return held(trx, account, label)
}

export const dayLeft = ({ per_day, day_used, today, spent }: QuotaNow): number => {
  if (spent) return 0
  return per_day === null ? Infinity : Math.max(0, per_day - (today ? day_used : 0))
}

export const tokensNow = ({ tokens, filled_at, now, fill_rate, capacity }: QuotaNow): number =>
  Math.min(capacity, tokens + (Math.max(0, now.getTime() - filled_at.getTime()) / 1000) * fill_rate)

/** When so many places will have come, in ms from the row's now, if nobody else takes any. */
export const msUntil = (row: QuotaNow, places: number): number =>
  Math.max(0, row.filled_at.getTime() - row.now.getTime()) +
  (Math.max(0, places - tokensNow(row)) / row.fill_rate) * 1000

function demandsOf(waiters: readonly Waiter[], process_id: string): Demand[] {
  const groups = Map.groupBy(waiters, ({ integration, waiting }) => `${waiting} ${integration}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first
      ? [
          {
            process_id,
            integration: first.integration,
            waiting: first.waiting,
            wants: group.length,
            since: first.since,
          },
        ]
      : []
  })
}

function admitTaken(queue: Queue, mine: readonly Demand[], taken: readonly number[]): void {
  for (const [index, { integration, waiting }] of mine.entries()) {
    const admitted = queue.waiters
      .filter((each) => each.integration === integration && each.waiting === waiting)
      .slice(0, taken[index])
    queue.waiters = queue.waiters.filter((each) => !admitted.includes(each))
    for (const each of admitted) each.admitted()
  }
}

/** Who would wait too long, or has, is told when to come again. Persons are told beforehand. */
function tellWhen(hub: Hub, queue: Queue, row: QuotaNow, others: readonly Demand[]): void {
  const now = hub.runtime.now()
  let ahead = others.reduce((sum, { waiting, wants }) => sum + (waiting === 'person' ? wants : 0), 0)
  queue.waiters = queue.waiters.filter(({ waiting, since, refused }) => {
    const waited = now - since
    const more = waiting === 'person' ? msUntil(row, ++ahead) : 0
    if (waited + more <= patience[waiting]) return true
    refused(tooMany(queue.label, Math.ceil(Math.max(more, 1000) / 1000)))
    return false
  })
}

const tooMany = (label: Label, seconds: number): UnavailableError =>
  new UnavailableError(
    `More is asked of Zoom than its limit for ${label} calls allows; nothing was asked. ${comeAgain(seconds)}`,
    seconds,
  )

/** When places of a day that is spent come again: when Zoom says, else at 00:00 UTC; by the database's clock. */
export const dayBackAt = ({ spent, spent_until, now }: QuotaNow): Date =>
  spent && spent_until ? spent_until : new Date(new Date(now).setUTCHours(24, 0, 0, 0))

const secondsToDay = (row: QuotaNow): number =>
  Math.max(1, Math.ceil((dayBackAt(row).getTime() - row.now.getTime()) / 1000))

const daySpent = (label: Label, seconds: number): UnavailableError =>
  new UnavailableError(
    `Today’s ${label} calls of this Zoom account are spent; nothing was asked. ${comeAgain(seconds)}`,
    seconds,
  )

export const capSpent = (rule: string, seconds: number): UnavailableError =>
  new UnavailableError(`${rule}, and those of today are spent; nothing was asked. ${comeAgain(seconds)}`, seconds)

/** 8100: `Try again in 2 h 15 min`. */
function comeAgain(seconds: number): string {
  if (seconds < 120) return `Try again in ${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `Try again in ${[hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ')}`
}

import { connectionsOfWorkspace } from '#store/connections.ts'
import { capsOfAccounts, quotasOfAccounts, type QuotaNow } from '#store/quota.ts'
import { zoomAppsOfWorkspace } from '#store/zoom-apps.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type * as resources from '#hub/resources.ts'
import { caps } from './caps.ts'
import type { Label } from './limits.ts'
import { accountOf, type Account } from './quota.ts'
import { dayBackAt, dayLeft, msUntil, tokensNow } from './wait.ts'

/** What is left of Zoom's limits for each account that the workspace is connected to. An account that was never asked has no labels. */
export async function quotas(hub: Hub, { workspace_id }: Actor): Promise<resources.Quota[]> {
  const accounts = await accountsOf(hub, workspace_id)
  const rows = await quotasOfAccounts(hub.db, accounts)
  const hosts = await capsOfAccounts(hub.db, accounts, 'host', 100)
  const resets_at = new Date(new Date(hub.runtime.now()).setUTCHours(24, 0, 0, 0)).toISOString()
  return accounts.map((account) => ({
    ...account,
    labels: rows.filter(isOf(account)).map((row, _index, all) => {
      const day = all.find(({ label }) => label === row.day_label) ?? row
      const left_today = row.per_day === null && !day.spent ? null : dayLeft({ ...day, per_day: row.per_day })
      const left = Math.floor(Math.min(tokensNow(row), left_today ?? Infinity))
      return {
        label: row.label as Label,
        requests: row.requests,
        seconds: row.seconds,
        left,
        per_day: row.per_day,
        used_today: row.today ? row.day_used : 0,
        left_today,
        forecast_today: row.per_day === null ? null : forecast(row.today ? row.day_used : 0, hub.runtime.now()),
        back_at: left > 0 ? null : backAt(row, left_today === 0 ? day : undefined).toISOString(),
      }
    }),
    hosts: hosts.filter(isOf(account)).map(({ subject, used, until }) => ({
      host_id: subject,
      used_today: used,
      left_today: Math.max(0, caps.host.most - used),
      back_at: used < caps.host.most ? null : until.toISOString(),
    })),
    resets_at,
  }))
}

/** What a day in UTC comes to at the pace that it has had so far; in its first hour, as if that were over. `now` in epoch ms. */
export function forecast(used: number, now: number): number {
  const day_ms = 86_400_000
  const over = Math.max(now % day_ms, day_ms / 24) / day_ms
  return Math.round(used / over)
}

/** When the next place comes: with the new day when this one is spent, else as the bucket fills. */
const backAt = (row: QuotaNow, spentDay: QuotaNow | undefined): Date =>
  spentDay ? dayBackAt(spentDay) : new Date(row.now.getTime() + msUntil(row, 1))

const isOf =
  ({ api_base, account_id }: Account) =>
  (row: Account): boolean =>
    row.api_base === api_base && row.account_id === account_id

async function accountsOf(hub: Hub, workspace_id: string): Promise<Account[]> {
  const page = { limit: 200, after: undefined }
  const apps = new Map((await zoomAppsOfWorkspace(hub.db, workspace_id, page)).map((app) => [app.id, app]))
  const accounts = new Map<string, Account>()
  for (const connection of await connectionsOfWorkspace(hub.db, workspace_id, page)) {
    const app = apps.get(connection.zoom_app_id)
    if (!app) continue
    const account = accountOf(app, connection)
    accounts.set(`${account.api_base} ${account.account_id}`, account)
  }
  return [...accounts.values()]
}

import { arch, platform, release } from 'node:os'
import { versions } from 'node:process'
import { connections, connectionsByApp } from '#hub/connections.ts'
import { zoomApps } from '#hub/apps.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { deadJobs } from '#hub/jobs/dead.ts'
import { jobsNow } from '#hub/jobs/show.ts'
import { quotas } from '#hub/quota/show.ts'
import { gaps } from '#hub/repair/read.ts'
import { setupOf } from '#hub/setup/steps.ts'
import { lastTrialOfApp } from '#store/trials.ts'
import { doctor } from './doctor.ts'

/**
 * Everything that somebody who helps from afar would ask for, in one file. No secret is in it, for none is ever read; e-mail addresses
 * are cut down to their domain, because they are other people's.
 */
export async function supportReport(hub: Hub, actor: Actor): Promise<Record<string, unknown>> {
  const page = { limit: 100 }
  const { items: apps } = await zoomApps(hub, actor, page)
  const report = {
    made_at: new Date(hub.runtime.now()).toISOString(),
    node: versions.node,
    system: `${platform()} ${release()} ${arch()}`,
    public_url: hub.publicUrl,
    integrations: hub.integrations.map(({ name }) => name),
    findings: await doctor(hub, actor),
    zoom_apps: await Promise.all(
      apps.map(async (app) => ({
        ...app,
        setup: (await setupOf(hub, actor, app.id)).steps,
        last_trial: (await lastTrialOfApp(hub.db, app.id)) ?? null,
      })),
    ),
    connections_by_app: await connectionsByApp(hub, actor),
    connections: (await connections(hub, actor, page)).items,
    quota: await quotas(hub, actor),
    gaps: (await gaps(hub, actor, { limit: 20 })).items,
    dead_jobs: (await deadJobs(hub, actor, page)).items,
    jobs: await jobsNow(hub, actor),
  }
  return JSON.parse(withoutPeople(JSON.stringify(report))) as Record<string, unknown>
}

/** `ada@school.example` as `…@school.example`. */
export const withoutPeople = (text: string): string =>
  text.replaceAll(/[\p{L}\p{N}._%+-]+@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu, '…@$1')

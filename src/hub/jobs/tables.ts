import { forgetGrantRequests } from '#store/grant-requests.ts'
import { forgetKeys } from '#store/idempotency.ts'
import { forgetImports } from '#store/meeting-imports.ts'
import { ensurePartitions } from '#store/partitions.ts'
import { forgetQuota } from '#store/quota.ts'
import { forgetReplays } from '#store/replays.ts'
import { correctAttendance } from '#hub/attendance/report.ts'
import { buryDeliveries } from '#hub/deliveries/sender.ts'
import { deliverHubEvent } from '#hub/hub-events.ts'
import { deleteWhatIsDue, tellZoomOfDeletion } from '#hub/grants/deletions.ts'
import { finishRenewals, renewIdleGrants, tryRefusedApp, tryRefusedApps } from '#hub/grants/renew.ts'
import { revokeEnded } from '#hub/grants/revoke.ts'
import { handleWaitingEvents } from '#hub/inbox/handle.ts'
import type { CronItem, JobHandler } from '#hub/integration.ts'
import { lendSeat, returnSeat } from '#hub/licences/seat.ts'
import { tendLicences } from '#hub/licences/tend.ts'
import { fetchMeeting } from '#hub/meetings/fetch.ts'
import { workImport } from '#hub/meetings/import/work.ts'
import { dropWhatIsOld } from '#hub/retention.ts'
import { checkDrift, checkDriftOfHost } from '#hub/repair/drift-check.ts'
import { readHostSettings } from '#hub/meetings/options/host-settings.ts'
import { checkPlaces } from '#hub/place-health.ts'
import { readRegistrants } from '#hub/registrants/read-from-zoom.ts'
import { workReplay } from '#hub/replays/work.ts'
import { findUnheardSessions } from '#hub/repair/active-hosts.ts'
import { findGaps } from '#hub/repair/find.ts'
import { findLateRecordings } from '#hub/repair/recordings.ts'
import { repairGap } from '#hub/repair/repair.ts'
import { endSdkTrial } from '#hub/setup/sdk-trial.ts'
import { runTrial } from '#hub/setup/trial.ts'
import { readAllZoomUsers, readZoomUsers } from '#hub/read-zoom-users.ts'

/** What the hub does later. A new kind of job is a new row. */
export const jobs = {
  inbox: handleWaitingEvents,
  hub_event: deliverHubEvent,
  report: correctAttendance,
  fetch_meeting: fetchMeeting,
  registrants: readRegistrants,
  zoom_users: readZoomUsers,
  host_settings: readHostSettings,
  find_gaps: (_payload, hub) => findGaps(hub),
  repair_gap: repairGap,
  drift: checkDriftOfHost,
  refused_app: tryRefusedApp,
  revoke: revokeEnded,
  data_compliance: tellZoomOfDeletion,
  trial: runTrial,
  sdk_trial_end: endSdkTrial,
  licence_lend: lendSeat,
  licence_return: returnSeat,
  meeting_import: workImport,
  replay: workReplay,
} satisfies Record<string, JobHandler>

const day_ms = 86_400_000

/** What the hub does by the clock, in UTC. */
export const cronItems: CronItem[] = [
  { name: 'gaps', schedule: '*/10 * * * *', run: findGaps },
  { name: 'drift', schedule: '11 2 * * *', run: checkDrift },
  { name: 'unheard_sessions', schedule: '29 2 * * *', run: findUnheardSessions },
  { name: 'late_recordings', schedule: '37 2 * * *', run: findLateRecordings },
  { name: 'zoom_users', schedule: '53 2 * * *', run: readAllZoomUsers },
  {
    name: 'partitions',
    schedule: '17 3 * * *',
    run: (hub) => ensurePartitions(hub.db, new Date(hub.runtime.now()), 3),
  },
  { name: 'deliveries', schedule: '*/10 * * * *', run: buryDeliveries },
  { name: 'retention', schedule: '41 3 * * *', run: dropWhatIsOld },
  {
    name: 'idempotency_keys',
    schedule: '23 3 * * *',
    run: (hub) => forgetKeys(hub.db, new Date(hub.runtime.now() - 30 * day_ms)),
  },
  {
    name: 'meeting_imports',
    schedule: '27 3 * * *',
    run: (hub) => forgetImports(hub.db, new Date(hub.runtime.now() - 90 * day_ms)),
  },
  {
    name: 'replays',
    schedule: '33 3 * * *',
    run: (hub) => forgetReplays(hub.db, new Date(hub.runtime.now() - 90 * day_ms)),
  },
  {
    name: 'grant_requests',
    schedule: '29 3 * * *',
    run: (hub) => forgetGrantRequests(hub.db, new Date(hub.runtime.now() - day_ms)),
  },
  { name: 'quota', schedule: '31 3 * * *', run: (hub) => forgetQuota(hub.db) },
  { name: 'open_renewals', schedule: '* * * * *', run: finishRenewals },
  { name: 'refused_apps', schedule: '19 * * * *', run: tryRefusedApps },
  { name: 'idle_grants', schedule: '53 3 * * *', run: renewIdleGrants },
  { name: 'licences', schedule: '*/5 * * * *', run: tendLicences },
  { name: 'place_health', schedule: '7 4 * * *', run: checkPlaces },
  { name: 'deletions', schedule: '41 * * * *', run: deleteWhatIsDue },
]

import { sentenceOf } from '#core/errors.ts'
import { connectionOfApp } from '#store/connections.ts'
import { dueWithoutSession, gapById, hostsOfApp, openSessions, updateGap, type GapRow } from '#store/gaps.ts'
import { recordingsOfSessions } from '#store/recordings.ts'
import type { Hub } from '#hub/hub.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { repairJob, type Repair } from './find.ts'
import { hostsWithMore } from './active-hosts.ts'
import { keepPastSession, type PastSession } from './keep-session.ts'
import { isRefusal, refusalOf, runOf, sessionsOfHost, sessionsOfMeeting, type ListedSession } from './past-sessions.ts'
import { lookForPlans } from './plans.ts'
import { mayListRecordings, repairRecordings } from './recordings.ts'
import { repairSummaries } from './summaries.ts'

const hour_ms = 60 * 60_000

/**
 * Zoom's lists lag behind the end of a meeting: what is not explained at the first look is looked for once more, an hour later. What Zoom
 * could not be asked then is asked for again, ever more seldom, and at once when a connection is mended.
 */
const pauseAfter = (look: number): number => Math.min(24, 2 ** (look - 1)) * hour_ms

/**
 * The job: reads what happened in a gap. One call for each host, one more for each that recorded, one report for each run that was
 * missed, one for who of the account held more than is known of, one for what AI Companion wrote where that is wanted, one for what the account has planned meanwhile, and one for each host
 * with something to come; what Zoom does not tell is written down in words.
 */
export async function repairGap(payload: unknown, hub: Hub): Promise<void> {
  const { gap_id, look, failed, told = [] } = payload as Repair
  const found = await gapById(hub.db, gap_id)
  if (!found || found.state === 'repaired') return
  const gap = { ...found, since: new Date(Math.max(found.since.getTime(), found.until.getTime() - reach_ms)) }
  await updateGap(hub.db, gap.id, { state: 'repairing' })
  const done: Done = { sessions: 0, recordings: 0, never: [...told], notNow: [], failed: [], waiting: new Set() }
  if (found.since < gap.since && look === 1) done.never.push(tooLongAgo(gap.since))
  const hosts = look > 2 ? failed : await hostsToAsk(hub, gap, failed)
  for (const host_id of hosts) await tryHost(hub, gap, host_id, done)
  // Silence may be just that: the hosts of whom nothing says so are asked once something was missed.
  if (look === 1) {
    const asked = new Set(hosts)
    const held = await hostsWithMore(hub, gap, gap)
    const known = gap.cause === 'away' || done.sessions > 0 ? await hostsOfApp(hub.db, gap.zoom_app_id, gap.since) : []
    const others = [...new Set([...held, ...known])].filter((host) => !asked.has(host))
    for (const host_id of others) await tryHost(hub, gap, host_id, done)
    hosts.push(...others)
  }
  await endOpenSessions(hub, gap, done)
  if (look <= 2) await trySummaries(hub, gap, done)
  if (look === 1) await lookForPlans(hub, gap, hosts)
  const left = await dueWithoutSession(hub.db, gap.zoom_app_id, gap.since, gap.until)
  const unknown = [
    ...done.never,
    ...done.notNow,
    ...left.filter(({ host_id }) => !done.waiting.has(host_id)).map((meeting) => noRun(meeting)),
  ]
  const isTooLate = hub.runtime.now() - gap.until.getTime() > reach_ms
  const isOver = unknown.length === 0 || isTooLate || (look > 1 && done.waiting.size === 0)
  await updateGap(hub.db, gap.id, {
    hosts: Math.max(gap.hosts, hosts.length),
    sessions: gap.sessions + done.sessions,
    recordings: gap.recordings + done.recordings,
    unknown,
    ...(isOver ? { state: 'repaired' as const, repaired_at: new Date(hub.runtime.now()) } : {}),
  })
  if (isOver) return
  const next =
    look === 1
      ? { failed: done.failed, told: found.since < gap.since ? [tooLongAgo(gap.since)] : [] }
      : { failed: [...done.waiting], told: done.never, waits: true }
  const run_at = new Date(hub.runtime.now() + pauseAfter(look))
  await addJobs(hub.db, [repairJob({ gap_id: gap.id, look: look + 1, ...next }, run_at)])
}

async function hostsToAsk(hub: Hub, gap: GapRow, failed: readonly string[]): Promise<string[]> {
  const due = await dueWithoutSession(hub.db, gap.zoom_app_id, gap.since, gap.until)
  const open = await openSessions(hub.db, gap.zoom_app_id, gap.until)
  return [...new Set([...failed, ...[...due, ...open].map((each) => each.host_id)])]
}

/** Zoom lists a month at most. */
const reach_ms = 30 * 86_400_000

const tooLongAgo = (since: Date): string => `What was held before ${since.toISOString()}: a repair reaches back 30 days`

interface Done {
  sessions: number
  recordings: number
  /** What Zoom does not tell, in words. */
  never: string[]
  /** What it could not be asked, in words. */
  notNow: string[]
  /** Hosts of whom not all could be told, for whatever reason: the second look asks them again, or says so still. */
  failed: string[]
  /** Those of them of whom Zoom may tell later. */
  waiting: Set<string>
}

function cannotTell(done: Done, host_id: string, why: string): void {
  done.never.push(why)
  if (!done.failed.includes(host_id)) done.failed.push(host_id)
}

function cannotAsk(done: Done, host_id: string, why: string): void {
  done.notNow.push(why)
  if (!done.failed.includes(host_id)) done.failed.push(host_id)
  done.waiting.add(host_id)
}

const noRun = ({ topic, zoom_meeting_id }: { topic: string; zoom_meeting_id: string }): string =>
  `“${topic}” (${zoom_meeting_id}) was planned for this time, and Zoom tells of no run: nobody came, or one person alone`

/** One host's trouble is not the others', and they are not asked twice because of it: the second look asks this one again. */
async function tryHost(hub: Hub, gap: GapRow, host_id: string, done: Done): Promise<void> {
  try {
    await repairHost(hub, gap, host_id, done)
  } catch (error) {
    hub.log.warn({ err: error, host_id }, 'what a host held could not be read')
    const lack = lackOf(error)
    const tell = lack ? cannotTell : cannotAsk
    tell(done, host_id, `What host ${host_id} held: ${lack?.words ?? sentenceOf(error)}`)
  }
}

async function repairHost(hub: Hub, gap: GapRow, host_id: string, done: Done): Promise<void> {
  const connection = await connectionOfApp(hub.db, gap.zoom_app_id, host_id)
  if (connection?.state !== 'connected') {
    cannotAsk(done, host_id, `What host ${host_id} held: Zoom is not connected`)
    return
  }
  const userId = userIdFor(connection, host_id)
  if (userId === undefined) {
    cannotTell(done, host_id, `What host ${host_id} held: the host has not connected Zoom`)
    return
  }
  const client = await zoomClient(hub, connection.id)
  const about = { workspace_id: gap.workspace_id, connection_id: connection.id, host_id }
  const earliest = Math.max(gap.since.getTime() - filesLag_ms, gap.until.getTime() - reach_ms)
  const files = { since: new Date(earliest), until: gap.until }
  const listed = await sessionsOfHost(client, connection.scope, userId, files)
  const found: PastSession[] = []
  if (typeof listed === 'string') {
    cannotTell(done, host_id, `What host ${host_id} held without a plan: ${listed}`)
    const due = await dueWithoutSession(hub.db, gap.zoom_app_id, gap.since, gap.until)
    for (const meeting of due.filter((each) => each.host_id === host_id)) {
      const runs = await sessionsOfMeeting(client, meeting, gap)
      if (typeof runs === 'string') cannotTell(done, host_id, `The runs of “${meeting.topic}”: ${runs}`)
      else found.push(...runs)
    }
  } else found.push(...listed.filter(({ ended_at }) => ended_at >= gap.since))
  for (const past of found) if (await keepPastSession(hub, about, past)) done.sessions++
  const mayHaveFiles =
    typeof listed === 'string' ? mayListRecordings(connection.scope) : await haveNewFiles(hub, gap, listed, files)
  if (!mayHaveFiles) return
  try {
    done.recordings += await repairRecordings(hub, client, gap.workspace_id, userId, files)
  } catch (error) {
    cannotTell(done, host_id, `The recordings of host ${host_id}: ${refusalOf(error)}`)
  }
}

/** They are as late as files: the second look may find what the first did not. */
async function trySummaries(hub: Hub, gap: GapRow, done: Done): Promise<void> {
  try {
    await repairSummaries(hub, gap, gap)
  } catch (error) {
    hub.log.warn({ err: error, zoom_app_id: gap.zoom_app_id }, 'what AI Companion wrote could not be read')
    done.never.push(`What AI Companion wrote: ${lackOf(error)?.words ?? sentenceOf(error)}`)
  }
}

/** The files of a run may be ready this long after its end, and so in a gap that began later. */
const filesLag_ms = 86_400_000

/** Whether runs were recorded whose files may have come in a gap: those in it, and those shortly before it of which no file is known. */
async function haveNewFiles(
  hub: Hub,
  gap: GapRow,
  listed: readonly ListedSession[],
  { since }: { since: Date },
): Promise<boolean> {
  const recorded = listed.filter(({ has_recording, ended_at }) => has_recording && ended_at >= since)
  if (recorded.some(({ ended_at }) => ended_at >= gap.since)) return true
  const uuids = recorded.map(({ uuid }) => uuid)
  if (uuids.length === 0) return false
  const known = new Set((await recordingsOfSessions(hub.db, gap.workspace_id, uuids)).map(({ uuid }) => uuid))
  return uuids.some((uuid) => !known.has(uuid))
}

/** Runs that no list told of: those of one person, and those that still go on. One call for each. */
async function endOpenSessions(hub: Hub, gap: GapRow, done: Done): Promise<void> {
  for (const open of await openSessions(hub.db, gap.zoom_app_id, gap.until)) {
    const connection = await connectionOfApp(hub.db, gap.zoom_app_id, open.host_id)
    if (connection?.state !== 'connected' || open.kind === 'webinar') continue
    if (userIdFor(connection, open.host_id) === undefined) continue
    const about = { workspace_id: gap.workspace_id, connection_id: connection.id, host_id: open.host_id }
    try {
      const run = await runOf(await zoomClient(hub, connection.id), open.uuid)
      if (run && (await keepPastSession(hub, about, run))) done.sessions++
    } catch (error) {
      if (isRefusal(error)) {
        // Zoom does not know it as past: it still runs, and its end will be an event.
        hub.log.info({ uuid: open.uuid, reason: error.message }, 'a run has not ended, as far as Zoom tells')
        continue
      }
      // One run's trouble must not have all hosts asked again.
      hub.log.warn({ err: error, uuid: open.uuid }, 'whether a run has ended could not be read')
      cannotAsk(done, open.host_id, `Whether “${open.topic}” has ended: ${sentenceOf(error)}`)
    }
  }
}

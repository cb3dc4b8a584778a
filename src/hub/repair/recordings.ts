import { newId } from '#core/ids.ts'
import { recordingsOfSessions, upsertRecording } from '#store/recordings.ts'
import { lockSession, recordingsAsked, sessionsToLookForRecordings, type WithoutRecordings } from '#store/sessions.ts'
import { connectionById } from '#store/connections.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { listUserRecordings, type MeetingRecordings } from '#zoom/recordings.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { emit } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import { fileColumns } from '#hub/recordings.ts'
import { userIdFor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { dayOf, type Span } from './past-sessions.ts'

/** Keeps the files of a host's runs on the days of a span (one call); answers how many nobody had heard of. */
export async function repairRecordings(
  hub: Hub,
  client: ZoomClient,
  workspace_id: string,
  userId: string,
  { since, until }: Span,
): Promise<number> {
  let found = 0
  for await (const listed of listUserRecordings(client, userId, { from: dayOf(since), to: dayOf(until) }))
    found += await keepListed(hub, workspace_id, listed)
  return found
}

/** Files of runs that are not stored are passed over: those of one person alone are nowhere listed. */
async function keepListed(hub: Hub, workspace_id: string, listed: MeetingRecordings): Promise<number> {
  return hub.db.transaction().execute(async (trx) => {
    const session = await lockSession(trx, workspace_id, listed.uuid)
    if (!session) return 0
    const known = new Set((await recordingsOfSessions(trx, workspace_id, [listed.uuid])).map((row) => row.zoom_file_id))
    const recording_ids: string[] = []
    for (const file of listed.recording_files ?? []) {
      if (!file.id || known.has(file.id) || file.status === 'processing') continue
      const id = await upsertRecording(trx, {
        ...fileColumns(file),
        id: newId('recording', hub.runtime.now()),
        workspace_id,
        meeting_id: session.meeting_id,
        uuid: session.uuid,
        zoom_file_id: file.id,
        share_url: listed.share_url ?? null,
        passcode: listed.password ?? null,
        state: 'ready',
        changed_at: new Date(hub.runtime.now()),
      })
      if (id) recording_ids.push(id)
    }
    if (recording_ids.length > 0)
      await emit(hub, trx, workspace_id, 'repair', [
        { type: 'recording.ready', meeting_id: session.meeting_id, uuid: session.uuid, payload: { recording_ids } },
      ])
    return recording_ids.length
  })
}

const userRecordings = endpointOf('GET /users/{userId}/recordings')

/** Whether the app may list the recordings of a user, as far as its scopes are known. */
export const mayListRecordings = (scope: string): boolean => !scope || isGranted(userRecordings, scope)

const day_ms = 86_400_000
/** So many hosts a night are asked for at most. */
const mostHosts = 2_000

/**
 * Recordings that are late: runs which ended one to six days ago and have no file, though they were recorded or may have been. One
 * call for each host that has such; one that fails is made again the next night.
 */
export async function findLateRecordings(hub: Hub): Promise<void> {
  const now = new Date(hub.runtime.now())
  const window = { since: new Date(now.getTime() - 6 * day_ms), until: new Date(now.getTime() - day_ms), now }
  for (const host of await sessionsToLookForRecordings(hub.db, window, mostHosts)) {
    try {
      await findLateOfHost(hub, host, now)
    } catch (error) {
      // One host's trouble is not the others'.
      hub.log.warn({ err: error, host_id: host.host_id }, 'late recordings could not be looked for')
    }
  }
}

async function findLateOfHost(hub: Hub, host: WithoutRecordings, now: Date): Promise<void> {
  const { workspace_id, connection_id, host_id } = host
  const connection = await connectionById(hub.db, connection_id)
  const userId = connection && userIdFor(connection, host_id)
  if (!connection || userId === undefined || !mayListRecordings(connection.scope)) return
  await repairRecordings(hub, await zoomClient(hub, connection_id), workspace_id, userId, host)
  await recordingsAsked(hub.db, host, now)
}

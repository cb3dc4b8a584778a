import { now } from '#simulator/clock.ts'
import type { Reply } from '#simulator/http.ts'
import { isAvailable, recordingJson } from '#simulator/recording-json.ts'
import { changeRecording, newDownloadToken, publishRecording } from '#simulator/recordings.ts'
import { invalidFields, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Person, Recording, RecordingFile } from '#simulator/state.ts'
import { utcDay } from '#simulator/time.ts'
import { checkAccount } from './account.ts'
import { actor, noContent, ok, param, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { goneHost } from './named-meeting.ts'
import { pageOf } from './pages.ts'
import { changeRecordingSettings, recordingSettingsJson } from './recording-settings.ts'
import { candidates } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording */
export const recordingRoutes: ApiRoutes = {
  'GET /meetings/{meetingId}/recordings': (call) => {
    const recording = recordingOf(call, isShown)
    const files = recording.files.filter(isAvailable)
    return ok({ ...recordingJson(call.world, recording, call.base, files), ...downloadAccess(call) })
  },
  'GET /users/{userId}/recordings': (call) => listRecordings(call, personOf(call)),
  'GET /accounts/{accountId}/recordings': (call) => {
    checkAccount(call)
    return listRecordings(call)
  },
  'GET /meetings/{meetingId}/recordings/settings': (call) => ok(recordingSettingsJson(recordingOf(call, isShown))),
  'PATCH /meetings/{meetingId}/recordings/settings': (call) => {
    changeRecordingSettings(call, recordingOf(call, isShown))
    return noContent
  },
  'DELETE /meetings/{meetingId}/recordings': (call) => {
    const recording = recordingOf(call, isShown)
    mustBeUnused(call, recording.files)
    changeRecording(call.world, recording, actionOf(call), actor(call))
    return noContent
  },
  'DELETE /meetings/{meetingId}/recordings/{recordingId}': (call) => {
    const recording = recordingOf(call, isShown)
    const file = fileOf(call, recording, isAvailable)
    if (!recording.completed) throw refusal(call.endpoint, 3303)
    mustBeUnused(call, [file])
    const trash = actionOf(call) === 'trash'
    if (trash) file.deleted_at = now(call.world.clock)
    else recording.files = recording.files.filter((other) => other !== file)
    publishRecording(call.world, trash ? 'recording.trashed' : 'recording.deleted', recording, actor(call), [file])
    return noContent
  },
  'PUT /meetings/{meetingUUID}/recordings/status': (call) => {
    mustRecover(call)
    changeRecording(call.world, recordingOf(call, isInTrash), 'recover', actor(call))
    return noContent
  },
  'PUT /meetings/{meetingId}/recordings/{recordingId}/status': (call) => {
    mustRecover(call)
    const recording = recordingOf(call, isShown)
    const file = fileOf(call, recording, (one) => !isAvailable(one) && isKept(call, one.deleted_at))
    file.deleted_at = undefined
    publishRecording(call.world, 'recording.recovered', recording, actor(call), [file])
    return noContent
  },
}

const day = 86_400_000

/** Trash is kept for thirty days. */
const isKept = ({ world }: ApiCall, at: number | undefined): boolean => now(world.clock) - (at ?? 0) < 30 * day

type Which = (recording: Recording, call: ApiCall) => boolean
const isShown: Which = ({ trashed_at }) => trashed_at === undefined
const isInTrash: Which = ({ trashed_at }, call) => trashed_at !== undefined && isKept(call, trashed_at)

/** The recording of a path, unless it lies in the trash. */
export const shownRecording = (call: ApiCall): Recording => recordingOf(call, isShown)

/** By number the latest run that has one, by UUID just that run's. */
function recordingOf(call: ApiCall, which: Which): Recording {
  const encoded = call.params['meetingId'] ?? call.params['meetingUUID'] ?? ''
  const host = call.level === 'own' ? actor(call).id : undefined
  const runs = candidates(call, encoded).filter(({ meeting }) => !host || meeting.host_id === host)
  const gone = goneHost(call, runs.at(-1)?.meeting.host_id ?? '')
  if (gone) throw gone
  const found = runs
    .flatMap(({ uuid }) => call.world.recordings.get(uuid) ?? [])
    .findLast((recording) => which(recording, call))
  if (!found) throw refusal(call.endpoint, 3301)
  return found
}

function fileOf(call: ApiCall, recording: Recording, which: (file: RecordingFile) => boolean): RecordingFile {
  const id = param(call, 'recordingId')
  const file = recording.files.find((one) => one.id === id && which(one))
  if (!file) throw refusal(call.endpoint, 3301)
  return file
}

function actionOf({ query }: ApiCall): 'trash' | 'delete' {
  const action = query.get('action') ?? 'trash'
  if (action !== 'trash' && action !== 'delete') throw invalidFields(['action'])
  return action
}

function mustRecover({ world, endpoint, body }: ApiCall): void {
  if (body['action'] !== 'recover') throw invalidFields(['action'])
  if (world.settings.cloud_storage_full) throw refusal(endpoint, 3309)
}

/** What a simulive webinar plays stays. */
function mustBeUnused({ world, endpoint }: ApiCall, files: RecordingFile[]): void {
  const playing = new Set(
    [...world.meetings.values()].filter(({ deleted }) => !deleted).map((one) => one.record_file_id),
  )
  if (files.some(({ id }) => playing.has(id))) throw refusalSaying(endpoint, 3332, 'This recording was selected')
}

const mostSeconds = 604_800

/** `include_fields=download_access_token`, for `ttl` seconds. */
function downloadAccess({ world, query }: ApiCall): { download_access_token?: string } {
  if (!query.get('include_fields')?.split(',').includes('download_access_token')) return {}
  const ttl = Number(query.get('ttl') ?? 86_400)
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > mostSeconds) throw invalidFields(['ttl'])
  return { download_access_token: newDownloadToken(world, ttl) }
}

/** Of one host, or of the whole account. Days in UTC, today unless told; a month at most. */
function listRecordings(call: ApiCall, host?: Person): Reply {
  const today = utcDay(now(call.world.clock))
  const to = dayOf(call, 'to', today)
  const from = dayOf(call, 'from', to < today ? to : today)
  checkMonth(from, to)
  const which = call.query.get('trash') === 'true' ? isInTrash : isShown
  const recordings = [...call.world.recordings.values()].filter(
    (recording) =>
      (!host || recording.session.meeting.host_id === host.id) &&
      which(recording, call) &&
      isWithin(recording.session.start, { from, to }),
  )
  const { items, paging } = pageOf(call, recordings)
  const meetings = items.map((one) => recordingJson(call.world, one, call.base, one.files.filter(isAvailable)))
  return ok({ from, to, ...paging, meetings })
}

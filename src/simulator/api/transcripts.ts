import { newDownloadToken } from '#simulator/recordings.ts'
import { downloadUrl, isAvailable } from '#simulator/recording-json.ts'
import { refusal } from '#simulator/refusal.ts'
import type { RecordingFile, Session } from '#simulator/state.ts'
import { now } from '#simulator/clock.ts'
import { utc } from '#simulator/time.ts'
import { noContent, ok, type ApiCall, type ApiRoutes } from './call.ts'
import { endedSession } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/transcript */
export const transcriptRoutes: ApiRoutes = {
  'GET /meetings/{meetingId}/transcript': (call) => {
    const { session, file } = transcript(call)
    return ok({
      meeting_id: session.uuid,
      account_id: call.world.account.id,
      meeting_topic: session.topic,
      host_id: session.meeting.host_id,
      transcript_created_time: utc(file.end),
      can_download: true,
      auto_delete: false,
      download_url: `${downloadUrl(call.base, file)}?access_token=${newDownloadToken(call.world, 86_400)}`,
    })
  },
  'DELETE /meetings/{meetingId}/transcript': (call) => {
    transcript(call).file.deleted_at = now(call.world.clock)
    return noContent
  },
}

/** @throws Refusal 3001 when there is no such run, 3322 when it has no transcript (any more). */
function transcript(call: ApiCall): { session: Session; file: RecordingFile } {
  const session = endedSession(call, 'meeting')
  const files = call.world.recordings.get(session.uuid)?.files ?? []
  const file = files.find((one) => one.file_type === 'TRANSCRIPT' && isAvailable(one))
  if (!file) throw refusal(call.endpoint, 3322, session.uuid)
  return { session, file }
}

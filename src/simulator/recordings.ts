import { randomUUID } from 'node:crypto'
import { nowInSeconds, setAlarm } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import { newPasscode, newToken } from './ids.ts'
import { newRecordingParts } from './recording-parts.ts'
import { during, recordingFields, sessionFields } from './recording-json.ts'
import type { Person, Recording, RecordingFile, Session, World } from './state.ts'

/** The cloud recording begins. */
export function startRecording(world: World, session: Session): void {
  session.recording_since = nowInSeconds(world.clock)
  publish(world, 'recording.started', hostOf(session), {
    object: { ...sessionFields(session), recording_file: during(session) },
  })
}

/** The cloud recording pauses, or goes on. Nothing happens where none runs, or where it already is so. */
export function pauseRecording(world: World, session: Session, paused: boolean): void {
  if (session.recording_since === undefined || session.recording_paused === paused) return
  session.recording_paused = paused
  const recording_file = during(session, paused ? nowInSeconds(world.clock) : undefined)
  publish(world, paused ? 'recording.paused' : 'recording.resumed', hostOf(session), {
    object: { ...sessionFields(session), recording_file },
  })
}

/**
 * The cloud recording ends. The answer begins the work on it, which `recording.completed` concludes after the delay of the
 * settings: it is called when the rest of the news is out.
 */
export function stopRecording(world: World, session: Session): (() => void) | undefined {
  const start = session.recording_since
  if (start === undefined) return
  const end = nowInSeconds(world.clock)
  publish(world, 'recording.stopped', hostOf(session), {
    object: { ...sessionFields(session), recording_file: during(session, end) },
  })
  session.recording_since = undefined
  session.recording_paused = false
  const recording = world.recordings.get(session.uuid) ?? newRecording(session)
  world.recordings.set(session.uuid, recording)
  recording.completed = false
  const files = filesOf(start, end)
  recording.files.push(...files)
  const complete = (): void => completeRecording(world, recording, files)
  const delay_ms = world.settings.recording_delay_s * 1000
  return delay_ms === 0 ? complete : () => void setAlarm(world.clock, end + delay_ms, complete)
}

function completeRecording(world: World, recording: Recording, files: RecordingFile[]): void {
  recording.completed = true
  const download_token = newDownloadToken(world, 86_400)
  const isTranscript = ({ file_type }: RecordingFile): boolean => file_type === 'TRANSCRIPT'
  const parts = [
    ['recording.completed', files.filter((file) => !isTranscript(file))],
    ['recording.transcript_completed', files.filter(isTranscript)],
  ] as const
  for (const [event, told] of parts) {
    const { recording_play_passcode, ...object } = recordingFields(world, recording, told)
    const forPictures = event === 'recording.completed' && { recording_play_passcode }
    publish(world, event, hostOf(recording.session), { object: { ...object, ...forPictures } }, { download_token })
  }
}

export type RecordingAction = 'trash' | 'recover' | 'delete'

const outcomes = {
  trash: 'recording.trashed',
  recover: 'recording.recovered',
  delete: 'recording.deleted',
} as const satisfies Record<RecordingAction, string>

/** Trashes a recording with all its files, has it back, or deletes it for good. */
export function changeRecording(world: World, recording: Recording, action: RecordingAction, operator: Person): void {
  keepChange(world, recording, action)
  publishRecording(world, outcomes[action], recording, operator)
}

/** Many of a host's at once, told by one event. */
export function changeRecordings(
  world: World,
  host: Person,
  recordings: readonly Recording[],
  action: RecordingAction,
): void {
  for (const recording of recordings) keepChange(world, recording, action)
  const about = { about: host.id }
  const operator = operatorOf(host)
  if (action === 'trash') {
    const meeting_uuids = recordings.map(({ session }) => session.uuid)
    const payload = { ...operator, operation: 'trash_user_recordings', object: { meeting_uuids } }
    return publish(world, 'recording.batch_trashed', about, payload)
  }
  const meetings = recordings.map(({ session, files }) => ({
    meeting_uuid: session.uuid,
    recording_file_ids: files.map(({ id }) => id),
  }))
  const event = action === 'recover' ? 'recording.batch_recovered' : 'recording.batch_deleted'
  publish(world, event, about, { ...operator, object: { meetings } })
}

function keepChange(world: World, recording: Recording, action: RecordingAction): void {
  if (action === 'delete') world.recordings.delete(recording.session.uuid)
  else recording.trashed_at = action === 'trash' ? nowInSeconds(world.clock) : undefined
}

/** `recording.trashed`, `.deleted` or `.recovered`, told with the files that it is about. */
export function publishRecording(
  world: World,
  event: 'recording.trashed' | 'recording.deleted' | 'recording.recovered',
  recording: Recording,
  operator: Person,
  files = recording.files,
): void {
  const more = event === 'recording.recovered' ? { download_token: newDownloadToken(world, 86_400) } : {}
  const {
    host_email: _host,
    password: _password,
    recording_play_passcode: _play,
    ...object
  } = recordingFields(world, recording, files)
  publish(world, event, hostOf(recording.session), { ...operatorOf(operator), object }, more)
}

const hostOf = ({ meeting }: Session) => ({ about: meeting.host_id })

/** A token that opens downloads for so many seconds. */
export function newDownloadToken(world: World, ttl: number): string {
  const token = `${newToken(60)}.${newToken(120)}.${newToken(64)}`
  world.download_tokens.set(token, nowInSeconds(world.clock) + ttl * 1000)
  return token
}

const newRecording = (session: Session): Recording => ({
  session,
  password: newPasscode(),
  recording_play_passcode: newToken(24),
  share_id: newToken(40),
  files: [],
  trashed_at: undefined,
  completed: false,
  settings: {},
  parts: newRecordingParts(),
})

/** What a recording of some length consists of: picture, sound and transcript, each a few bytes long. */
function filesOf(start: number, end: number): RecordingFile[] {
  const kinds = [
    {
      file_type: 'MP4',
      file_extension: 'MP4',
      recording_type: 'shared_screen_with_speaker_view',
      content: 'not really a video\n',
    },
    { file_type: 'M4A', file_extension: 'M4A', recording_type: 'audio_only', content: 'not really sound\n' },
    {
      file_type: 'TRANSCRIPT',
      file_extension: 'VTT',
      recording_type: 'audio_transcript',
      content: 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAda: Good morning.\n',
    },
  ] satisfies Pick<RecordingFile, 'file_type' | 'file_extension' | 'recording_type' | 'content'>[]
  return kinds.map((kind) => ({ id: randomUUID(), start, end, deleted_at: undefined, ...kind }))
}

import type { Recording, RecordingFile, Session, World } from './state.ts'
import { minutes, utc } from './time.ts'

export const isAvailable = ({ deleted_at }: RecordingFile): boolean => deleted_at === undefined

/** The addresses that Zoom gives; the simulator serves them itself, under its own base. */
export const downloadUrl = (base: string, { id }: RecordingFile): string => `${base}/rec/download/${id}`
const playUrl = (base: string, { id }: RecordingFile): string => `${base}/rec/play/${id}`
export const shareUrl = (base: string, { share_id }: Recording): string => `${base}/rec/share/${share_id}`

const sizeOf = ({ content }: RecordingFile): number => Buffer.byteLength(content)

const fileJson = (world: World, recording: Recording, file: RecordingFile, base: string) => ({
  id: file.id,
  meeting_id: recording.session.uuid,
  recording_start: utc(file.start),
  recording_end: utc(file.end),
  file_type: file.file_type,
  file_extension: file.file_extension,
  file_size: sizeOf(file),
  play_url: playUrl(base, file),
  download_url: downloadUrl(base, file),
  status: recording.completed ? 'completed' : 'processing',
  recording_type: file.recording_type,
  ...(file.deleted_at !== undefined && { deleted_time: utc(file.deleted_at) }),
})

/** The run that a recording is of, as events tell it; here the id is a number. */
export const sessionFields = ({ meeting, uuid, topic, start }: Session) => ({
  uuid,
  id: meeting.id,
  host_id: meeting.host_id,
  topic,
  type: meeting.type,
  start_time: utc(start),
  timezone: meeting.timezone,
  duration: meeting.duration,
})

/** When a recording runs; one that goes on has no end. */
export const during = ({ recording_since }: Session, end?: number) => ({
  recording_start: utc(recording_since ?? 0),
  recording_end: end === undefined ? null : utc(end),
})

/** A recording as the API answers it: here number and type are text. */
export const recordingJson = (world: World, recording: Recording, base: string, files: readonly RecordingFile[]) => ({
  uuid: recording.session.uuid,
  id: String(recording.session.meeting.id),
  account_id: world.account.id,
  host_id: recording.session.meeting.host_id,
  topic: recording.session.topic,
  type: String(recording.session.meeting.type),
  start_time: utc(recording.session.start),
  timezone: recording.session.meeting.timezone,
  duration: minutes(length(files)),
  total_size: files.reduce((sum, file) => sum + sizeOf(file), 0),
  recording_count: files.length,
  share_url: shareUrl(base, recording),
  password: recording.password,
  recording_play_passcode: recording.recording_play_passcode,
  auto_delete: false,
  recording_files: files.map((file) => fileJson(world, recording, file, base)),
})

/** A recording as events tell it. */
export const recordingFields = (world: World, recording: Recording, files: readonly RecordingFile[]) => ({
  ...sessionFields(recording.session),
  account_id: world.account.id,
  host_email: world.people.get(recording.session.meeting.host_id)?.email ?? '',
  duration: minutes(length(files)),
  password: recording.password,
  recording_play_passcode: recording.recording_play_passcode,
  share_url: shareUrl(world.base, recording),
  total_size: files.reduce((sum, file) => sum + sizeOf(file), 0),
  recording_count: files.length,
  recording_files: files.map((file) => fileJson(world, recording, file, world.base)),
})

const length = (files: readonly RecordingFile[]): number =>
  Math.max(0, ...files.map(({ end }) => end)) - Math.min(...files.map(({ start }) => start), Infinity)

import { z } from 'zod'
import { fingerprint, type Archive, type ArchiveFile } from '#simulator/archive.ts'
import { now } from '#simulator/clock.ts'
import { invalidFields, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Session } from '#simulator/state.ts'
import { minutes, utc } from '#simulator/time.ts'
import { readUuid } from '#simulator/uuid.ts'
import { actor, noContent, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { pageOf } from './pages.ts'
import { candidates } from './sessions.ts'

type Archived = Session & { archive: Archive }

/** https://developers.zoom.us/docs/api/meetings/#tag/archiving: there is something in it once the account archives. */
export const archiveRoutes: ApiRoutes = {
  'GET /archive_files': (call) => {
    const { from, to, found } = archivedBetween(call)
    const { items, paging } = pageOf(call, found)
    const { page_size, next_page_token, total_records } = paging
    const meetings = items.map((session) => archiveJson(call, session))
    return ok({ from, to, page_size, next_page_token, total_records, meetings })
  },
  'GET /archive_files/statistics': (call) => {
    const { from, to, found } = archivedBetween(call)
    const files = found.flatMap(({ archive }) => archive.files)
    const count = (extension: string): number =>
      files.filter(({ file_extension }) => file_extension === extension).length
    return ok({
      from,
      to,
      total_records: files.length,
      statistic_by_file_extension: {
        mp4_file_count: count('MP4'),
        m4a_file_count: 0,
        txt_file_count: 0,
        json_file_count: count('JSON'),
        vtt_file_count: 0,
      },
      statistic_by_file_status: { processing_file_count: 0, completed_file_count: files.length, failed_file_count: 0 },
    })
  },
  'PATCH /archive_files/{fileId}': (call) => {
    const id = param(call, 'fileId')
    const file = archivedOf(call)
      .flatMap(({ archive }) => archive.files)
      .find((one) => one.id === id)
    if (!file) throw invalidFields(['fileId'])
    file.auto_delete = parseBody(call, z.object({ auto_delete: z.boolean() })).auto_delete
    return noContent
  },
  'GET /past_meetings/{meetingUUID}/archive_files': (call) => ok(archiveJson(call, archived(call))),
  'DELETE /past_meetings/{meetingUUID}/archive_files': (call) => {
    const { settings, sessions } = call.world
    if (settings.plan === 'free') throw refusalSaying(call.endpoint, 200, 'Only available')
    if (!settings.archiving) throw refusalSaying(call.endpoint, 200, 'Not available')
    const gone = sessions.get(archived(call).uuid)
    if (gone) gone.archive = undefined
    return noContent
  },
}

const isArchived = (session: Session): session is Archived => session.archive !== undefined

/** What the token may see: with a scope of one's own, the meetings that one has hosted. */
function archivedOf(call: ApiCall): Archived[] {
  const host = call.level === 'own' ? actor(call).id : undefined
  return [...call.world.sessions.values()].filter(isArchived).filter(({ meeting }) => !host || meeting.host_id === host)
}

function archived(call: ApiCall): Archived {
  const encoded = call.params['meetingUUID'] ?? ''
  const meant = new Set(candidates(call, encoded).map(({ uuid }) => uuid))
  const found = archivedOf(call).findLast(({ uuid }) => meant.has(uuid))
  if (!found) throw refusal(call.endpoint, 3001, readUuid(encoded) ?? encoded)
  return found
}

const week = 7 * 86_400_000

/** Instants, the last day unless told and a week at most; of the start of the meeting, or of the end of the archiving. */
function archivedBetween(call: ApiCall) {
  const { world, query } = call
  const from = query.get('from') ?? utc(now(world.clock) - 86_400_000)
  const to = query.get('to') ?? utc(now(world.clock))
  const [first, last] = [instant('from', from), instant('to', to)]
  if (last < first || last - first > week) throw invalidFields(['from'])
  const type = query.get('query_date_type') || 'meeting_start_time'
  if (type !== 'meeting_start_time' && type !== 'archive_complete_time') throw invalidFields(['query_date_type'])
  const found = archivedOf(call).filter(({ start, archive }) => {
    const at = type === 'meeting_start_time' ? start : archive.completed_at
    return at >= first && at <= last
  })
  return { from, to, found }
}

function instant(name: string, text: string): number {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw invalidFields([name])
  return at
}

const sizeOf = ({ content }: ArchiveFile): number => Buffer.byteLength(content)

function archiveJson({ world, base }: ApiCall, { meeting, uuid, topic, start, end, presences, archive }: Archived) {
  const length = (end ?? archive.completed_at) - start
  return {
    uuid,
    id: meeting.id,
    account_name: world.account.id,
    host_id: meeting.host_id,
    topic,
    type: meeting.type,
    start_time: utc(start),
    timezone: meeting.timezone,
    duration: minutes(length),
    duration_in_second: Math.round(length / 1000),
    complete_time: utc(archive.completed_at),
    meeting_type: presences.every(({ person_id }) => person_id) ? 'internal' : 'external',
    is_breakout_room: false,
    parent_meeting_id: '',
    group_id: '',
    status: 'completed',
    total_size: archive.files.reduce((sum, file) => sum + sizeOf(file), 0),
    recording_count: archive.files.length,
    archive_files: archive.files.map((file) => ({
      id: file.id,
      download_url: `${base}/rec/download/${file.id}`,
      file_type: file.file_type,
      file_extension: file.file_extension,
      file_size: sizeOf(file),
      recording_type: file.recording_type,
      individual: false,
      status: 'completed',
      encryption_fingerprint: fingerprint(file),
      storage_location: 'US',
      auto_delete: file.auto_delete,
      ...(file.file_type === 'CHAT' && { number_of_messages: file.number_of_messages }),
    })),
    physical_files: [],
  }
}

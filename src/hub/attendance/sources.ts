import type { AttendanceSource, MeetingKind } from '#store/db.ts'
import type { ZoomClient } from '#zoom/client.ts'
import {
  listDashboardMeetingParticipants,
  listDashboardWebinarParticipants,
  type DashboardParticipant,
} from '#zoom/dashboards.ts'
import type { Participant } from '#zoom/participants.ts'
import { listPastMeetingParticipants, listPastWebinarParticipants } from '#zoom/past-meetings.ts'
import { listMeetingReportParticipants, listWebinarReportParticipants } from '#zoom/reports.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import type { Stay } from './presences.ts'

type AskedSource = Exclude<AttendanceSource, 'events'>

interface Way {
  /** `GET /report/…`: its scopes decide whether it is asked at all. */
  operation: string
  stays(client: ZoomClient, uuid: string): AsyncGenerator<Stay, void, undefined>
}

export interface Source {
  name: AskedSource
  /** The least plan of the account, in Zoom's words. */
  plan: string
  ways: Record<MeetingKind, Way>
}

/** Who can tell who was there, the best first. Where none of them does, the events stand. */
export const sources = [
  {
    name: 'report',
    plan: 'Pro',
    ways: {
      meeting: {
        operation: 'GET /report/meetings/{meetingId}/participants',
        stays: (client, uuid) => each(listMeetingReportParticipants(client, uuid), stayOf),
      },
      webinar: {
        operation: 'GET /report/webinars/{webinarId}/participants',
        stays: (client, uuid) => each(listWebinarReportParticipants(client, uuid), stayOf),
      },
    },
  },
  {
    name: 'dashboard',
    plan: 'Business',
    ways: {
      meeting: {
        operation: 'GET /metrics/meetings/{meetingId}/participants',
        stays: (client, uuid) => each(listDashboardMeetingParticipants(client, uuid), stayOfDashboard),
      },
      webinar: {
        operation: 'GET /metrics/webinars/{webinarId}/participants',
        stays: (client, uuid) => each(listDashboardWebinarParticipants(client, uuid), stayOfDashboard),
      },
    },
  },
  {
    name: 'past_participants',
    plan: 'Pro',
    ways: {
      meeting: {
        operation: 'GET /past_meetings/{meetingId}/participants',
        stays: (client, uuid) => each(listPastMeetingParticipants(client, uuid), stayOf),
      },
      webinar: {
        operation: 'GET /past_webinars/{webinarId}/participants',
        stays: (client, uuid) => each(listPastWebinarParticipants(client, uuid), stayOf),
      },
    },
  },
] as const satisfies readonly Source[]

/** Those that are better than what the attendance rests on now. */
export function sourcesBetterThan(current: AttendanceSource): readonly Source[] {
  const rank = sources.findIndex(({ name }) => name === current)
  return rank < 0 ? sources : sources.slice(0, rank)
}

/** Whether the scopes of a connection allow to ask; a connection whose scopes are not known is let try. */
export const mayAsk = ({ operation }: Way, scope: string | null): boolean =>
  !scope || isGranted(endpointOf(operation), scope)

/** Who only waited was not there. */
async function* each<Line extends { status?: string | null | undefined }>(
  lines: AsyncGenerator<Line, void, undefined>,
  stay: (line: Line) => Stay,
): AsyncGenerator<Stay, void, undefined> {
  for await (const line of lines) if (line.status !== 'in_waiting_room') yield stay(line)
}

const stayOf = (line: Participant): Stay => ({
  user_id: line.user_id ?? '',
  name: line.name ?? '',
  email: line.user_email ?? '',
  participant_user_id: line.participant_user_id || line.id || '',
  participant_uuid: '',
  registrant_id: line.registrant_id ?? '',
  customer_key: line.customer_key ?? '',
  join_time: instant(line.join_time),
  leave_time: instant(line.leave_time),
  leave_reason: null,
})

const stayOfDashboard = (line: DashboardParticipant): Stay => ({
  user_id: line.user_id ?? '',
  name: line.user_name ?? '',
  email: line.email ?? '',
  participant_user_id: line.participant_user_id || line.id || '',
  participant_uuid: line.participant_uuid ?? '',
  registrant_id: line.registrant_id ?? '',
  customer_key: line.customer_key ?? '',
  join_time: instant(line.join_time),
  leave_time: instant(line.leave_time),
  leave_reason: line.leave_reason || null,
})

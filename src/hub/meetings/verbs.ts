import type { MeetingKind } from '#store/db.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { createMeeting, deleteMeeting, getMeeting, listMeetings, updateMeeting, type Meeting } from '#zoom/meetings.ts'
import type { ScheduleBody } from '#zoom/schedule.ts'
import { createWebinar, deleteWebinar, getWebinar, listWebinars, updateWebinar } from '#zoom/webinars.ts'

/** Zoom's verbs for a kind of meeting, and its types for: instant, planned once, as a series, as one without fixed times. */
interface Verbs {
  types: { instant: number | undefined; once: number; series: number; untimed: number }
  create(client: ZoomClient, host: string, body: ScheduleBody): Promise<Meeting>
  get(client: ZoomClient, id: string): Promise<Meeting>
  update(client: ZoomClient, id: string, body: ScheduleBody, query?: { occurrence_id?: string }): Promise<void>
  delete(
    client: ZoomClient,
    id: string,
    query: { occurrence_id?: string; cancel_meeting_reminder?: boolean },
  ): Promise<void>
  list(client: ZoomClient, host: string): AsyncGenerator<Meeting, void, undefined>
}

export const verbs = {
  meeting: {
    types: { instant: 1, once: 2, series: 8, untimed: 3 },
    create: createMeeting,
    get: getMeeting,
    update: updateMeeting,
    delete: deleteMeeting,
    list: listMeetings,
  },
  webinar: {
    types: { instant: undefined, once: 5, series: 9, untimed: 6 },
    create: createWebinar,
    get: getWebinar,
    update: updateWebinar,
    // A webinar's registrants are told by another name of the same query.
    delete: (client, id, { occurrence_id, cancel_meeting_reminder }) =>
      deleteWebinar(client, id, {
        ...(occurrence_id ? { occurrence_id } : {}),
        ...(cancel_meeting_reminder ? { cancel_webinar_reminder: true } : {}),
      }),
    list: listWebinars,
  },
} as const satisfies Record<MeetingKind, Verbs>

export const verbsOf = (kind: MeetingKind): Verbs => verbs[kind] as Verbs

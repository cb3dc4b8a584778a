import type { DueMeeting } from '#store/gaps.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError, ZoomRateLimitError } from '#zoom/errors.ts'
import { getPastMeeting, listPastMeetingInstances } from '#zoom/past-meetings.ts'
import { listUserReportMeetings } from '#zoom/reports.ts'
import { endpointOf } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import type { PastSession } from './keep-session.ts'

export interface Span {
  since: Date
  until: Date
}

export interface ListedSession extends PastSession {
  has_recording: boolean
}

/** Zoom said no to the question; a rate limit, or a Zoom in trouble, says nothing of it. */
export const isRefusal = (error: unknown): error is ZoomApiError =>
  error instanceof ZoomApiError && !(error instanceof ZoomRateLimitError) && error.status < 500

/** Zoom's own word for why it will not say, when it refused; what says nothing of the question is thrown. */
export function refusalOf(error: unknown): string {
  if (!isRefusal(error)) throw error
  return error.message
}

const userMeetings = endpointOf('GET /report/users/{userId}/meetings')

/** The past runs of a host on the days of a span, which may have ended before it (one call), or why Zoom does not list them. */
export async function sessionsOfHost(
  client: ZoomClient,
  scope: string,
  userId: string,
  { since, until }: Span,
): Promise<ListedSession[] | string> {
  if (scope && !isGranted(userMeetings, scope)) return 'the app has no scope for GET /report/users/{userId}/meetings'
  try {
    const listed = await Array.fromAsync(
      listUserReportMeetings(client, userId, { from: dayOf(since), to: dayOf(until) }),
    )
    return listed.flatMap(({ id, uuid, type, topic, start_time, end_time, has_recording }) => {
      const [started_at, ended_at] = [instant(start_time), instant(end_time)]
      if (!started_at || !ended_at) return []
      return [
        {
          zoom_meeting_id: id,
          kind: webinarTypes.has(type ?? 0) ? ('webinar' as const) : ('meeting' as const),
          type: type ?? null,
          uuid,
          topic: topic ?? '',
          started_at,
          ended_at,
          people: 2,
          has_recording: has_recording === true,
        },
      ]
    })
  } catch (error) {
    return refusalOf(error)
  }
}

const webinarTypes = new Set([5, 6, 9])

/** A UTC day: `2026-03-31`. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** The runs of one meeting that was due in a span: its list and one call for each run, or why Zoom does not tell. */
export async function sessionsOfMeeting(
  client: ZoomClient,
  { zoom_meeting_id, kind }: DueMeeting,
  { since }: Span,
): Promise<PastSession[] | string> {
  if (kind === 'webinar') return 'Zoom tells the end of a webinar by reports alone'
  try {
    const runs = await Array.fromAsync(listPastMeetingInstances(client, zoom_meeting_id))
    const late = runs.filter(({ start_time }) => (instant(start_time)?.getTime() ?? 0) >= since.getTime() - day_ms)
    return (await Promise.all(late.map(({ uuid }) => runOf(client, uuid)))).filter(
      (run) => run !== undefined && run.ended_at >= since,
    ) as PastSession[]
  } catch (error) {
    return refusalOf(error)
  }
}

const day_ms = 86_400_000

/** One ended run by its uuid (one call). @throws ZoomApiError 3001 while it is not over. */
export async function runOf(client: ZoomClient, uuid: string): Promise<PastSession | undefined> {
  const { id, type, topic, start_time, end_time, participants_count } = await getPastMeeting(client, uuid)
  const [started_at, ended_at] = [instant(start_time), instant(end_time)]
  if (!started_at || !ended_at) return undefined
  return {
    zoom_meeting_id: id,
    kind: 'meeting',
    type: type ?? null,
    uuid,
    topic: topic ?? '',
    started_at,
    ended_at,
    people: Math.min(participants_count ?? 0, 2),
  }
}

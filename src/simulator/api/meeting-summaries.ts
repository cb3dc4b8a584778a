import type { Summary } from '#simulator/meeting-parts.ts'
import { ownerOf } from '#simulator/people.ts'
import { invalidFields, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Session } from '#simulator/state.ts'
import { changedBy, deleteSummary, summaryFields, summaryText } from '#simulator/summaries.ts'
import { utc } from '#simulator/time.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { now } from '#simulator/clock.ts'
import { actor, noContent, ok, type ApiCall, type ApiRoutes } from './call.ts'
import { mustHaveMeetings } from './named-meeting.ts'
import { pageOf } from './pages.ts'
import { endedSession } from './sessions.ts'

/** https://developers.zoom.us/docs/api/meetings/#tag/ai-companion */
export const meetingSummaryRoutes: ApiRoutes = {
  'GET /meetings/{meetingId}/meeting_summary': (call) => {
    const { session, summary } = summarised(call)
    return ok({
      ...summaryFields(call.world, session, summary),
      ...changedBy(call.world, summary),
      ...summaryText(summary),
    })
  },
  'DELETE /meetings/{meetingId}/meeting_summary': (call) => {
    const { session, summary } = summarised(call)
    deleteSummary(call.world, session, summary, actor(call))
    return noContent
  },
  'GET /meetings/meeting_summaries': (call) => {
    mustHaveMeetings(call, actor(call))
    if (!isSwitchedOn(call)) throw refusalSaying(call.endpoint, 3000, 'Meeting summary disabled')
    const { from, to } = span(call)
    const all = [...call.world.sessions.values()].flatMap((session) =>
      session.summary ? [{ session, summary: session.summary }] : [],
    )
    const found = all.filter(({ summary }) => summary.created_at >= from && summary.created_at <= to)
    const { items, paging } = pageOf(call, found)
    const { page_size, next_page_token } = paging
    const summaries = items.map(({ session, summary }) => summaryFields(call.world, session, summary))
    return ok({ page_size, next_page_token, from: utc(from), to: utc(to), summaries })
  },
}

/** The account's own switch: that of its owner. */
const isSwitchedOn = ({ world }: ApiCall): boolean =>
  Object(settingsOf(ownerOf(world))['in_meeting']?.['meeting_summary_with_ai_companion'])['enable'] !== false

/** The run of the path with its summary; there is neither without the other. */
function summarised(call: ApiCall): { session: Session; summary: Summary } {
  const { uuid } = endedSession(call, 'meeting')
  const session = call.world.sessions.get(uuid)
  if (!session?.summary) throw refusal(call.endpoint, 3001, uuid)
  return { session, summary: session.summary }
}

const day = 86_400_000

/** `from` and `to` as instants; without them the day that ends now. */
function span({ world, query }: ApiCall): { from: number; to: number } {
  const read = (name: string, usual: number): number => {
    const text = query.get(name)
    if (text === null) return usual
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) throw invalidFields([name])
    return Date.parse(text)
  }
  const to = read('to', now(world.clock))
  const from = read('from', to - day)
  if (from > to) throw invalidFields(['from'])
  return { from, to }
}

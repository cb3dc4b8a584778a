import { invalidFields } from '#simulator/refusal.ts'
import type { Meeting, Person, Session, World } from '#simulator/state.ts'
import { ok, type ApiCall, type ApiRoutes } from './call.ts'
import { checkMonth, dayOf, isWithin } from './days.ts'
import { pageOf } from './pages.ts'

const categories = [
  'Meeting Created',
  'Meeting Started',
  'User Join',
  'User Left',
  'Remote Control',
  'In-Meeting Chat',
  'Meeting Ended',
] as const

interface Activity {
  meeting: Meeting
  at: number
  name: string
  email: string
  category: (typeof categories)[number]
  detail: string
}

/**
 * Who did what in the account's meetings, the latest last: https://developers.zoom.us/docs/api/meetings/#tag/reports.
 * Nobody takes control of another's screen here: of that category there is nothing.
 */
export const meetingActivityRoutes: ApiRoutes = {
  'GET /report/meeting_activities': (call) => {
    const isAsked = askedFor(call)
    const { items, paging } = pageOf(call, activitiesOf(call.world).filter(isAsked))
    const { page_size, next_page_token } = paging
    return ok({ next_page_token, page_size, meeting_activity_logs: items.map(activityJson) })
  },
}

/** `activity_type` must be said, `All Activities` or one of them; `search_key` is part of the operator's name or e-mail. */
function askedFor(call: ApiCall): (activity: Activity) => boolean {
  const [from, to] = [dayOf(call, 'from'), dayOf(call, 'to')]
  checkMonth(from, to)
  const { query } = call
  const type = query.get('activity_type') ?? ''
  if (type !== 'All Activities' && !categories.some((one) => one === type)) throw invalidFields(['activity_type'])
  const number = query.get('meeting_number')?.replaceAll(' ', '')
  const key = query.get('search_key')?.toLowerCase() ?? ''
  return ({ meeting, at, name, email, category }) =>
    isWithin(at, { from, to }) &&
    (type === 'All Activities' || category === type) &&
    (!number || String(meeting.id) === number) &&
    `${name} ${email}`.toLowerCase().includes(key)
}

function activitiesOf(world: World): Activity[] {
  const meetings = [...world.meetings.values()].filter(({ kind }) => kind === 'meeting')
  const sessions = [...world.sessions.values()].filter(({ meeting }) => meeting.kind === 'meeting')
  const hostOf = ({ host_id }: Meeting) => whoIs(world.people.get(host_id))
  return [
    ...meetings.map((meeting) =>
      activity(meeting, Math.floor(meeting.created_at / 1000) * 1000, hostOf(meeting), 'Meeting Created'),
    ),
    ...sessions.flatMap((session) => activitiesIn(session, hostOf(session.meeting))),
  ].toSorted((a, b) => a.at - b.at)
}

type Who = Pick<Activity, 'name' | 'email'>

const whoIs = (person: Person | undefined): Who => ({ name: person?.display_name ?? '', email: person?.email ?? '' })

const activitiesIn = ({ meeting, start, end, presences, in_meeting }: Session, host: Who): Activity[] => [
  activity(meeting, start, host, 'Meeting Started'),
  ...presences.map((presence) => activity(meeting, presence.join, presence, 'User Join')),
  ...in_meeting.chat.map(({ sender, at, content }) => activity(meeting, at, sender, 'In-Meeting Chat', content)),
  ...presences.flatMap((presence) =>
    presence.leave === undefined ? [] : [activity(meeting, presence.leave, presence, 'User Left')],
  ),
  ...(end === undefined ? [] : [activity(meeting, end, host, 'Meeting Ended')]),
]

const activity = (
  meeting: Meeting,
  at: number,
  { name, email }: Who,
  category: Activity['category'],
  detail: string = category,
): Activity => ({ meeting, at, name, email, category, detail })

const activityJson = ({ meeting, at, name, email, category, detail }: Activity) => ({
  meeting_number: spaced(meeting.id),
  activity_time: new Date(at).toISOString().replace('T', ' ').replace('.', ':').slice(0, -1),
  operator: name,
  operator_email: email,
  activity_category: category,
  activity_detail: detail,
})

/** As Zoom shows a number to people: 982 610 0285, or 819 7352 4410. */
const spaced = (id: number): string => String(id).replace(/^(\d{3})(\d{3,4})(\d{4})$/, '$1 $2 $3')

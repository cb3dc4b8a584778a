import { ConflictError, ForbiddenError, InputError, NotFoundError, UnauthorizedError } from '#core/errors.ts'
import { brandOf } from '#hub/brand.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { meetingPhase } from '#hub/meeting-state.ts'
import { formDefaults } from '#hub/meetings/options/defaults.ts'
import { meeting, occurrences } from '#hub/meetings/read.ts'
import { placement } from '#hub/placements.ts'
import { recordingsShown } from '#hub/recordings.ts'
import type { Meeting, Placement } from '#hub/resources.ts'
import { planInCourse } from './deep-link.ts'
import { reportOf } from './grades/report.ts'
import { sentScores } from './grades/send.ts'
import { linkOfPlacement } from './links.ts'
import { autoPostPage } from './pages/auto-post-page.ts'
import { meetingPage } from './pages/meeting-page.ts'
import { planPage, type PlanPage } from './pages/plan-page.ts'
import { userOf } from './people.ts'
import { platformOfPlace } from './platforms.ts'
import { readPlan } from './schedule-form.ts'
import type { FrameSession } from './sessions.ts'
import { ltiPath } from './tool.ts'

/** What a frame shows: the form while content is chosen, else the meeting. From stored rows alone, without a call to Zoom. */
export async function showFrame(hub: Hub, token: string, session: FrameSession): Promise<Reply> {
  if (session.deep_linking)
    return planPage(hub, {
      action: `${ltiPath(hub)}/frame/${token}/plan`,
      typed: new URLSearchParams(),
      problems: [],
      refusal: undefined,
      ...(await ofWorkspace(hub, session.place_id)),
    })
  const placed = session.placement_id === undefined ? undefined : await placement(hub, session.placement_id)
  if (!placed) throw new NotFoundError('This meeting is not in the course any more')
  return showMeeting(hub, session, placed)
}

/** How the form looks in the workspace of a place, and what its administrators have decided of it. */
async function ofWorkspace(hub: Hub, place_id: string): Promise<Pick<PlanPage, 'brand' | 'defaults'>> {
  const platform = await platformOfPlace(hub, place_id)
  if (!platform) throw new NotFoundError('This course is not connected any more')
  const { workspace_id } = platform
  return {
    brand: await brandOf(hub, workspace_id),
    defaults: await formDefaults(hub, { workspace_id, name: `lti:${place_id}` }),
  }
}

async function showMeeting(
  hub: Hub,
  session: FrameSession,
  placed: Placement & { workspace_id: string },
): Promise<Reply> {
  const { workspace_id, meeting_id } = placed
  const actor = { workspace_id, name: `lti:${session.place_id}:${session.user_id}` }
  const about = await meeting(hub, actor, meeting_id)
  const phase = meetingPhase(about, (await occurrences(hub, actor, meeting_id)).items, hub.runtime.now())
  const link = await linkOfPlacement(hub, placed.id)
  if (!link) throw new NotFoundError('This meeting is not in the course any more')
  const report = await reportOf(hub, workspace_id, meeting_id, link)
  const sent = new Map((await sentScores(hub, placed.id)).map((row) => [row.user_id, row]))
  const isOver = phase.phase === 'ended' || phase.phase === 'cancelled'
  return meetingPage(hub, {
    brand: await brandOf(hub, workspace_id),
    meeting: about,
    phase,
    ...(isOver ? { join_url: undefined, isHost: false } : await ticketFor(hub, session, placed, about)),
    recordings: await recordingsShown(hub, actor, { meeting_id, place_id: placed.place_id }),
    report: session.role === 'teacher' ? report : undefined,
    sent,
    points: link.points,
    own: session.role === 'learner' ? report.grades.find(({ user_id }) => user_id === session.user_id) : undefined,
  })
}

/** A ticket of the Door for whoever looks; the host is who hosts at Zoom and teaches here. */
async function ticketFor(
  hub: Hub,
  { place_id, user_id, role, expires_at }: FrameSession,
  { id: placement_id, workspace_id, meeting_id }: Placement & { workspace_id: string },
  { host_email }: Meeting,
): Promise<{ join_url: string; isHost: boolean }> {
  const user = await userOf(hub, place_id, user_id)
  if (!user) throw new UnauthorizedError('Open the activity in the course again')
  const isHost = role === 'teacher' && user.email !== null && user.email.toLowerCase() === host_email?.toLowerCase()
  const { url } = await issueTicket(hub, {
    workspace_id,
    meeting_id,
    placement_id,
    person_id: user.person_id,
    name: user.name || undefined,
    email: user.email ?? undefined,
    role: isHost ? 'host' : 'participant',
    expires_at,
  })
  return { join_url: url, isHost }
}

/** The teacher sends the plan: one meeting at Zoom, and back to the LMS with it. What is wrong is said beside the fields. */
export async function plan(hub: Hub, token: string, session: FrameSession, form: URLSearchParams): Promise<Reply> {
  const choice = session.deep_linking
  const platform = await platformOfPlace(hub, session.place_id)
  if (!choice || !platform || session.role !== 'teacher')
    throw new ForbiddenError('Only a teacher who chooses content for a course may plan a meeting here')
  const look = await ofWorkspace(hub, session.place_id)
  const again = { action: `${ltiPath(hub)}/frame/${token}/plan`, typed: form, ...look }
  const read = readPlan(form, hub.runtime.now())
  if ('problems' in read) return planPage(hub, { ...again, problems: read.problems, refusal: undefined })
  try {
    const { deep_link_return_url, jwt } = await planInCourse(hub, platform, session, choice, read.plan)
    return autoPostPage(hub, deep_link_return_url, { JWT: jwt })
  } catch (error) {
    if (error instanceof InputError || error instanceof ConflictError)
      return planPage(hub, { ...again, problems: [], refusal: error.message })
    throw error
  }
}

import type { Hub } from '#hub/hub.ts'
import type { Job, JobHandler, Outcome } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { placeById } from '#hub/places.ts'
import { placement, placementsHere } from '#hub/placements.ts'
import type { Placement } from '#hub/resources.ts'
import type { Db } from '#store/db.ts'
import { PlatformRefusedError } from '#integrations/lti/ask-platform.ts'
import { linkOfPlacement, type Link } from '#integrations/lti/links.ts'
import { keepMember } from '#integrations/lti/people.ts'
import { platformOfPlace, type Platform } from '#integrations/lti/platforms.ts'
import { NoTokenError } from '#integrations/lti/services/access-token.ts'
import { findOrMakeLineItem, postScore } from '#integrations/lti/services/line-items.ts'
import { roster } from '#integrations/lti/services/memberships.ts'
import { tables } from '#integrations/lti/tables.ts'
import { reportOf } from './report.ts'

/** Grades of one placement go out one after another, and a failure of its LMS holds no other's. */
export const gradeJob = (placement_id: string): Job => ({
  task: 'lti_grade',
  payload: { placement_id },
  queue: `lti_grade:${placement_id}`,
  key: `lti_grade:${placement_id}`,
})

/** After a session: each course in which the meeting is graded hears of it. */
export async function gradeEverywhere(hub: Hub, meeting_id: string, db: Db = hub.db): Promise<Outcome> {
  const here = await placementsHere(hub, 'lti', meeting_id)
  if (here.length === 0) return { outcome: 'ignored', reason: 'it is in no course' }
  await addJobs(
    db,
    here.map(({ id }) => gradeJob(id)),
  )
  return { outcome: 'handled' }
}

/** The job: brings the gradebook up to date. Sends what is new, and nothing twice. */
export const sendGrades: JobHandler = async (payload, hub) => {
  const { placement_id } = payload as { placement_id: string }
  const placed = await placement(hub, placement_id)
  const link = placed && (await linkOfPlacement(hub, placed.id))
  const platform = link && (await platformOfPlace(hub, link.place_id))
  if (!placed || !platform || link.points === null) return
  if ((await placeById(hub, link.place_id))?.state !== 'on') return
  if (!link.lineitems_url && !link.lineitem_url)
    return hub.log.warn({ placement_id }, 'the LMS takes no grades for a meeting that is graded')
  await learnRoster(hub, platform, link)
  await sendNew(hub, platform, link, link.points, placed)
}

/** Who is in the course now. Whom launches told of is graded, too, where the LMS does not let us see that. */
async function learnRoster(hub: Hub, platform: Platform, { memberships_url, context_id }: Link): Promise<void> {
  if (!memberships_url) return
  try {
    for await (const member of roster(hub, platform, memberships_url))
      await keepMember(hub, platform, context_id, member)
  } catch (error) {
    if (!(error instanceof PlatformRefusedError && error.status < 500)) throw error
  }
}

/** One after another; a learner whose score may be taken later does not hold the others. */
async function sendNew(
  hub: Hub,
  platform: Platform,
  link: Link,
  points: number,
  { workspace_id, meeting_id, title }: Placement & { workspace_id: string },
): Promise<void> {
  const { grades } = await reportOf(hub, workspace_id, meeting_id, link)
  const sent = new Map((await sentScores(hub, link.placement_id)).map((row) => [row.user_id, row]))
  let later: Error | undefined
  for (const { user_id, share, minutes, of_minutes } of grades) {
    const score = Math.round(share * points * 1e5) / 1e5
    const comment = `${Math.round(minutes)} of ${Math.round(of_minutes)} minutes`
    const before = sent.get(user_id)
    if (before?.score === score && before.comment === comment) continue
    const lineitem_url = await lineItemOf(hub, platform, link, points, title)
    // Platforms refuse what is not later than the last, some to the second.
    const sent_at = new Date(Math.max(hub.runtime.now(), (before?.sent_at.getTime() ?? 0) + 1000))
    const refusal = await sendOne(hub, platform, lineitem_url, {
      userId: user_id,
      scoreGiven: score,
      scoreMaximum: points,
      comment,
      timestamp: sent_at,
    })
    if (refusal?.status === 404) await findColumn(hub, platform, link, points, title, refusal)
    if (refusal && [403, 409].includes(refusal.status)) {
      later = refusal
      continue
    }
    const refused = refusal?.message ?? null
    await keepScore(hub, { placement_id: link.placement_id, user_id, score, comment, refused, sent_at })
  }
  if (later) throw later
}

/** undefined: the LMS took it. Else its refusal of this very score. @throws what stands in the way of all scores. */
async function sendOne(
  hub: Hub,
  platform: Platform,
  lineitem_url: string,
  score: Parameters<typeof postScore>[3],
): Promise<PlatformRefusedError | undefined> {
  try {
    await postScore(hub, platform, lineitem_url, score)
    return undefined
  } catch (error) {
    if (!(error instanceof PlatformRefusedError) || error instanceof NoTokenError) throw error
    if (![400, 403, 404, 409, 422].includes(error.status)) throw error
    return error
  }
}

/** Nothing there: when it is our column that somebody deleted, the new one is to hear of everybody. @throws the refusal, then. */
async function findColumn(
  hub: Hub,
  platform: Platform,
  link: Link,
  points: number,
  title: string,
  refusal: PlatformRefusedError,
): Promise<void> {
  const before = link.lineitem_url
  if (
    !link.lineitems_url ||
    (await lineItemOf(hub, platform, { ...link, lineitem_url: null }, points, title)) === before
  )
    return
  await tables(hub.db).deleteFrom('lti_score').where('placement_id', '=', link.placement_id).execute()
  throw refusal
}

async function lineItemOf(hub: Hub, platform: Platform, link: Link, points: number, label: string): Promise<string> {
  if (link.lineitem_url) return link.lineitem_url
  link.lineitem_url = await findOrMakeLineItem(hub, platform, link.lineitems_url ?? '', {
    label,
    scoreMaximum: points,
    resourceId: link.placement_id,
    tag: attendanceTag,
    resourceLinkId: link.resource_link_id,
  })
  await keepLineItem(hub, link.placement_id, link.lineitem_url)
  return link.lineitem_url
}

/** What our columns are marked with. */
export const attendanceTag = 'attendance'

const keepLineItem = async (hub: Hub, placement_id: string, lineitem_url: string | null): Promise<void> => {
  await tables(hub.db).updateTable('lti_link').set({ lineitem_url }).where('placement_id', '=', placement_id).execute()
}

interface SentScore {
  placement_id: string
  user_id: string
  score: number
  comment: string
  refused: string | null
  sent_at: Date
}

/** What the LMS has been told of a placement. */
export const sentScores = (hub: Hub, placement_id: string): Promise<SentScore[]> =>
  tables(hub.db).selectFrom('lti_score').selectAll().where('placement_id', '=', placement_id).execute()

const keepScore = async (hub: Hub, row: SentScore): Promise<void> => {
  const { score, comment, refused, sent_at } = row
  await tables(hub.db)
    .insertInto('lti_score')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['placement_id', 'user_id']).doUpdateSet({ score, comment, refused, sent_at }),
    )
    .execute()
}

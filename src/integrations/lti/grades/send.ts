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
  if (link.memberships_url)
    for await (const member of roster(hub, platform, link.memberships_url))
      await keepMember(hub, platform, link.context_id, member)
  await sendNew(hub, platform, link, link.points, placed)
}

async function sendNew(
  hub: Hub,
  platform: Platform,
  link: Link,
  points: number,
  { workspace_id, meeting_id, title }: Placement & { workspace_id: string },
): Promise<void> {
  const { grades } = await reportOf(hub, workspace_id, meeting_id, link)
  const sent = new Map((await sentScores(hub, link.placement_id)).map((row) => [row.user_id, row]))
  for (const { user_id, share, minutes, of_minutes } of grades) {
    const score = Math.round(share * points * 1e5) / 1e5
    const comment = `${Math.round(minutes)} of ${Math.round(of_minutes)} minutes`
    const before = sent.get(user_id)
    if (before?.score === score && before.comment === comment) continue
    const lineitem_url = await lineItemOf(hub, platform, link, points, title)
    // Platforms refuse what is not later than the last, some to the second.
    const sent_at = new Date(Math.max(hub.runtime.now(), (before?.sent_at.getTime() ?? 0) + 1000))
    const refused = await sendOne(hub, platform, link, lineitem_url, {
      userId: user_id,
      scoreGiven: score,
      scoreMaximum: points,
      comment,
      timestamp: sent_at,
    })
    await keepScore(hub, { placement_id: link.placement_id, user_id, score, comment, refused, sent_at })
  }
}

/** Taken, or refused for good: then in which words. @throws what may be mended by trying again. */
async function sendOne(
  hub: Hub,
  platform: Platform,
  link: Link,
  lineitem_url: string,
  score: Parameters<typeof postScore>[3],
): Promise<string | null> {
  try {
    await postScore(hub, platform, lineitem_url, score)
    return null
  } catch (error) {
    if (!(error instanceof PlatformRefusedError)) throw error
    // Somebody deleted our column: next time another is looked for.
    if (error.status === 404) await keepLineItem(hub, link.placement_id, null)
    if (![400, 422].includes(error.status)) throw error
    return error.message
  }
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

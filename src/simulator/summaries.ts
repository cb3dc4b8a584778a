import { nowInSeconds } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import type { Summary } from './meeting-parts.ts'
import type { Person, Session, World } from './state.ts'
import { utc } from './time.ts'

type Told = 'title' | 'overview' | 'details' | 'next_steps'

/** AI Companion has written, or somebody has changed, what was said in an ended run: `meeting.summary_completed`, or `.summary_updated`. */
export function writeSummary(world: World, session: Session, text: Pick<Summary, Told>, changed_by?: Person): Summary {
  const at = nowInSeconds(world.clock)
  const event = session.summary ? 'meeting.summary_updated' : 'meeting.summary_completed'
  const who = changed_by ?? world.people.get(session.meeting.host_id)
  const summary: Summary = {
    ...text,
    created_at: session.summary?.created_at ?? at,
    changed_at: at,
    changed_by: who?.id ?? session.meeting.host_id,
  }
  session.summary = summary
  publish(
    world,
    event,
    { about: session.meeting.host_id },
    {
      ...(event === 'meeting.summary_updated' && who && operatorOf(who)),
      object: {
        ...summaryFields(world, session, summary),
        ...(event === 'meeting.summary_updated' && changedBy(world, summary)),
        ...summaryText(summary),
      },
    },
  )
  return summary
}

/** `meeting.summary_deleted`: it is gone for good. */
export function deleteSummary(world: World, session: Session, summary: Summary, operator: Person): void {
  session.summary = undefined
  publish(
    world,
    'meeting.summary_deleted',
    { about: session.meeting.host_id },
    {
      ...operatorOf(operator),
      object: { ...summaryFields(world, session, summary), summary_title: summary.title },
    },
  )
}

/** Which run a summary is of, as events, list and get tell it alike. */
export const summaryFields = (world: World, { meeting, uuid, topic, start, end }: Session, summary: Summary) => ({
  meeting_host_id: meeting.host_id,
  meeting_host_email: world.people.get(meeting.host_id)?.email ?? '',
  meeting_uuid: uuid,
  meeting_id: meeting.id,
  meeting_topic: topic,
  meeting_start_time: utc(start),
  meeting_end_time: utc(end ?? start),
  summary_start_time: utc(start),
  summary_end_time: utc(end ?? start),
  summary_created_time: utc(summary.created_at),
  summary_last_modified_time: utc(summary.changed_at),
})

export const changedBy = (world: World, { changed_by }: Summary) => ({
  summary_last_modified_user_id: changed_by,
  summary_last_modified_user_email: world.people.get(changed_by)?.email ?? '',
})

/** The text in Zoom's older fields and in `summary_content`, which supersedes them. */
export const summaryText = ({ title, overview, details, next_steps }: Summary) => ({
  summary_title: title,
  summary_overview: overview,
  summary_details: details,
  next_steps,
  summary_content: [
    `## ${title}`,
    overview,
    ...details.map(({ label, summary }) => `### ${label}\n${summary}`),
    ...next_steps.map((step) => `- ${step}`),
  ].join('\n\n'),
})

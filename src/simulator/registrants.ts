import { now } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import { commonFields } from './meeting-events.ts'
import { joinHost, registrationUrl } from './meeting-json.ts'
import type { Registrant } from './meeting-parts.ts'
import type { Meeting, Person, World } from './state.ts'
import { utc } from './time.ts'

/** Whoever registers has a link of one's own: `tk` says who it is. */
export const registrantJoinUrl = (meeting: Meeting, { tk }: { tk: string }): string =>
  `${joinHost}/w/${meeting.id}?tk=${tk}${meeting.password && `&pwd=${meeting.encrypted_password}`}`

/** A meeting has pin codes for the telephone, a webinar has not. */
export const pinOf = ({ kind }: Meeting, { participant_pin_code }: Registrant) =>
  kind === 'meeting' ? { participant_pin_code } : {}

/** Whether the last of it is past and nothing runs: nobody can register any more. */
export function isOver(world: World, meeting: Meeting): boolean {
  const ends = meeting.occurrences
    .filter(({ status }) => status === 'available')
    .map((one) => one.start + one.duration * 60_000)
  if (meeting.start !== undefined && ends.length === 0) ends.push(meeting.start + meeting.duration * 60_000)
  return ends.length > 0 && Math.max(...ends) < now(world.clock)
}

/** `….registration_created`, with all that was answered in the form. */
export function publishRegistered(world: World, meeting: Meeting, registrant: Registrant): void {
  const { answers, custom_questions, status } = registrant
  tell(
    world,
    meeting,
    'created',
    registrant,
    {},
    {
      ...answers,
      custom_questions,
      status,
      join_url: registrantJoinUrl(meeting, registrant),
      ...pinOf(meeting, registrant),
    },
  )
}

/** `….registration_approved`, `_denied` or `_cancelled`; only who is approved is told the link. */
export function publishDecided(
  world: World,
  meeting: Meeting,
  registrant: Registrant,
  decision: 'approved' | 'denied' | 'cancelled',
  operator: Person,
): void {
  const link = { join_url: registrantJoinUrl(meeting, registrant), ...pinOf(meeting, registrant) }
  tell(world, meeting, decision, registrant, operatorOf(operator), decision === 'approved' ? link : {})
}

function tell(
  world: World,
  meeting: Meeting,
  what: 'created' | 'approved' | 'denied' | 'cancelled',
  registrant: Registrant,
  operator: object,
  more: object,
): void {
  const { id, first_name, last_name, email, occurrence_ids } = registrant
  const occurrences = meeting.occurrences.filter((one) => occurrence_ids.includes(one.occurrence_id))
  publish(
    world,
    `${meeting.kind}.registration_${what}`,
    { about: meeting.host_id },
    {
      ...operator,
      object: {
        ...commonFields(meeting),
        ...(occurrences.length > 0 && {
          occurrences: occurrences.map(({ occurrence_id, start }) => ({ occurrence_id, start_time: utc(start) })),
        }),
        registrant: { id, first_name, last_name, email, ...more, ...trackingSource(meeting, registrant) },
      },
    },
  )
}

/** A webinar's events tell the link by which the registrant came. */
function trackingSource(meeting: Meeting, { tracking_source_id }: Registrant): { tracking_source?: object } {
  const source = meeting.parts.tracking_sources.find(({ id }) => id === tracking_source_id)
  if (!source) return {}
  const { id, source_name } = source
  return { tracking_source: { id, source_name, tracking_url: `${registrationUrl(meeting)}?tracking_id=${id}` } }
}

import { operatorOf, publish } from './events.ts'
import { sessionFields } from './recording-json.ts'
import type { RecordingRegistrant } from './recording-parts.ts'
import type { Person, Recording, World } from './state.ts'

const asked = [
  'address',
  'city',
  'comments',
  'country',
  'industry',
  'job_title',
  'no_of_employees',
  'org',
  'phone',
  'purchasing_time_frame',
  'role_in_purchase_process',
  'state',
  'zip',
]
const noAnswers = Object.fromEntries(asked.map((name) => [name, '']))

/** A registrant with the whole form, as the API lists it and `recording.registration_created` tells it: what was not answered is empty. */
export const registrantJson = (registrant: RecordingRegistrant) => {
  const { id, email, first_name, last_name, status, answers, custom_questions } = registrant
  return { id, ...noAnswers, ...answers, custom_questions, email, first_name, last_name, status }
}

/** `recording.registration_created`, which has no operator: people register themselves. */
export function publishRecordingRegistered(world: World, recording: Recording, registrant: RecordingRegistrant): void {
  const object = { ...sessionFields(recording.session), registrant: registrantJson(registrant) }
  publish(world, 'recording.registration_created', hostOf(recording), { object })
}

/** `recording.registration_approved` or `_denied`. */
export function publishRecordingDecided(
  world: World,
  recording: Recording,
  { id, email, first_name, last_name }: RecordingRegistrant,
  decision: 'approved' | 'denied',
  operator: Person,
): void {
  const object = { ...sessionFields(recording.session), registrant: { id, email, first_name, last_name } }
  publish(world, `recording.registration_${decision}`, hostOf(recording), { ...operatorOf(operator), object })
}

const hostOf = ({ session }: Recording) => ({ about: session.meeting.host_id })

import defaults from './default-user-settings.json' with { type: 'json' }
import { merged } from './merged.ts'
import type { Person, Sections } from './state.ts'

/** The sections of GET /users/{userId}/settings for an account that has changed nothing. */
export const settingsOf = (person: Person): Sections => merged(defaultsOf(person), person.settings)

/** What stands behind `option=meeting_security`. */
const meetingSecurity = {
  auto_security: true,
  block_user_domain: false,
  block_user_domain_list: [],
  embed_password_in_join_link: true,
  encryption_type: 'enhanced_encryption',
  end_to_end_encrypted_meetings: false,
  meeting_password: true,
  meeting_password_requirement: defaults.schedule_meeting.meeting_password_requirement,
  only_authenticated_can_join_from_webclient: false,
  phone_password: true,
  pmi_password: true,
  require_password_for_scheduled_meeting: false,
  require_password_for_scheduled_webinar: false,
  waiting_room: false,
  waiting_room_settings: {
    participants_to_place_in_waiting_room: 0,
    users_who_can_admit_participants_from_waiting_room: 0,
  },
  webinar_password: true,
}

/** A licence brings cloud recording and larger meetings. */
const defaultsOf = ({ type }: Person): Sections => {
  if (type !== 2) return defaults
  const { recording, feature } = defaults
  return {
    ...defaults,
    recording: { ...recording, cloud_recording: true },
    feature: { ...feature, meeting_capacity: 300, concurrent_meeting: 'Plus' },
  }
}

/** One way to sign in: whoever has an account at Zoom. */
const authentication_options = [
  { id: 'signIn_simulator', name: 'Sign in to Zoom', type: 'enforce_login', default_option: true, visible: true },
]

/** What each `option` answers instead. */
const options = {
  meeting_security: { meeting_security: meetingSecurity },
  meeting_authentication: {
    meeting_authentication: false,
    allow_authentication_exception: false,
    authentication_options,
  },
  recording_authentication: { recording_authentication: false, authentication_options },
} satisfies Record<string, object>

/** The answer to an `option` of settings, of a user or the account; nothing when it asks for no other than the usual. */
export const securitySettings = (option: string | null): object | undefined =>
  option !== null && Object.hasOwn(options, option) ? options[option as keyof typeof options] : undefined

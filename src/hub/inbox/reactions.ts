import type { EventName, ZoomEvent } from '#zoom/events.ts'
import { appDeauthorized } from '#hub/grants/end.ts'
import type { Outcome } from '#hub/integration.ts'
import { participantJoined, participantLeft } from '#hub/attendance/from-events.ts'
import {
  meetingConverted,
  meetingCreated,
  meetingDeleted,
  meetingRecovered,
  meetingUpdated,
} from '#hub/meetings/from-events.ts'
import { accountSettingsChanged, userSettingsChanged } from '#hub/meetings/options/host-settings.ts'
import { registrationChanged } from '#hub/registrants/from-events.ts'
import { recordingReady, recordingsState, recordingState } from '#hub/recordings.ts'
import { sessionEnded, sessionStarted } from '#hub/sessions/from-events.ts'
import { summaryReady, summaryState } from '#hub/summaries.ts'
import { userChanged, userGone } from '#hub/zoom-users.ts'
import type { ReactionContext } from './context.ts'

type Reaction<Name extends EventName> = (
  context: ReactionContext,
  event: Extract<ZoomEvent, { event: Name }>,
) => Promise<Outcome>

const nothing = (reason: string) => (): Promise<Outcome> => Promise.resolve({ outcome: 'ignored', reason })

/** What each event does here. A new event is a new row. */
export const reactions = {
  'meeting.created': meetingCreated,
  'meeting.updated': meetingUpdated,
  'meeting.deleted': meetingDeleted,
  'meeting.permanently_deleted': meetingDeleted,
  'meeting.recovered': meetingRecovered,
  'meeting.converted_to_webinar': meetingConverted,
  'meeting.started': sessionStarted,
  'meeting.ended': sessionEnded,
  'meeting.participant_joined': participantJoined,
  'meeting.participant_left': participantLeft,
  'meeting.registration_created': registrationChanged('approved'),
  'meeting.registration_approved': registrationChanged('approved'),
  'meeting.registration_denied': registrationChanged('denied'),
  'meeting.registration_cancelled': registrationChanged('cancelled'),
  'webinar.created': meetingCreated,
  'webinar.updated': meetingUpdated,
  'webinar.deleted': meetingDeleted,
  'webinar.permanently_deleted': meetingDeleted,
  'webinar.recovered': meetingRecovered,
  'webinar.converted_to_meeting': meetingConverted,
  'webinar.started': sessionStarted,
  'webinar.ended': sessionEnded,
  'webinar.participant_joined': participantJoined,
  'webinar.participant_left': participantLeft,
  'webinar.registration_created': registrationChanged('approved'),
  'webinar.registration_approved': registrationChanged('approved'),
  'webinar.registration_denied': registrationChanged('denied'),
  'webinar.registration_cancelled': registrationChanged('cancelled'),
  'recording.started': nothing('a recording counts once it is complete'),
  'recording.stopped': nothing('a recording counts once it is complete'),
  'recording.completed': recordingReady,
  'recording.transcript_completed': recordingReady,
  'recording.trashed': recordingState('trashed'),
  'recording.deleted': recordingState('deleted'),
  'recording.recovered': recordingState('ready'),
  'recording.batch_trashed': recordingsState('trashed'),
  'recording.batch_deleted': recordingsState('deleted'),
  'recording.batch_recovered': recordingsState('ready'),
  'meeting.summary_completed': summaryReady,
  'meeting.summary_updated': summaryReady,
  'meeting.summary_trashed': summaryState('trashed'),
  'meeting.summary_deleted': summaryState('deleted'),
  'meeting.summary_recovered': summaryReady,
  'user.created': userChanged,
  'user.updated': userChanged,
  'user.activated': userChanged,
  'user.deactivated': userChanged,
  'user.deleted': userGone,
  'user.disassociated': userGone,
  'user.settings_updated': userSettingsChanged,
  'account.settings_updated': accountSettingsChanged,
  'account.lock_settings_updated': accountSettingsChanged,
  app_deauthorized: appDeauthorized,
} satisfies { [Name in EventName]: Reaction<Name> }

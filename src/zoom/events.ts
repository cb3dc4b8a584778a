import { z } from 'zod'
import { occurrence, recurrence, trackingValue } from './schedule.ts'
import { meetingRecordings, recordingFile } from './recordings.ts'
import { meetingSummary } from './summaries.ts'
import type { WebhookEvent } from './webhook.ts'
import { count, digits, meetingId, text } from './wire.ts'

// The payloads of https://developers.zoom.us/docs/api/meetings/events/ that something follows from. Unknown keys are kept.

/** A meeting or webinar as events name it: the id is a number in some and text in others. */
const meetingObject = z.looseObject({
  id: meetingId,
  uuid: text,
  host_id: text,
  topic: text,
  type: count,
  start_time: text,
  timezone: text,
  duration: count,
})

const scheduledObject = meetingObject.extend({
  agenda: text,
  join_url: text,
  password: text,
  pmi: digits.nullish(),
  occurrences: z.array(occurrence).nullish(),
  recurrence: recurrence.nullish(),
  tracking_fields: z.array(trackingValue).nullish(),
  settings: z.looseObject({}).nullish(),
})

const envelope = { account_id: text, operator: text, operator_id: text }

/** `operation`: `all` of a series, or the `single` occurrences that are named. */
const scheduledPayload = z.looseObject({ ...envelope, operation: text, object: scheduledObject })

/** Beside the id, only what changed. `time_stamp` (epoch ms) is when. */
const updatedPayload = z.looseObject({
  ...envelope,
  scope: text,
  time_stamp: count,
  object: scheduledObject,
  old_object: z.looseObject({}).nullish(),
})

/** One actual run: here the uuid is always given. */
const sessionObject = meetingObject.extend({ uuid: z.string().min(1), end_time: text })

const sessionPayload = z.looseObject({ account_id: text, object: sessionObject })

/** One who came or went; `user_id` is new with every join, `participant_uuid` stays for the stay. '' where Zoom does not know. */
const participant = z.looseObject({
  user_id: digits,
  user_name: text,
  id: text,
  email: text,
  participant_uuid: text,
  participant_user_id: text,
  registrant_id: text,
  customer_key: text,
  join_time: text,
  leave_time: text,
  /** Words, with HTML in them. */
  leave_reason: text,
})

/** Somebody who registered, or on whose registration was decided. */
const registrationPayload = z.looseObject({
  ...envelope,
  object: meetingObject.extend({
    registrant: z.looseObject({ id: z.string().min(1), email: text, first_name: text, last_name: text, status: text }),
  }),
})

const participantPayload = z.looseObject({ account_id: text, object: sessionObject.extend({ participant }) })

/** While it runs: `recording_file` has when it began and, in the end, when it stopped. */
const recordingSessionPayload = z.looseObject({
  account_id: text,
  object: sessionObject.extend({ recording_file: recordingFile.nullish() }),
})

const recordingPayload = z.looseObject({ ...envelope, object: meetingRecordings })

const summaryPayload = z.looseObject({ ...envelope, object: meetingSummary })

/** Many at once: the trash names runs, the others name the files of each, too. */
const recordingsPayload = z.looseObject({
  ...envelope,
  object: z.looseObject({
    meeting_uuids: z.array(z.string()).nullish(),
    meetings: z
      .array(z.looseObject({ meeting_uuid: z.string(), recording_file_ids: z.array(z.string()).nullish() }))
      .nullish(),
  }),
})

const userPayload = z.looseObject({
  ...envelope,
  creation_type: text,
  time_stamp: count,
  object: z.looseObject({
    id: text,
    email: text,
    first_name: text,
    last_name: text,
    display_name: text,
    type: count,
    pmi: digits.nullish(),
  }),
  old_object: z.looseObject({}).nullish(),
})

/** A user's settings, or the account's, or which of them are locked: only what changed, by section. */
const settingsPayload = z.looseObject({ ...envelope, object: z.looseObject({ id: text }) })

const deauthorizedPayload = z.looseObject({
  account_id: z.string(),
  user_id: text,
  client_id: text,
  signature: text,
  deauthorization_time: text,
  /** Text, in older notifications: 'false' asks for the data compliance call after the data is deleted. */
  user_data_retention: text,
})

/** Every event that something follows from, with what it carries. */
export const eventPayloads = {
  'meeting.created': scheduledPayload,
  'meeting.updated': updatedPayload,
  'meeting.deleted': scheduledPayload,
  'meeting.permanently_deleted': scheduledPayload,
  'meeting.recovered': scheduledPayload,
  'meeting.converted_to_webinar': scheduledPayload,
  'meeting.started': sessionPayload,
  'meeting.ended': sessionPayload,
  'meeting.participant_joined': participantPayload,
  'meeting.participant_left': participantPayload,
  'meeting.registration_created': registrationPayload,
  'meeting.registration_approved': registrationPayload,
  'meeting.registration_denied': registrationPayload,
  'meeting.registration_cancelled': registrationPayload,
  'webinar.created': scheduledPayload,
  'webinar.updated': updatedPayload,
  'webinar.deleted': scheduledPayload,
  'webinar.permanently_deleted': scheduledPayload,
  'webinar.converted_to_meeting': scheduledPayload,
  'webinar.recovered': scheduledPayload,
  'webinar.started': sessionPayload,
  'webinar.ended': sessionPayload,
  'webinar.participant_joined': participantPayload,
  'webinar.participant_left': participantPayload,
  'webinar.registration_created': registrationPayload,
  'webinar.registration_approved': registrationPayload,
  'webinar.registration_denied': registrationPayload,
  'webinar.registration_cancelled': registrationPayload,
  'recording.started': recordingSessionPayload,
  'recording.stopped': recordingSessionPayload,
  'recording.completed': recordingPayload,
  'recording.transcript_completed': recordingPayload,
  'recording.trashed': recordingPayload,
  'recording.deleted': recordingPayload,
  'recording.recovered': recordingPayload,
  'recording.batch_trashed': recordingsPayload,
  'recording.batch_deleted': recordingsPayload,
  'recording.batch_recovered': recordingsPayload,
  'meeting.summary_completed': summaryPayload,
  'meeting.summary_updated': summaryPayload,
  'meeting.summary_trashed': summaryPayload,
  'meeting.summary_deleted': summaryPayload,
  'meeting.summary_recovered': summaryPayload,
  'user.created': userPayload,
  'user.updated': userPayload,
  'user.deleted': userPayload,
  'user.activated': userPayload,
  'user.deactivated': userPayload,
  'user.disassociated': userPayload,
  'user.settings_updated': settingsPayload,
  'account.settings_updated': settingsPayload,
  'account.lock_settings_updated': settingsPayload,
  app_deauthorized: deauthorizedPayload,
} satisfies Record<string, z.ZodType>

export type EventName = keyof typeof eventPayloads
export type EventPayload<Name extends EventName> = z.output<(typeof eventPayloads)[Name]>

/** An event that something follows from: switch over `event`, and the compiler knows the payload. */
export type ZoomEvent = {
  [Name in EventName]: { event: Name; event_ts: number; payload: EventPayload<Name> }
}[EventName]

export const isEventName = (event: string): event is EventName => Object.hasOwn(eventPayloads, event)

/**
 * Reads an event's payload; undefined when nothing follows from events of its kind.
 * @throws ZodError when Zoom sent something else than it documents.
 */
export function readZoomEvent({ event, event_ts, payload }: WebhookEvent): ZoomEvent | undefined {
  if (!isEventName(event)) return undefined
  return { event, event_ts, payload: eventPayloads[event].parse(payload) } as ZoomEvent
}

import { endpointOf, type Endpoint } from '#zoom/schema/endpoints.ts'
import type { AppKind } from '#zoom/scopes.ts'

/** Something that people notice when it is missing, and what of Zoom's it is made of. Its scopes follow from these. */
export interface Feature {
  /** Stands after “the app may”. */
  words: string
  operations?: readonly Endpoint[]
  /** Names of events. */
  events?: readonly string[]
  /** The kinds of app that can have it; all, unless it is told. */
  kinds?: readonly AppKind[]
  /** The kinds of app that are of no use without it. */
  required?: readonly AppKind[]
}

const account: readonly AppKind[] = ['server_to_server', 'admin_managed']
const consented: readonly AppKind[] = ['user_managed', 'admin_managed']
const all: readonly AppKind[] = ['server_to_server', 'admin_managed', 'user_managed']

const operations = (...names: string[]): Endpoint[] => names.map(endpointOf)

const registrationEvents = (kind: 'meeting' | 'webinar'): string[] =>
  ['created', 'approved', 'denied', 'cancelled'].map((what) => `${kind}.registration_${what}`)

/**
 * What an app at Zoom is good for here, by a name that stays. A call that Greenroom makes belongs to a row, and what it never asks is in
 * none: no scope is wanted for it.
 */
export const features = {
  plan_meetings: {
    words: 'plan meetings',
    operations: operations(
      'POST /users/{userId}/meetings',
      'GET /meetings/{meetingId}',
      'PATCH /meetings/{meetingId}',
      'DELETE /meetings/{meetingId}',
    ),
    required: all,
  },
  list_meetings: {
    words: 'find meetings that were made at Zoom',
    operations: operations('GET /users/{userId}/meetings'),
  },
  follow_meetings: {
    words: 'hear of changes that are made at Zoom',
    events: ['meeting.created', 'meeting.updated', 'meeting.deleted', 'meeting.converted_to_webinar'],
  },
  follow_sessions: { words: 'see which meetings run', events: ['meeting.started', 'meeting.ended'] },
  follow_attendance: {
    words: 'see who comes and goes',
    events: ['meeting.participant_joined', 'meeting.participant_left'],
  },
  invitations: { words: 'show Zoom’s invitation', operations: operations('GET /meetings/{meetingId}/invitation') },
  list_registrants: { words: 'see who registered', operations: operations('GET /meetings/{meetingId}/registrants') },
  register: {
    words: 'register people',
    operations: operations('POST /meetings/{meetingId}/registrants', 'PUT /meetings/{meetingId}/registrants/status'),
  },
  follow_registrants: {
    words: 'hear who registers',
    events: registrationEvents('meeting'),
  },
  attendance_by_report: {
    words: 'correct attendance by Zoom’s report',
    operations: operations('GET /report/meetings/{meetingId}/participants'),
    kinds: account,
  },
  attendance_by_dashboard: {
    words: 'correct attendance by the dashboard',
    operations: operations('GET /metrics/meetings/{meetingId}/participants'),
    kinds: account,
  },
  attendance_by_past_meeting: {
    words: 'correct attendance by the past meeting’s participants',
    operations: operations('GET /past_meetings/{meetingId}/participants'),
  },
  sessions_by_report: {
    words: 'find past sessions by Zoom’s report',
    operations: operations('GET /report/users/{userId}/meetings'),
    kinds: account,
  },
  hosts_by_report: {
    words: 'find by one call who held more than is known of',
    operations: operations('GET /report/users'),
    kinds: account,
  },
  plans_by_report: {
    words: 'find by one call what the whole account has planned',
    operations: operations('GET /report/upcoming_events'),
    kinds: account,
  },
  plan_of_dashboard: {
    words: 'see whether the plan has the dashboard',
    operations: operations('GET /metrics/meetings'),
    kinds: account,
  },
  past_sessions: {
    words: 'find past sessions of a meeting',
    operations: operations('GET /past_meetings/{meetingId}', 'GET /past_meetings/{meetingId}/instances'),
  },
  recordings: {
    words: 'find recordings',
    operations: operations('GET /users/{userId}/recordings'),
  },
  follow_recordings: {
    words: 'hear of new recordings',
    events: [
      'recording.started',
      'recording.completed',
      'recording.transcript_completed',
      'recording.trashed',
      'recording.deleted',
      'recording.recovered',
    ],
  },
  follow_recordings_in_bulk: {
    words: 'hear when many recordings are deleted at once',
    events: ['recording.batch_trashed', 'recording.batch_deleted', 'recording.batch_recovered'],
    kinds: account,
  },
  summaries: {
    words: 'find AI Companion’s summaries',
    operations: operations('GET /meetings/meeting_summaries', 'GET /meetings/{meetingId}/meeting_summary'),
    kinds: account,
  },
  follow_summaries: {
    words: 'hear of AI Companion’s summaries',
    events: [
      'meeting.summary_completed',
      'meeting.summary_updated',
      'meeting.summary_trashed',
      'meeting.summary_deleted',
      'meeting.summary_recovered',
    ],
  },
  pick_hosts: { words: 'pick hosts', operations: operations('GET /users'), kinds: account, required: account },
  follow_users: {
    words: 'hear who joins the account and who leaves it',
    events: [
      'user.created',
      'user.updated',
      'user.activated',
      'user.deactivated',
      'user.deleted',
      'user.disassociated',
    ],
    kinds: account,
  },
  users: {
    words: 'see who a Zoom user is',
    operations: operations('GET /users/{userId}'),
    required: consented,
  },
  user_settings: { words: 'see what a host may do', operations: operations('GET /users/{userId}/settings') },
  // Zoom gives the granular scope to master accounts alone; classic apps may ask.
  locked_settings: {
    words: 'see which settings an account has locked',
    operations: operations('GET /accounts/{accountId}/lock_settings'),
    kinds: account,
  },
  schedulers: { words: 'plan for others who allow it', operations: operations('GET /users/{userId}/schedulers') },
  create_users: { words: 'create Zoom users', operations: operations('POST /users'), kinds: account },
  licences: {
    words: 'move licences between hosts',
    operations: operations('GET /users', 'PATCH /users/{userId}'),
    kinds: account,
  },
  groups: { words: 'spare groups when licences move', operations: operations('GET /groups'), kinds: account },
  tracking_fields: { words: 'use tracking fields', operations: operations('GET /tracking_fields'), kinds: account },
  start_links: { words: 'let hosts start from here', operations: operations('GET /users/{userId}/token') },
  bots_on_behalf: { words: 'send bots on behalf of people', operations: operations('GET /users/{userId}/token') },
  bots_record: {
    words: 'let bots record',
    operations: operations('GET /meetings/{meetingId}/jointoken/local_recording'),
  },
  plan_webinars: {
    words: 'plan webinars',
    operations: operations(
      'POST /users/{userId}/webinars',
      'GET /webinars/{webinarId}',
      'PATCH /webinars/{webinarId}',
      'DELETE /webinars/{webinarId}',
    ),
  },
  list_webinars: {
    words: 'find webinars that were made at Zoom',
    operations: operations('GET /users/{userId}/webinars'),
  },
  follow_webinars: {
    words: 'see which webinars run',
    events: [
      'webinar.created',
      'webinar.updated',
      'webinar.deleted',
      'webinar.converted_to_meeting',
      'webinar.started',
      'webinar.ended',
    ],
  },
  follow_webinar_attendance: {
    words: 'see who comes to webinars and goes',
    events: ['webinar.participant_joined', 'webinar.participant_left'],
  },
  list_webinar_registrants: {
    words: 'see who registered for a webinar',
    operations: operations('GET /webinars/{webinarId}/registrants'),
  },
  register_for_webinars: {
    words: 'register people for webinars',
    operations: operations('POST /webinars/{webinarId}/registrants', 'PUT /webinars/{webinarId}/registrants/status'),
  },
  follow_webinar_registrants: {
    words: 'hear who registers for a webinar',
    events: registrationEvents('webinar'),
  },
  webinar_attendance_by_report: {
    words: 'correct attendance of webinars by Zoom’s report',
    operations: operations('GET /report/webinars/{webinarId}/participants'),
    kinds: account,
  },
  webinar_attendance_by_dashboard: {
    words: 'correct attendance of webinars by the dashboard',
    operations: operations('GET /metrics/webinars/{webinarId}/participants'),
    kinds: account,
  },
  webinar_attendance_by_past_webinar: {
    words: 'correct attendance of webinars by the past webinar’s participants',
    operations: operations('GET /past_webinars/{webinarId}/participants'),
  },
  group_members: {
    words: 'pick hosts from a group',
    operations: operations('GET /groups/{groupId}/members'),
    kinds: account,
  },
} satisfies Record<string, Feature>

export type FeatureName = keyof typeof features

/** The rows that an app of this kind can have, in the catalogue's order. */
export const featuresOf = (kind: AppKind): [FeatureName, Feature][] =>
  (Object.entries(features) as [FeatureName, Feature][]).filter(([, { kinds = all }]) => kinds.includes(kind))

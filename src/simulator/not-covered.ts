/** Why some of Zoom's operations and events are not here. */
interface Reason {
  reason: string
  /** As `GET /users/{userId}` or `meeting.started`. */
  rows: readonly string[]
}

/**
 * What the simulator leaves out of zoom-endpoints.json and zoom-events.json, by the reason. Whoever adds an operation to
 * api/routes.ts or an event to emitted-events.ts takes its row away here and runs `npm run generate`, which writes
 * docs/simulator-coverage.md; a row that Zoom's lists gain must be played or listed.
 */
export const notCovered = [
  {
    reason: 'Zoom Events is a product of its own, with its own licence; none of the four integrations uses it',
    rows: [
      'GET /zoom_events/events',
      'POST /zoom_events/events',
      'DELETE /zoom_events/events/{eventId}',
      'GET /zoom_events/events/{eventId}',
      'PATCH /zoom_events/events/{eventId}',
      'GET /zoom_events/hubs',
      'GET /zoom_events/events/{eventId}/registrants',
      'GET /zoom_events/events/{eventId}/reports/event_attendance',
      'GET /zoom_events/events/{eventId}/reports/sessions/{sessionId}/attendance',
      'GET /zoom_events/events/{eventId}/reports/ticket_registration',
      'GET /zoom_events/events/{eventId}/sessions',
      'POST /zoom_events/events/{eventId}/sessions',
      'DELETE /zoom_events/events/{eventId}/sessions/{sessionId}',
      'GET /zoom_events/events/{eventId}/sessions/{sessionId}',
      'PATCH /zoom_events/events/{eventId}/sessions/{sessionId}',
      'GET /zoom_events/events/{eventId}/sessions/{sessionId}/join_token',
      'GET /zoom_events/events/{eventId}/ticket_types',
      'POST /zoom_events/events/{eventId}/ticket_types',
      'GET /zoom_events/events/{eventId}/tickets',
      'POST /zoom_events/events/{eventId}/tickets',
    ],
  },
  {
    reason: 'there is neither sound nor picture: the quality is one and the same for everybody, and no event tells it',
    rows: [
      'meeting.alert',
      'meeting.device_tested',
      'meeting.participant_qos',
      'meeting.participant_qos_summary',
      'meeting.risk_alert',
      'webinar.alert',
      'webinar.participant_qos',
      'webinar.participant_qos_summary',
    ],
  },
  {
    reason: 'how people rate it, and what they share in breakout rooms, is told by the dashboards alone',
    rows: [
      'meeting.breakout_room_sharing_ended',
      'meeting.breakout_room_sharing_started',
      'meeting.participant_feedback',
      'webinar.participant_feedback',
    ],
  },
  {
    reason: 'an archive is told by the API alone',
    rows: ['recording.archive_files_completed'],
  },
  {
    reason: 'what is said in a chat can be deleted and rewritten, and is told by no event',
    rows: [
      'meeting.chat_message_file_downloaded',
      'meeting.chat_message_file_sent',
      'meeting.chat_message_sent',
      'webinar.chat_message_file_downloaded',
      'webinar.chat_message_file_sent',
      'webinar.chat_message_sent',
    ],
  },
  {
    reason: 'one account, which is never made, renamed or left',
    rows: [
      'account.created',
      'account.disassociated',
      'account.updated',
      'account.vanity_url_approved',
      'account.vanity_url_rejected',
    ],
  },
  {
    reason: 'apps are installed by consent alone: an admin is not asked to approve first',
    rows: ['app.authorization_request_created'],
  },
  {
    reason: 'RTMS streams sound and picture, which do not exist here',
    rows: [
      'meeting.rtms_concurrency_near_limit',
      'meeting.rtms_interrupted',
      'meeting.rtms_started',
      'meeting.rtms_stopped',
      'webinar.rtms_interrupted',
      'webinar.rtms_started',
      'webinar.rtms_stopped',
    ],
  },
  {
    reason: 'AI Companion does not listen here; summaries are made by hand',
    rows: [
      'meeting.ai_companion_assets_deleted',
      'meeting.ai_companion_started',
      'meeting.ai_companion_stopped',
      'meeting.aic_transcript_completed',
      'meeting.participant_data_summary',
      'meeting.summary_recovered',
      'meeting.summary_shared',
      'meeting.summary_trashed',
      'webinar.participant_data_summary',
    ],
  },
  {
    reason: 'there are no breakout rooms',
    rows: ['meeting.participant_joined_breakout_room', 'meeting.participant_left_breakout_room'],
  },
  {
    reason: 'nobody is called by telephone or room system',
    rows: [
      'meeting.invitation_accepted',
      'meeting.invitation_rejected',
      'meeting.invitation_timeout',
      'meeting.participant_phone_callout_accepted',
      'meeting.participant_phone_callout_missed',
      'meeting.participant_phone_callout_rejected',
      'meeting.participant_phone_callout_ringing',
      'meeting.participant_room_system_callout_accepted',
      'meeting.participant_room_system_callout_failed',
      'meeting.participant_room_system_callout_missed',
      'meeting.participant_room_system_callout_rejected',
      'meeting.participant_room_system_callout_ringing',
    ],
  },
  {
    reason: 'nobody waits for the host: others come in only with join_before_host',
    rows: ['meeting.participant_jbh_joined', 'meeting.participant_jbh_waiting', 'meeting.participant_jbh_waiting_left'],
  },
  {
    reason: 'nobody is bound to another participant',
    rows: ['meeting.participant_bind', 'webinar.participant_bind'],
  },
  {
    reason: 'the waiting room is left by being admitted or turned away',
    rows: ['meeting.participant_admitted', 'meeting.participant_put_in_waiting_room'],
  },
  {
    reason: 'statistics of data centres are not kept',
    rows: ['meeting.participant_data', 'webinar.participant_data'],
  },
  {
    reason: 'storage is full or not by a switch',
    rows: ['recording.cloud_storage_usage_updated'],
  },
  {
    reason: "the users' notes, presence, invitations and telephone accounts are not played",
    rows: [
      'user.invitation_accepted',
      'user.personal_notes_updated',
      'user.presence_status_updated',
      'user.tsp_created',
      'user.tsp_deleted',
      'user.tsp_updated',
    ],
  },
] as const satisfies readonly Reason[]

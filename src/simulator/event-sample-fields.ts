/**
 * Fields that Zoom's own samples of events have, and its list of events lacks or has with another type, by the name of the event: paths
 * from the root of the body, as in the list. The sample is what a receiver gets, so it counts.
 */
export const sampleFields: Record<string, readonly string[]> = {
  'account.updated': [
    'payload.operator_id:string',
    'payload.old_object.id:string',
    'payload.old_object.account_name:string',
    'payload.old_object.account_alias:string',
  ],
  'app.authorization_request_created': [
    'event_ts:string',
    'payload.app_permissions:object',
    'payload.install_requirements:object',
    'payload.app_scopes:string[]',
    'payload.requester_name:string',
    'payload.requester_department:string',
    'payload.requester_user_groups:string[]',
    'payload.request_reason:string',
  ],
  app_deauthorized: ['payload.event_ts:string'],
  'meeting.ai_companion_assets_deleted': ['payload.object.ai_companion.deleted_assets:string[]'],
  'meeting.alert': ['payload.object.id:number', 'payload.object.issues:string[]'],
  'meeting.risk_alert': [
    'payload.object.armn_details.recommended_enable_settings:string[]',
    'payload.object.armn_details.recommended_disable_settings:string[]',
  ],
  'meeting.sharing_started': ['payload.object.id:number'],
  'meeting.started': ['payload.object.id:number'],
  'recording.deleted': ['payload.object.participant_audio_files[].recording_type:string'],
  'recording.recovered': ['payload.object.participant_audio_files[].recording_type:string'],
  'recording.resumed': ['payload.object.recording_file.recording_end:never'],
  'recording.trashed': [
    'payload.object.host_email:string',
    'payload.object.password:string',
    'payload.object.participant_audio_files[].recording_type:string',
  ],
  'user.presence_status_updated': ['payload.object.date-time:string'],
  'user.signed_in': ['payload.object.login_type:string'],
  'user.signed_out': ['payload.object.login_type:string'],
  'user.tsp_created': ['payload.object.tsp_credentials.id:string'],
  'user.tsp_deleted': ['payload.object.tsp_credentials.id:string'],
  'webinar.participant_qos_summary': [
    'payload.object.participant.qos[].details.resolution:string',
    'payload.object.participant.qos[].details.min_frame_rate:string',
    'payload.object.participant.qos[].details.avg_frame_rate:string',
    'payload.object.participant.qos[].details.max_frame_rate:string',
    'payload.object.participant.qos[].details.zoom_min_cpu_usage:string',
    'payload.object.participant.qos[].details.zoom_avg_cpu_usage:string',
    'payload.object.participant.qos[].details.zoom_max_cpu_usage:string',
    'payload.object.participant.qos[].details.system_max_cpu_usage:string',
  ],
  'webinar.participant_role_changed': ['payload.object.participant.id:string'],
  'webinar.updated': [
    'payload.old_object.settings.participant_video:boolean',
    'payload.old_object.settings.join_before_host:boolean',
  ],
}

// Made from openapi.json by npm run generate.

export interface ApiKey {
  id: string
  name: string
  role: Role
  /** ISO 8601, UTC */
  created_at: string
  /** To the minute */
  last_used_at: string | null
  revoked_at: string | null
}

export interface AppScopes {
  zoom_app_id: string
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  grants: Array<{
    connection_id: string
    /** Who consented; null for a server-to-server app */
    zoom_user_email: string | null
    family: 'classic' | 'granular' | null
    works: Array<{
      feature: string
      /** Stands after “the app may” */
      words: string
    }>
    lacks: Array<{
      feature: string
      /** Stands after “the app may” */
      words: string
      required: boolean
      /** Scopes to copy; with them it works */
      add: string[]
      missing: Array<{
        operation: string
        any_of: string[]
      }>
    }>
    /** Granted, and of use to nothing here */
    unneeded: string[]
  }>
}

export interface Attendance {
  session: Session
  attendees: Attendee[]
}

export interface Attendee {
  /** Names them within the session, to say who they are */
  key: string
  /** The person this is known to be, by a ticket, a Zoom user or a verified e-mail */
  person_id: string | null
  name: string
  other_names: string[]
  email: string
  zoom_user_id: string
  /** assigned: somebody said so; else the strongest thing that ties the presences to one person */
  known_by: 'assigned' | 'zoom_user' | 'registrant' | 'customer_key' | 'email' | 'name'
  /** Sent by us; not one of the people */
  is_bot: boolean
  joined_at: string | null
  /** null while still there */
  left_at: string | null
  /** Seconds, overlaps counted once */
  duration: number
  joins: number
  presences: Presence[]
}

export interface AuditEntry {
  /** ISO 8601, UTC */
  at: string
  /** key:…, user:…, cli, zoom or hub */
  actor: string
  /** What a key is called */
  actor_name: string | null
  /** object.verb, for example meeting.created */
  action: string
  object_id: string | null
  detail: Record<string, unknown>
}

export interface CancelRequest {
  /** Cancel this occurrence alone */
  occurrence_id?: string
}

export interface Connection {
  id: string
  zoom_app_id: string
  zoom_app_name: string
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  account_id: string | null
  /** Who consented; null for a server-to-server app */
  zoom_user_id: string | null
  zoom_user_email: string | null
  state: 'connected' | 'disconnected'
  failure: {
    code: string
    message: string
    /** ISO 8601, UTC */
    at: string
  } | null
  /** What a person has to do; null while the connection works. Also of one that is connected and whose encryption key is not here */
  reconnect: {
    /** user: the Zoom user who consented; account_admin: an administrator of the Zoom account; app_keeper: who manages the app at Zoom’s Marketplace */
    who: 'user' | 'account_admin' | 'app_keeper'
    message: string
    /** Where it is done */
    url: string
  } | null
  /** When its consent is renewed though nobody used it, or, where there is none, when its token ends; null while it is broken */
  next_renewal_at: string | null
  /** Work that waits until the connection works again */
  waiting_jobs: number
  scopes: string[]
  /** ISO 8601, UTC */
  created_at: string
}

export interface ConnectionsOfApp {
  zoom_app_id: string
  zoom_app_name: string
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  connected: number
  /** Ended in any way */
  disconnected: number
  /** Of those, the ones that nobody ended here */
  failed: number
  /** Work that waits for those that failed */
  waiting_jobs: number
  /** The earliest of those that work */
  next_renewal_at: string | null
  /** The connection that speaks for the app: its own, or of an app of the users one that works; null while there is none */
  usual: Connection | null
  /** At most five, the newest failure first */
  last_failed: Connection[]
}

export interface DeadJob {
  id: string
  /** What was to be done, for example report or licence_lend */
  task: string
  about: {
    kind: 'meeting' | 'host' | 'zoom_app'
    id: string
    /** Topic, e-mail or name */
    name: string
  } | null
  tries: number
  last_error: string | null
  /** When the last try failed */
  failed_at: string
}

export interface Event {
  id: string
  zoom_app_id: string
  event: string
  /** ISO 8601, UTC */
  event_ts: string
  /** ISO 8601, UTC */
  received_at: string
  account_id: string | null
  /** Zoom meeting id, or the account for what concerns no meeting */
  subject: string
  state: EventState
  reason: string | null
  attempts: number
  settled_at: string | null
}

export type EventState = 'waiting' | 'handled' | 'ignored' | 'dead'

export interface EventWithPayload {
  id: string
  zoom_app_id: string
  event: string
  /** ISO 8601, UTC */
  event_ts: string
  /** ISO 8601, UTC */
  received_at: string
  account_id: string | null
  /** Zoom meeting id, or the account for what concerns no meeting */
  subject: string
  state: EventState
  reason: string | null
  attempts: number
  settled_at: string | null
  /** What Zoom sent, tokens and passcodes masked */
  payload: unknown
}

export interface Finding {
  check: string
  state: 'ok' | 'warning' | 'failed'
  message: string
  fix?: string
}

export interface Gap {
  id: string
  zoom_app_id: string
  /** ISO 8601, UTC */
  since: string
  /** ISO 8601, UTC */
  until: string
  /** Nobody was there to hear events, or none came although some should have */
  cause: 'away' | 'silence'
  state: 'found' | 'repairing' | 'repaired'
  /** Whose past meetings were listed */
  hosts: number
  /** Runs that were not known, or not wholly */
  sessions: number
  /** Files that were not known */
  recordings: number
  /** What Zoom does not tell (any more), in words */
  unknown: string[]
  repaired_at: string | null
}

export interface HostOptions {
  /** null: of no host in particular */
  zoom_user_id: string | null
  email: string | null
  /** When Zoom was asked about this host; null: not yet */
  asked_at: string | null
  /** Whether that can be relied on: less than a day ago, and nothing was changed since */
  fresh: boolean
  /** What Zoom would not tell of the host, and why */
  unknown: Array<{
    what: string
    reason: string
  }>
  timezone: string | null
  /** For whom the host may schedule */
  schedulers: Array<{
    id: string
    email: string
  }>
  tracking_fields: Array<{
    field: string
    required: boolean
    visible: boolean
    recommended_values: string[]
  }>
  passcode: {
    /** What the account asks of a passcode; empty: nothing */
    demands: Array<{
      demand: 'length' | 'digits_alone' | 'letter' | 'both_cases' | 'digit' | 'special' | 'no_rows'
      number: number | null
      words: string
    }>
    /** A new one that keeps to it */
    suggestion: string
  }
  /** Every option of a meeting or webinar */
  items: Array<{
    /** Where it stands in the body of POST /meetings: settings.waiting_room */
    id: string
    words: string
    about: string | null
    section: 'what' | 'when' | 'who' | 'access' | 'registration' | 'media' | 'more'
    /** Kind of value: flag, choice, text … */
    type: string
    kinds: Array<'meeting' | 'webinar'>
    /** Whether one occurrence of a series may have its own */
    occurrence: boolean
    choices: Array<{
      value: string | number
      words: string
      reason: string | null
    }>
    /** What holds when nothing is sent; null: not known */
    default: unknown
    /** Why it cannot be chosen; null: it can */
    reason: string | null
    /** always: its value holds for every meeting; decides: whoever plans decides; never: it may not be chosen */
    rule: 'always' | 'decides' | 'never'
    /** What the workspace has Greenroom send when nothing is sent; null: nothing */
    preset: unknown
  }>
}

export interface Invitation {
  id: string
  email: string
  role: Role
  /** ISO 8601, UTC */
  created_at: string
  /** ISO 8601, UTC */
  expires_at: string
}

export interface JobsNow {
  running: number
  /** To be done now */
  due: number
  /** For later */
  planned: number
  /** Waiting for a connection that is broken */
  parked: number
  /** Given up after all their tries */
  dead: number
  /** Since when the oldest that is due waits */
  oldest_due_at: string | null
  dead_by_task: Array<{
    task: string
    jobs: number
  }>
  /** Of those, the ones of this workspace; GET /api/v1/jobs/dead lists them */
  dead_here: Array<{
    task: string
    jobs: number
  }>
}

export interface Me {
  /** null for an API key */
  user: {
    id: string
    email: string
    name: string
  } | null
  /** null for a person */
  key: {
    id: string
  } | null
  role: Role
  /** How it looks and speaks: null where it has nothing of its own */
  workspace: {
    id: string
    name: string
    demo: boolean
    colour: string | null
    logo_url: string | null
    language: string | null
  }
  /** Choose one by the header Greenroom-Workspace; in a browser the cookie greenroom-workspace does it, too */
  workspaces: Array<{
    id: string
    name: string
    demo: boolean
    role: Role
  }>
}

export interface Meeting {
  id: string
  zoom_meeting_id: string
  kind: 'meeting' | 'webinar'
  connection_id: string | null
  state: MeetingState
  /** Zoom’s: 1 instant, 2 scheduled, 3 recurring without fixed time, 8 recurring; webinars 5, 6, 9 */
  type: number
  topic: string
  agenda: string | null
  host_id: string
  host_email: string | null
  start_time: string | null
  /** Minutes */
  duration: number | null
  timezone: string | null
  /** Of the next occurrence that is not cancelled */
  next_start_time: string | null
  /** When its newest session ended */
  last_ended_at: string | null
  join_url: string | null
  password: string | null
  recurrence: Record<string, unknown> | null
  tracking_fields: Array<{
    field: string
    value: string
  }>
  settings: Record<string, unknown>
  /** Counts changes. Sent as If-Match with a change, it keeps others’ changes safe */
  revision: number
  /** ISO 8601, UTC */
  created_at: string
  /** ISO 8601, UTC */
  changed_at: string
}

export interface MeetingChange {
  topic?: string
  agenda?: string
  /** With Z: UTC. Without: local time in `timezone` */
  start_time?: string
  /** Minutes */
  duration?: number
  /** IANA name, for example Europe/Berlin */
  timezone?: string
  password?: string
  recurrence?: {
    /** 1 daily, 2 weekly, 3 monthly */
    type: 1 | 2 | 3
    repeat_interval?: number
    weekly_days?: string
    monthly_day?: number
    monthly_week?: -1 | 1 | 2 | 3 | 4
    monthly_week_day?: number
    end_times?: number
    end_date_time?: string
  }
  /** The account’s tracking fields; an empty list removes the values */
  tracking_fields?: Array<{
    field: string
    value: string
  }>
  /** Who becomes the host: e-mail or id of somebody who gave the host the scheduling privilege at Zoom. In a change: to whom the meeting is handed over */
  schedule_for?: string
  /** Zoom’s own settings object. What GET /zoom_users/{id}/meeting_options lists is checked; the rest is passed on as it is */
  settings?: Record<string, unknown>
}

export interface MeetingDefault {
  /** Where it stands in the body of POST /meetings: settings.waiting_room */
  id: string
  words: string
  about: string | null
  section: 'what' | 'when' | 'who' | 'access' | 'registration' | 'media' | 'more'
  /** Kind of value: flag, choice, text … */
  type: string
  kinds: Array<'meeting' | 'webinar'>
  choices: Array<{
    value: string | number
    words: string
  }>
  /** What can be decided of it */
  rules: Array<'always' | 'decides' | 'never'>
  /** Whether it can be given a value for all meetings */
  has_value: boolean
  /** always: its value holds for every meeting; decides: whoever plans decides; never: it may not be chosen */
  rule: 'always' | 'decides' | 'never'
  /** null: none, and Zoom’s default for the host holds */
  value: unknown
  /** null: nobody has decided anything of it */
  changed_at: string | null
}

export interface MeetingImport {
  id: string
  format: 'ids' | 'csv'
  /** checked: every row says what would become of it */
  state: 'checking' | 'checked' | 'running' | 'done' | 'stopped'
  total: number
  /** Rows that are through: judged, or, since it is carried out, with their result */
  done: number
  /** Rows that have no result yet */
  left: number
  /** How many are in which state */
  rows: {
    waiting: number
    will_create: number
    will_find: number
    will_place: number
    created: number
    found: number
    already_here: number
    refused: number
  }
  /** While nothing goes on: until when, and why, for example for Zoom’s limits */
  waits: {
    /** ISO 8601, UTC */
    until: string
    reason: string
  } | null
  /** ISO 8601, UTC */
  created_at: string
  /** Since when it is carried out; null: a dry run */
  run_at: string | null
  ended_at: string | null
}

export interface MeetingImportRow {
  /** As an editor or a spreadsheet counts */
  line: number
  /** waiting: not looked at yet; will_…: what happens when it is carried out; found: existed at Zoom, and is kept here now; already_here: was kept here before */
  state: 'waiting' | 'will_create' | 'will_find' | 'will_place' | 'created' | 'found' | 'already_here' | 'refused'
  /** Why, and who must do what */
  message: string | null
  kind: 'meeting' | 'webinar' | null
  zoom_meeting_id: string | null
  topic: string | null
  host: string | null
  /** As the row has it: with Z or an offset, else local time in `timezone` */
  start_time: string | null
  timezone: string | null
  /** Minutes */
  duration: number | null
  place_id: string | null
  meeting_id: string | null
  join_url: string | null
}

export interface MeetingPreview {
  items: Array<{
    /** ISO 8601, UTC */
    start_time: string
    /** Minutes */
    duration: number
    local: Array<{
      timezone: string
      /** ISO 8601 with the offset that holds there then */
      start: string
      /** Between the occurrence before and this one, clocks there were changed */
      clocks_changed: boolean
    }>
  }>
}

/** cancelled: called off here; gone: deleted at Zoom */
export type MeetingState = 'scheduled' | 'started' | 'ended' | 'cancelled' | 'gone'

export interface Member {
  id: string
  role: Role
  email: string
  name: string
  /** Whether a code is asked for beside the password */
  two_factor: boolean
  last_seen_at: string | null
  /** ISO 8601, UTC */
  joined_at: string
}

export interface NewMeeting {
  kind?: 'meeting' | 'webinar'
  /** Not needed while the workspace has one connection */
  connection_id?: string
  /** Zoom user: e-mail or id; `me` for the one who consented */
  host: string
  topic: string
  agenda?: string
  /** Absent: an instant meeting */
  start_time?: string
  /** Minutes */
  duration?: number
  /** IANA name, for example Europe/Berlin */
  timezone?: string
  password?: string
  recurrence?: {
    /** 1 daily, 2 weekly, 3 monthly */
    type: 1 | 2 | 3
    repeat_interval?: number
    weekly_days?: string
    monthly_day?: number
    monthly_week?: -1 | 1 | 2 | 3 | 4
    monthly_week_day?: number
    end_times?: number
    end_date_time?: string
  }
  /** 3: a meeting, 6: a webinar that recurs without fixed times. All other types follow from the rest */
  type?: 3 | 6
  /** Who becomes the host: e-mail or id of somebody who gave the host the scheduling privilege at Zoom. In a change: to whom the meeting is handed over */
  schedule_for?: string
  /** The account’s tracking fields; an empty list removes the values */
  tracking_fields?: Array<{
    field: string
    value: string
  }>
  /** Zoom’s own settings object. What GET /zoom_users/{id}/meeting_options lists is checked; the rest is passed on as it is */
  settings?: Record<string, unknown>
}

export interface NewZoomApp {
  /** What kind of Marketplace app it is: internal, or OAuth by users or by an administrator */
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  name: string
  client_id: string
  /** Write-only */
  client_secret: string
  /** Signs Zoom’s events. Write-only */
  secret_token?: string
  /** Server-to-server apps have one */
  account_id?: string
  /** The app carries the Meeting SDK (General Apps alone can): joining in the browser, and bots */
  meeting_sdk?: boolean
  /** By which names its scopes go: classic for apps made before March 2024 */
  scope_family?: 'granular' | 'classic'
  /** What it is meant for: what set-up and doctor then look for */
  purposes?: Purpose[]
  /** Tell Zoom each time the data of a user who removed the app is deleted */
  data_compliance?: boolean
  /** Which of the Marketplace app’s two pairs of credentials this is; production unless told */
  environment?: 'development' | 'production'
  /** Origin, for example https://zoom.us */
  oauth_base?: string
  /** Origin, for example https://api.zoom.us */
  api_base?: string
}

export interface Occurrence {
  occurrence_id: string
  /** ISO 8601, UTC */
  start_time: string
  /** Minutes */
  duration: number
  status: 'available' | 'deleted'
  /** Its own, where it was given one here; null: that of the series */
  agenda: string | null
  /** Its own, as far as they were changed here */
  settings: Record<string, unknown>
}

export interface OccurrenceChange {
  /** With Z: UTC. Without: local time in `timezone` */
  start_time?: string
  /** IANA name, for example Europe/Berlin */
  timezone?: string
  /** Minutes */
  duration?: number
  agenda?: string
  /** Zoom’s own settings object. What GET /zoom_users/{id}/meeting_options lists is checked; the rest is passed on as it is */
  settings?: Record<string, unknown>
}

export interface Person {
  id: string
  name: string | null
  /** ISO 8601, UTC */
  created_at: string
  /** Where they are known, and by what */
  links: Array<{
    /** lti:…, mattermost:… or zoom */
    source: string
    source_id: string
    name: string | null
    email: string | null
    email_verified: boolean
  }>
}

export interface Place {
  id: string
  /** lti, mattermost, site or bots */
  integration: string
  name: string
  state: 'on' | 'off'
  /** The app it works with; null: the workspace’s */
  zoom_app_id: string | null
  connection_id: string | null
  /** ISO 8601, UTC */
  created_at: string
  /** As it was looked at last, by hand or once a day; null until then */
  health: {
    /** The worst of what was found */
    state: 'ok' | 'warning' | 'failed'
    /** ISO 8601, UTC */
    checked_at: string
    findings: Finding[]
    last_ok_at: string | null
    last_failed_at: string | null
    last_failure: string | null
  } | null
}

export interface Placement {
  id: string
  place_id: string
  place_name: string
  integration: string
  meeting_id: string
  /** The place’s own name for it: a resource link, a post, a slug */
  ref: string
  title: string
  url: string | null
  state: 'shown' | 'removed'
  /** ISO 8601, UTC */
  created_at: string
}

export interface PlannedMeeting {
  id: string
  zoom_meeting_id: string
  kind: 'meeting' | 'webinar'
  connection_id: string | null
  state: MeetingState
  /** Zoom’s: 1 instant, 2 scheduled, 3 recurring without fixed time, 8 recurring; webinars 5, 6, 9 */
  type: number
  topic: string
  agenda: string | null
  host_id: string
  host_email: string | null
  start_time: string | null
  /** Minutes */
  duration: number | null
  timezone: string | null
  /** Of the next occurrence that is not cancelled */
  next_start_time: string | null
  /** When its newest session ended */
  last_ended_at: string | null
  join_url: string | null
  password: string | null
  recurrence: Record<string, unknown> | null
  tracking_fields: Array<{
    field: string
    value: string
  }>
  settings: Record<string, unknown>
  /** Counts changes. Sent as If-Match with a change, it keeps others’ changes safe */
  revision: number
  /** ISO 8601, UTC */
  created_at: string
  /** ISO 8601, UTC */
  changed_at: string
  /** Options that Zoom took and yet has otherwise, without saying why */
  left_out: Array<{
    field: string
    asked: unknown
    kept: unknown
  }>
}

export interface Presence {
  id: string
  /** Zoom’s number for this stay */
  user_id: string
  name: string
  email: string
  registrant_id: string
  customer_key: string
  join_time: string | null
  leave_time: string | null
  leave_reason: string | null
  /** Seconds */
  duration: number
  source: 'report' | 'dashboard' | 'past_participants' | 'events'
}

export interface PreviewRequest {
  /** With Z: UTC. Without: local time in `timezone` */
  start_time: string
  /** IANA name, for example Europe/Berlin */
  timezone: string
  /** Minutes */
  duration?: number
  recurrence?: {
    /** 1 daily, 2 weekly, 3 monthly */
    type: 1 | 2 | 3
    repeat_interval?: number
    weekly_days?: string
    monthly_day?: number
    monthly_week?: -1 | 1 | 2 | 3 | 4
    monthly_week_day?: number
    end_times?: number
    end_date_time?: string
  }
  /** Others from which it shall be seen */
  zones?: string[]
}

export interface Problem {
  /** What kind of problem, always the same text for the same kind */
  type: string
  title: string
  status: number
  /** What is wrong this time, and what mends it */
  detail?: string
  /** Each field that is wrong */
  errors?: Array<{
    field: string
    message: string
  }>
  /** Each part that somebody else changed meanwhile: what it is now, and what was sent */
  conflicts?: Array<{
    field: string
    theirs: unknown
    yours: unknown
  }>
  /** What is there now, to be sent as If-Match when yours shall hold */
  revision?: number
}

export type Purpose = 'lms' | 'chat' | 'web_site' | 'bots' | 'reports' | 'recordings' | 'summaries' | 'webinars' | 'licences' | 'tracking_fields'

export interface PutRequest {
  place_id: string
  /** Where in the place: its own words */
  target?: Record<string, unknown>
}

export interface Quota {
  api_base: string
  account_id: string
  labels: Array<{
    label: 'light' | 'medium' | 'heavy' | 'resource-intensive'
    /** So many requests in `seconds`, by the plan that Zoom’s replies tell of */
    requests: number
    seconds: number
    /** May be sent at once now */
    left: number
    /** null: no limit a day */
    per_day: number | null
    used_today: number
    /** Of the day that it counts in, which heavy and resource-intensive may share */
    left_today: number | null
    /** So many by the end of the day, at the pace of today; null: no limit a day */
    forecast_today: number | null
    /** When the next may be sent; null: now */
    back_at: string | null
  }>
  /** The hosts with the most meetings and webinars made or changed today */
  hosts: Array<{
    host_id: string
    used_today: number
    left_today: number
    /** When the next meeting may be made or changed; null: now */
    back_at: string | null
  }>
  /** When Zoom counts the day anew: 00:00 UTC */
  resets_at: string
}

export interface Recording {
  id: string
  meeting_id: string
  uuid: string
  recording_type: string | null
  file_type: string | null
  /** Bytes */
  file_size: number | null
  recording_start: string | null
  recording_end: string | null
  play_url: string | null
  share_url: string | null
  passcode: string | null
  state: 'ready' | 'trashed' | 'deleted'
  /** Whether places show it */
  visibility: 'shown' | 'hidden'
  /** The places that do not show it although it is shown elsewhere */
  hidden_in: string[]
}

export interface Registrant {
  /** Zoom’s */
  registrant_id: string
  email: string
  first_name: string
  last_name: string
  /** cancelled: took it back, or was taken off */
  status: 'pending' | 'approved' | 'denied' | 'cancelled'
  /** ISO 8601, UTC */
  registered_at: string
  /** ISO 8601, UTC */
  changed_at: string
}

export interface Replay {
  id: string
  /** events: what Zoom sent; deliveries: messages to a subscription */
  what: 'events' | 'deliveries'
  /** Of deliveries */
  subscription_id: string | null
  /** ISO 8601, UTC */
  from: string
  /** ISO 8601, UTC */
  to: string
  /** Only those that had ended so */
  ended_as: string | null
  /** Only those of this name */
  event: string | null
  /** stopped: what had been begun comes to its end, the rest is left as it was until …/run */
  state: 'running' | 'done' | 'stopped'
  /** How many there are in all */
  of: number
  /** How many have been handled or sent again, or have failed again */
  done: number
  /** Those of them that were given up again */
  failed: number
  /** Begun and not through: tried again by itself, like any other */
  waiting: number
  /** ISO 8601, UTC */
  created_at: string
  ended_at: string | null
}

export type Role = 'owner' | 'admin' | 'operator' | 'viewer'

export interface Session {
  uuid: string
  meeting_id: string
  zoom_meeting_id: string
  topic: string
  host_id: string
  state: 'started' | 'ended'
  started_at: string | null
  ended_at: string | null
  /** Seconds, once it has ended */
  duration: number | null
  /** People, each counted once */
  attendees: number
  /** What the attendance rests on: the best that Zoom would tell */
  source: 'report' | 'dashboard' | 'past_participants' | 'events'
  report: {
    state: 'none' | 'waiting' | 'done' | 'unavailable'
    reason: string | null
    at: string | null
  }
}

export interface Setup {
  zoom_app_id: string
  steps: SetupStep[]
  /** When Zoom was last asked for this */
  checked_at: string | null
  /** All that its purposes need */
  scopes: string[]
  /** All that its purposes need */
  events: string[]
}

export interface SetupGuide {
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  kinds: Array<{
    kind: 'server_to_server' | 'user_managed' | 'admin_managed'
    /** What it cannot serve */
    lacks: Purpose[]
    recommended: boolean
  }>
  features: Array<{
    feature: string
    /** Stands after “the app may” */
    words: string
  }>
  /** To choose on the app’s “Scopes” page */
  scopes: string[]
  /** To subscribe to */
  events: string[]
  /** Whether the Meeting SDK is to be switched on on its page “Embed” */
  meeting_sdk: boolean
  /** Whether joining in the browser takes a General App beside this one, which has no page “Embed” */
  meeting_sdk_beside: boolean
  /** null where nobody consents */
  redirect_url: string | null
}

export interface SetupStep {
  step: 'credentials' | 'account' | 'activated' | 'clock' | 'consent' | 'scopes' | 'meeting_sdk' | 'secret_token' | 'address' | 'url_validated' | 'first_event' | 'events' | 'plan'
  /** waiting: somebody has to do it yet; unknown: not looked at yet */
  state: 'ok' | 'failed' | 'waiting' | 'unknown'
  message: string
  /** Who must do what */
  fix?: string
}

export interface SignInSession {
  id: string
  /** This very one */
  current: boolean
  /** ISO 8601, UTC */
  created_at: string
  /** ISO 8601, UTC */
  seen_at: string
  /** ISO 8601, UTC */
  expires_at: string
  ip_address: string | null
  user_agent: string | null
}

export interface Summary {
  id: string
  meeting_id: string
  uuid: string
  title: string
  /** Markdown; none while Zoom has told no text, and of one that was trashed or deleted */
  content: string | null
  /** Where it stands at Zoom */
  doc_url: string | null
  state: 'ready' | 'trashed' | 'deleted'
  /** ISO 8601, UTC */
  created_at: string
  /** ISO 8601, UTC */
  changed_at: string
}

export interface Trial {
  id: string
  zoom_app_id: string
  state: 'running' | 'passed' | 'failed'
  /** Whose meeting it was */
  host: string
  steps: Array<{
    step: 'make' | 'hear_made' | 'change' | 'hear_changed' | 'join_page' | 'remove' | 'hear_removed'
    state: 'ok' | 'failed'
    message: string
    fix?: string
    /** Milliseconds */
    took: number
  }>
  /** ISO 8601, UTC */
  created_at: string
  ended_at: string | null
}

export interface Unmatched {
  /** Of the session */
  uuid: string
  /** Names them within the session, to say who they are */
  key: string
  name: string
  meeting_id: string
  topic: string
  /** Of the session */
  started_at: string | null
  joined_at: string | null
  /** null while still there */
  left_at: string | null
  joins: number
}

export interface Usage {
  /** Year and month: 2026-11 */
  from: string
  /** Year and month: 2026-11 */
  to: string
  timezone: string
  by: 'all' | 'place' | 'host' | 'kind'
  items: Array<{
    /** Year and month: 2026-11 */
    month: string
    /** Of the place, host or kind; empty for all together */
    group_id: string
    group_name: string
    meetings: number
    sessions: number
    /** Persons; each once a month, however often they came */
    participants: number
    /** Of the sessions */
    minutes: number
    /** Of all persons together; two devices of one count once */
    participant_minutes: number
    hosts: number
  }>
  /** Of all the months: whatever was there in several of them counts once, so these are no sums */
  totals: Array<{
    /** Of the place, host or kind; empty for all together */
    group_id: string
    group_name: string
    meetings: number
    sessions: number
    /** Persons; each once, however often they came */
    participants: number
    /** Of the sessions */
    minutes: number
    /** Of all persons together; two devices of one count once */
    participant_minutes: number
    hosts: number
  }>
}

export interface View {
  id: string
  /** Which list */
  page: 'meetings'
  name: string
  /** What it is narrowed to, as it stands in the console’s address */
  query: string
  /** ISO 8601, UTC */
  created_at: string
}

export interface WorkspaceChange {
  name?: string
  /** Dark enough for white words on it */
  colour?: string | null
  /** A BCP 47 tag. What the console does not speak is read in the language of each one’s browser */
  language?: string | null
  event_days?: number | null
  delivery_days?: number | null
  attendance_days?: number | null
}

export interface WorkspaceSettings {
  id: string
  name: string
  /** Of buttons on pages that people see; null: Greenroom’s own */
  colour: string | null
  logo_url: string | null
  /** What the console speaks to those who have chosen no language of their own, as a BCP 47 tag; null: what their browser asks for */
  language: string | null
  /** How long Zoom’s events are kept; null: as the server does */
  event_days: number | null
  /** The same of deliveries to programs */
  delivery_days: number | null
  /** After how many days attendance forgets who it was; null: never. That somebody was there, and how long, stays */
  attendance_days: number | null
  /** What the server keeps at the most */
  server: {
    event_days: number
    delivery_days: number
  }
}

export interface ZoomApp {
  id: string
  name: string
  /** off: its events are kept and wait, and nothing is asked of Zoom through it */
  state: 'on' | 'off'
  kind: 'server_to_server' | 'user_managed' | 'admin_managed'
  client_id: string
  account_id: string | null
  oauth_base: string
  api_base: string
  meeting_sdk: boolean
  data_compliance: boolean
  environment: 'development' | 'production'
  /** By which names its scopes go, as was told here; null: not told. What a consent shows counts before it */
  scope_family: 'granular' | 'classic' | null
  /** What it is meant for */
  purposes: Purpose[]
  has_secret_token: boolean
  /** An address for Zoom’s older notification was made; a new one ends it */
  has_deauthorization_url: boolean
  /** Until then events signed with a secret token from before are taken, too */
  earlier_secret_tokens_until: string | null
  /** The event notification endpoint to enter at Zoom */
  webhook_url: string
  /** The OAuth redirect URL to enter at Zoom; null for a server-to-server app */
  redirect_url: string | null
  connection_id: string | null
  last_event_at: string | null
  /** ISO 8601, UTC */
  created_at: string
}

export interface ZoomAppChange {
  name?: string
  /** Switched on again, the events that wait are handled in their order */
  state?: 'on' | 'off'
  /** Write-only; proved at Zoom before it is kept */
  client_secret?: string
  /** Write-only; the one before is taken for a day more */
  secret_token?: string
  /** Of a server-to-server app; proved at Zoom, too */
  account_id?: string
  meeting_sdk?: boolean
  /** By which names its scopes go: classic for apps made before March 2024 */
  scope_family?: 'granular' | 'classic'
  /** What it is meant for: what set-up and doctor then look for */
  purposes?: Purpose[]
  data_compliance?: boolean
  environment?: 'development' | 'production'
}

export interface ZoomUser {
  id: string
  connection_id: string
  email: string
  display_name: string | null
  /** 1 Basic, 2 Licensed, 4 without meetings, 99 none */
  type: number | null
  /** active, inactive or pending */
  status: string | null
  timezone: string | null
  user_created_at: string | null
  /** As of the last time that all users were read */
  last_login_time: string | null
  /** Of Zoom’s client, as 6.2.0.1855(linux) */
  last_client_version: string | null
}

export interface Routes {
  /** Who you are and where */
  'GET /api/v1/me': {
    answer: Me
  }
  /** What the workspace has decided for itself */
  'GET /api/v1/workspace': {
    answer: WorkspaceSettings
  }
  /** Change how the workspace is called and looks, and how long it keeps what */
  'PATCH /api/v1/workspace': {
    body: WorkspaceChange
    answer: WorkspaceSettings
  }
  /** Delete the Demo with all that it has; no other workspace can be deleted */
  'DELETE /api/v1/workspace': {
    answer: undefined
  }
  /** Give the workspace a logo: the body is a PNG, JPEG or WebP of at most 200 kB */
  'PUT /api/v1/workspace/logo': {
    answer: WorkspaceSettings
  }
  /** Take the logo away */
  'DELETE /api/v1/workspace/logo': {
    answer: undefined
  }
  /** Add a Zoom app */
  'POST /api/v1/zoom_apps': {
    body: NewZoomApp
    answer: ZoomApp
  }
  /** List Zoom apps */
  'GET /api/v1/zoom_apps': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in the name or client id */
      q?: string
    }
    answer: {
      items: ZoomApp[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List Zoom apps: all that fit, as a table */
  'GET /api/v1/zoom_apps.csv': {
    query?: {
      /** Words in the name or client id */
      q?: string
    }
    answer: string
  }
  /** Read a Zoom app */
  'GET /api/v1/zoom_apps/{id}': {
    params: {
      id: string
    }
    answer: ZoomApp
  }
  /** Change a Zoom app */
  'PATCH /api/v1/zoom_apps/{id}': {
    params: {
      id: string
    }
    body: ZoomAppChange
    answer: ZoomApp
  }
  /** Delete a Zoom app and its connections */
  'DELETE /api/v1/zoom_apps/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** A new address for Zoom’s older notification that the app was removed; shown this once */
  'POST /api/v1/zoom_apps/{id}/deauthorization_url': {
    params: {
      id: string
    }
    answer: {
      url: string
    }
  }
  /** Take no secret token from before any more, for one that has leaked */
  'DELETE /api/v1/zoom_apps/{id}/earlier_secret_tokens': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Ask Zoom whether the app works */
  'POST /api/v1/zoom_apps/{id}/check': {
    params: {
      id: string
    }
    answer: {
      findings: Finding[]
    }
  }
  /** What to enter at Zoom’s Marketplace for what is wanted: kind of app, scopes, events, addresses */
  'GET /api/v1/zoom_app_guide': {
    query?: {
      /** What Zoom is wanted for, with commas between: lms, chat, … */
      purposes?: string
      /** The kind of app; the one that fits best, unless it is told */
      kind?: 'server_to_server' | 'user_managed' | 'admin_managed'
      /** classic for apps made before March 2024 */
      family?: 'granular' | 'classic'
      /** Origin, for example https://zoom.us */
      oauth_base?: string
    }
    answer: SetupGuide
  }
  /** How far the set-up of a Zoom app is; Zoom is not asked */
  'GET /api/v1/zoom_apps/{id}/setup': {
    params: {
      id: string
    }
    answer: Setup
  }
  /** Ask Zoom how far the set-up of a Zoom app is; a broken connection of a server-to-server app is mended */
  'POST /api/v1/zoom_apps/{id}/setup/check': {
    params: {
      id: string
    }
    answer: Setup
  }
  /** Test everything with a meeting that is made, changed, opened and removed; costs four calls to Zoom */
  'POST /api/v1/zoom_apps/{id}/trials': {
    params: {
      id: string
    }
    answer: Trial
  }
  /** What the last test of everything found; null before the first */
  'GET /api/v1/zoom_apps/{id}/last_trial': {
    params: {
      id: string
    }
    answer: {
      trial: Trial | null
    }
  }
  /** How far a test is, and what it found */
  'GET /api/v1/trials/{id}': {
    params: {
      id: string
    }
    answer: Trial
  }
  /** What a Zoom app may do, what it lacks, and which scopes nothing needs */
  'GET /api/v1/zoom_apps/{id}/scopes': {
    params: {
      id: string
    }
    answer: AppScopes
  }
  /** Make a meeting for a quarter of an hour, to join it in the browser and see whether Zoom lets the app in */
  'POST /api/v1/zoom_apps/{id}/sdk_trial': {
    params: {
      id: string
    }
    answer: {
      /** The room, good for as long as the meeting */
      url: string
    }
  }
  /** Begin the consent of an OAuth app in this browser */
  'POST /api/v1/zoom_apps/{id}/consent': {
    params: {
      id: string
    }
    answer: {
      /** Where the browser goes now */
      location: string
    }
  }
  /** List connections */
  'GET /api/v1/connections': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      state?: 'connected' | 'disconnected'
      /** Words in the address of who consented, the account or the name of the app */
      q?: string
    }
    answer: {
      items: Connection[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List connections: all that fit, as a table */
  'GET /api/v1/connections.csv': {
    query?: {
      state?: 'connected' | 'disconnected'
      /** Words in the address of who consented, the account or the name of the app */
      q?: string
    }
    answer: string
  }
  /** How many connections each Zoom app has, and which failed last */
  'GET /api/v1/connections/summary': {
    answer: {
      items: ConnectionsOfApp[]
    }
  }
  /** Read a connection */
  'GET /api/v1/connections/{id}': {
    params: {
      id: string
    }
    answer: Connection
  }
  /** End a consent: revoked at Zoom, its tokens forgotten */
  'POST /api/v1/connections/{id}/disconnect': {
    params: {
      id: string
    }
    answer: Connection
  }
  /** What was deleted after users removed the app at Zoom, and what is due; JSON by pages, or all as a table (text/csv) */
  'GET /api/v1/deletions': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** A part of an id: the record’s, the connection’s, the account’s, the user’s or the app’s */
      q?: string
      /** Or the header Accept: text/csv */
      format?: 'json' | 'csv'
    }
    answer: {
      items: Array<{
        id: string
        zoom_app_id: string
        client_id: string
        connection_id: string
        account_id: string | null
        zoom_user_id: string
        /** cancelled: the user consented again in time */
        state: 'due' | 'cancelled' | 'done'
        /** ISO 8601, UTC */
        deauthorized_at: string
        /** ISO 8601, UTC */
        due_at: string
        settled_at: string | null
        /** How many rows of what were deleted or emptied */
        counts: Record<string, number>
        /** Whether Zoom was told; app_removed: the app, whose credentials that takes, was removed before */
        compliance: 'not_asked' | 'due' | 'done' | 'app_removed'
        compliance_at: string | null
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List Zoom users */
  'GET /api/v1/zoom_users': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in name, e-mail or id */
      q?: string
      /** 1 Basic, 2 Licensed, 4 without meetings, 99 none */
      type?: number
      status?: 'active' | 'inactive' | 'pending'
    }
    answer: {
      items: ZoomUser[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Add somebody to the Zoom account */
  'POST /api/v1/zoom_users': {
    body: {
      connection_id?: string
      /** create: Zoom invites by e-mail; autoCreate: of a managed domain, without an invitation; custCreate: for the API alone, cannot sign in; ssoCreate: signs in by single sign-on */
      action: 'create' | 'autoCreate' | 'custCreate' | 'ssoCreate'
      email: string
      first_name?: string
      last_name?: string
      display_name?: string
      /** 1 Basic, 2 Licensed, 4 without meetings, 99 none (for ssoCreate) */
      type: 1 | 2 | 4 | 99
    }
    answer: ZoomUser
  }
  /** List Zoom users: all that fit, as a table */
  'GET /api/v1/zoom_users.csv': {
    query?: {
      /** Words in name, e-mail or id */
      q?: string
      /** 1 Basic, 2 Licensed, 4 without meetings, 99 none */
      type?: number
      status?: 'active' | 'inactive' | 'pending'
    }
    answer: string
  }
  /** When the users of the Zoom accounts were last read; Zoom is not asked */
  'GET /api/v1/zoom_users/read': {
    answer: {
      state: 'never' | 'reading' | 'done' | 'failed'
      /** Why it failed */
      reason: string | null
      /** When Zoom last told all users of all accounts */
      read_at: string | null
    }
  }
  /** Have all users of the Zoom accounts read again; a call for each 300 */
  'POST /api/v1/zoom_users/read': {
    answer: {
      state: 'never' | 'reading' | 'done' | 'failed'
      /** Why it failed */
      reason: string | null
      /** When Zoom last told all users of all accounts */
      read_at: string | null
    }
  }
  /** Every option of a meeting or webinar, of no host in particular */
  'GET /api/v1/meeting_options': {
    answer: HostOptions
  }
  /** Every option of a meeting, with the host’s defaults and what the host may not choose; Zoom is not asked */
  'GET /api/v1/zoom_users/{id}/meeting_options': {
    params: {
      id: string
    }
    answer: HostOptions
  }
  /** Have the host’s settings read from Zoom again; `asked_at` of the options tells when that is done */
  'POST /api/v1/zoom_users/{id}/meeting_options/refresh': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Every option of a meeting or webinar with what the workspace has decided of it */
  'GET /api/v1/meeting_defaults': {
    answer: {
      items: MeetingDefault[]
      /** The account’s, as Zoom last told them */
      tracking_fields: Array<{
        field: string
        required: boolean
        visible: boolean
        recommended_values: string[]
      }>
    }
  }
  /** Decide what holds of an option for every meeting that is planned or changed from now on */
  'PUT /api/v1/meeting_defaults/{option}': {
    params: {
      /** For example settings.waiting_room */
      option: string
    }
    body: {
      /** always: its value holds for every meeting; decides: whoever plans decides; never: it may not be chosen */
      rule: 'always' | 'decides' | 'never'
      /** As POST /meetings takes it. always: needed; decides: where the form begins */
      value?: unknown
    }
    answer: MeetingDefault
  }
  /** Leave an option to whoever plans, and to Zoom’s default for the host */
  'DELETE /api/v1/meeting_defaults/{option}': {
    params: {
      /** For example settings.waiting_room */
      option: string
    }
    answer: undefined
  }
  /** The licences of each Zoom account, and the rules by which they are lent */
  'GET /api/v1/licences': {
    answer: {
      items: Array<{
        connection_id: string
        zoom_app_name: string
        account_id: string | null
        /** on: hosts without a licence are lent one for as long as they need it */
        state: 'on' | 'off'
        /** How many Licensed users there may be; null leaves that to Zoom */
        seats: number | null
        /** Nobody loses a licence this long before a meeting of theirs */
        protected_minutes: number
        /** What was lent is given back this long after its last use */
        keep_minutes: number
        protected_users: Array<{
          id: string
          email: string | null
          reason: string | null
        }>
        protected_groups: Array<{
          id: string
          name: string | null
        }>
        licensed: number
        basic: number
        /** Users of other types */
        others: number
        lent: number
        /** Licences that could go to somebody else now */
        can_be_taken: number
      }>
    }
  }
  /** The licences of one connection */
  'GET /api/v1/licences/{id}': {
    params: {
      id: string
    }
    answer: {
      connection_id: string
      zoom_app_name: string
      account_id: string | null
      /** on: hosts without a licence are lent one for as long as they need it */
      state: 'on' | 'off'
      /** How many Licensed users there may be; null leaves that to Zoom */
      seats: number | null
      /** Nobody loses a licence this long before a meeting of theirs */
      protected_minutes: number
      /** What was lent is given back this long after its last use */
      keep_minutes: number
      protected_users: Array<{
        id: string
        email: string | null
        reason: string | null
      }>
      protected_groups: Array<{
        id: string
        name: string | null
      }>
      licensed: number
      basic: number
      /** Users of other types */
      others: number
      lent: number
      /** Licences that could go to somebody else now */
      can_be_taken: number
    }
  }
  /** Change by which rules licences are lent; switched off, the pool gives back what it lent */
  'PATCH /api/v1/licences/{id}': {
    params: {
      id: string
    }
    body: {
      state?: 'on' | 'off'
      seats?: number | null
      protected_minutes?: number
      keep_minutes?: number
      /** Zoom’s ids or e-mail addresses */
      protected_users?: string[]
      /** Zoom’s ids */
      protected_groups?: string[]
    }
    answer: {
      connection_id: string
      zoom_app_name: string
      account_id: string | null
      /** on: hosts without a licence are lent one for as long as they need it */
      state: 'on' | 'off'
      /** How many Licensed users there may be; null leaves that to Zoom */
      seats: number | null
      /** Nobody loses a licence this long before a meeting of theirs */
      protected_minutes: number
      /** What was lent is given back this long after its last use */
      keep_minutes: number
      protected_users: Array<{
        id: string
        email: string | null
        reason: string | null
      }>
      protected_groups: Array<{
        id: string
        name: string | null
      }>
      licensed: number
      basic: number
      /** Users of other types */
      others: number
      lent: number
      /** Licences that could go to somebody else now */
      can_be_taken: number
    }
  }
  /** Who holds a licence, since when it is unused, and why it stays */
  'GET /api/v1/licences/{id}/holders': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      q?: string
    }
    answer: {
      items: Array<{
        zoom_user_id: string
        email: string
        display_name: string | null
        /** Set when it was lent by the pool */
        lease_id: string | null
        /** End of the last session as host, or when it was lent */
        last_use: string | null
        next_meeting_at: string | null
        /** Why it may not be taken now */
        kept: 'protected' | 'live' | 'due' | 'just_lent' | null
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** All holders that fit, as a table */
  'GET /api/v1/licences/{id}/holders.csv': {
    params: {
      id: string
    }
    query?: {
      q?: string
    }
    answer: string
  }
  /** Every licence that was asked for, newest first */
  'GET /api/v1/licences/{id}/leases': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      q?: string
      state?: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
    }
    answer: {
      items: Array<{
        id: string
        connection_id: string
        zoom_user_id: string
        email: string | null
        state: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
        reason: 'plan' | 'due' | 'join' | 'hand'
        asked_by: string
        meeting_id: string | null
        /** Zoom’s id of whose licence it was */
        taken_from: string | null
        taken_from_email: string | null
        refusal: {
          code: 'no_seat' | 'refused' | 'unavailable'
          message: string
        } | null
        /** ISO 8601, UTC */
        asked_at: string
        taken_at: string | null
        ended_at: string | null
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Lend somebody a licence by hand; the lease tells when they have it */
  'POST /api/v1/licences/{id}/leases': {
    params: {
      id: string
    }
    body: {
      /** E-mail or Zoom’s id */
      zoom_user: string
    }
    answer: {
      id: string
      connection_id: string
      zoom_user_id: string
      email: string | null
      state: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
      reason: 'plan' | 'due' | 'join' | 'hand'
      asked_by: string
      meeting_id: string | null
      /** Zoom’s id of whose licence it was */
      taken_from: string | null
      taken_from_email: string | null
      refusal: {
        code: 'no_seat' | 'refused' | 'unavailable'
        message: string
      } | null
      /** ISO 8601, UTC */
      asked_at: string
      taken_at: string | null
      ended_at: string | null
    }
  }
  /** All leases that fit, as a table */
  'GET /api/v1/licences/{id}/leases.csv': {
    params: {
      id: string
    }
    query?: {
      q?: string
      state?: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
    }
    answer: string
  }
  /** Read a lease */
  'GET /api/v1/leases/{id}': {
    params: {
      id: string
    }
    answer: {
      id: string
      connection_id: string
      zoom_user_id: string
      email: string | null
      state: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
      reason: 'plan' | 'due' | 'join' | 'hand'
      asked_by: string
      meeting_id: string | null
      /** Zoom’s id of whose licence it was */
      taken_from: string | null
      taken_from_email: string | null
      refusal: {
        code: 'no_seat' | 'refused' | 'unavailable'
        message: string
      } | null
      /** ISO 8601, UTC */
      asked_at: string
      taken_at: string | null
      ended_at: string | null
    }
  }
  /** Have a licence given back that was lent; not while its host is in a meeting */
  'POST /api/v1/leases/{id}/return': {
    params: {
      id: string
    }
    answer: {
      id: string
      connection_id: string
      zoom_user_id: string
      email: string | null
      state: 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
      reason: 'plan' | 'due' | 'join' | 'hand'
      asked_by: string
      meeting_id: string | null
      /** Zoom’s id of whose licence it was */
      taken_from: string | null
      taken_from_email: string | null
      refusal: {
        code: 'no_seat' | 'refused' | 'unavailable'
        message: string
      } | null
      /** ISO 8601, UTC */
      asked_at: string
      taken_at: string | null
      ended_at: string | null
    }
  }
  /** Zoom’s groups, as they were read last */
  'GET /api/v1/licences/{id}/groups': {
    params: {
      id: string
    }
    answer: {
      items: Array<{
        id: string
        name: string
        members: number
        /** ISO 8601, UTC */
        read_at: string
      }>
    }
  }
  /** Read the groups and who is in them from Zoom */
  'POST /api/v1/licences/{id}/groups/read': {
    params: {
      id: string
    }
    answer: {
      items: Array<{
        id: string
        name: string
        members: number
        /** ISO 8601, UTC */
        read_at: string
      }>
    }
  }
  /** See when a plan would take place, from several time zones; nothing is made, Zoom is not asked */
  'POST /api/v1/meetings/preview': {
    body: PreviewRequest
    answer: MeetingPreview
  }
  /** Schedule a meeting or webinar at Zoom */
  'POST /api/v1/meetings': {
    headers?: {
      /** The same key with the same body makes one meeting, however often it is sent */
      'idempotency-key'?: string
    }
    body: NewMeeting
    answer: PlannedMeeting
  }
  /** List meetings */
  'GET /api/v1/meetings': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in topic, host or meeting id */
      q?: string
      when?: 'upcoming' | 'past' | 'all'
      state?: MeetingState
      kind?: 'meeting' | 'webinar'
      /** Id or e-mail of the host */
      host?: string
      /** Shown in this place */
      place_id?: string
      /** Starts then or later; a meeting without a time counts from when it was made */
      from?: string
      /** Starts then or earlier */
      to?: string
    }
    answer: {
      items: Meeting[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** All meetings that fit, as a table */
  'GET /api/v1/meetings.csv': {
    query?: {
      /** Words in topic, host or meeting id */
      q?: string
      when?: 'upcoming' | 'past' | 'all'
      state?: MeetingState
      kind?: 'meeting' | 'webinar'
      /** Id or e-mail of the host */
      host?: string
      /** Shown in this place */
      place_id?: string
      /** Starts then or later; a meeting without a time counts from when it was made */
      from?: string
      /** Starts then or earlier */
      to?: string
    }
    answer: string
  }
  /** How many meetings fit */
  'GET /api/v1/meetings/count': {
    query?: {
      /** Words in topic, host or meeting id */
      q?: string
      when?: 'upcoming' | 'past' | 'all'
      state?: MeetingState
      kind?: 'meeting' | 'webinar'
      /** Id or e-mail of the host */
      host?: string
      /** Shown in this place */
      place_id?: string
      /** Starts then or later; a meeting without a time counts from when it was made */
      from?: string
      /** Starts then or earlier */
      to?: string
    }
    answer: {
      count: number
    }
  }
  /** Read a meeting */
  'GET /api/v1/meetings/{id}': {
    params: {
      id: string
    }
    answer: Meeting
  }
  /** Change a meeting, at Zoom first; with schedule_for it is handed over to another host */
  'PATCH /api/v1/meetings/{id}': {
    params: {
      id: string
    }
    headers?: {
      /** The ETag that was read: what others changed since then is not overwritten, but told with status 409 */
      'if-match'?: string
    }
    body: MeetingChange
    answer: PlannedMeeting
  }
  /** Delete a meeting, at Zoom first */
  'DELETE /api/v1/meetings/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Call a meeting, or one occurrence of it, off */
  'POST /api/v1/meetings/{id}/cancel': {
    params: {
      id: string
    }
    body?: CancelRequest
    answer: Meeting
  }
  /** List the occurrences of a recurring meeting */
  'GET /api/v1/meetings/{id}/occurrences': {
    params: {
      id: string
    }
    answer: {
      items: Occurrence[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Change one occurrence of a recurring meeting, at Zoom first */
  'PATCH /api/v1/meetings/{id}/occurrences/{occurrence_id}': {
    params: {
      id: string
      occurrence_id: string
    }
    headers?: {
      /** The ETag that was read: what others changed since then is not overwritten, but told with status 409 */
      'if-match'?: string
    }
    body: OccurrenceChange
    answer: Meeting
  }
  /** Ask Zoom for the text that invites people */
  'POST /api/v1/meetings/{id}/invitation': {
    params: {
      id: string
    }
    answer: {
      invitation: string
    }
  }
  /** Start a meeting as its host: leads the host, who is signed in here, to Zoom */
  'GET /api/v1/meetings/{id}/start': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Import meetings from a list: those that exist at Zoom, and new ones; a dry run asks Zoom nothing */
  'POST /api/v1/meeting_imports': {
    body: {
      /** Up to 5,000 rows and 1 MB. ids: one Zoom meeting ID on each line, spaces and dashes allowed. csv: the first line names the columns; a row with meeting_id is of a meeting that exists at Zoom, one without asks for a new one */
      content: string
      format: 'ids' | 'csv'
      /** Only say what would become of each row; …/run then carries it out */
      dry_run?: boolean
    }
    answer: MeetingImport
  }
  /** List imports, newest first; they are kept for 90 days */
  'GET /api/v1/meeting_imports': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
    }
    answer: {
      items: MeetingImport[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** How far an import is */
  'GET /api/v1/meeting_imports/{id}': {
    params: {
      id: string
    }
    answer: MeetingImport
  }
  /** What becomes of each row of an import; JSON by pages, or all that fit as a table (text/csv) */
  'GET /api/v1/meeting_imports/{id}/rows': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** waiting: not looked at yet; will_…: what happens when it is carried out; found: existed at Zoom, and is kept here now; already_here: was kept here before */
      state?: 'waiting' | 'will_create' | 'will_find' | 'will_place' | 'created' | 'found' | 'already_here' | 'refused'
      /** Words in topic, host, meeting id or message */
      q?: string
      /** Or the header Accept: text/csv */
      format?: 'json' | 'csv'
    }
    answer: {
      items: MeetingImportRow[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Carry an import out, or go on with one that was stopped */
  'POST /api/v1/meeting_imports/{id}/run': {
    params: {
      id: string
    }
    answer: MeetingImport
  }
  /** Stop an import: no other row is begun; what is done stays */
  'POST /api/v1/meeting_imports/{id}/stop': {
    params: {
      id: string
    }
    answer: MeetingImport
  }
  /** Who registered for a meeting or webinar, as far as Zoom has told it; Zoom is not asked */
  'GET /api/v1/meetings/{id}/registrants': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words of a name or an address */
      q?: string
      /** cancelled: took it back, or was taken off */
      status?: 'pending' | 'approved' | 'denied' | 'cancelled'
    }
    answer: {
      items: Registrant[]
      /** null at the end */
      next_cursor: string | null
      read: {
        state: 'never' | 'reading' | 'done' | 'failed'
        /** Why it failed */
        reason: string | null
        /** When Zoom last told all of them */
        read_at: string | null
      }
    }
  }
  /** Register somebody, at Zoom first */
  'POST /api/v1/meetings/{id}/registrants': {
    params: {
      id: string
    }
    body: {
      email: string
      first_name: string
      last_name?: string
      /** Approve at once where registrations are approved by hand */
      auto_approve?: boolean
    }
    answer: {
      /** Zoom’s */
      registrant_id: string
      email: string
      first_name: string
      last_name: string
      /** cancelled: took it back, or was taken off */
      status: 'pending' | 'approved' | 'denied' | 'cancelled'
      /** ISO 8601, UTC */
      registered_at: string
      /** ISO 8601, UTC */
      changed_at: string
      /** Theirs alone, told this once; null until they are approved */
      join_url: string | null
    }
  }
  /** All registrants that fit, as a table */
  'GET /api/v1/meetings/{id}/registrants.csv': {
    params: {
      id: string
    }
    query?: {
      /** Words of a name or an address */
      q?: string
      /** cancelled: took it back, or was taken off */
      status?: 'pending' | 'approved' | 'denied' | 'cancelled'
    }
    answer: string
  }
  /** Have all registrants read from Zoom; the list tells when that is done */
  'POST /api/v1/meetings/{id}/registrants/read': {
    params: {
      id: string
    }
    answer: {
      state: 'never' | 'reading' | 'done' | 'failed'
      /** Why it failed */
      reason: string | null
      /** When Zoom last told all of them */
      read_at: string | null
    }
  }
  /** Approve a registration, at Zoom first, which sends the link */
  'POST /api/v1/meetings/{id}/registrants/{registrant_id}/approve': {
    params: {
      id: string
      registrant_id: string
    }
    answer: Registrant
  }
  /** Deny a registration, at Zoom first */
  'POST /api/v1/meetings/{id}/registrants/{registrant_id}/deny': {
    params: {
      id: string
      registrant_id: string
    }
    answer: Registrant
  }
  /** Take somebody off the registrants, at Zoom first */
  'POST /api/v1/meetings/{id}/registrants/{registrant_id}/cancel': {
    params: {
      id: string
      registrant_id: string
    }
    answer: Registrant
  }
  /** List the sessions of a meeting, newest first */
  'GET /api/v1/meetings/{id}/sessions': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
    }
    answer: {
      items: Session[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Read a session */
  'GET /api/v1/sessions': {
    query: {
      /** Zoom’s uuid of the session, percent-encoded */
      uuid: string
    }
    answer: Session
  }
  /** Who attended a session, each person once; JSON, or a table as text/csv */
  'GET /api/v1/attendance': {
    query: {
      /** Zoom’s uuid of the session, percent-encoded */
      uuid: string
      /** Or the header Accept: text/csv */
      format?: 'json' | 'csv'
    }
    answer: Attendance
  }
  /** Say who somebody in a session is, or take that back */
  'PUT /api/v1/attendance/assignment': {
    body: {
      /** Of the session */
      uuid: string
      /** Of the attendee */
      key: string
      /** null takes it back */
      person_id: string | null
    }
    answer: Attendance
  }
  /** Who in any session is known by a name alone, and has not been assigned */
  'GET /api/v1/attendance/unmatched': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words of the name or the topic */
      q?: string
      /** The session began then or later */
      from?: string
      /** The session began then or earlier */
      to?: string
    }
    answer: {
      items: Unmatched[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** All who are known by a name alone and fit, as a table */
  'GET /api/v1/attendance/unmatched.csv': {
    query?: {
      /** Words of the name or the topic */
      q?: string
      /** The session began then or later */
      from?: string
      /** The session began then or earlier */
      to?: string
    }
    answer: string
  }
  /** The people whom the places know, with what ties each */
  'GET /api/v1/persons': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in a name or e-mail */
      q?: string
    }
    answer: {
      items: Person[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** The people whom the places know, with what ties each: all that fit, as a table */
  'GET /api/v1/persons.csv': {
    query?: {
      /** Words in a name or e-mail */
      q?: string
    }
    answer: string
  }
  /** Two persons are one: everything of this one goes to the other */
  'POST /api/v1/persons/{id}/merge': {
    params: {
      id: string
    }
    body: {
      /** The person who stays */
      into: string
    }
    answer: Person
  }
  /** One of a person’s ties is somebody else: it becomes a person of its own, and stays that */
  'POST /api/v1/persons/{id}/links/untie': {
    params: {
      id: string
    }
    body: {
      source: string
      source_id: string
    }
    answer: {
      person: Person
      untied: Person
    }
  }
  /** List recordings, newest first */
  'GET /api/v1/recordings': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      meeting_id?: string
      /** Zoom’s uuid of the session, percent-encoded */
      uuid?: string
      /** Words in the meeting’s topic or the kind of file */
      q?: string
    }
    answer: {
      items: Recording[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List recordings, newest first: all that fit, as a table */
  'GET /api/v1/recordings.csv': {
    query?: {
      meeting_id?: string
      /** Zoom’s uuid of the session, percent-encoded */
      uuid?: string
      /** Words in the meeting’s topic or the kind of file */
      q?: string
    }
    answer: string
  }
  /** Show a recording in the places of its meeting, or hide it: in all of them or in one */
  'PATCH /api/v1/recordings/{id}': {
    params: {
      id: string
    }
    body: {
      visibility: 'shown' | 'hidden'
      /** In this place alone; in all of them, unless it is told */
      place_id?: string
    }
    answer: Recording
  }
  /** List the summaries that AI Companion wrote, newest first */
  'GET /api/v1/summaries': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      meeting_id?: string
      /** Zoom’s uuid of the session, percent-encoded */
      uuid?: string
      /** Words in the summary or in the meeting’s topic */
      q?: string
    }
    answer: {
      items: Summary[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List the summaries that AI Companion wrote, newest first: all that fit, as a table */
  'GET /api/v1/summaries.csv': {
    query?: {
      meeting_id?: string
      /** Zoom’s uuid of the session, percent-encoded */
      uuid?: string
      /** Words in the summary or in the meeting’s topic */
      q?: string
    }
    answer: string
  }
  /** List the host systems that are connected */
  'GET /api/v1/places': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      integration?: string
      state?: 'on' | 'off'
      /** Words in the name */
      q?: string
    }
    answer: {
      items: Place[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List the host systems that are connected: all that fit, as a table */
  'GET /api/v1/places.csv': {
    query?: {
      integration?: string
      state?: 'on' | 'off'
      /** Words in the name */
      q?: string
    }
    answer: string
  }
  /** Read a place */
  'GET /api/v1/places/{id}': {
    params: {
      id: string
    }
    answer: Place
  }
  /** Switch a place off, losing nothing, or on again; or give it another name */
  'PATCH /api/v1/places/{id}': {
    params: {
      id: string
    }
    body: {
      state?: 'on' | 'off'
      /** What it is called here; the host system is not told */
      name?: string
    }
    answer: Place
  }
  /** Remove a place and what it shows; meetings stay */
  'DELETE /api/v1/places/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Ask the host system whether all is well there; Zoom is not asked */
  'POST /api/v1/places/{id}/check': {
    params: {
      id: string
    }
    answer: Place
  }
  /** Which meetings a place shows, or has shown, the newest first */
  'GET /api/v1/places/{id}/placements': {
    params: {
      id: string
    }
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in the title */
      q?: string
    }
    answer: {
      items: Placement[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** All meetings of a place that fit, as a table */
  'GET /api/v1/places/{id}/placements.csv': {
    params: {
      id: string
    }
    query?: {
      /** Words in the title */
      q?: string
    }
    answer: string
  }
  /** Where a meeting shows up */
  'GET /api/v1/meetings/{id}/placements': {
    params: {
      id: string
    }
    answer: {
      items: Placement[]
    }
  }
  /** Put a meeting into a place */
  'POST /api/v1/meetings/{id}/placements': {
    params: {
      id: string
    }
    body: PutRequest
    answer: Placement
  }
  /** Take a meeting away from a place: its page, post or bot is gone there, and the meeting stays */
  'DELETE /api/v1/placements/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** List what Zoom sent, newest first */
  'GET /api/v1/events': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      state?: EventState
      event?: string
      zoom_app_id?: string
      meeting_id?: string
      /** Words in the body */
      q?: string
    }
    answer: {
      items: Event[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Read an event with what Zoom sent */
  'GET /api/v1/events/{id}': {
    params: {
      id: string
    }
    answer: EventWithPayload
  }
  /** All events that fit, as a table */
  'GET /api/v1/events.csv': {
    query?: {
      state?: EventState
      event?: string
      zoom_app_id?: string
      meeting_id?: string
      /** Words in the body */
      q?: string
    }
    answer: string
  }
  /** Let an event be handled again */
  'POST /api/v1/events/{id}/replay': {
    params: {
      id: string
    }
    answer: Event
  }
  /** How many events of a time a replay would be about */
  'GET /api/v1/events/count': {
    query: {
      /** When it happened at Zoom */
      from: string
      /** Included */
      to: string
      /** Only those that ended so */
      state?: 'handled' | 'ignored' | 'dead'
      /** Only those of this name */
      event?: string
    }
    answer: {
      events: number
    }
  }
  /** Let all events of a time be handled again, in the background */
  'POST /api/v1/events/replay': {
    body: {
      /** When it happened at Zoom */
      from: string
      /** Included */
      to: string
      /** Only those that ended so */
      state?: 'handled' | 'ignored' | 'dead'
      /** Only those of this name */
      event?: string
    }
    answer: Replay
  }
  /** List replays of events and of deliveries, newest first; they are kept for 90 days */
  'GET /api/v1/replays': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      what?: 'events' | 'deliveries'
    }
    answer: {
      items: Replay[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** How far a replay is */
  'GET /api/v1/replays/{id}': {
    params: {
      id: string
    }
    answer: Replay
  }
  /** Go on with a replay that was stopped; nothing is replayed twice by it */
  'POST /api/v1/replays/{id}/run': {
    params: {
      id: string
    }
    answer: Replay
  }
  /** Stop a replay: what was begun comes to its end, the rest stays as it was */
  'POST /api/v1/replays/{id}/stop': {
    params: {
      id: string
    }
    answer: Replay
  }
  /** List the times whose events may have been lost, and what was repaired */
  'GET /api/v1/gaps': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in the app’s name, the cause, the state or what is unknown */
      q?: string
    }
    answer: {
      items: Gap[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List the times whose events may have been lost, and what was repaired: all that fit, as a table */
  'GET /api/v1/gaps.csv': {
    query?: {
      /** Words in the app’s name, the cause, the state or what is unknown */
      q?: string
    }
    answer: string
  }
  /** What this server has to do, by number */
  'GET /api/v1/jobs': {
    answer: JobsNow
  }
  /** List what was given up after all its tries */
  'GET /api/v1/jobs/dead': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in the task, the error or the name of what it is about */
      q?: string
    }
    answer: {
      items: DeadJob[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List what was given up after all its tries: all that fit, as a table */
  'GET /api/v1/jobs/dead.csv': {
    query?: {
      /** Words in the task, the error or the name of what it is about */
      q?: string
    }
    answer: string
  }
  /** Try again what was given up, with all its tries */
  'POST /api/v1/jobs/dead/{id}/retry': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** All that somebody who helps from afar asks for, as a file without secrets */
  'GET /api/v1/support_report': {
    answer: Record<string, unknown>
  }
  /** What is well, what is not, and what mends it */
  'GET /api/v1/doctor': {
    query?: {
      /** true: ask Zoom about plan and licences anew; else what it said within a day counts */
      again?: 'true' | 'false'
    }
    answer: {
      findings: Finding[]
    }
  }
  /** What is left of Zoom’s limits */
  'GET /api/v1/quota': {
    answer: {
      items: Quota[]
    }
  }
  /** Meetings, persons, minutes and hosts by month: all together, or by place, host or kind */
  'GET /api/v1/reports/usage': {
    query: {
      /** Year and month: 2026-11 */
      from: string
      /** The last month, included */
      to: string
      /** IANA name of the zone that months begin in */
      timezone?: string
      by?: 'all' | 'place' | 'host' | 'kind'
    }
    answer: Usage
  }
  /** The same as a table */
  'GET /api/v1/reports/usage.csv': {
    query: {
      /** Year and month: 2026-11 */
      from: string
      /** The last month, included */
      to: string
      /** IANA name of the zone that months begin in */
      timezone?: string
      by?: 'all' | 'place' | 'host' | 'kind'
    }
    answer: string
  }
  /** The lists that whoever asks keeps under a name */
  'GET /api/v1/views': {
    answer: {
      items: View[]
    }
  }
  /** Keep what a list is narrowed to under a name; the same name again shows what is said now */
  'POST /api/v1/views': {
    body: {
      /** Which list */
      page: 'meetings'
      name: string
      /** What it is narrowed to, as it stands in the console’s address */
      query: string
    }
    answer: View
  }
  /** Delete a view of one’s own */
  'DELETE /api/v1/views/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Who belongs to the workspace */
  'GET /api/v1/members': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in name or e-mail */
      q?: string
    }
    answer: {
      items: Member[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Who belongs to the workspace: all that fit, as a table */
  'GET /api/v1/members.csv': {
    query?: {
      /** Words in name or e-mail */
      q?: string
    }
    answer: string
  }
  /** Give a member another role */
  'PATCH /api/v1/members/{id}': {
    params: {
      id: string
    }
    body: {
      role: Role
    }
    answer: Member
  }
  /** Take a member out of the workspace */
  'DELETE /api/v1/members/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Sign a member out everywhere */
  'DELETE /api/v1/members/{id}/sessions': {
    params: {
      id: string
    }
    answer: {
      ended: number
    }
  }
  /** Invitations that may still be accepted */
  'GET /api/v1/invitations': {
    answer: {
      items: Invitation[]
    }
  }
  /** Invite somebody; the link to hand on is shown this once */
  'POST /api/v1/invitations': {
    body: {
      email: string
      role: Role
    }
    answer: {
      id: string
      email: string
      role: Role
      /** ISO 8601, UTC */
      created_at: string
      /** ISO 8601, UTC */
      expires_at: string
      /** Shown this once; good for a week */
      url: string
    }
  }
  /** Take an invitation back */
  'DELETE /api/v1/invitations/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Where you are signed in; none for an API key */
  'GET /api/v1/me/sessions': {
    answer: {
      items: SignInSession[]
    }
  }
  /** End one of your sessions */
  'DELETE /api/v1/me/sessions/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** List API keys, newest first; a key itself is never shown again */
  'GET /api/v1/api_keys': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Also those that were revoked */
      revoked?: 'true' | 'false'
      /** Words in the name */
      q?: string
    }
    answer: {
      items: ApiKey[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Make an API key; it is shown this once */
  'POST /api/v1/api_keys': {
    body: {
      name: string
      role: Role
    }
    answer: {
      id: string
      name: string
      role: Role
      /** ISO 8601, UTC */
      created_at: string
      /** To the minute */
      last_used_at: string | null
      revoked_at: string | null
      /** Shown this once */
      key: string
    }
  }
  /** List API keys, newest first; a key itself is never shown again: all that fit, as a table */
  'GET /api/v1/api_keys.csv': {
    query?: {
      /** Also those that were revoked */
      revoked?: 'true' | 'false'
      /** Words in the name */
      q?: string
    }
    answer: string
  }
  /** Revoke an API key */
  'DELETE /api/v1/api_keys/{id}': {
    params: {
      id: string
    }
    answer: ApiKey
  }
  /** Who did what, newest first */
  'GET /api/v1/audit': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      actor?: string
      /** How the action begins: meeting, meeting.created */
      action?: string
      object_id?: string
      /** Words of actor, action, object or detail */
      q?: string
      /** ISO 8601, UTC */
      from?: string
      /** ISO 8601, UTC */
      to?: string
    }
    answer: {
      items: AuditEntry[]
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** All entries of the audit log that fit, as a table */
  'GET /api/v1/audit.csv': {
    query?: {
      actor?: string
      /** How the action begins: meeting, meeting.created */
      action?: string
      object_id?: string
      /** Words of actor, action, object or detail */
      q?: string
      /** ISO 8601, UTC */
      from?: string
      /** ISO 8601, UTC */
      to?: string
    }
    answer: string
  }
  /** Connect an LMS: a registration URL to paste there, or its data by hand */
  'POST /api/v1/lti/platforms': {
    body: {
      /** What the place is called here */
      name: string
      /** For an LMS without dynamic registration: what it says of itself */
      manual?: {
        issuer: string
        client_id: string
        deployment_ids: string[]
        authorization_endpoint: string
        token_endpoint: string
        jwks_uri: string
      }
    }
    answer: {
      /** To paste into the LMS; good once */
      registration_url: string | null
      expires_at: string | null
      /** Known at once for a manual registration */
      place_id: string | null
      /** What an LMS without dynamic registration is told of us */
      tool: {
        login: string
        launch: string
        jwks: string
        icon: string
      }
    }
  }
  /** List the connected LMSs */
  'GET /api/v1/lti/platforms': {
    answer: {
      items: Array<{
        place_id: string
        name: string
        state: 'on' | 'off'
        issuer: string
        client_id: string
        deployment_ids: string[]
        product: string | null
      }>
      /** What an LMS without dynamic registration is told of us */
      tool: {
        login: string
        launch: string
        jwks: string
        icon: string
      }
    }
  }
  /** Connect a Mattermost server */
  'POST /api/v1/mattermost/servers': {
    body: {
      name: string
      /** The server’s Site URL, with its sub-path if it has one */
      url: string
      /** Of a bot account. Write-only */
      bot_token: string
      /** Not needed while one Zoom app of the workspace fits the level */
      zoom_app_id?: string
      /** user: everybody connects their own Zoom account. account: an administrator consents once, people are found by verified e-mail */
      level: 'user' | 'account'
      /** unique: every start makes a meeting. personal: the host’s personal meeting id, if there is one. unique at level user, personal at level account */
      meeting_ids?: 'unique' | 'personal'
      /** The server’s e-mail addresses are known to be right, though it does not verify them */
      trust_emails?: boolean
      trigger?: string
      /** Where to make the slash command; all teams of the bot when absent */
      team_ids?: string[]
      /** The “Webhook Secret” of the plugin that is replaced, so that its old addresses stay good. Write-only */
      url_secret?: string
    }
    answer: {
      /** The id of the place */
      id: string
      name: string
      state: 'on' | 'off'
      url: string
      level: 'user' | 'account'
      meeting_ids: 'unique' | 'personal'
      trust_emails: boolean
      trigger: string
      bot_username: string
      zoom_app_id: string | null
      /** At level account: the consent that everybody works with */
      connection_id: string | null
      commands: Array<{
        team_id: string | null
        /** By us, not by hand */
        made: boolean
      }>
      urls: {
        /** “Request URL” of a slash command that is made by hand */
        command: string
        /** “OAuth Redirect URL” and allow list of the Zoom app */
        redirect: string
        /** “Event notification endpoint URL” of the Zoom app */
        webhook: string
      }
      old_urls: {
        redirect: string
        webhook: string
        deauthorization: string
      }
      findings: Array<{
        check: string
        state: 'ok' | 'warning' | 'failed'
        message: string
        fix?: string
      }>
    }
  }
  /** The Mattermost servers */
  'GET /api/v1/mattermost/servers': {
    answer: {
      items: Array<{
        /** The id of the place */
        id: string
        name: string
        state: 'on' | 'off'
        url: string
        level: 'user' | 'account'
        meeting_ids: 'unique' | 'personal'
        trust_emails: boolean
        trigger: string
        bot_username: string
        zoom_app_id: string | null
        /** At level account: the consent that everybody works with */
        connection_id: string | null
        commands: Array<{
          team_id: string | null
          /** By us, not by hand */
          made: boolean
        }>
        urls: {
          /** “Request URL” of a slash command that is made by hand */
          command: string
          /** “OAuth Redirect URL” and allow list of the Zoom app */
          redirect: string
          /** “Event notification endpoint URL” of the Zoom app */
          webhook: string
        }
      }>
    }
  }
  /** One Mattermost server, and whether all is well with it */
  'GET /api/v1/mattermost/servers/{id}': {
    params: {
      id: string
    }
    answer: {
      /** The id of the place */
      id: string
      name: string
      state: 'on' | 'off'
      url: string
      level: 'user' | 'account'
      meeting_ids: 'unique' | 'personal'
      trust_emails: boolean
      trigger: string
      bot_username: string
      zoom_app_id: string | null
      /** At level account: the consent that everybody works with */
      connection_id: string | null
      commands: Array<{
        team_id: string | null
        /** By us, not by hand */
        made: boolean
      }>
      urls: {
        /** “Request URL” of a slash command that is made by hand */
        command: string
        /** “OAuth Redirect URL” and allow list of the Zoom app */
        redirect: string
        /** “Event notification endpoint URL” of the Zoom app */
        webhook: string
      }
      findings: Array<{
        check: string
        state: 'ok' | 'warning' | 'failed'
        message: string
        fix?: string
      }>
    }
  }
  /** Enter the tokens of commands made by hand, a new bot token, or change a setting */
  'PATCH /api/v1/mattermost/servers/{id}': {
    params: {
      id: string
    }
    body: {
      /** Write-only */
      bot_token?: string
      /** Another app that fits the level. Of the account’s an administrator consents anew; people who are connected go on */
      zoom_app_id?: string
      trust_emails?: boolean
      meeting_ids?: 'unique' | 'personal'
      /** Of slash commands that were made by hand. Write-only */
      command_tokens?: Array<{
        team_id?: string
        token: string
      }>
    }
    answer: {
      /** The id of the place */
      id: string
      name: string
      state: 'on' | 'off'
      url: string
      level: 'user' | 'account'
      meeting_ids: 'unique' | 'personal'
      trust_emails: boolean
      trigger: string
      bot_username: string
      zoom_app_id: string | null
      /** At level account: the consent that everybody works with */
      connection_id: string | null
      commands: Array<{
        team_id: string | null
        /** By us, not by hand */
        made: boolean
      }>
      urls: {
        /** “Request URL” of a slash command that is made by hand */
        command: string
        /** “OAuth Redirect URL” and allow list of the Zoom app */
        redirect: string
        /** “Event notification endpoint URL” of the Zoom app */
        webhook: string
      }
      findings: Array<{
        check: string
        state: 'ok' | 'warning' | 'failed'
        message: string
        fix?: string
      }>
    }
  }
  /** Disconnect a Mattermost server: our slash commands are removed, its posts stay */
  'DELETE /api/v1/mattermost/servers/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Begin the consent with which an administrator of the Zoom account connects everybody on this server */
  'POST /api/v1/mattermost/servers/{id}/consent': {
    params: {
      id: string
    }
    answer: {
      /** Zoom’s consent page, for the browser that holds the cookie of this answer */
      location: string
    }
  }
  /** When the addresses in the form of Mattermost’s old Zoom plugin were made; their secret was shown then */
  'GET /api/v1/zoom_apps/{id}/old_urls': {
    params: {
      id: string
    }
    answer: {
      /** null: never */
      made_at: string | null
    }
  }
  /** Make such addresses; those that were made before are good no more */
  'POST /api/v1/zoom_apps/{id}/old_urls': {
    params: {
      id: string
    }
    body: {
      /** The “Webhook Secret” of the plugin that is replaced, so that its old addresses stay good. Write-only */
      url_secret?: string
    }
    answer: {
      redirect: string
      webhook: string
      deauthorization: string
    }
  }
  /** Add a web site that meetings are shown on */
  'POST /api/v1/site/places': {
    body: {
      name: string
    }
    answer: Place
  }
  /** Give a meeting a public page */
  'POST /api/v1/site/pages': {
    body: {
      /** Made of the topic when absent */
      slug?: string
      /** A list of the same place that it shall stand in; made when it is not there */
      list?: string
      /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
      visibility?: 'public' | 'unlisted' | 'unpublished'
      meeting_id: string
      /** Not needed while the workspace has one web site or none */
      place_id?: string
    }
    answer: {
      /** The placement’s */
      id: string
      place_id: string
      meeting_id: string
      slug: string
      list: string | null
      /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
      visibility: 'public' | 'unlisted' | 'unpublished'
      /** What to paste into a web site or a mail */
      url: string
      /** For an iframe */
      card_url: string
      /** A calendar to subscribe to */
      calendar_url: string
      created_at: string
    }
  }
  /** List public pages */
  'GET /api/v1/site/pages': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in its address or the address of its list */
      q?: string
    }
    answer: {
      items: Array<{
        /** The placement’s */
        id: string
        place_id: string
        meeting_id: string
        slug: string
        list: string | null
        /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
        visibility: 'public' | 'unlisted' | 'unpublished'
        /** What to paste into a web site or a mail */
        url: string
        /** For an iframe */
        card_url: string
        /** A calendar to subscribe to */
        calendar_url: string
        created_at: string
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List public pages: all that fit, as a table */
  'GET /api/v1/site/pages.csv': {
    query?: {
      /** Words in its address or the address of its list */
      q?: string
    }
    answer: string
  }
  /** Read a public page */
  'GET /api/v1/site/pages/{id}': {
    params: {
      id: string
    }
    answer: {
      /** The placement’s */
      id: string
      place_id: string
      meeting_id: string
      slug: string
      list: string | null
      /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
      visibility: 'public' | 'unlisted' | 'unpublished'
      /** What to paste into a web site or a mail */
      url: string
      /** For an iframe */
      card_url: string
      /** A calendar to subscribe to */
      calendar_url: string
      created_at: string
    }
  }
  /** Publish, hide or list a page */
  'PATCH /api/v1/site/pages/{id}': {
    params: {
      id: string
    }
    body: {
      list?: string | null
      /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
      visibility?: 'public' | 'unlisted' | 'unpublished'
    }
    answer: {
      /** The placement’s */
      id: string
      place_id: string
      meeting_id: string
      slug: string
      list: string | null
      /** public: in its list and for search engines; unlisted: for who has the link; unpublished: for nobody */
      visibility: 'public' | 'unlisted' | 'unpublished'
      /** What to paste into a web site or a mail */
      url: string
      /** For an iframe */
      card_url: string
      /** A calendar to subscribe to */
      calendar_url: string
      created_at: string
    }
  }
  /** Remove a page; its meeting stays, its address becomes free */
  'DELETE /api/v1/site/pages/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Make a list of pages */
  'POST /api/v1/site/lists': {
    body: {
      slug: string
      title: string
      place_id?: string
    }
    answer: {
      slug: string
      place_id: string
      title: string
      /** What to paste into a web site or a mail */
      url: string
      /** A calendar to subscribe to */
      calendar_url: string
      created_at: string
    }
  }
  /** List the lists of pages */
  'GET /api/v1/site/lists': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      /** Words in its title or address */
      q?: string
      /** Those of one web site */
      place_id?: string
    }
    answer: {
      items: Array<{
        slug: string
        place_id: string
        title: string
        /** What to paste into a web site or a mail */
        url: string
        /** A calendar to subscribe to */
        calendar_url: string
        created_at: string
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List the lists of pages: all that fit, as a table */
  'GET /api/v1/site/lists.csv': {
    query?: {
      /** Words in its title or address */
      q?: string
      /** Those of one web site */
      place_id?: string
    }
    answer: string
  }
  /** The card of a page, for editors that embed (oEmbed 1.0) */
  'GET /oembed': {
    query: {
      url: string
      format?: string
      maxwidth?: number
      maxheight?: number
    }
    answer: Record<string, unknown>
  }
  /** Register a Zoom app that users or an administrator consent to */
  'POST /api/v1/zoom_oauth_apps': {
    body?: {
      client_id?: string
      /** Write-only */
      client_secret?: string
      /** The app’s Secret Token, which signs Zoom’s events. Write-only */
      webhook_secret?: string
      kind?: 'user_managed' | 'admin_managed'
      name?: string
      /** Another Zoom, for example https://zoomgov.com. Absent: the one that all other apps of the project are at */
      oauth_base?: string
      api_base?: string
    }
    answer: {
      id: string
      /** The same as `id` */
      zoom_oauth_app_id: string
      name: string
      kind: 'user_managed' | 'admin_managed'
      client_id: string
      has_webhook_secret: boolean
      /** Event notification endpoint URL to enter at Zoom; `/api/v1/zoom_oauth/webhooks` will do, too */
      webhook_url: string
      oauth_base: string
      api_base: string
      created_at: string
    }
  }
  /** List Zoom apps, the oldest first */
  'GET /api/v1/zoom_oauth_apps': {
    query?: {
      cursor?: string
    }
    answer: {
      /** Address of the next page */
      next: string | null
      /** Address of the page before */
      previous: string | null
      results: Array<{
        id: string
        /** The same as `id` */
        zoom_oauth_app_id: string
        name: string
        kind: 'user_managed' | 'admin_managed'
        client_id: string
        has_webhook_secret: boolean
        /** Event notification endpoint URL to enter at Zoom; `/api/v1/zoom_oauth/webhooks` will do, too */
        webhook_url: string
        oauth_base: string
        api_base: string
        created_at: string
      }>
    }
  }
  /** Read a Zoom app */
  'GET /api/v1/zoom_oauth_apps/{id}': {
    params: {
      id: string
    }
    answer: {
      id: string
      /** The same as `id` */
      zoom_oauth_app_id: string
      name: string
      kind: 'user_managed' | 'admin_managed'
      client_id: string
      has_webhook_secret: boolean
      /** Event notification endpoint URL to enter at Zoom; `/api/v1/zoom_oauth/webhooks` will do, too */
      webhook_url: string
      oauth_base: string
      api_base: string
      created_at: string
    }
  }
  /** Delete a Zoom app that has no connections */
  'DELETE /api/v1/zoom_oauth_apps/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Make a connection of the code of a consent */
  'POST /api/v1/zoom_oauth_connections': {
    body?: {
      /** Absent: the only one of the workspace */
      zoom_oauth_app_id?: string
      /** `code` of the address that Zoom sent the browser to */
      authorization_code: string
      /** The one that the consent was asked with */
      redirect_uri: string
      is_local_recording_token_supported?: boolean
      is_onbehalf_token_supported?: boolean
      /** At most one connection has it */
      deduplication_key?: string | null
      /** Texts by name; 1000 characters of JSON at the most */
      metadata?: Record<string, string>
    }
    answer: {
      id: string
      zoom_oauth_app_id: string
      /** The Zoom user who consented */
      user_id: string
      account_id: string | null
      state: 'connected' | 'disconnected'
      metadata: Record<string, string> | null
      deduplication_key: string | null
      is_local_recording_token_supported: boolean
      is_onbehalf_token_supported: boolean
      connection_failure_data: {
        error: string
        /** ISO 8601, UTC */
        timestamp: string
      } | null
      /** ISO 8601, UTC */
      created_at: string
      /** ISO 8601, UTC */
      updated_at: string
      last_successful_sync_at: string | null
      last_attempted_sync_at: string | null
    }
  }
  /** List connections, the newest first */
  'GET /api/v1/zoom_oauth_connections': {
    query?: {
      cursor?: string
    }
    answer: {
      /** Address of the next page */
      next: string | null
      /** Address of the page before */
      previous: string | null
      results: Array<{
        id: string
        zoom_oauth_app_id: string
        /** The Zoom user who consented */
        user_id: string
        account_id: string | null
        state: 'connected' | 'disconnected'
        metadata: Record<string, string> | null
        deduplication_key: string | null
        is_local_recording_token_supported: boolean
        is_onbehalf_token_supported: boolean
        connection_failure_data: {
          error: string
          /** ISO 8601, UTC */
          timestamp: string
        } | null
        /** ISO 8601, UTC */
        created_at: string
        /** ISO 8601, UTC */
        updated_at: string
        last_successful_sync_at: string | null
        last_attempted_sync_at: string | null
      }>
    }
  }
  /** Read a connection */
  'GET /api/v1/zoom_oauth_connections/{id}': {
    params: {
      id: string
    }
    answer: {
      id: string
      zoom_oauth_app_id: string
      /** The Zoom user who consented */
      user_id: string
      account_id: string | null
      state: 'connected' | 'disconnected'
      metadata: Record<string, string> | null
      deduplication_key: string | null
      is_local_recording_token_supported: boolean
      is_onbehalf_token_supported: boolean
      connection_failure_data: {
        error: string
        /** ISO 8601, UTC */
        timestamp: string
      } | null
      /** ISO 8601, UTC */
      created_at: string
      /** ISO 8601, UTC */
      updated_at: string
      last_successful_sync_at: string | null
      last_attempted_sync_at: string | null
    }
  }
  /** Delete a connection; the consent is revoked at Zoom */
  'DELETE /api/v1/zoom_oauth_connections/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Send a bot to a meeting */
  'POST /api/v1/bots': {
    body?: {
      /** As people paste it */
      meeting_url: string
      bot_name: string
      /** Texts by name; 1000 characters of JSON at the most */
      metadata?: Record<string, string>
      /** Absent: at once */
      join_at?: string | null
      /** At most one bot at a time has it */
      deduplication_key?: string | null
      /** Absent: found by the host of the meeting */
      zoom_oauth_connection_id?: string | null
      zoom_settings?: {
        /** Join on behalf of a user who is in the meeting */
        onbehalf_token?: {
          /** Zoom user id of a connection */
          zoom_oauth_connection_user_id: string
        }
        /** Join as a user */
        zak_token?: {
          /** Zoom user id of a connection */
          zoom_oauth_connection_user_id: string
        }
      }
    }
    answer: {
      id: string
      metadata: Record<string, string> | null
      meeting_url: string
      state: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
      events: Array<{
        type: 'staged' | 'join_requested' | 'put_in_waiting_room' | 'joined_meeting' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join_meeting' | 'leave_requested' | 'left_meeting' | 'meeting_ended' | 'post_processing_completed' | 'fatal_error'
        created_at: string
        sub_type?: string
      }>
      transcription_state: 'not_started' | 'in_progress' | 'complete' | 'failed'
      recording_state: 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'
      join_at: string | null
      deduplication_key: string | null
      /** How it joined; null until it is sent to the meeting */
      zoom_join_mode: 'local_recording' | 'onbehalf' | 'zak' | 'standard' | null
      /** Why it had to join in a lesser way than was hoped for */
      zoom_join_mode_reason: string | null
    }
  }
  /** List bots, the oldest first */
  'GET /api/v1/bots': {
    query?: {
      cursor?: string
      meeting_url?: string
      deduplication_key?: string
      /** May be repeated */
      states?: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
      /** ISO 8601 */
      join_at_after?: string
      /** ISO 8601 */
      join_at_before?: string
    }
    answer: {
      /** Address of the next page */
      next: string | null
      /** Address of the page before */
      previous: string | null
      results: Array<{
        id: string
        metadata: Record<string, string> | null
        meeting_url: string
        state: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
        events: Array<{
          type: 'staged' | 'join_requested' | 'put_in_waiting_room' | 'joined_meeting' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join_meeting' | 'leave_requested' | 'left_meeting' | 'meeting_ended' | 'post_processing_completed' | 'fatal_error'
          created_at: string
          sub_type?: string
        }>
        transcription_state: 'not_started' | 'in_progress' | 'complete' | 'failed'
        recording_state: 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'
        join_at: string | null
        deduplication_key: string | null
        /** How it joined; null until it is sent to the meeting */
        zoom_join_mode: 'local_recording' | 'onbehalf' | 'zak' | 'standard' | null
        /** Why it had to join in a lesser way than was hoped for */
        zoom_join_mode_reason: string | null
      }>
    }
  }
  /** Read a bot */
  'GET /api/v1/bots/{id}': {
    params: {
      id: string
    }
    answer: {
      id: string
      metadata: Record<string, string> | null
      meeting_url: string
      state: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
      events: Array<{
        type: 'staged' | 'join_requested' | 'put_in_waiting_room' | 'joined_meeting' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join_meeting' | 'leave_requested' | 'left_meeting' | 'meeting_ended' | 'post_processing_completed' | 'fatal_error'
        created_at: string
        sub_type?: string
      }>
      transcription_state: 'not_started' | 'in_progress' | 'complete' | 'failed'
      recording_state: 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'
      join_at: string | null
      deduplication_key: string | null
      /** How it joined; null until it is sent to the meeting */
      zoom_join_mode: 'local_recording' | 'onbehalf' | 'zak' | 'standard' | null
      /** Why it had to join in a lesser way than was hoped for */
      zoom_join_mode_reason: string | null
    }
  }
  /** Change a bot that is planned, or what it notes */
  'PATCH /api/v1/bots/{id}': {
    params: {
      id: string
    }
    body?: {
      meeting_url?: string
      bot_name?: string
      join_at?: string
      /** Texts by name; 1000 characters of JSON at the most */
      metadata?: Record<string, string>
    }
    answer: {
      id: string
      metadata: Record<string, string> | null
      meeting_url: string
      state: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
      events: Array<{
        type: 'staged' | 'join_requested' | 'put_in_waiting_room' | 'joined_meeting' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join_meeting' | 'leave_requested' | 'left_meeting' | 'meeting_ended' | 'post_processing_completed' | 'fatal_error'
        created_at: string
        sub_type?: string
      }>
      transcription_state: 'not_started' | 'in_progress' | 'complete' | 'failed'
      recording_state: 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'
      join_at: string | null
      deduplication_key: string | null
      /** How it joined; null until it is sent to the meeting */
      zoom_join_mode: 'local_recording' | 'onbehalf' | 'zak' | 'standard' | null
      /** Why it had to join in a lesser way than was hoped for */
      zoom_join_mode_reason: string | null
    }
  }
  /** Call a scheduled bot off */
  'DELETE /api/v1/bots/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Have a bot leave its meeting */
  'POST /api/v1/bots/{id}/leave': {
    params: {
      id: string
    }
    answer: {
      id: string
      metadata: Record<string, string> | null
      meeting_url: string
      state: 'ready' | 'scheduled' | 'staged' | 'joining' | 'waiting_room' | 'joined_not_recording' | 'joined_recording' | 'joined_recording_paused' | 'joined_recording_permission_denied' | 'leaving' | 'post_processing' | 'ended' | 'fatal_error'
      events: Array<{
        type: 'staged' | 'join_requested' | 'put_in_waiting_room' | 'joined_meeting' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join_meeting' | 'leave_requested' | 'left_meeting' | 'meeting_ended' | 'post_processing_completed' | 'fatal_error'
        created_at: string
        sub_type?: string
      }>
      transcription_state: 'not_started' | 'in_progress' | 'complete' | 'failed'
      recording_state: 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'
      join_at: string | null
      deduplication_key: string | null
      /** How it joined; null until it is sent to the meeting */
      zoom_join_mode: 'local_recording' | 'onbehalf' | 'zak' | 'standard' | null
      /** Why it had to join in a lesser way than was hoped for */
      zoom_join_mode_reason: string | null
    }
  }
  /** List who was in the meeting with a bot */
  'GET /api/v1/bots/{id}/participants': {
    params: {
      id: string
    }
    query?: {
      cursor?: string
      is_host?: 'true' | 'false'
      id?: string
    }
    answer: {
      /** Address of the next page */
      next: string | null
      /** Address of the page before */
      previous: string | null
      results: Array<{
        id: string
        name: string
        uuid: string
        user_uuid: string | null
        is_host: boolean
      }>
    }
  }
  /** A runner reports what happened to its bot */
  'POST /bots/{id}/reports': {
    params: {
      id: string
    }
    body: {
      bot_id?: string
      event: 'waiting_room' | 'joined' | 'recording_permission_granted' | 'recording_permission_denied' | 'could_not_join' | 'left' | 'meeting_ended'
      sub_type?: string
      /** When it happened */
      at: string
      participants?: Array<{
        /** Absent: not known well enough to be kept */
        uuid?: string
        name: string
        user_uuid?: string | null
        is_host?: boolean
      }>
    }
    answer: {
      outcome: 'handled' | 'ignored'
      reason?: string
    }
  }
  /** Subscribe a URL to events; the secret is shown this once */
  'POST /api/v1/subscriptions': {
    body: {
      name?: string
      /** Where events are posted; https, unless allow_private is set */
      url: string
      /** Types of events; none means all */
      triggers?: Array<'meeting.changed' | 'meeting.deleted' | 'session.started' | 'session.ended' | 'attendance.changed' | 'recording.ready' | 'summary.ready' | 'registration.changed' | 'person.changed' | 'connection.changed' | 'connection.erased'>
      /** An administrator’s word that this one origin may be inside the network: loopback, private, link-local */
      allow_private?: boolean
      /** How messages are signed */
      signer?: string
    }
    answer: {
      id: string
      name: string
      url: string
      triggers: string[]
      signer: string
      allow_private: boolean
      state: 'on' | 'off'
      /** Why it was switched off */
      reason: string | null
      /** open: it failed so often that it is left alone for a while */
      circuit: 'closed' | 'open'
      /** Failures in a row */
      failures: number
      open_until: string | null
      /** Until then messages are signed with the secret before, too, and with each that was replaced within a day */
      previous_secret_until: string | null
      /** ISO 8601, UTC */
      created_at: string
      /** Shown this once */
      secret: string
    }
  }
  /** List subscriptions, newest first */
  'GET /api/v1/subscriptions': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      state?: 'on' | 'off'
      /** Part of name or URL */
      q?: string
    }
    answer: {
      items: Array<{
        id: string
        name: string
        url: string
        triggers: string[]
        signer: string
        allow_private: boolean
        state: 'on' | 'off'
        /** Why it was switched off */
        reason: string | null
        /** open: it failed so often that it is left alone for a while */
        circuit: 'closed' | 'open'
        /** Failures in a row */
        failures: number
        open_until: string | null
        /** Until then messages are signed with the secret before, too, and with each that was replaced within a day */
        previous_secret_until: string | null
        /** ISO 8601, UTC */
        created_at: string
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** List subscriptions, newest first: all that fit, as a table */
  'GET /api/v1/subscriptions.csv': {
    query?: {
      state?: 'on' | 'off'
      /** Part of name or URL */
      q?: string
    }
    answer: string
  }
  /** Read a subscription */
  'GET /api/v1/subscriptions/{id}': {
    params: {
      id: string
    }
    answer: {
      id: string
      name: string
      url: string
      triggers: string[]
      signer: string
      allow_private: boolean
      state: 'on' | 'off'
      /** Why it was switched off */
      reason: string | null
      /** open: it failed so often that it is left alone for a while */
      circuit: 'closed' | 'open'
      /** Failures in a row */
      failures: number
      open_until: string | null
      /** Until then messages are signed with the secret before, too, and with each that was replaced within a day */
      previous_secret_until: string | null
      /** ISO 8601, UTC */
      created_at: string
    }
  }
  /** Change a subscription, or switch it on or off */
  'PATCH /api/v1/subscriptions/{id}': {
    params: {
      id: string
    }
    body: {
      name?: string
      /** Where events are posted; https, unless allow_private is set */
      url?: string
      /** Types of events; none means all */
      triggers?: Array<'meeting.changed' | 'meeting.deleted' | 'session.started' | 'session.ended' | 'attendance.changed' | 'recording.ready' | 'summary.ready' | 'registration.changed' | 'person.changed' | 'connection.changed' | 'connection.erased'>
      /** An administrator’s word that this one origin may be inside the network: loopback, private, link-local */
      allow_private?: boolean
      state?: 'on' | 'off'
    }
    answer: {
      id: string
      name: string
      url: string
      triggers: string[]
      signer: string
      allow_private: boolean
      state: 'on' | 'off'
      /** Why it was switched off */
      reason: string | null
      /** open: it failed so often that it is left alone for a while */
      circuit: 'closed' | 'open'
      /** Failures in a row */
      failures: number
      open_until: string | null
      /** Until then messages are signed with the secret before, too, and with each that was replaced within a day */
      previous_secret_until: string | null
      /** ISO 8601, UTC */
      created_at: string
    }
  }
  /** Delete a subscription and its deliveries */
  'DELETE /api/v1/subscriptions/{id}': {
    params: {
      id: string
    }
    answer: undefined
  }
  /** Make a new secret; the one before signs beside it for a day */
  'POST /api/v1/subscriptions/{id}/rotate_secret': {
    params: {
      id: string
    }
    answer: {
      id: string
      name: string
      url: string
      triggers: string[]
      signer: string
      allow_private: boolean
      state: 'on' | 'off'
      /** Why it was switched off */
      reason: string | null
      /** open: it failed so often that it is left alone for a while */
      circuit: 'closed' | 'open'
      /** Failures in a row */
      failures: number
      open_until: string | null
      /** Until then messages are signed with the secret before, too, and with each that was replaced within a day */
      previous_secret_until: string | null
      /** ISO 8601, UTC */
      created_at: string
      /** Shown this once */
      secret: string
    }
  }
  /** Send a test message now and see what came of it */
  'POST /api/v1/subscriptions/{id}/test': {
    params: {
      id: string
    }
    answer: {
      /** The webhook-id of every try */
      id: string
      subscription_id: string
      /** null: it was removed */
      subscription_name: string | null
      /** null for a test */
      hub_event_id: string | null
      type: string
      state: 'waiting' | 'delivered' | 'dead'
      attempts: number
      /** The next try, while it waits */
      due_at: string | null
      /** What the destination answered last */
      status: number | null
      error: string | null
      /** What is sent, byte for byte */
      body: string
      /** ISO 8601, UTC */
      created_at: string
      settled_at: string | null
    }
  }
  /** Send again what was made in a span of time, in the background */
  'POST /api/v1/subscriptions/{id}/replay': {
    params: {
      id: string
    }
    body: {
      /** When it was made */
      from: string
      /** Included */
      to: string
      /** Only those that ended so */
      state?: 'delivered' | 'dead'
    }
    answer: Replay
  }
  /** List deliveries, newest first; JSON by pages, or all that fit as a table with format=csv */
  'GET /api/v1/deliveries': {
    query?: {
      /** How many items at the most */
      limit?: number
      /** next_cursor of the page before */
      cursor?: string
      subscription_id?: string
      state?: 'waiting' | 'delivered' | 'dead'
      type?: string
      /** Part of the id or the body */
      q?: string
      format?: 'json' | 'csv'
    }
    answer: {
      items: Array<{
        /** The webhook-id of every try */
        id: string
        subscription_id: string
        /** null: it was removed */
        subscription_name: string | null
        /** null for a test */
        hub_event_id: string | null
        type: string
        state: 'waiting' | 'delivered' | 'dead'
        attempts: number
        /** The next try, while it waits */
        due_at: string | null
        /** What the destination answered last */
        status: number | null
        error: string | null
        /** What is sent, byte for byte */
        body: string
        /** ISO 8601, UTC */
        created_at: string
        settled_at: string | null
      }>
      /** null at the end */
      next_cursor: string | null
    }
  }
  /** Read a delivery */
  'GET /api/v1/deliveries/{id}': {
    params: {
      id: string
    }
    answer: {
      /** The webhook-id of every try */
      id: string
      subscription_id: string
      /** null: it was removed */
      subscription_name: string | null
      /** null for a test */
      hub_event_id: string | null
      type: string
      state: 'waiting' | 'delivered' | 'dead'
      attempts: number
      /** The next try, while it waits */
      due_at: string | null
      /** What the destination answered last */
      status: number | null
      error: string | null
      /** What is sent, byte for byte */
      body: string
      /** ISO 8601, UTC */
      created_at: string
      settled_at: string | null
    }
  }
  /** Send a delivery again, with the same id and body */
  'POST /api/v1/deliveries/{id}/replay': {
    params: {
      id: string
    }
    answer: {
      /** The webhook-id of every try */
      id: string
      subscription_id: string
      /** null: it was removed */
      subscription_name: string | null
      /** null for a test */
      hub_event_id: string | null
      type: string
      state: 'waiting' | 'delivered' | 'dead'
      attempts: number
      /** The next try, while it waits */
      due_at: string | null
      /** What the destination answered last */
      status: number | null
      error: string | null
      /** What is sent, byte for byte */
      body: string
      /** ISO 8601, UTC */
      created_at: string
      settled_at: string | null
    }
  }
}

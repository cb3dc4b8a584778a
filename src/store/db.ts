import { Kysely, PostgresDialect, type Generated, type Transaction } from 'kysely'
import pg from 'pg'

/** The handle that queries run on: the pool, or a transaction when the caller holds one. */
export type Db = Kysely<Tables>
export type Trx = Transaction<Tables>

export type Role = 'owner' | 'admin' | 'operator' | 'viewer'

/** Zoom's settings come in sections: `schedule_meeting.host_video`. */
export type Sections = Record<string, Record<string, unknown>>

/** A field of the account that its meetings carry. */
export interface HostTrackingField {
  field: string
  required: boolean
  visible: boolean
  recommended_values: string[]
}

/** What a workspace says of an option of its meetings: it holds for each, whoever plans decides, or it may not be chosen. */
export type MeetingRule = 'always' | 'decides' | 'never'

export interface Tables {
  workspace: {
    id: string
    name: string
    demo: Generated<boolean>
    created_at: Generated<Date>
    event_days: Generated<number | null>
    delivery_days: Generated<number | null>
    attendance_days: Generated<number | null>
    colour: Generated<string | null>
    language: Generated<string | null>
  }
  api_key: {
    id: string
    workspace_id: string
    name: string
    role: Role
    key_hash: Buffer
    created_at: Generated<Date>
    last_used_at: Date | null
    revoked_at: Date | null
  }
  member: { workspace_id: string; user_id: string; role: Role; created_at: Generated<Date> }
  zoom_app: {
    id: string
    workspace_id: string
    name: string
    kind: ZoomAppKind
    client_id: string
    client_secret: Buffer
    secret_token: Buffer | null
    previous_secret_token: Buffer | null
    account_id: string | null
    oauth_base: string
    api_base: string
    last_event_at: Date | null
    created_at: Generated<Date>
    meeting_sdk: Generated<boolean>
    data_compliance: Generated<boolean>
    deauthorization_secret_hash: Generated<Buffer | null>
    environment: Generated<'development' | 'production'>
    refused_event_at: Generated<Date | null>
    url_validated_at: Generated<Date | null>
    purposes: Generated<string[]>
    setup_check: Generated<SetupCheck | null>
    state: Generated<'on' | 'off'>
    sdk_joined_at: Generated<Date | null>
    sdk_refused_at: Generated<Date | null>
    sdk_refusal: Generated<string | null>
    scope_family: Generated<'granular' | 'classic' | null>
  }
  plan_answer: {
    connection_id: string
    about: string
    host_id: string
    allowed: boolean | null
    refusal_code: number | null
    refusal_reason: string | null
    asked_at: Date
  }
  app_event: {
    zoom_app_id: string
    event: string
    last_at: Date
  }
  connection: {
    id: string
    workspace_id: string
    zoom_app_id: string
    account_id: string | null
    state: 'connected' | 'disconnected'
    failure_code: string | null
    failure_message: string | null
    failed_at: Date | null
    access_token: Buffer | null
    access_token_expires_at: Date | null
    scope: Generated<string>
    api_url: string | null
    created_at: Generated<Date>
    zoom_user_id: string | null
    zoom_user_email: string | null
    refresh_token: Buffer | null
    granted_at: Date | null
    refresh_fence: Generated<string>
    refresh_lease_until: Date | null
    refresh_sent_at: Date | null
    /** Kept by the database. */
    refresh_token_at: Generated<Date | null>
    /** Of a consent that was ended here and not yet at Zoom. */
    unrevoked_token: Buffer | null
  }
  deletion: {
    id: string
    workspace_id: string
    zoom_app_id: string
    client_id: string
    connection_id: string
    account_id: string | null
    zoom_user_id: string
    notice: unknown
    state: Generated<'due' | 'cancelled' | 'done'>
    deauthorized_at: Date
    due_at: Date
    settled_at: Date | null
    counts: Generated<unknown>
    compliance: 'not_asked' | 'due' | 'done' | 'app_removed'
    compliance_at: Date | null
  }
  zoom_user: {
    workspace_id: string
    id: string
    connection_id: string
    email: string
    first_name: string | null
    last_name: string | null
    display_name: string | null
    type: number | null
    status: string | null
    timezone: string | null
    pmi: string | null
    changed_at: Date
    verified: Generated<boolean | null>
    user_created_at: Generated<Date | null>
    last_login_time: Generated<Date | null>
    last_client_version: Generated<string | null>
    missing_since: Generated<Date | null>
  }
  zoom_user_read: {
    connection_id: string
    state: 'reading' | 'done' | 'failed'
    reason: string | null
    asked_at: Date
    read_at: Date | null
  }
  meeting: {
    id: string
    workspace_id: string
    connection_id: string | null
    zoom_meeting_id: string
    kind: MeetingKind
    state: MeetingState
    uuid: string | null
    type: number
    topic: string
    agenda: string | null
    host_id: string
    host_email: string | null
    start_time: Date | null
    duration: number | null
    timezone: string | null
    join_url: string | null
    password: string | null
    recurrence: unknown
    settings: Generated<Record<string, unknown>>
    ends_at: Date | null
    changed_at: Date
    created_at: Generated<Date>
    missing_since: Generated<Date | null>
    revision: Generated<number>
    field_revisions: Generated<Record<string, number>>
    tracking_fields: Generated<unknown[]>
  }
  workspace_logo: {
    workspace_id: string
    content_type: 'image/png' | 'image/jpeg' | 'image/webp'
    bytes: Buffer
    changed_at: Date
  }
  meeting_default: {
    workspace_id: string
    option_id: string
    rule: MeetingRule
    /** JSON; an option has no value that is null. */
    value: unknown
    changed_at: Date
  }
  host_settings: {
    workspace_id: string
    zoom_user_id: string
    connection_id: string
    settings: Sections
    security: Sections
    locks: Sections
    schedulers: { id: string; email: string }[]
    tracking_fields: HostTrackingField[]
    unknown: Record<string, string>
    asked_at: Date
    stale: Generated<boolean>
  }
  occurrence: {
    meeting_id: string
    occurrence_id: string
    start_time: Date
    duration: number
    status: 'available' | 'deleted'
    own: Generated<{ agenda?: string; settings?: Record<string, unknown> }>
  }
  session: {
    workspace_id: string
    uuid: string
    meeting_id: string
    topic: string
    host_id: string
    started_at: Date | null
    ended_at: Date | null
    source: Generated<AttendanceSource>
    report_state: Generated<'none' | 'waiting' | 'done' | 'unavailable'>
    report_reason: string | null
    report_at: Date | null
    recordings_asked_at: Generated<Date | null>
  }
  attendance: {
    id: string
    workspace_id: string
    uuid: string
    user_id: string
    name: Generated<string>
    email: Generated<string>
    participant_user_id: Generated<string>
    participant_uuid: Generated<string>
    registrant_id: Generated<string>
    customer_key: Generated<string>
    join_time: Date | null
    leave_time: Date | null
    leave_reason: string | null
    source: AttendanceSource
  }
  gap: {
    id: string
    workspace_id: string
    zoom_app_id: string
    since: Date
    until: Date
    cause: 'away' | 'silence'
    state: Generated<'found' | 'repairing' | 'repaired'>
    hosts: Generated<number>
    sessions: Generated<number>
    recordings: Generated<number>
    unknown: Generated<string[]>
    found_at: Date
    repaired_at: Date | null
  }
  watch: {
    zoom_app_id: string
    alive_at: Date
    known_until: Date
  }
  recording: {
    id: string
    workspace_id: string
    meeting_id: string
    uuid: string
    zoom_file_id: string
    recording_type: string | null
    file_type: string | null
    file_extension: string | null
    file_size: string | null
    recording_start: Date | null
    recording_end: Date | null
    play_url: string | null
    download_url: string | null
    share_url: string | null
    passcode: string | null
    state: 'ready' | 'trashed' | 'deleted'
    changed_at: Date
    visibility: Generated<'shown' | 'hidden'>
  }
  recording_hidden: { recording_id: string; place_id: string }
  summary: {
    id: string
    workspace_id: string
    meeting_id: string
    uuid: string
    title: string
    content: string | null
    doc_url: string | null
    state: 'ready' | 'trashed' | 'deleted'
    created_at: Date
    changed_at: Date
  }
  event: {
    id: string
    workspace_id: string
    zoom_app_id: string
    event_ts: Date
    digest: Buffer
    event: string
    account_id: string | null
    subject: string
    body: string
    received_at: Generated<Date>
    state: Generated<EventState>
    reason: string | null
    attempts: Generated<number>
    retry_at: Date | null
    settled_at: Date | null
    replay_id: Generated<string | null>
  }
  hub_event: {
    id: string
    workspace_id: string
    type: string
    cause: 'webhook' | 'api' | 'report' | 'repair'
    meeting_id: string | null
    uuid: string | null
    payload: unknown
    created_at: Generated<Date>
  }
  audit: {
    id: Generated<string>
    at: Generated<Date>
    workspace_id: string
    actor: string
    action: string
    object_id: string | null
    detail: Generated<unknown>
  }
  idempotency: {
    workspace_id: string
    key: string
    request_digest: Buffer
    state: Generated<'under_way' | 'unknown' | 'done'>
    meeting_id: string | null
    created_at: Generated<Date>
    taken_at: Generated<Date>
  }
  grant_request: {
    state_hash: Buffer
    workspace_id: string
    zoom_app_id: string
    browser_hash: Buffer
    code_verifier: Buffer
    redirect_uri: string
    integration: string
    data: unknown
    created_at: Date
    expires_at: Date
    used_at: Date | null
  }
  place: {
    id: string
    workspace_id: string
    integration: string
    name: string
    state: Generated<'on' | 'off'>
    zoom_app_id: string | null
    connection_id: string | null
    created_at: Date
  }
  place_health: {
    place_id: string
    checked_at: Date
    findings: PlaceFinding[]
    last_ok_at: Date | null
    last_failed_at: Date | null
    last_failure: string | null
  }
  placement: {
    removed_at: Generated<Date | null>
    id: string
    workspace_id: string
    place_id: string
    meeting_id: string
    ref: string
    title: string
    url: string | null
    state: Generated<'shown' | 'removed'>
    created_at: Date
  }
  person: { id: string; workspace_id: string; name: string | null; created_at: Date }
  person_link: {
    workspace_id: string
    source: string
    source_id: string
    person_id: string
    name: string | null
    email: string | null
    email_verified: boolean
    changed_at: Date
  }
  person_tie_refused: { workspace_id: string; source: string; source_id: string; person_id: string }
  saved_view: {
    id: string
    workspace_id: string
    actor: string
    page: string
    name: string
    query: string
    created_at: Date
  }
  pass: {
    id: string
    workspace_id: string
    ticket_hash: Buffer
    meeting_id: string
    placement_id: string | null
    person_id: string | null
    role: PassRole
    shared: Generated<boolean>
    name: string | null
    email: string | null
    created_at: Date
    expires_at: Date | null
    revoked_at: Date | null
    used_at: Date | null
  }
  quota: {
    api_base: string
    account_id: string
    label: string
    requests: number
    seconds: number
    per_day: number | null
    capacity: number
    fill_rate: number
    tokens: number
    filled_at: Date
    day: Date
    day_used: number
    day_label: string
    spent_until: Date | null
    turns: Generated<{ clock: number; served: Record<string, number> }>
  }
  quota_demand: {
    api_base: string
    account_id: string
    label: string
    process_id: string
    integration: string
    waiting: 'person' | 'job'
    wants: number
    since: Date
    seen_at: Date
  }
  quota_cap: { api_base: string; account_id: string; cap: string; subject: string; used: number; until: Date }
  subscription: {
    id: string
    workspace_id: string
    name: string
    url: string
    triggers: string[]
    signer: string
    secret: Buffer
    previous_secret: Buffer | null
    previous_secret_until: Date | null
    allow_private: boolean
    state: Generated<'on' | 'off'>
    reason: string | null
    failures: Generated<number>
    open_until: Date | null
    created_at: Date
  }
  delivery: {
    id: string
    workspace_id: string
    subscription_id: string
    hub_event_id: string | null
    type: string
    body: string
    state: Generated<DeliveryState>
    attempts: Generated<number>
    due_at: Date
    give_up_at: Date
    status: number | null
    error: string | null
    created_at: Date
    settled_at: Date | null
    replay_id: Generated<string | null>
  }
  replay: {
    id: string
    workspace_id: string
    subscription_id: string | null
    range_from: Date
    range_to: Date
    ended_as: EventState | DeliveryState | null
    event: string | null
    state: Generated<'running' | 'done' | 'stopped'>
    total: number
    handed: Generated<number>
    handed_at: Generated<Date | null>
    last_at: Generated<Date | null>
    last_id: Generated<string | null>
    actor: string
    created_at: Date
    ended_at: Generated<Date | null>
  }
  attendance_assignment: {
    workspace_id: string
    uuid: string
    attendee_key: string
    person_id: string
    assigned_by: string
    assigned_at: Date
  }
  registrant: {
    workspace_id: string
    meeting_id: string
    registrant_id: string
    email: string
    first_name: string
    last_name: string
    status: RegistrantStatus
    registered_at: Date
    changed_at: Date
  }
  registrant_read: {
    meeting_id: string
    state: 'reading' | 'done' | 'failed'
    reason: string | null
    asked_at: Date
    read_at: Date | null
  }
  invitation: {
    id: string
    workspace_id: string
    email: string
    role: Role
    token_hash: Buffer
    invited_by: string
    created_at: Date
    expires_at: Date
    accepted_at: Date | null
    revoked_at: Date | null
  }
  trial: {
    id: string
    workspace_id: string
    zoom_app_id: string
    state: Generated<'running' | 'passed' | 'failed'>
    steps: Generated<TrialStep[]>
    host: string
    meeting_id: Generated<string | null>
    created_at: Date
    ended_at: Date | null
  }
  licence_pool: {
    connection_id: string
    workspace_id: string
    state: 'on' | 'off'
    seats: number | null
    protected_minutes: number
    keep_minutes: number
    changed_at: Date
  }
  licence_protection: {
    connection_id: string
    kind: 'user' | 'group' | 'zoom'
    zoom_id: string
    reason: string | null
    added_at: Generated<Date>
  }
  licence_lease: {
    id: string
    workspace_id: string
    connection_id: string
    zoom_user_id: string
    state: LeaseState
    reason: LeaseReason
    asked_by: string
    meeting_id: string | null
    taken_from: string | null
    refusal: LeaseRefusal | null
    asked_at: Date
    taken_at: Date | null
    ended_at: Date | null
  }
  zoom_group: { connection_id: string; id: string; name: string; members: Generated<string[]>; read_at: Date }
  meeting_import: {
    id: string
    workspace_id: string
    format: 'ids' | 'csv'
    state: Generated<ImportState>
    dry_run: boolean
    actor: string
    created_at: Date
    run_at: Generated<Date | null>
    ended_at: Generated<Date | null>
  }
  meeting_import_row: {
    import_id: string
    line: number
    asked: ImportAsked
    state: Generated<ImportRowState>
    message: Generated<string | null>
    meeting_id: Generated<string | null>
    tries: Generated<number>
    not_before: Generated<Date | null>
  }
  worker_lease: { worker_id: string; beat_at: Generated<Date> }
  parked_job: { job_id: string; connection_id: string; task: string; parked_at: Generated<Date> }
}

export type LeaseState = 'wanted' | 'held' | 'refused' | 'returned' | 'passed_on' | 'ended_at_zoom'
/** plan: a meeting is being planned; due: one begins soon; join: its host comes in; hand: somebody said so. */
export type LeaseReason = 'plan' | 'due' | 'join' | 'hand'
/** no_seat: nobody may lose one now; refused: Zoom will not; unavailable: Zoom could not be asked. */
export interface LeaseRefusal {
  code: 'no_seat' | 'refused' | 'unavailable'
  message: string
}

export interface PlaceFinding {
  check: string
  state: 'ok' | 'warning' | 'failed'
  message: string
  fix?: string
}

export interface SetupCheck {
  checked_at: string
  steps: { step: string; state: 'ok' | 'failed' | 'waiting'; message: string; fix?: string }[]
}
export interface TrialStep {
  step: 'make' | 'hear_made' | 'change' | 'hear_changed' | 'join_page' | 'remove' | 'hear_removed'
  state: 'ok' | 'failed'
  message: string
  fix?: string
  /** Milliseconds that it took. */
  took: number
}
export type ImportState = 'checking' | 'checked' | 'running' | 'done' | 'stopped'
export type ImportRowState =
  | 'waiting'
  | 'will_create'
  | 'will_find'
  | 'will_place'
  | 'created'
  | 'found'
  | 'already_here'
  | 'refused'
/** A row of a list of meetings: of one that exists at Zoom its number, of a new one its fields as Zoom names them. */
export interface ImportAsked {
  zoom_meeting_id?: string
  kind?: MeetingKind
  connection_id?: string
  topic?: string
  host?: string
  start_time?: string
  timezone?: string
  duration?: number
  password?: string
  agenda?: string
  settings?: Record<string, unknown>
  place_id?: string
  target?: Record<string, string>
}
export type ZoomAppKind = 'server_to_server' | 'user_managed' | 'admin_managed'
export type PassRole = 'host' | 'participant' | 'guest'
/** cancelled: took it back, or was taken off; Zoom lists them no more. */
export type RegistrantStatus = 'pending' | 'approved' | 'denied' | 'cancelled'
export type MeetingKind = 'meeting' | 'webinar'
export type MeetingState = 'scheduled' | 'started' | 'ended' | 'cancelled' | 'gone'
/** What attendance rests on, the best first. */
export type AttendanceSource = 'report' | 'dashboard' | 'past_participants' | 'events'
export type DeliveryState = 'waiting' | 'delivered' | 'dead'
export type EventState = 'waiting' | 'handled' | 'ignored' | 'dead'

/** Where PostgreSQL is: a URL, or the socket folder of the embedded server. */
export type Address = { connectionString: string } | { host: string; port: number; user: string; database: string }

/**
 * A pool that does not take the process down when an idle connection breaks: pg emits 'error' on the pool and, for
 * connections that are in use, on the client; both are heard here and the failed query itself throws at its caller.
 */
export function openPool(address: Address, options: { max?: number; onError: (error: Error) => void }): pg.Pool {
  const pool = new pg.Pool({ ...address, max: options.max ?? 12 })
  pool.on('error', options.onError)
  pool.on('connect', (client) => client.on('error', options.onError))
  return pool
}

export const openDb = (pool: pg.Pool): Db => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

import type { RateLabel } from '#zoom/schema/endpoints.ts'
import type { Log } from '#core/log.ts'
import type { Archive } from './archive.ts'
import type { Clock } from './clock.ts'
import type { Fault } from './faults.ts'
import type { InMeeting } from './in-meeting.ts'
import type { Answer, MeetingParts, MeetingTemplate, Summary } from './meeting-parts.ts'
import type { Bot } from './runner/bot.ts'
import type { RecordingParts } from './recording-parts.ts'
import type { Stay } from './sdk/stay.ts'
import type { SessionChange } from './session-changes.ts'
import type { Settings } from './settings.ts'
import type { StandIn } from './stand-ins.ts'

/** The whole simulated Zoom: one account, its people and apps, and all that happened. Lives in memory. Times are epoch milliseconds. */
export interface World {
  log: Log | undefined
  /** The simulator's own address, for what leaves it without being asked: `http://localhost:8081`. */
  base: string
  settings: Settings
  clock: Clock
  account: {
    id: string
    number: number
    /** What was changed of the account's settings, and what is locked, by section. */
    settings: Sections
    lock_settings: Sections
    /** Managed and trusted. */
    domains: string[]
  }
  tracking_fields: Map<string, TrackingField>
  groups: Map<string, Group>
  people: Map<string, Person>
  /** Who has left the account, by id, and how. */
  former: Map<string, 'user.deleted' | 'user.disassociated'>
  apps: Map<string, App>
  access_tokens: Map<string, AccessToken>
  grants: Map<string, Grant>
  codes: Map<string, AuthorizationCode>
  /** Tokens to start, join or record a meeting with, by their text. */
  start_tokens: Map<string, StartToken>
  /** Meetings and webinars by their number. */
  meetings: Map<string, Meeting>
  /** Every run of a meeting by its UUID, in order of start. */
  sessions: Map<string, Session>
  /** By the session's UUID. */
  recordings: Map<string, Recording>
  page_tokens: Map<string, PageToken>
  buckets: Map<string, Bucket>
  day_counts: Map<string, number>
  faults: Fault[]
  calls: Call[]
  call_counts: CallCounts
  deliveries: Delivery[]
  /** Aborted when this world is over, by a reset or by the end of the program: nothing of it is sent any more. */
  over: AbortController
  /** What is being sent at this moment; settled when empty. */
  in_flight: Set<Promise<void>>
  /** The last in-meeting number that was given to somebody who joined. */
  last_user_id: number
  /** Recordings' download tokens with their expiry. */
  download_tokens: Map<string, number>
  /** Signs the tokens. */
  key: string
  /** The runner's bots by the id that the hub gave them. */
  bots: Map<string, Bot>
  /** Who joined by the web SDK, by the secret of their page. */
  stays: Map<string, Stay>
  /** Hear what happens in every session. */
  watchers: Set<(change: SessionChange) => void>
  /** The hosts that stand beside Zoom; they keep what they know themselves. */
  stand_ins: StandIn[]
}

/** Settings by section. */
export type Sections = Record<string, Record<string, unknown>>

/** A field of the account's, for meetings to fill in. */
export interface TrackingField {
  id: string
  field: string
  recommended_values: string[]
  required: boolean
  visible: boolean
}

interface Group {
  id: string
  name: string
  /** Ids of users. */
  members: Set<string>
}

/** A user of the account. */
export interface Person {
  id: string
  email: string
  first_name: string
  last_name: string
  display_name: string
  /** 1 Basic, 2 Licensed, 4 without Meetings Basic, 99 None. */
  type: 1 | 2 | 4 | 99
  status: 'active' | 'inactive' | 'pending'
  /** Whether the address was confirmed. */
  verified: boolean
  role: 'owner' | 'admin' | 'member'
  pmi: number
  timezone: string
  dept: string
  language: string
  created_at: number
  last_login_time: number | undefined
  /** What the report tells of sign-ins and sign-outs, the latest last. */
  signings: Signing[]
  /** Whether the user's meetings run on a server of the account's own, which Zoom's cloud does not command. */
  on_premise: boolean
  /** How the user came to be; a custCreate user has no password and zaks of 90 days. */
  creation_type: 'create' | 'autoCreate' | 'custCreate' | 'ssoCreate'
  /** Profile fields that Zoom only keeps and gives back. */
  profile: Record<string, unknown>
  /** What was changed by PATCH /users/{userId}/settings, by section. */
  settings: Sections
  templates: MeetingTemplate[]
  /** Ids of users who schedule for this one. */
  assistants: Set<string>
}

/** Somebody signed in at one of Zoom's clients, or out. */
export interface Signing {
  what: 'in' | 'out'
  at: number
  client_type: string
  version: string
}

/** A Marketplace app. */
export interface App {
  client_id: string
  client_secret: string
  /** The one before it, which is good until it is revoked. */
  old_secret: { client_secret: string; until: number } | undefined
  name: string
  type: 'server_to_server' | 'user_managed' | 'admin_managed'
  activated: boolean
  /** Whether the account's admin lets it be used. */
  approved: boolean
  scopes: string[]
  /** Which of Zoom's two families the scopes are of. */
  scope_family: 'granular' | 'classic'
  /** Signs the webhooks of all the app's subscriptions. */
  secret_token: string
  meeting_sdk: boolean
  /** Where consent may lead back to, each to the letter; an empty list means any loopback address. */
  redirect_uris: string[]
  /** The account that the app belongs to; one of another account finds all meetings here outside its own. */
  account_id: string
  /** Whether accounts other than its own may use it. */
  published: boolean
  /** Has no secret to keep (a program on a phone or a desk): its codes need PKCE. */
  public_client: boolean
  subscriptions: Subscription[]
}

export interface Subscription {
  id: string
  url: string
  /** Names of events; `*` means all. */
  events: string[]
  enabled: boolean
  /** URL validations that failed in a row. */
  failures: number
  /** Ends when what was sent so far has been answered: events leave in order. */
  tail: Promise<void>
  /** Events that a fault holds back until the next one has left. */
  held: (() => void)[]
  /** Of one that the API made: whom it is for, ids of users or the account's own. One of the portal is for all. */
  by_api: { name: string; subscription_scope: 'user' | 'account'; subscriber_ids: Set<string> } | undefined
}

export interface AccessToken {
  token: string
  client_id: string
  /** The user it acts as; none for a token of client_credentials. */
  user_id: string | undefined
  scopes: string[]
  expires_at: number
  grant_id: string | undefined
  grant_type: 'account_credentials' | 'client_credentials' | 'authorization_code'
}

/** What one user allowed one app. */
export interface Grant {
  id: string
  client_id: string
  user_id: string
  scopes: string[]
  refresh_token: string
  refresh_expires_at: number
  /** Those before, while it is looked for who uses one again. */
  spent_refresh_tokens: string[]
  revoked: boolean
}

export interface AuthorizationCode {
  client_id: string
  user_id: string
  scopes: string[]
  redirect_uri: string
  /** Of PKCE: the exchange must then bring the `code_verifier`. */
  challenge: { code_challenge: string; code_challenge_method: 'S256' | 'plain' } | undefined
  expires_at: number
}

/** A token to start, join or record a meeting with. */
export interface StartToken {
  token: string
  kind: 'zak' | 'onbehalf' | 'local_recording' | 'live_streaming' | 'local_archiving'
  client_id: string
  /** The user whom it speaks for. */
  user_id: string
  /** The one meeting that it opens; none for a zak. */
  meeting_id: number | undefined
  bypass_waiting_room: boolean
  expires_at: number
  /** Only a zak works more than once. */
  used: boolean
}

export interface Occurrence {
  /** The first start in epoch milliseconds, as text; it stays when the occurrence is moved. */
  occurrence_id: string
  start: number
  duration: number
  status: 'available' | 'deleted'
  /** What PATCH changed for this occurrence alone. */
  changes: Record<string, unknown>
}

export interface Recurrence {
  type: 1 | 2 | 3
  repeat_interval: number
  weekly_days?: string
  monthly_day?: number
  monthly_week?: number
  monthly_week_day?: number
  end_times?: number
  end_date_time?: string
}

/** A meeting or a webinar as it was scheduled. */
export interface Meeting {
  kind: 'meeting' | 'webinar'
  id: number
  /** Of the next instance, or of the running one. */
  uuid: string
  host_id: string
  topic: string
  type: number
  start: number | undefined
  duration: number
  timezone: string
  agenda: string
  password: string
  encrypted_password: string
  created_at: number
  creation_source: 'open_api' | 'web_portal' | 'other'
  pre_schedule: boolean
  /** Of a simulive webinar: the file that it plays. */
  record_file_id: string | undefined
  dynamic_host_key: string
  recurrence: Recurrence | undefined
  occurrences: Occurrence[]
  tracking_fields: { field: string; value: string; visible?: boolean }[]
  settings: Record<string, unknown>
  /** Registrants, panelists and the like. */
  parts: MeetingParts
  deleted: boolean
  /** Takes back the alarm after which a deleted one cannot be recovered any more. */
  purge: (() => void) | undefined
}

/** One actual run of a meeting. */
export interface Session {
  uuid: string
  meeting: Meeting
  topic: string
  start: number
  end: number | undefined
  presences: Presence[]
  waiting: Waiting[]
  /** When the running cloud recording began. */
  recording_since: number | undefined
  recording_paused: boolean
  /** Whether it goes out as a live stream. */
  streaming: boolean
  summary: Summary | undefined
  answers: Answer[]
  in_meeting: InMeeting
  archive: Archive | undefined
  /** Takes back the alarm that ends a free meeting. */
  free_limit: (() => void) | undefined
}

/** One stay of one participant: a row of a report. */
export interface Presence {
  /** The in-meeting number, new on every join. */
  user_id: string
  name: string
  /** The id of the account's user, empty for guests. */
  person_id: string
  email: string
  registrant_id: string
  customer_key: string
  participant_uuid: string
  join: number
  leave: number | undefined
  /** As dashboards word it: `Host ended the meeting.`; empty until then. */
  leave_reason: string
  role: 'host' | 'co-host' | 'attendee'
}

/** Somebody in the waiting room. */
export interface Waiting {
  name: string
  email: string
  customer_key: string
  participant_uuid: string
  /** How the wait came to its end; called once. */
  settled(end: { presence: Presence } | { reason: 'denied' | 'left' | 'ended' }): void
}

export interface RecordingFile {
  id: string
  start: number
  end: number
  file_type: 'MP4' | 'M4A' | 'TRANSCRIPT'
  file_extension: 'MP4' | 'M4A' | 'VTT'
  recording_type: string
  content: string
  deleted_at: number | undefined
}

export interface Recording {
  session: Session
  password: string
  recording_play_passcode: string
  share_id: string
  files: RecordingFile[]
  trashed_at: number | undefined
  completed: boolean
  settings: Record<string, unknown>
  parts: RecordingParts
}

interface PageToken {
  /** The operation and its parameters; a token works nowhere else. */
  scope: string
  offset: number
  expires_at: number
}

interface Bucket {
  tokens: number
  filled_at: number
}

/** One request that was received under /oauth or /v2. */
export interface Call {
  at: string
  method: string
  path: string
  query: string
  /** What was sent, where it is JSON and goes to the API. */
  body: unknown
  operation: string | undefined
  label: RateLabel | undefined
  app: string | undefined
  status: number
}

export interface CallCounts {
  total: number
  oauth: number
  v2: number
  by_label: Partial<Record<RateLabel, number>>
}

export interface Attempt {
  at: string
  /** The HTTP status, or undefined when there was no answer. */
  status: number | undefined
  error: string | undefined
  /** What the endpoint answered, its first 500 characters. */
  answer: string | undefined
  duration_ms: number
}

/** One event on its way to one subscription. */
export interface Delivery {
  id: string
  client_id: string
  subscription_id: string
  url: string
  event: string
  event_ts: number | undefined
  state: 'sending' | 'held' | 'retrying' | 'delivered' | 'failed' | 'dropped'
  attempts: Attempt[]
  next_attempt_at: string | undefined
  body: string
}

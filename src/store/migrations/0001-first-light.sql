-- Every table belongs to a workspace, the wall between tenants. Times are timestamptz; a Zoom meeting id is bigint here
-- and text everywhere else.

create table workspace (
  id text primary key,
  name text not null unique,
  demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- A key itself is never stored: SHA-256 of 256 random bits needs no salt.
create table api_key (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  name text not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  key_hash bytea not null unique,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Who may do what where, for people who sign in; user_id is better-auth's (schema auth).
create table member (
  workspace_id text not null references workspace on delete cascade,
  user_id text not null,
  role text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);

create table zoom_app (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  name text not null,
  kind text not null check (kind in ('server_to_server', 'user_managed', 'admin_managed')),
  client_id text not null,
  client_secret bytea not null,
  secret_token bytea,
  previous_secret_token bytea,
  account_id text,
  oauth_base text not null,
  api_base text not null,
  last_event_at timestamptz,
  created_at timestamptz not null default now(),
  unique (workspace_id, oauth_base, client_id)
);

create table connection (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null references zoom_app on delete cascade,
  account_id text,
  state text not null check (state in ('connected', 'disconnected')),
  failure_code text,
  failure_message text,
  failed_at timestamptz,
  access_token bytea,
  access_token_expires_at timestamptz,
  scope text not null default '',
  api_url text,
  created_at timestamptz not null default now()
);
create index connection_of_app on connection (zoom_app_id);

create table zoom_user (
  workspace_id text not null references workspace on delete cascade,
  id text not null,
  connection_id text not null references connection on delete cascade,
  email text not null,
  first_name text,
  last_name text,
  display_name text,
  type integer,
  status text,
  timezone text,
  pmi bigint,
  changed_at timestamptz not null,
  primary key (workspace_id, id)
);
create index zoom_user_by_email on zoom_user (workspace_id, lower(email));

create table meeting (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  connection_id text references connection on delete set null,
  zoom_meeting_id bigint not null,
  kind text not null check (kind in ('meeting', 'webinar')),
  state text not null check (state in ('scheduled', 'started', 'ended', 'cancelled', 'gone')),
  uuid text,
  type integer not null,
  topic text not null,
  agenda text,
  host_id text not null,
  host_email text,
  start_time timestamptz,
  duration integer,
  timezone text,
  join_url text,
  password text,
  recurrence jsonb,
  settings jsonb not null default '{}',
  -- When the last occurrence (or the meeting itself) ends: what is past, in one column.
  ends_at timestamptz,
  -- Zoom's time of the newest change that is in this row: an older event changes nothing.
  changed_at timestamptz not null,
  created_at timestamptz not null default now(),
  unique (workspace_id, zoom_meeting_id)
);
create index meeting_by_time on meeting (workspace_id, coalesce(start_time, created_at), id);

create table occurrence (
  meeting_id text not null references meeting on delete cascade,
  occurrence_id text not null,
  start_time timestamptz not null,
  duration integer not null,
  status text not null check (status in ('available', 'deleted')),
  primary key (meeting_id, occurrence_id)
);

-- One actual run of a meeting. Its key is Zoom's uuid, which Zoom makes anew for each run.
create table session (
  workspace_id text not null references workspace on delete cascade,
  uuid text not null,
  meeting_id text not null references meeting on delete cascade,
  topic text not null,
  host_id text not null,
  started_at timestamptz,
  ended_at timestamptz,
  source text not null default 'events' check (source in ('events', 'report')),
  report_state text not null default 'none' check (report_state in ('none', 'waiting', 'done', 'unavailable')),
  report_reason text,
  report_at timestamptz,
  primary key (workspace_id, uuid)
);
create index session_of_meeting on session (meeting_id, started_at);

-- One presence of one participant. user_id is Zoom's number for one stay in one session.
create table attendance (
  id text primary key,
  workspace_id text not null,
  uuid text not null,
  user_id text not null,
  name text not null default '',
  email text not null default '',
  participant_user_id text not null default '',
  participant_uuid text not null default '',
  registrant_id text not null default '',
  customer_key text not null default '',
  join_time timestamptz,
  leave_time timestamptz,
  leave_reason text,
  source text not null check (source in ('events', 'report')),
  foreign key (workspace_id, uuid) references session on delete cascade
);
create index attendance_of_session on attendance (workspace_id, uuid, user_id);

create table recording (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  uuid text not null,
  zoom_file_id text not null,
  recording_type text,
  file_type text,
  file_extension text,
  file_size bigint,
  recording_start timestamptz,
  recording_end timestamptz,
  play_url text,
  download_url text,
  share_url text,
  passcode text,
  state text not null check (state in ('ready', 'trashed', 'deleted')),
  changed_at timestamptz not null,
  unique (workspace_id, uuid, zoom_file_id)
);
create index recording_of_meeting on recording (meeting_id, recording_start);

-- Every Zoom webhook, stored before it is answered. The digest is of the body without what varies between two deliveries
-- of one event; event_ts is in the signed body, so a second delivery lands in the same partition and is seen.
create table event (
  id text not null,
  workspace_id text not null,
  zoom_app_id text not null,
  event_ts timestamptz not null,
  digest bytea not null,
  event text not null,
  account_id text,
  -- What must be kept in order: the Zoom meeting id, or the account for what concerns no meeting.
  subject text not null,
  body text not null,
  received_at timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'handled', 'ignored', 'dead')),
  reason text,
  attempts integer not null default 0,
  -- After a failure: not before this, whatever news comes in meanwhile.
  retry_at timestamptz,
  settled_at timestamptz,
  -- The column that differs most stands first: that makes finding the place cheap, and this is the busiest index.
  primary key (event_ts, digest, zoom_app_id, workspace_id)
) partition by range (event_ts);
create table event_unplaced partition of event default;
create index event_waiting on event (subject, workspace_id, event_ts, id) where state = 'waiting';
create index event_log on event (workspace_id, id desc);

create table hub_event (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  type text not null,
  cause text not null check (cause in ('webhook', 'api', 'report', 'repair')),
  meeting_id text,
  uuid text,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
create index hub_event_of_meeting on hub_event (meeting_id, id);

create table audit (
  id bigint generated always as identity,
  at timestamptz not null default now(),
  workspace_id text not null,
  actor text not null,
  action text not null,
  object_id text,
  detail jsonb not null default '{}',
  primary key (at, id)
) partition by range (at);
create table audit_unplaced partition of audit default;
create index audit_log on audit (workspace_id, at desc);

-- What was answered to a request that carried an Idempotency-Key, so that a retry creates nothing.
create table idempotency (
  workspace_id text not null references workspace on delete cascade,
  key text not null,
  request_digest bytea not null,
  -- unknown: Zoom may have carried it out; a retry looks before it asks again.
  state text not null default 'under_way' check (state in ('under_way', 'unknown', 'done')),
  meeting_id text,
  -- Of the first try: whatever Zoom made of any of them was made since.
  created_at timestamptz not null default now(),
  -- Of the try that is under way.
  taken_at timestamptz not null default now(),
  primary key (workspace_id, key)
);

-- The workers that are alive: a worker whose beat stops loses its jobs within seconds.
create table worker_lease (
  worker_id text primary key,
  beat_at timestamptz not null default now()
);

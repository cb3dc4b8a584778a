-- A workspace as a place where bots work; made with its first bot.
create table bot_project (
  workspace_id text primary key references workspace on delete cascade,
  place_id text references place on delete set null
);

-- What an app developer says about a connection. Who consented, and whether it still holds, is the hub's to know.
create table bot_connection (
  connection_id text primary key references connection on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null references zoom_app on delete cascade,
  zoom_user_id text not null,
  pmi text,
  metadata jsonb,
  is_local_recording_token_supported boolean not null,
  is_onbehalf_token_supported boolean not null,
  deduplication_key text,
  code_hash bytea,
  last_attempted_sync_at timestamptz,
  last_successful_sync_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
create index bot_connection_of_workspace on bot_connection (workspace_id, connection_id);
create index bot_connection_of_user on bot_connection (workspace_id, zoom_user_id);
create unique index bot_connection_deduplication on bot_connection (workspace_id, deduplication_key) where deleted_at is null;

create table bot_bot (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  meeting_url text not null,
  zoom_meeting_id text not null,
  bot_name text not null,
  metadata jsonb,
  state text not null,
  recording_state text not null,
  join_at timestamptz,
  deduplication_key text,
  connection_id text references connection on delete set null,
  onbehalf_user_id text,
  zak_user_id text,
  zoom_join_mode text,
  zoom_join_mode_reason text,
  report_token_hash bytea,
  launches integer not null default 0,
  created_at timestamptz not null
);
create index bot_bot_of_workspace on bot_bot (workspace_id, id);
create unique index bot_bot_deduplication on bot_bot (workspace_id, deduplication_key)
  where state not in ('ended', 'fatal_error');

create table bot_event (
  id bigint primary key generated always as identity,
  bot_id text not null references bot_bot on delete cascade,
  type text not null,
  sub_type text,
  old_state text not null,
  new_state text not null,
  created_at timestamptz not null
);
create index bot_event_of_bot on bot_event (bot_id, id);

create table bot_participant (
  bot_id text not null references bot_bot on delete cascade,
  uuid text not null,
  name text not null,
  user_uuid text,
  is_host boolean not null,
  primary key (bot_id, uuid)
);

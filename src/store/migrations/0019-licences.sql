-- The licences of a Zoom account as a pool: hosts who have none are lent one for as long as they need it.
create table licence_pool (
  connection_id text primary key references connection on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  state text not null default 'off' check (state in ('on', 'off')),
  -- How many Licensed users there may be; null leaves that to Zoom.
  seats integer,
  protected_minutes integer not null default 60,
  keep_minutes integer not null default 30,
  changed_at timestamptz not null
);

-- Whose licence is never taken. `zoom`: Zoom refused to take it, as of the account's owner.
create table licence_protection (
  connection_id text not null references licence_pool on delete cascade,
  kind text not null check (kind in ('user', 'group', 'zoom')),
  zoom_id text not null,
  reason text,
  added_at timestamptz not null default now(),
  primary key (connection_id, kind, zoom_id)
);

create table licence_lease (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  connection_id text not null references connection on delete cascade,
  zoom_user_id text not null,
  state text not null check (state in ('wanted', 'held', 'refused', 'returned', 'passed_on', 'ended_at_zoom')),
  reason text not null check (reason in ('plan', 'due', 'join', 'hand')),
  asked_by text not null,
  meeting_id text references meeting on delete set null,
  -- Whose licence it was; set before it is taken, so that a process that dies amid the swap is continued.
  taken_from text,
  refusal jsonb,
  asked_at timestamptz not null,
  taken_at timestamptz,
  ended_at timestamptz
);
create unique index licence_lease_open on licence_lease (connection_id, zoom_user_id) where state in ('wanted', 'held');
create index licence_lease_by_workspace on licence_lease (workspace_id, id);

-- Zoom's groups, so that a list of them costs no call.
create table zoom_group (
  connection_id text not null references connection on delete cascade,
  id text not null,
  name text not null,
  members jsonb not null default '[]',
  read_at timestamptz not null,
  primary key (connection_id, id)
);
create index session_by_host on session (workspace_id, host_id, ended_at);
create index meeting_by_host on meeting (workspace_id, host_id);

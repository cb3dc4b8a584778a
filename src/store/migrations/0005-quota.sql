-- What may be asked of one Zoom account, by label: Zoom counts all its users and apps together, so all processes and workspaces share it.
create table quota (
  api_base text not null,
  account_id text not null,
  label text not null,
  -- The limit in force: what Zoom's headers tell, before that the largest plan's.
  requests integer not null,
  seconds integer not null,
  per_day integer,
  -- A bucket that fills evenly: `tokens` were in it at `filled_at`, which lies ahead while Zoom wants no calls.
  capacity double precision not null,
  fill_rate double precision not null,
  tokens double precision not null,
  filled_at timestamptz not null,
  day date not null,
  day_used integer not null,
  spent_on date,
  -- Whose turn it is among integrations that wait.
  turns jsonb not null default '{"clock": 0, "served": {}}',
  primary key (api_base, account_id, label)
);

-- Who waits for a place, in which process. A row that is not seen again for a few seconds is a dead process's.
create table quota_demand (
  api_base text not null,
  account_id text not null,
  label text not null,
  process_id text not null,
  integration text not null,
  waiting text not null,
  wants integer not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (api_base, account_id, label, process_id, integration, waiting)
);

-- What was created and changed for one host on one day in UTC.
create table quota_host (
  api_base text not null,
  account_id text not null,
  host_id text not null,
  day date not null,
  used integer not null,
  primary key (api_base, account_id, host_id, day)
);

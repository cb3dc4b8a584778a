-- A time in which events of an app may have been lost, and what was done about it.
create table gap (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null references zoom_app on delete cascade,
  since timestamptz not null,
  until timestamptz not null,
  -- Nobody was there to hear events, or none came although some should have.
  cause text not null check (cause in ('away', 'silence')),
  state text not null default 'found' check (state in ('found', 'repairing', 'repaired')),
  -- Hosts whose past meetings were listed; sessions and files that nobody had heard of.
  hosts integer not null default 0,
  sessions integer not null default 0,
  recordings integer not null default 0,
  -- What Zoom does not tell (any more), in words.
  unknown jsonb not null default '[]',
  found_at timestamptz not null,
  repaired_at timestamptz
);
create index gap_of_workspace on gap (workspace_id, id desc);

-- When this installation was last known to be up for an app: what lies between that and the next start is a gap.
create table watch (
  zoom_app_id text primary key references zoom_app on delete cascade,
  alive_at timestamptz not null,
  -- Up to here it is known what happened, by events or by a repair.
  known_until timestamptz not null
);

-- Since when Zoom says that it does not have the meeting: it is gone when Zoom says so again, an hour later or more.
alter table meeting add column missing_since timestamptz;

-- Meetings brought in by the list: what each row asks for, and what came of it.
create table meeting_import (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  format text not null check (format in ('ids', 'csv')),
  state text not null default 'checking' check (state in ('checking', 'checked', 'running', 'done', 'stopped')),
  dry_run boolean not null,
  actor text not null,
  created_at timestamptz not null,
  run_at timestamptz,
  ended_at timestamptz
);
create index meeting_import_of_workspace on meeting_import (workspace_id, id desc);

create table meeting_import_row (
  import_id text not null references meeting_import on delete cascade,
  line integer not null,
  asked jsonb not null,
  state text not null default 'waiting' check (state in
    ('waiting', 'will_create', 'will_find', 'will_place', 'created', 'found', 'already_here', 'refused')),
  message text,
  meeting_id text references meeting on delete set null,
  tries integer not null default 0,
  not_before timestamptz,
  primary key (import_id, line)
);
create index meeting_import_row_open on meeting_import_row (import_id, line)
  where state in ('waiting', 'will_create', 'will_find', 'will_place');
create index meeting_import_row_of_meeting on meeting_import_row (meeting_id);

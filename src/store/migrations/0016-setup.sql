-- What an app is meant for, as whoever connects it chose; when Zoom last validated its address; and what the last check of its set-up said.
alter table zoom_app
  add purposes text[] not null default '{}',
  add url_validated_at timestamptz,
  add setup_check jsonb;

-- A meeting made to see whether everything works, step by step.
create table trial (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null references zoom_app on delete cascade,
  state text not null default 'running' check (state in ('running', 'passed', 'failed')),
  steps jsonb not null default '[]',
  host text not null,
  meeting_id text,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index trial_of_app on trial (zoom_app_id, id desc);

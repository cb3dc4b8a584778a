-- Which revision of a meeting changed which part of it: `topic`, or `settings.waiting_room`. Who edits what somebody else has changed
-- meanwhile is told so.
alter table meeting add column revision integer not null default 1;
alter table meeting add column field_revisions jsonb not null default '{}';
alter table meeting add column tracking_fields jsonb not null default '[]';

-- What Zoom says of a host: defaults, rights, for whom they may schedule; and of their account. `unknown` holds what it would not say.
create table host_settings (
  workspace_id text not null references workspace on delete cascade,
  zoom_user_id text not null,
  connection_id text not null references connection on delete cascade,
  settings jsonb not null default '{}',
  security jsonb not null default '{}',
  locks jsonb not null default '{}',
  schedulers jsonb not null default '[]',
  tracking_fields jsonb not null default '[]',
  unknown jsonb not null default '{}',
  asked_at timestamptz not null,
  -- Something was changed at Zoom since then.
  stale boolean not null default false,
  primary key (workspace_id, zoom_user_id)
);
create index host_settings_of_connection on host_settings (connection_id);

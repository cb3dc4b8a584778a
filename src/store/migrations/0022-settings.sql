-- What a workspace decides for itself. How long it keeps what is kept by the day; null: as long as the server does.
alter table workspace add column event_days integer check (event_days > 0);
alter table workspace add column delivery_days integer check (delivery_days > 0);
alter table workspace add column attendance_days integer check (attendance_days > 0);
-- `#rrggbb`; null: Greenroom's own.
alter table workspace add column colour text;

create table workspace_logo (
  workspace_id text primary key references workspace on delete cascade,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes bytea not null,
  changed_at timestamptz not null
);

-- What the workspace says of an option of its meetings. An option without a row: whoever plans decides, and Zoom's defaults hold.
create table meeting_default (
  workspace_id text not null references workspace on delete cascade,
  option_id text not null,
  rule text not null check (rule in ('always', 'decides', 'never')),
  value jsonb,
  changed_at timestamptz not null,
  primary key (workspace_id, option_id),
  check (rule <> 'always' or value is not null)
);

-- Off: its events are kept and wait, and Zoom is asked nothing for it.
alter table zoom_app add column state text not null default 'on' check (state in ('on', 'off'));

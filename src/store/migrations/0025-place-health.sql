-- How a place was when somebody, or the clock, looked at it last.
create table place_health (
  place_id text primary key references place on delete cascade,
  checked_at timestamptz not null,
  findings jsonb not null default '[]',
  last_ok_at timestamptz,
  last_failed_at timestamptz,
  last_failure text
);

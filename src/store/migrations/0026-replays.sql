-- Events of a time that are handled again, or messages to a subscription that are sent again: how far that is.
create table replay (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  -- null: what Zoom sent
  subscription_id text references subscription on delete cascade,
  range_from timestamptz not null,
  range_to timestamptz not null,
  -- Only those that ended so, and only those named so.
  ended_as text,
  event text,
  state text not null default 'running' check (state in ('running', 'done', 'stopped')),
  total integer not null,
  -- How many wait again or have since, and which of them was the last.
  handed integer not null default 0,
  handed_at timestamptz,
  last_at timestamptz,
  last_id text,
  actor text not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index replay_of_workspace on replay (workspace_id, id desc);
create index replay_of_subscription on replay (subscription_id) where subscription_id is not null;

alter table event add column replay_id text;
alter table delivery add column replay_id text;
create index event_of_replay on event (replay_id, state) where replay_id is not null;
create index delivery_of_replay on delivery (replay_id, state) where replay_id is not null;

-- Who hears of hub events by HTTP. The circuit is the destination's: a run of failures, and until when it is left alone.
create table subscription (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  name text not null,
  url text not null,
  -- Hub event types; none means all.
  triggers text[] not null default '{}',
  signer text not null,
  secret bytea not null,
  previous_secret bytea,
  previous_secret_until timestamptz,
  allow_private boolean not null default false,
  state text not null default 'on' check (state in ('on', 'off')),
  reason text,
  failures integer not null default 0,
  open_until timestamptz,
  created_at timestamptz not null
);
create index subscription_of_workspace on subscription (workspace_id, id desc);

-- One message to one subscription. The body is kept as it is sent, so that every try sends the same bytes.
create table delivery (
  id text not null,
  workspace_id text not null,
  subscription_id text not null,
  hub_event_id text,
  type text not null,
  body text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  -- The next try; while one is under way, when another process may take it over.
  due_at timestamptz not null,
  give_up_at timestamptz not null,
  status integer,
  error text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (id, created_at)
) partition by range (created_at);
create table delivery_unplaced partition of delivery default;
create index delivery_due on delivery (subscription_id, due_at) where state = 'waiting';
create index delivery_log on delivery (workspace_id, id desc);
create index delivery_of_subscription on delivery (subscription_id, created_at);

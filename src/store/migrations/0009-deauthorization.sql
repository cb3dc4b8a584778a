-- What was taken from Zoom by a consent that has ended, and when it is deleted. The record outlives connection and app: an auditor reads it.
create table deletion (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null,
  client_id text not null,
  connection_id text not null,
  account_id text,
  zoom_user_id text not null,
  -- Zoom's payload as it came: the data compliance call sends it back.
  notice jsonb not null,
  state text not null default 'due' check (state in ('due', 'cancelled', 'done')),
  deauthorized_at timestamptz not null,
  due_at timestamptz not null,
  settled_at timestamptz,
  -- How many rows of what were deleted or emptied.
  counts jsonb not null default '{}',
  compliance text not null check (compliance in ('not_asked', 'due', 'done')),
  compliance_at timestamptz
);
create unique index deletion_due on deletion (connection_id) where state = 'due';
create index deletion_of_workspace on deletion (workspace_id, id);

-- Zoom is told that the data is gone, also where its notification does not ask for it.
alter table zoom_app add column data_compliance boolean not null default false;
-- The secret in the address for Zoom's older notification.
alter table zoom_app add column deauthorization_secret_hash bytea;
-- The Marketplace gives one app two pairs of credentials.
alter table zoom_app add column environment text not null default 'production' check (environment in ('development', 'production'));

-- When the refresh token was last another one, whoever wrote it.
alter table connection add column refresh_token_at timestamptz;
update connection set refresh_token_at = granted_at where refresh_token is not null;
create function connection_refresh_token_at() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.refresh_token_at := case when new.refresh_token is null then null else now() end;
  elsif new.refresh_token is distinct from old.refresh_token then
    new.refresh_token_at := case when new.refresh_token is null then null else now() end;
  end if;
  return new;
end $$;
create trigger refresh_token_at before insert or update on connection
  for each row execute function connection_refresh_token_at();

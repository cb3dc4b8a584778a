-- An app may carry the Meeting SDK: people join in the browser, and bots, by its signature.
alter table zoom_app add column meeting_sdk boolean not null default false;

-- The grant of a user or an account: who gave it, and the refresh token of which Zoom accepts each one once.
alter table connection add column zoom_user_id text;
alter table connection add column zoom_user_email text;
alter table connection add column refresh_token bytea;
alter table connection add column granted_at timestamptz;
create unique index connection_of_grant on connection (zoom_app_id, zoom_user_id);

-- A consent that was begun: found by the hash of `state`, good for the browser that holds the cookie, once.
create table grant_request (
  state_hash bytea primary key,
  workspace_id text not null references workspace on delete cascade,
  zoom_app_id text not null references zoom_app on delete cascade,
  browser_hash bytea not null,
  code_verifier bytea not null,
  redirect_uri text not null,
  integration text not null,
  data jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index grant_request_expiry on grant_request (expires_at);

-- A host system that is connected.
create table place (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  integration text not null,
  name text not null,
  state text not null default 'on' check (state in ('on', 'off')),
  zoom_app_id text references zoom_app on delete set null,
  connection_id text references connection on delete set null,
  created_at timestamptz not null
);
create index place_of_workspace on place (workspace_id, id);

-- Where one meeting shows up in a place; `ref` is the place's own name for it: a resource link, a post, a slug.
create table placement (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  place_id text not null references place on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  ref text not null,
  title text not null,
  url text,
  state text not null default 'shown' check (state in ('shown', 'removed')),
  created_at timestamptz not null,
  unique (place_id, ref)
);
create index placement_of_meeting on placement (meeting_id, id);

-- One human, and how each place knows them.
create table person (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  name text,
  created_at timestamptz not null
);
create table person_link (
  workspace_id text not null references workspace on delete cascade,
  source text not null,
  source_id text not null,
  person_id text not null references person on delete cascade,
  name text,
  email text,
  email_verified boolean not null default false,
  changed_at timestamptz not null,
  primary key (workspace_id, source, source_id)
);
create index person_link_of_person on person_link (person_id);
create index person_link_by_email on person_link (workspace_id, lower(email)) where email_verified;

-- A ticket of the Door. The ticket itself is never stored; the id travels to Zoom as customer key (36 characters at the most).
create table pass (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  ticket_hash bytea not null unique,
  meeting_id text not null references meeting on delete cascade,
  placement_id text references placement on delete cascade,
  person_id text references person on delete set null,
  role text not null check (role in ('host', 'participant', 'guest')),
  -- One link for many, as in a channel: whoever comes by it gets a ticket of their own.
  shared boolean not null default false,
  name text,
  email text,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  used_at timestamptz
);
create index pass_of_meeting on pass (meeting_id);

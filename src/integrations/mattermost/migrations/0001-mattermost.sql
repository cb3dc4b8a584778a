-- A Mattermost server; the place has its name, its Zoom app and its switch.
create table mattermost_server (
  place_id text primary key references place on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  url text not null,
  level text not null check (level in ('user', 'account')),
  meeting_ids text not null check (meeting_ids in ('unique', 'personal')),
  trust_emails boolean not null,
  trigger text not null,
  post_type text not null,
  bot_token bytea not null,
  bot_user_id text not null,
  bot_username text not null,
  -- Of the addresses that the replaced plugin had: it selects the server, and proves nothing.
  url_secret_hash bytea not null unique,
  -- The account's consent, at level `account` with an app that needs one.
  connection_id text references connection on delete set null
);

-- The token of a slash command tells which server calls. A command that was entered by hand has no id.
create table mattermost_command (
  place_id text not null references mattermost_server on delete cascade,
  token_hash bytea not null,
  team_id text,
  command_id text,
  primary key (place_id, token_hash)
);

-- At level `user`: who has connected to Zoom, and as whom.
create table mattermost_user (
  place_id text not null references mattermost_server on delete cascade,
  user_id text not null,
  username text not null,
  connection_id text not null references connection on delete cascade,
  zoom_user_id text not null,
  zoom_user_email text not null,
  linked_at timestamptz not null,
  -- When the person was told that Zoom ended the connection.
  told_at timestamptz,
  primary key (place_id, user_id)
);
create index mattermost_user_of_connection on mattermost_user (connection_id);

-- A link that connects one person once, in the browser that opened it first. `asked` is sealed: it holds a response_url.
create table mattermost_link (
  token_hash bytea primary key,
  place_id text not null references mattermost_server on delete cascade,
  user_id text not null,
  username text not null,
  asked bytea not null,
  browser_hash bytea,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- A post about a meeting. `link` (the Door) is sealed; `shown` is the digest of what the channel sees.
create table mattermost_post (
  placement_id text primary key references placement on delete cascade,
  place_id text not null references mattermost_server on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  channel_id text not null,
  root_id text not null,
  post_id text,
  reply_id text,
  kind text not null check (kind in ('started_here', 'announced')),
  state text not null check (state in ('waiting', 'live', 'ended', 'cancelled')),
  uuid text,
  starter_username text,
  topic text not null,
  link bytea not null,
  shown bytea,
  created_at timestamptz not null
);
create index mattermost_post_of_meeting on mattermost_post (meeting_id);
create index mattermost_post_of_channel on mattermost_post (place_id, channel_id, created_at);

-- A button counts once.
create table mattermost_press (
  nonce text primary key,
  expires_at timestamptz not null
);

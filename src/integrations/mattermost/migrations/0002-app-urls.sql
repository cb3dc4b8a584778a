-- The addresses in the plugin's form of a Zoom app that has no server here yet: the secret selects the app, and proves nothing.
create table mattermost_app_url (
  zoom_app_id text primary key references zoom_app on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  secret_hash bytea not null unique,
  made_at timestamptz not null
);

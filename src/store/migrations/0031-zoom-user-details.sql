-- What Zoom's list of users tells beside who they are: since when, and when and with what they were there last.
alter table zoom_user
  add column user_created_at timestamptz,
  add column last_login_time timestamptz,
  add column last_client_version text;

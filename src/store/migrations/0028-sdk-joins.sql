-- What the Meeting SDK said of the app when somebody joined by it in the browser.
alter table zoom_app add column sdk_joined_at timestamptz;
alter table zoom_app add column sdk_refused_at timestamptz;
alter table zoom_app add column sdk_refusal text;

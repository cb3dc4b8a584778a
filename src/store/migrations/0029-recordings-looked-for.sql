-- When Zoom was last asked for the recordings of a run that has none.
alter table session add column recordings_asked_at timestamptz;
create index session_ended on session (ended_at);

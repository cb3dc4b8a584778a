-- When an event last came to an app's address that its secret token had not signed, to the minute: the doctor tells of it.
alter table zoom_app add refused_event_at timestamptz;

-- What Zoom said about the plan and the hosts' licences, so that it is not asked at every look. host_id is '' for the whole account.
create table plan_answer (
  connection_id text not null references connection on delete cascade,
  about text not null,
  host_id text not null default '',
  allowed boolean, -- null: Zoom refused, or did not say
  refusal_code integer,
  refusal_reason text,
  asked_at timestamptz not null,
  primary key (connection_id, about, host_id)
);

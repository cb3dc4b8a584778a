-- Who somebody in a session is, said by hand: where a name alone is known, or what Zoom knows belongs to somebody else.
create table attendance_assignment (
  workspace_id text not null references workspace on delete cascade,
  uuid text not null,
  attendee_key text not null,
  person_id text not null references person on delete cascade,
  assigned_by text not null,
  assigned_at timestamptz not null,
  primary key (workspace_id, uuid, attendee_key)
);
create index attendance_assignment_of_person on attendance_assignment (person_id);

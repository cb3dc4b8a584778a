-- What the attendance rests on: the best that Zoom would tell.
alter table session drop constraint session_source_check;
alter table session add constraint session_source_check
  check (source in ('report', 'dashboard', 'past_participants', 'events'));
alter table attendance drop constraint attendance_source_check;
alter table attendance add constraint attendance_source_check
  check (source in ('report', 'dashboard', 'past_participants', 'events'));

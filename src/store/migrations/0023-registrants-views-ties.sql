-- Who registered for a meeting or webinar, as Zoom's events tell it and its lists when they are read.
create table registrant (
  workspace_id text not null references workspace on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  -- Zoom's own.
  registrant_id text not null,
  email text not null,
  first_name text not null,
  last_name text not null,
  status text not null check (status in ('pending', 'approved', 'denied', 'cancelled')),
  registered_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (meeting_id, registrant_id)
);
create index registrant_by_time on registrant (meeting_id, registered_at, registrant_id);

-- When the registrants of a meeting were last read from Zoom, and what came of it.
create table registrant_read (
  meeting_id text primary key references meeting on delete cascade,
  state text not null check (state in ('reading', 'done', 'failed')),
  reason text,
  asked_at timestamptz not null,
  read_at timestamptz
);

-- Whether a recording is shown where its meeting is, and where it is not although it is elsewhere.
alter table recording add visibility text not null default 'shown' check (visibility in ('shown', 'hidden'));
create table recording_hidden (
  recording_id text not null references recording on delete cascade,
  place_id text not null references place on delete cascade,
  primary key (recording_id, place_id)
);

-- Presences of which a name alone is known.
create index attendance_by_name_only on attendance (workspace_id, uuid)
  where participant_user_id = '' and registrant_id = '' and customer_key = '' and email = '';

-- Whom somebody of a place is not, said by hand: the same e-mail does not tie them again.
create table person_tie_refused (
  workspace_id text not null references workspace on delete cascade,
  source text not null,
  source_id text not null,
  person_id text not null references person on delete cascade,
  primary key (workspace_id, source, source_id, person_id)
);
create index person_tie_refused_of_person on person_tie_refused (person_id);

-- A filtered list under a name: of whoever keeps it, as the audit log names them.
create table saved_view (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  actor text not null,
  page text not null,
  name text not null,
  query text not null,
  created_at timestamptz not null,
  unique (workspace_id, actor, page, name)
);

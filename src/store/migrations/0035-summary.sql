-- What AI Companion wrote about a run: one text for each. Of one that was deleted at Zoom nothing but that is left.
create table summary (
  id text primary key,
  workspace_id text not null references workspace on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  uuid text not null,
  title text not null,
  content text,
  doc_url text,
  state text not null check (state in ('ready', 'trashed', 'deleted')),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (workspace_id, uuid)
);
create index summary_of_meeting on summary (meeting_id);

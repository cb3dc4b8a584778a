-- Pages that are shown together under /g/{slug}.
create table site_list (
  slug text primary key,
  workspace_id text not null references workspace on delete cascade,
  place_id text not null references place on delete cascade,
  title text not null,
  created_at timestamptz not null
);

-- A meeting's page /m/{slug}. Slugs are unique on the whole installation: they are addresses.
create table site_page (
  placement_id text primary key references placement on delete cascade,
  workspace_id text not null references workspace on delete cascade,
  place_id text not null references place on delete cascade,
  meeting_id text not null references meeting on delete cascade,
  slug text not null unique,
  list text references site_list on delete set null,
  visibility text not null check (visibility in ('public', 'unlisted', 'unpublished')),
  created_at timestamptz not null
);
create index site_page_of_workspace on site_page (workspace_id, placement_id);
create index site_page_of_list on site_page (list);

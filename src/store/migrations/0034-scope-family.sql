-- By which names the app's scopes go at Zoom, as whoever added it said; null: nobody said. What a consent shows counts before it.
alter table zoom_app add column scope_family text check (scope_family in ('granular', 'classic'));

-- What one occurrence of a series has of its own beside its time: Zoom's lists do not tell it, so it is what was changed here.
alter table occurrence add column own jsonb not null default '{}';

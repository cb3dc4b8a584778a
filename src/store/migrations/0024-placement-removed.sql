-- When a meeting was taken out of a place: what was held before still counts there.
alter table placement add column removed_at timestamptz;

-- Since when an active user of the account is not on Zoom's list of them: on one look alone nobody is taken for gone.
alter table zoom_user add column missing_since timestamptz;

-- The last look at all users of an account.
create table zoom_user_read (
  connection_id text primary key references connection on delete cascade,
  state text not null check (state in ('reading', 'done', 'failed')),
  reason text,
  asked_at timestamptz not null,
  read_at timestamptz
);

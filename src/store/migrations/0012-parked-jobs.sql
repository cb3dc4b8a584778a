-- Jobs that wait until a connection works again: nobody tries them meanwhile.
create table parked_job (
  job_id bigint primary key,
  connection_id text not null references connection on delete cascade,
  task text not null,
  parked_at timestamptz not null default now()
);
create index parked_job_of_connection on parked_job (connection_id);

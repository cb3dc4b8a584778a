-- A token is renewed under a lease on its connection: who takes it raises the fence, and keeps what Zoom gave only while the
-- fence is still his. `refresh_sent_at` is committed before Zoom is asked and cleared with the answer: found after the lease
-- ran out, it says that the outcome is unknown.
alter table connection
  add column refresh_fence bigint not null default 0,
  add column refresh_lease_until timestamptz,
  add column refresh_sent_at timestamptz;

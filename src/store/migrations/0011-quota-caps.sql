-- Zoom says until when a day is spent; it need not be midnight.
alter table quota add column spent_until timestamptz;
update quota set spent_until = (spent_on + 1)::timestamp at time zone 'UTC' where spent_on is not null;
alter table quota drop column spent_on;

-- With which label's day a label is counted: Resource-intensive with Heavy, but on the free plan.
alter table quota add column day_label text;
update quota set day_label = case label when 'resource-intensive' then 'heavy' else label end;
alter table quota alter column day_label set not null;

-- What may be done only so often to one thing: a host's meetings, one registrant. Counted anew after `until`.
create table quota_cap (
  api_base text not null,
  account_id text not null,
  cap text not null,
  subject text not null,
  used integer not null,
  until timestamptz not null,
  primary key (api_base, account_id, cap, subject)
);
insert into quota_cap
select api_base, account_id, 'host', host_id, used, (day + 1)::timestamp at time zone 'UTC'
from quota_host where day = (now() at time zone 'UTC')::date;
drop table quota_host;

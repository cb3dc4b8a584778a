-- Which kinds of event an app has ever got, and when last: those that never came are looked for by the doctor.
create table app_event (
  zoom_app_id text not null references zoom_app on delete cascade,
  event text not null,
  last_at timestamptz not null,
  primary key (zoom_app_id, event)
);
insert into app_event (zoom_app_id, event, last_at)
select zoom_app_id, event, max(received_at) from event where exists (select 1 from zoom_app where zoom_app.id = event.zoom_app_id)
group by zoom_app_id, event;

-- Adds one job for each subject, or freshens the one that waits. graphile_worker.add_jobs passes over a job that a worker takes
-- between its two looks at it; asked again it sees that the job is running, and adds the one that follows.
create function add_inbox_jobs(workspace_ids text[], subjects text[]) returns void language plpgsql as $$
declare
  added integer;
begin
  loop
    select count(*) into added
    from graphile_worker.add_jobs(array(
      select ('inbox', json_build_object('workspace_id', workspace_id, 'subject', subject),
        'inbox:' || workspace_id || ':' || subject, null, null, 'inbox:' || workspace_id || ':' || subject, null, null
        )::graphile_worker.job_spec
      from unnest(workspace_ids, subjects) as news (workspace_id, subject)
      order by workspace_id, subject), true);
    exit when added = cardinality(subjects);
  end loop;
end
$$;

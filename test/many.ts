import { sql } from 'kysely'
import type { Db } from '#store/db.ts'

/**
 * Ten thousand of everything that a list of the console shows, in a workspace that has one meeting that somebody made: what an
 * organisation has after some years. The ids begin so that they can be told from the others: `mtg_many_1` …
 */
export async function insertMany(
  db: Db,
  { workspace_id, connection_id, zoom_app_id }: { workspace_id: string; connection_id: string; zoom_app_id: string },
  meeting_id: string,
): Promise<void> {
  const many = sql`generate_series(1, 10000) i`
  await sql`insert into meeting (id, workspace_id, connection_id, zoom_meeting_id, kind, type, state, topic, host_id, start_time, duration, timezone, settings, created_at, changed_at)
    select 'mtg_many_' || i, workspace_id, connection_id, 90000000000 + i, kind, type, 'scheduled', 'Class ' || i, host_id,
      now() + i * interval '1 hour', 45, timezone, '{}', now(), now()
    from meeting, ${many} where id = ${meeting_id}`.execute(db)
  await sql`insert into audit (workspace_id, actor, action, object_id)
    select ${workspace_id}, 'cli', 'meeting.created', 'mtg_many_' || i from ${many}`.execute(db)
  await sql`insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body, state)
    select 'evt_many_' || i, workspace_id, zoom_app_id, event_ts, decode(md5('many ' || i), 'hex'), event, account_id, subject, body, 'handled'
    from (select * from event where event = 'meeting.created' limit 1) e, ${many}`.execute(db)
  await sql`insert into zoom_user (workspace_id, id, connection_id, email, display_name, type, status, changed_at)
    select ${workspace_id}, 'many_' || i, ${connection_id}, 'many' || i || '@school.example', 'Many ' || i, 2, 'active', now()
    from ${many}`.execute(db)
  await sql`insert into person (id, workspace_id, name, created_at)
    select 'per_many_' || i, ${workspace_id}, 'Many ' || i, now() from ${many}`.execute(db)
  await sql`insert into person_link (workspace_id, source, source_id, person_id, name, email, changed_at)
    select ${workspace_id}, 'zoom', 'many_' || i, 'per_many_' || i, 'Many ' || i, 'many' || i || '@school.example', now()
    from ${many}`.execute(db)
  await sql`insert into place (id, workspace_id, integration, name, created_at)
    select 'plc_many_' || i, ${workspace_id}, 'site', 'Site ' || i, now() from ${many}`.execute(db)
  await sql`insert into licence_lease (id, workspace_id, connection_id, zoom_user_id, state, reason, asked_by, asked_at, ended_at)
    select 'lic_many_' || i, ${workspace_id}, ${connection_id}, 'many_' || i, 'returned', 'plan', 'hub', now(), now()
    from ${many}`.execute(db)
  await sql`insert into api_key (id, workspace_id, name, role, key_hash)
    select 'key_many_' || i, ${workspace_id}, 'Script ' || i, 'viewer', decode(md5('key ' || i), 'hex') from ${many}`.execute(
    db,
  )
  // Of single users: of those who speak for an account an organisation has one or two.
  await sql`insert into zoom_app select (jsonb_populate_record(app,
      '{"id": "app_many", "name": "Many", "kind": "user_managed", "client_id": "many"}')).*
    from zoom_app app where id = ${zoom_app_id}`.execute(db)
  await sql`insert into connection (id, workspace_id, zoom_app_id, state, failure_code, failure_message, failed_at)
    select 'con_many_' || i, ${workspace_id}, 'app_many', 'disconnected', 'revoked', 'The grant was taken back at Zoom', now()
    from ${many}`.execute(db)
  await sql`insert into delivery (id, workspace_id, subscription_id, type, body, state, due_at, give_up_at, created_at)
    select 'dlv_many_' || i, ${workspace_id}, 'sub_many', 'meeting.started', '{}', 'delivered', now(), now(), now()
    from ${many}`.execute(db)
  await analyze(db)
}

/** PostgreSQL does so by itself a minute after such a change; until then it plans by guesses. */
const analyze = (db: Db) => sql`analyze`.execute(db)

/**
 * And what else grows: members, webhooks, imports, work that was given up. To the one meeting came ten thousand in its run `many_1`; it has
 * had a thousand runs, stands in a hundred and twenty places, and there are as many Zoom apps.
 */
export async function insertManyMore(
  db: Db,
  { workspace_id, zoom_app_id }: { workspace_id: string; zoom_app_id: string },
  meeting_id: string,
): Promise<void> {
  const many = sql`generate_series(1, 10000) i`
  await sql`insert into zoom_app select (jsonb_populate_record(app, jsonb_build_object(
      'id', 'app_few_' || i, 'name', 'App ' || i, 'kind', 'user_managed', 'client_id', 'few_' || i, 'last_event_at', now()))).*
    from zoom_app app, generate_series(1, 120) i where app.id = ${zoom_app_id}`.execute(db)
  await sql`insert into subscription (id, workspace_id, name, url, signer, secret, created_at)
    select 'sub_many_' || i, ${workspace_id}, 'Hears ' || i, 'https://hears.example/' || i, 'standard_webhooks', '', now()
    from ${many}`.execute(db)
  await sql`with person as (
      insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
      select 'usr_many_' || i, 'Member ' || i, 'member' || i || '@many.example', true, now(), now() from ${many} returning id)
    insert into member (workspace_id, user_id, role) select ${workspace_id}, id, 'viewer' from person`.execute(db)
  await sql`insert into invitation (id, workspace_id, email, role, token_hash, invited_by, created_at, expires_at)
    select 'inv_many_' || i, ${workspace_id}, 'invited' || i || '@many.example', 'viewer', decode(md5('invited ' || i), 'hex'), 'cli', now(),
      now() + interval '7 days'
    from ${many}`.execute(db)
  await sql`insert into meeting_import (id, workspace_id, format, state, dry_run, actor, created_at, run_at, ended_at)
    select 'imp_many_' || i, ${workspace_id}, 'csv', 'done', false, 'cli', now(), now(), now() from ${many}`.execute(db)
  await sql`insert into placement (id, workspace_id, place_id, meeting_id, ref, title, created_at)
    select 'plm_many_' || i, ${workspace_id}, 'plc_many_1', 'mtg_many_' || i, 'many-' || i, 'Class ' || i, now() from ${many}
    union all
    select 'plm_of_one_' || i, ${workspace_id}, 'plc_many_' || i, ${meeting_id}, 'one-' || i, 'The class', now()
    from generate_series(1, 120) i`.execute(db)
  await manyRuns(db, workspace_id, meeting_id)
  await manyGivenUp(db, workspace_id)
  await analyze(db)
}

async function manyRuns(db: Db, workspace_id: string, meeting_id: string): Promise<void> {
  const many = sql`generate_series(1, 10000) i`
  await sql`insert into session (workspace_id, uuid, meeting_id, topic, host_id, started_at, ended_at)
    select workspace_id, 'many_' || i, id, topic, host_id, date_trunc('second', now()) - i * interval '1 day', date_trunc('second', now()) - i * interval '1 day' + interval '45 minutes'
    from meeting, generate_series(1, 1000) i where id = ${meeting_id}`.execute(db)
  await sql`insert into session (workspace_id, uuid, meeting_id, topic, host_id, started_at, ended_at)
    select ${workspace_id}, 'of_many_' || i, 'mtg_many_' || i, 'Class ' || i, 'many_' || i, date_trunc('second', now()) - i * interval '1 hour', date_trunc('second', now()) - i * interval '1 hour' + interval '45 minutes'
    from ${many}`.execute(db)
  await sql`insert into attendance (id, workspace_id, uuid, user_id, name, join_time, leave_time, source)
    select 'att_many_' || i, ${workspace_id}, 'many_1', i::text, 'Guest ' || i, started_at, ended_at, 'events'
    from session, ${many} where uuid = 'many_1'`.execute(db)
  await sql`insert into recording (id, workspace_id, meeting_id, uuid, zoom_file_id, recording_type, file_type, recording_start, recording_end, state, changed_at)
    select 'rec_many_' || i, ${workspace_id}, ${meeting_id}, 'many_' || (1 + i % 1000), 'many-' || i, 'shared_screen', 'MP4', now(), now(), 'ready', now()
    from ${many}`.execute(db)
  await sql`insert into registrant (workspace_id, meeting_id, registrant_id, email, first_name, last_name, status, registered_at, changed_at)
    select ${workspace_id}, ${meeting_id}, 'many-' || i, 'registered' || i || '@many.example', 'Many', i::text, 'pending', date_trunc('second', now()), now()
    from ${many}`.execute(db)
  await sql`insert into registrant_read (meeting_id, state, asked_at, read_at)
    values (${meeting_id}, 'done', now(), now()) on conflict do nothing`.execute(db)
  await sql`insert into audit (workspace_id, actor, action, object_id)
    select ${workspace_id}, 'cli', 'meeting.changed', ${meeting_id} from ${many}`.execute(db)
  await sql`insert into event (id, workspace_id, zoom_app_id, event_ts, digest, event, account_id, subject, body, state)
    select 'evt_of_one_' || i, workspace_id, zoom_app_id, event_ts, decode(md5('of one ' || i), 'hex'), event, account_id,
      (select zoom_meeting_id::text from meeting where id = ${meeting_id}), body, 'handled'
    from (select * from event where event = 'meeting.created' limit 1) e, ${many}`.execute(db)
}

async function manyGivenUp(db: Db, workspace_id: string): Promise<void> {
  await sql`select graphile_worker.add_job('meeting_report', '{}', run_at => now() + interval '1 day', max_attempts => 1, job_key => 'many')`.execute(
    db,
  )
  await sql`insert into graphile_worker._private_jobs (task_id, payload, attempts, max_attempts, run_at, last_error)
    select task_id, json_build_object('workspace_id', ${workspace_id}::text, 'meeting_id', 'mtg_many_' || i), 1, 1, now(), 'Zoom was away'
    from graphile_worker._private_jobs, ${sql`generate_series(1, 10000) i`} where key = 'many'`.execute(db)
  await sql`delete from graphile_worker._private_jobs where key = 'many'`.execute(db)
}

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
  // PostgreSQL does so by itself a minute after such a change; until then it plans by guesses.
  await sql`analyze`.execute(db)
}

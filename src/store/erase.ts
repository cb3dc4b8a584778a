import { sql, type RawBuilder } from 'kysely'
import type { DeletionRow } from './deletions.ts'
import type { Trx } from './db.ts'

type Ended = Pick<DeletionRow, 'workspace_id' | 'zoom_app_id' | 'connection_id' | 'zoom_user_id'>

/**
 * Deletes what a consent brought of its Zoom user (of all users, where an administrator consented for the account), and empties what
 * others' records hold of them: a class took place and was attended, whoever hosted it. Answers how many rows of what.
 */
export async function eraseGrant(trx: Trx, ended: Ended): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const [name, statement] of statements) {
    const { numAffectedRows } = await statement(ended).execute(trx)
    counts[name] = Number(numAffectedRows ?? 0n)
  }
  return counts
}

const isOfGrant = ({ workspace_id, connection_id, zoom_user_id }: Ended): RawBuilder<unknown> => sql`
  person_link.workspace_id = ${workspace_id} and person_link.source = 'zoom' and (person_link.source_id = ${zoom_user_id}
    or person_link.source_id in (select id from zoom_user where workspace_id = ${workspace_id} and connection_id = ${connection_id}))`

/** In this order: the users are needed to find what is theirs, and the meetings to find what was in them. */
const statements: [name: string, statement: (ended: Ended) => RawBuilder<unknown>][] = [
  [
    // The reason is Zoom's sentence with the name in it: "Ada left the meeting. Reason: …".
    'attendance',
    ({ workspace_id, connection_id, zoom_user_id }) => sql`
      update attendance set name = '', email = '', participant_user_id = '', leave_reason = null
      where workspace_id = ${workspace_id} and participant_user_id <> ''
        and (participant_user_id = ${zoom_user_id} or participant_user_id in
          (select id from zoom_user where workspace_id = ${workspace_id} and connection_id = ${connection_id}))
        and uuid in (select s.uuid from session s join meeting m on m.id = s.meeting_id where m.connection_id = ${connection_id})`,
  ],
  [
    'attendance_assignment',
    ({ workspace_id, connection_id }) => sql`
      delete from attendance_assignment where workspace_id = ${workspace_id}
        and uuid in (select s.uuid from session s join meeting m on m.id = s.meeting_id where m.connection_id = ${connection_id})`,
  ],
  [
    'person',
    (ended) => sql`
      delete from person where id in (select person_id from person_link where ${isOfGrant(ended)})
        and not exists (select from person_link where person_id = person.id and not (${isOfGrant(ended)}))`,
  ],
  [
    // Somebody whom a course or a chat knows as well keeps the name that they have there.
    'person_link',
    (ended) => sql`
      with gone as (delete from person_link where ${isOfGrant(ended)} returning person_id)
      update person set name = (select name from person_link
          where person_id = person.id and not (${isOfGrant(ended)}) order by changed_at desc limit 1)
        where id in (select person_id from gone)`,
  ],
  [
    'meeting_import_row',
    ({ workspace_id, connection_id }) => sql`
      delete from meeting_import_row where import_id in (select id from meeting_import where workspace_id = ${workspace_id})
        and (asked->>'connection_id' = ${connection_id}
          or meeting_id in (select id from meeting where connection_id = ${connection_id})
          or lower(asked->>'host') in (select lower(email) from zoom_user
            where workspace_id = ${workspace_id} and connection_id = ${connection_id})
          or lower(asked->>'host') = (select lower(zoom_user_email) from connection where id = ${connection_id}))`,
  ],
  [
    'person_tie_refused',
    ({ workspace_id, connection_id, zoom_user_id }) => sql`
      delete from person_tie_refused where workspace_id = ${workspace_id} and source = 'zoom' and (source_id = ${zoom_user_id}
        or source_id in (select id from zoom_user where workspace_id = ${workspace_id} and connection_id = ${connection_id}))`,
  ],
  [
    'recording',
    ({ connection_id }) => sql`
      delete from recording where meeting_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    'summary',
    ({ connection_id }) => sql`
      delete from summary where meeting_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    'registrant',
    ({ connection_id }) => sql`
      delete from registrant where meeting_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    'session',
    ({ connection_id }) => sql`
      update session set host_id = '' where meeting_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    'meeting',
    ({ connection_id }) => sql`
      update meeting set host_id = '', host_email = null, agenda = null, join_url = null, password = null, settings = '{}',
        tracking_fields = '[]'
      where connection_id = ${connection_id}`,
  ],
  [
    'occurrence',
    ({ connection_id }) => sql`
      update occurrence set own = '{}'
      where own <> '{}' and meeting_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    // Of what was changed the history keeps that it was, and no value: an agenda and its guests are the user's.
    'meeting_history',
    ({ workspace_id, connection_id }) => sql`
      update audit set detail = jsonb_set(detail, '{changes}',
        (select coalesce(jsonb_agg(change - 'from' - 'to'), '[]') from jsonb_array_elements(detail -> 'changes') change))
      where workspace_id = ${workspace_id} and detail ? 'changes'
        and object_id in (select id from meeting where connection_id = ${connection_id})`,
  ],
  [
    'event',
    ({ zoom_app_id, connection_id, zoom_user_id }) => sql`
      delete from event where zoom_app_id = ${zoom_app_id} and state <> 'waiting'
        and (position(${`"${zoom_user_id}"`} in body) > 0
          -- An administrator's consent brought what is told of everybody in the account.
          or position((select '"' || connection.account_id || '"' from connection
            join zoom_app on zoom_app.id = connection.zoom_app_id and zoom_app.kind = 'admin_managed'
            where connection.id = ${connection_id}) in body) > 0)`,
  ],
  [
    'licence_lease',
    ({ workspace_id, connection_id, zoom_user_id }) => sql`
      delete from licence_lease where workspace_id = ${workspace_id}
        and (connection_id = ${connection_id} or zoom_user_id = ${zoom_user_id} or taken_from = ${zoom_user_id})`,
  ],
  [
    'licence_protection',
    ({ connection_id, zoom_user_id }) => sql`
      delete from licence_protection where connection_id = ${connection_id} or zoom_id = ${zoom_user_id}`,
  ],
  [
    'zoom_group',
    ({ workspace_id, connection_id, zoom_user_id }) => sql`
      with gone as (delete from zoom_group where connection_id = ${connection_id} returning id)
      update zoom_group set members = members - ${zoom_user_id}
      where members ? ${zoom_user_id} and connection_id in (select id from connection where workspace_id = ${workspace_id})`,
  ],
  [
    'quota_cap',
    ({ workspace_id, connection_id, zoom_user_id }) => sql`
      delete from quota_cap where subject = ${zoom_user_id} or subject in
        (select id from zoom_user where workspace_id = ${workspace_id} and connection_id = ${connection_id})`,
  ],
  ['host_settings', ({ connection_id }) => sql`delete from host_settings where connection_id = ${connection_id}`],
  ['zoom_user', ({ connection_id }) => sql`delete from zoom_user where connection_id = ${connection_id}`],
  [
    'audit',
    ({ workspace_id, connection_id }) => sql`
      update audit set detail = detail - 'zoom_user_email'
      where workspace_id = ${workspace_id} and object_id = ${connection_id} and detail ? 'zoom_user_email'`,
  ],
  [
    'connection',
    ({ connection_id }) => sql`
      update connection set zoom_user_id = null, zoom_user_email = null, scope = '', api_url = null,
        access_token = null, access_token_expires_at = null, refresh_token = null, unrevoked_token = null
      where id = ${connection_id}`,
  ],
]

import { sql } from 'kysely'
import type { Db } from './db.ts'

export type UsageBy = 'all' | 'place' | 'host' | 'kind'

export interface UsageRow {
  /** `2026-11`; null: of the whole range. */
  month: string | null
  /** Of a place, a host or a kind; '' when all is one. */
  group_id: string
  group_name: string
  meetings: number
  sessions: number
  participants: number
  minutes: number
  participant_minutes: number
  hosts: number
}

/** What a session is counted under. A meeting in two places counts in each. */
const groups: Record<UsageBy, { id: string; name: string; join: string }> = {
  all: { id: `''`, name: `''`, join: '' },
  kind: { id: 'm.kind', name: 'm.kind', join: '' },
  host: {
    id: 's.host_id',
    name: `coalesce(u.email, m.host_email, s.host_id)`,
    join: 'left join zoom_user u on u.workspace_id = s.workspace_id and u.id = s.host_id',
  },
  place: {
    id: 'p.id',
    name: 'p.name',
    join: `join (select meeting_id, place_id, max(coalesce(removed_at, 'infinity')) as until from placement group by 1, 2) l
      on l.meeting_id = m.id and s.started_at < l.until join place p on p.id = l.place_id`,
  },
}

/** Who a presence is, as its attendance has it: said by hand, by Zoom's sign-in, by an address that Zoom vouches for, by a pass. */
const who = sql`coalesce(
  (select x.person_id from attendance_assignment x where x.workspace_id = a.workspace_id and x.uuid = a.uuid and x.attendee_key in (
    'zoom_user:' || a.participant_user_id, 'registrant:' || a.registrant_id, 'customer_key:' || a.customer_key,
    'email:' || lower(a.email),
    case when concat(a.participant_user_id, a.registrant_id, a.customer_key, a.email) = '' then 'name:' || lower(trim(a.name)) end) limit 1),
  (select l.person_id from person_link l
    where l.workspace_id = a.workspace_id and l.source = 'zoom' and l.source_id = a.participant_user_id),
  (select min(l.person_id) from person_link l where l.workspace_id = a.workspace_id and l.email_verified
    and lower(l.email) = lower(nullif(a.email, '')) and (a.participant_user_id <> '' or a.registrant_id <> '')),
  (select pass.person_id from pass where pass.workspace_id = a.workspace_id and pass.id = a.customer_key),
  nullif(lower(a.email), ''), nullif(a.participant_user_id, ''), nullif(a.registrant_id, ''),
  nullif(a.customer_key, ''), lower(trim(a.name)))`

/**
 * Sessions that began in a range, by month of a time zone and by group, then by group alone; of one that runs, what has passed of it. A
 * person counts once in a row, however often and with how many devices they came; the minutes of a person with two devices count once.
 * Our own bots are no participants.
 */
export async function usageOfWorkspace(
  db: Db,
  workspace_id: string,
  { from, to, timezone, by, now }: { from: Date; to: Date; timezone: string; by: UsageBy; now: Date },
): Promise<UsageRow[]> {
  const { id, name, join } = groups[by]
  const { rows } = await sql<UsageRow>`
    with held as (
      select s.uuid, s.meeting_id, s.host_id, to_char(s.started_at at time zone ${timezone}, 'YYYY-MM') as month,
        ${sql.raw(id)} as group_id, max(${sql.raw(name)}) over (partition by ${sql.raw(id)}) as group_name,
        coalesce(s.ended_at, ${now}) as until,
        greatest(0, extract(epoch from coalesce(s.ended_at, ${now}) - s.started_at)) as seconds
      from session s join meeting m on m.id = s.meeting_id ${sql.raw(join)}
      where s.workspace_id = ${workspace_id} and s.started_at >= ${from} and s.started_at < ${to}
    ), there as (
      select a.uuid,
        ${who} as who,
        range_agg(tstzrange(a.join_time, greatest(a.join_time, coalesce(a.leave_time, e.until)))) filter (where a.join_time is not null) as stays
      from attendance a join (select distinct uuid, until from held) e on e.uuid = a.uuid
      where a.workspace_id = ${workspace_id} and not starts_with(a.customer_key, 'bot_') group by 1, 2
    ), stayed as (
      select uuid, who, coalesce((select sum(extract(epoch from upper(r) - lower(r))) from unnest(stays) r), 0) as seconds from there
    ), people as (
      select h.month, h.group_id, count(distinct t.who)::int as participants, sum(t.seconds) as seconds
      from held h join stayed t on t.uuid = h.uuid group by grouping sets ((h.month, h.group_id), (h.group_id))
    ), met as (
      select h.month, h.group_id, max(h.group_name) as group_name, count(distinct h.meeting_id)::int as meetings,
        count(*)::int as sessions, round(sum(h.seconds) / 60)::int as minutes, count(distinct h.host_id)::int as hosts
      from held h group by grouping sets ((h.month, h.group_id), (h.group_id))
    )
    select met.*, coalesce(p.participants, 0)::int as participants, coalesce(round(p.seconds / 60), 0)::int as participant_minutes
    from met left join people p on coalesce(p.month, '') = coalesce(met.month, '') and p.group_id = met.group_id
    order by met.month, met.group_name`.execute(db)
  return rows
}

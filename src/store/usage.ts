import { sql } from 'kysely'
import type { Db } from './db.ts'

export type UsageBy = 'all' | 'place' | 'host' | 'kind'

export interface UsageRow {
  /** `2026-11` */
  month: string
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
    join: 'join (select distinct meeting_id, place_id from placement) l on l.meeting_id = m.id join place p on p.id = l.place_id',
  },
}

/**
 * Sessions that began in a range, by month of a time zone and by group. A person counts once a month, however often and with how many
 * devices they came; the minutes of a person with two devices count once.
 */
export async function usageOfWorkspace(
  db: Db,
  workspace_id: string,
  { from, to, timezone, by }: { from: Date; to: Date; timezone: string; by: UsageBy },
): Promise<UsageRow[]> {
  const { id, name, join } = groups[by]
  const { rows } = await sql<UsageRow>`
    with held as (
      select s.uuid, s.meeting_id, s.host_id, to_char(s.started_at at time zone ${timezone}, 'YYYY-MM') as month,
        ${sql.raw(id)} as group_id, max(${sql.raw(name)}) over (partition by ${sql.raw(id)}) as group_name,
        greatest(0, extract(epoch from coalesce(s.ended_at, s.started_at) - s.started_at)) as seconds
      from session s join meeting m on m.id = s.meeting_id ${sql.raw(join)}
      where s.workspace_id = ${workspace_id} and s.started_at >= ${from} and s.started_at < ${to}
    ), there as (
      select a.uuid,
        coalesce(nullif(lower(a.email), ''), nullif(a.participant_user_id, ''), nullif(a.registrant_id, ''),
          nullif(a.customer_key, ''), lower(a.name)) as who,
        range_agg(tstzrange(a.join_time, greatest(a.join_time, a.leave_time))) filter (where a.join_time is not null and a.leave_time is not null) as stays
      from attendance a where a.workspace_id = ${workspace_id} and a.uuid in (select uuid from held) group by 1, 2
    ), stayed as (
      select uuid, who, coalesce((select sum(extract(epoch from upper(r) - lower(r))) from unnest(stays) r), 0) as seconds from there
    ), people as (
      select h.month, h.group_id, count(distinct t.who)::int as participants, sum(t.seconds) as seconds
      from held h join stayed t on t.uuid = h.uuid group by 1, 2
    )
    select h.month, h.group_id, max(h.group_name) as group_name, count(distinct h.meeting_id)::int as meetings,
      count(*)::int as sessions, round(sum(h.seconds) / 60)::int as minutes, count(distinct h.host_id)::int as hosts,
      coalesce(max(p.participants), 0)::int as participants, coalesce(round(max(p.seconds) / 60), 0)::int as participant_minutes
    from held h left join people p on p.month = h.month and p.group_id = h.group_id
    group by h.month, h.group_id order by h.month, max(h.group_name)`.execute(db)
  return rows
}

import { ActionIcon } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Attendee, Presence } from '../api.d.ts'
import { span } from '../times.ts'
import { knownByWords } from '../words.ts'
import classes from './AttendanceTable.module.css'
import { DataTable } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import { Instant } from './Instant.tsx'
import { State } from './State.tsx'
import { t } from '../language.ts'

const sources = {
  report: t('from the report'),
  dashboard: t('from the dashboard'),
  past_participants: t('from Zoom’s list of participants'),
  events: t('from events'),
} satisfies Record<Presence['source'], string>

/** People and how long they were there; each opens to the single stays that make up the sum. */
interface AttendanceTableProps {
  attendees: Attendee[]
  zone?: string | null
  /** What else stands beside how somebody is known. */
  beside?: (attendee: Attendee) => ReactNode
}

export function AttendanceTable({ attendees, zone, beside }: AttendanceTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (key: string) =>
    setOpen((now) => {
      const next = new Set(now)
      if (!next.delete(key)) next.add(key)
      return next
    })

  return (
    <DataTable
      label={t('Attendance')}
      rows={attendees}
      keyOf={keyOf}
      columns={[
        {
          header: t('Name'),
          cell: (attendee) => (
            <>
              <span className={classes['name']}>{attendee.name}</span>
              {attendee.other_names.length > 0 && (
                <span className={classes['also']}>
                  {t('also as {{names}}', { names: attendee.other_names.join(', ') })}
                </span>
              )}
            </>
          ),
        },
        {
          header: t('E-mail'),
          cell: (attendee) => attendee.email || <span className={classes['none']}>{t('not reported')}</span>,
        },
        {
          header: t('Present'),
          cell: (attendee) => <span className={classes['span']}>{span(attendee.duration)}</span>,
          align: 'end',
        },
        { header: t('Joins'), cell: (attendee) => attendee.joins, align: 'end' },
        { header: t('Joined'), cell: (attendee) => <Instant at={attendee.joined_at} as="clock" zone={zone} /> },
        {
          header: t('Left'),
          cell: (attendee) =>
            attendee.left_at ? (
              <Instant at={attendee.left_at} as="clock" zone={zone} />
            ) : (
              <State word={t('Still there')} tone="live" />
            ),
        },
        {
          header: t('Known by'),
          cell: (attendee) => (
            <>
              <State {...knownByWords[attendee.known_by]} />
              {beside?.(attendee)}
            </>
          ),
        },
        {
          header: t('Single stays'),
          quiet: true,
          width: '1px',
          cell: (attendee) => (
            <ActionIcon
              className={classes['toggle']}
              variant="subtle"
              color="gray"
              aria-expanded={open.has(keyOf(attendee))}
              aria-label={t('Single stays of {{name}}', { name: attendee.name })}
              onClick={() => toggle(keyOf(attendee))}
            >
              <Icon name="more" />
            </ActionIcon>
          ),
        },
      ]}
      below={(attendee) => (open.has(keyOf(attendee)) ? <Stays presences={attendee.presences} zone={zone} /> : null)}
    />
  )
}

function Stays({ presences, zone }: { presences: Presence[]; zone: string | null | undefined }) {
  return (
    <ul className={classes['stays']}>
      {presences.map((presence) => (
        <li key={presence.id}>
          <span className={classes['stay']}>
            <Instant at={presence.join_time} as="clockWithSeconds" zone={zone} /> –{' '}
            <Instant at={presence.leave_time} as="clockWithSeconds" zone={zone} none={t('still there')} />
          </span>
          <span>{span(presence.duration)}</span>
          <span>{t('as {{name}}', { name: presence.name })}</span>
          <span className={classes['none']}>
            {[presence.leave_reason, sources[presence.source]].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const keyOf = (attendee: Attendee): string => attendee.presences[0]?.id ?? attendee.name

import { Link } from 'react-router'
import type { Meeting } from '../../api.d.ts'
import { Instant } from '../../components/Instant.tsx'
import { paths } from '../../paths.ts'
import { clock, day, span } from '../../times.ts'
import classes from './MeetingLines.module.css'
import { t } from '../../language.ts'

interface MeetingLinesProps {
  meetings: Meeting[]
  /** Which of a meeting's times counts here. */
  timeOf: (meeting: Meeting) => string | null
}

/** Meetings as one reads a diary: the time first. */
export function MeetingLines({ meetings, timeOf }: MeetingLinesProps) {
  return (
    <ul className={classes['list']}>
      {meetings.map((meeting) => (
        <Line key={meeting.id} meeting={meeting} at={timeOf(meeting)} />
      ))}
    </ul>
  )
}

function Line({ meeting, at }: { meeting: Meeting; at: string | null }) {
  return (
    <li className={classes['item']}>
      <span className={classes['date']} aria-hidden="true">
        {at ? (
          <>
            <span className={classes['day']}>{day(at)}</span>
            <span className={classes['clock']}>{clock(at)}</span>
          </>
        ) : (
          <span className={classes['day']}>{t('Any time')}</span>
        )}
      </span>
      <div className={classes['what']}>
        <Link to={paths.meeting(meeting.id)} className={classes['topic']}>
          {meeting.topic}
        </Link>
        <span className={classes['detail']}>
          {at && <Instant at={at} as="ago" zone={meeting.timezone} />}
          {meeting.duration && <span>{span(meeting.duration * 60)}</span>}
          <span className={classes['host']}>{meeting.host_email ?? meeting.host_id}</span>
        </span>
      </div>
    </li>
  )
}

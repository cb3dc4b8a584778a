import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Meeting } from '../../api.d.ts'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { useMay } from '../../may.ts'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { clock, day, span } from '../../times.ts'
import classes from './NextMeetings.module.css'

export function NextMeetings() {
  const next = useQuery(queries.nextMeetings())
  const mayChange = useMay('operator')
  return (
    <Panel
      title="Next meetings"
      actions={
        <Anchor component={Link} to={paths.meetings()} size="sm">
          All meetings
        </Anchor>
      }
    >
      <Listing
        answer={next}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing
            icon="meetings"
            title="Nothing is planned"
            action={
              mayChange && (
                <Button component={Link} to={paths.new_meeting()} variant="default" leftSection={<Icon name="plus" />}>
                  New meeting
                </Button>
              )
            }
          >
            Meetings scheduled here or in Zoom appear by themselves.
          </Nothing>
        }
      >
        {({ items }) => (
          <ul className={classes['list']}>
            {items.map((meeting) => (
              <Next key={meeting.id} meeting={meeting} />
            ))}
          </ul>
        )}
      </Listing>
    </Panel>
  )
}

function Next({ meeting }: { meeting: Meeting }) {
  const at = meeting.next_start_time ?? meeting.start_time
  return (
    <li className={classes['item']}>
      <span className={classes['date']} aria-hidden="true">
        {at ? (
          <>
            <span className={classes['day']}>{day(at)}</span>
            <span className={classes['clock']}>{clock(at)}</span>
          </>
        ) : (
          <span className={classes['day']}>Any time</span>
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

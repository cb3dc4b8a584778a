import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Attendance, Attendee, Meeting } from '../../api.d.ts'
import { files } from '../../client.ts'
import { AttendanceTable } from '../../components/AttendanceTable.tsx'
import { Numbers } from '../../components/Facts.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { usePart } from '../../components/part.ts'
import { Search, useSearch } from '../../components/Search.tsx'
import { State } from '../../components/State.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { Toolbar } from '../../components/Toolbar.tsx'
import { queries } from '../../queries.ts'
import { span } from '../../times.ts'
import { reportInWords, sessionWords } from '../../words.ts'
import { AssignPerson } from './AssignPerson.tsx'
import classes from './Sessions.module.css'
import { t } from '../../language.ts'

export function SessionAttendance({ uuid, meeting }: { uuid: string; meeting: Meeting }) {
  const attendance = useQuery(queries.attendance(uuid))
  return (
    <Panel
      title={t('Attendance')}
      note={attendance.data && <State {...sessionWords[attendance.data.session.state]} />}
      actions={
        <Button
          component="a"
          href={files.attendanceCsv(uuid)}
          download
          variant="default"
          size="xs"
          leftSection={<Icon name="download" />}
        >
          {t('CSV')}
        </Button>
      }
    >
      <Listing answer={attendance}>
        {(data) => (
          <>
            <Summary attendance={data} zone={meeting.timezone} />
            {data.attendees.length === 0 ? (
              <Nothing icon="meetings" title={t('Nobody has come yet')}>
                {t('Each person stands here as soon as Zoom tells of them.')}
              </Nothing>
            ) : (
              <Attendees attendance={data} meeting={meeting} />
            )}
          </>
        )}
      </Listing>
    </Panel>
  )
}

/** As many as one sees at a glance need no search. */
const few = 20

function Attendees({ attendance, meeting }: { attendance: Attendance; meeting: Meeting }) {
  const { session, attendees } = attendance
  const { q, field } = useSearch()
  const found = attendees.filter((attendee) => fits(attendee, q.toLocaleLowerCase()))
  const { shown, more } = usePart(found)
  return (
    <>
      {attendees.length > few && (
        <Toolbar inside label={t('Attendance')}>
          <Search label={t('Search who attended')} placeholder={t('Name or e-mail')} {...field} />
        </Toolbar>
      )}
      {found.length === 0 ? (
        <Nothing icon="search" title={t('Nothing fits “{{q}}”', { q })} />
      ) : (
        <>
          <div className={classes['timeline']}>
            <Timeline attendees={shown} {...extentOf(attendance)} />
          </div>
          <AttendanceTable
            attendees={shown}
            zone={meeting.timezone}
            beside={(attendee) => <AssignPerson uuid={session.uuid} attendee={attendee} />}
          />
          <More answer={more} />
        </>
      )}
    </>
  )
}

const fits = ({ name, other_names, email }: Attendee, words: string): boolean =>
  [name, ...other_names, email].some((each) => each.toLocaleLowerCase().includes(words))

function Summary({ attendance: { session, attendees }, zone }: { attendance: Attendance; zone: string | null }) {
  const there = attendees.filter(({ left_at }) => left_at === null).length
  return (
    <div className={classes['summary']}>
      <Numbers
        numbers={[
          { label: t('People'), value: session.attendees },
          ...(session.state === 'started' ? [{ label: t('There now'), value: there }] : []),
          { label: t('Started'), value: <Instant at={session.started_at} zone={zone} /> },
          ...(session.duration !== null ? [{ label: t('Lasted'), value: span(session.duration) }] : []),
        ]}
      />
      <p className={classes['basis']}>{reportInWords(session)}</p>
    </div>
  )
}

/** From the first to the last moment that anything is known of. */
function extentOf({ session, attendees }: Attendance): { from: number; to: number } {
  const stays = attendees.flatMap(({ presences }) => presences)
  const known = [
    session.started_at,
    session.ended_at,
    ...stays.flatMap(({ join_time, leave_time }) => [join_time, leave_time]),
  ]
  const instants = known.filter((at) => at !== null).map((at) => Date.parse(at))
  if (session.state === 'started') instants.push(Date.now())
  const [from, to] = [Math.min(...instants), Math.max(...instants)]
  return { from, to: Math.max(to, from + 60_000) }
}

import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import type { Meeting, Session } from '../../api.d.ts'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { dayAndTime, span } from '../../times.ts'
import { people } from '../../words.ts'
import { SessionAttendance } from './SessionAttendance.tsx'
import classes from './Sessions.module.css'
import { t } from '../../language.ts'

/** The runs of a meeting: the one in the address, else the newest. */
export function Sessions({ meeting }: { meeting: Meeting }) {
  const sessions = useQuery(queries.sessionsOfMeeting(meeting.id))
  const [query] = useSearchParams()
  return (
    <Listing
      answer={sessions}
      isEmpty={({ items }) => items.length === 0}
      empty={
        <Panel>
          <Nothing icon="meetings" title={t('Not held yet')}>
            {t('Who attends is counted here from the moment the meeting starts.')}
          </Nothing>
        </Panel>
      }
    >
      {({ items }) => {
        const chosen = items.find(({ uuid }) => uuid === query.get('session')) ?? items[0]
        return (
          <>
            {items.length > 1 && <Choice meeting={meeting} sessions={items} chosen={chosen} />}
            {chosen && <SessionAttendance key={chosen.uuid} uuid={chosen.uuid} meeting={meeting} />}
          </>
        )
      }}
    </Listing>
  )
}

function Choice({ meeting, sessions, chosen }: { meeting: Meeting; sessions: Session[]; chosen: Session | undefined }) {
  const navigate = useNavigate()
  return (
    <Select
      className={classes['choice']}
      label={t('Session ({{count}} so far)', { count: sessions.length })}
      data={sessions.map((session) => ({ value: session.uuid, label: inOneLine(session) }))}
      value={chosen?.uuid ?? null}
      allowDeselect={false}
      onChange={(uuid) => uuid && void navigate(paths.session(meeting.id, uuid), { replace: true })}
    />
  )
}

const inOneLine = (session: Session): string =>
  [
    session.started_at ? dayAndTime(session.started_at) : t('Start unknown'),
    session.state === 'started' ? t('running') : session.duration !== null && span(session.duration),
    people(session.attendees),
  ]
    .filter(Boolean)
    .join(' · ')

import { Select } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Meeting, Session } from '../../api.d.ts'
import { Listing, More } from '../../components/Listing.tsx'
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
  const sessions = useInfiniteQuery(queries.sessionsOfMeeting(meeting.id))
  const [query] = useSearchParams()
  const wanted = query.get('session')
  const loaded = sessions.data?.pages.flatMap(({ items }) => items)
  // A room that is used every day has more sessions than one page.
  const isOlder = wanted !== null && loaded?.every(({ uuid }) => uuid !== wanted) === true
  const older = useQuery({ ...queries.oneSession(wanted ?? ''), enabled: isOlder })
  return (
    <Listing
      answer={sessions}
      isEmpty={({ pages }) => pages[0]?.items.length === 0}
      empty={
        <Panel>
          <Nothing icon="meetings" title={t('Not held yet')}>
            {t('Who attends is counted here from the moment the meeting starts.')}
          </Nothing>
        </Panel>
      }
    >
      {({ pages }) => {
        const newest = pages.flatMap(({ items }) => items)
        if (isOlder) {
          if (!older.data) return <Listing answer={older}>{() => null}</Listing>
          if (older.data.meeting_id !== meeting.id)
            return <Nothing icon="meetings" title={t('This session is of another meeting')} />
        }
        const items = isOlder && older.data ? [...newest, older.data] : newest
        const chosen = items.find(({ uuid }) => uuid === wanted) ?? items[0]
        return (
          <>
            {items.length > 1 && (
              <Choice
                meeting={meeting}
                sessions={items}
                count={sessions.hasNextPage ? `${newest.length}+` : String(newest.length)}
                chosen={chosen}
              >
                <More answer={sessions} />
              </Choice>
            )}
            {chosen && <SessionAttendance key={chosen.uuid} uuid={chosen.uuid} meeting={meeting} />}
          </>
        )
      }}
    </Listing>
  )
}

interface ChoiceProps {
  meeting: Meeting
  sessions: Session[]
  count: string
  chosen: Session | undefined
  /** The way to those before them. */
  children: ReactNode
}

function Choice({ meeting, sessions, count, chosen, children }: ChoiceProps) {
  const navigate = useNavigate()
  return (
    <div className={classes['choice']}>
      <Select
        label={t('Session ({{count}} so far)', { count })}
        data={sessions.map((session) => ({ value: session.uuid, label: inOneLine(session) }))}
        value={chosen?.uuid ?? null}
        allowDeselect={false}
        searchable
        onChange={(uuid) => uuid && void navigate(paths.session(meeting.id, uuid), { replace: true })}
      />
      {children}
    </div>
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

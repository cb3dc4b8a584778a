import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { EventQuery } from '../../client.ts'
import { DataTable, rowLink } from '../../components/DataTable.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing, More } from '../../components/Listing.tsx'
import { State } from '../../components/State.tsx'
import { queries } from '../../queries.ts'
import { eventWords, meetingNumber } from '../../words.ts'
import classes from './EventList.module.css'
import { hubWords, t } from '../../language.ts'

interface EventListProps {
  filter: EventQuery
  live: boolean
  empty: ReactNode
  onChosen: (id: string) => void
  /** Somebody reads on into the past: new ones would push it away under their eyes. */
  onOlder?: () => void
}

export function EventList({ filter, live, empty, onChosen, onOlder }: EventListProps) {
  const answer = useInfiniteQuery(queries.events(filter, live))
  return (
    <Listing answer={answer} lines={8} isEmpty={({ pages }) => pages[0]?.items.length === 0} empty={empty}>
      {({ pages }) => (
        <>
          <DataTable
            label={t('Events, newest first')}
            rows={pages.flatMap((page) => page.items)}
            keyOf={(event) => event.id}
            columns={[
              {
                header: t('Event'),
                cell: (event) => (
                  <button type="button" className={`${rowLink} ${classes['name']}`} onClick={() => onChosen(event.id)}>
                    {event.event}
                  </button>
                ),
              },
              { header: t('Happened'), cell: (event) => <Happened at={event.event_ts} /> },
              { header: t('About'), cell: (event) => meetingNumber(event.subject) },
              {
                header: t('State'),
                cell: (event) => <State word={eventWords[event.state].word} tone={eventWords[event.state].tone} />,
              },
              {
                header: t('Reason'),
                cell: (event) => event.reason && <span className={classes['reason']}>{hubWords(event.reason)}</span>,
              },
            ]}
          />
          <More
            answer={{
              ...answer,
              fetchNextPage: () => {
                onOlder?.()
                return answer.fetchNextPage()
              },
            }}
          />
        </>
      )}
    </Listing>
  )
}

function Happened({ at }: { at: string }) {
  const today = new Date(at).toDateString() === new Date().toDateString()
  return <Instant at={at} as={today ? 'clockWithSeconds' : 'dayAndTime'} />
}

import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { EventState } from '../../api.d.ts'
import { EventStrip } from '../../components/EventStrip.tsx'
import { Instant } from '../../components/Instant.tsx'
import { Listing } from '../../components/Listing.tsx'
import { Nothing } from '../../components/Notice.tsx'
import { Panel } from '../../components/Panel.tsx'
import { State } from '../../components/State.tsx'
import { paths } from '../../paths.ts'
import { queries } from '../../queries.ts'
import { eventWords } from '../../words.ts'
import classes from './LatestEvents.module.css'
import { Sentence } from '../../components/Sentence.tsx'
import { t } from '../../language.ts'

const states = ['handled', 'ignored', 'waiting', 'dead'] satisfies EventState[]

/** The last hundred events by state, and the dead ones however old. */
export function LatestEvents() {
  const latest = useQuery(queries.latestEvents())
  const dead = useQuery(queries.deadEvents()).data
  return (
    <Panel
      title={t('Events')}
      note={latest.data?.next_cursor && t('the latest 100')}
      actions={
        <Anchor component={Link} to={paths.events()} size="sm">
          {t('Live log')}
        </Anchor>
      }
    >
      <Listing
        answer={latest}
        lines={2}
        isEmpty={({ items }) => items.length === 0}
        empty={
          <Nothing icon="events" title={t('No event yet')}>
            {t('Zoom’s events stand here from the moment the first one arrives.')}
          </Nothing>
        }
      >
        {({ items }) => {
          const inState = (state: EventState) => items.filter((event) => event.state === state).length
          const count = Object.fromEntries(states.map((state) => [state, String(inState(state))]))
          if (dead) count['dead'] = `${dead.items.length}${dead.next_cursor ? '+' : ''}`
          return (
            <div className={classes['glance']}>
              <EventStrip events={items.slice(0, 60)} />
              <ul className={classes['counts']}>
                {states.map((state) => (
                  <li key={state}>
                    <Link className={classes['count']} to={paths.events({ state })}>
                      <span className={classes['number']}>{count[state]}</span>
                      <State
                        word={eventWords[state].word}
                        tone={count[state] === '0' ? 'quiet' : eventWords[state].tone}
                      />
                    </Link>
                  </li>
                ))}
              </ul>
              <p className={classes['last']}>
                <Sentence
                  text={t('Last received <time>then</time>')}
                  parts={{ time: () => <Instant at={items[0]?.received_at ?? null} as="ago" /> }}
                />
              </p>
            </div>
          )
        }}
      </Listing>
    </Panel>
  )
}

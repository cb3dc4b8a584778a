import type { Event } from '../api.d.ts'
import classes from './EventStrip.module.css'
import { t } from '../language.ts'

/** The latest events as a row of small bars, newest at the right: whether all is well, at one look. */
export function EventStrip({ events }: { events: Event[] }) {
  const troubled = events.filter((event) => event.state === 'dead').length
  return (
    <div
      className={classes['strip']}
      role="img"
      aria-label={
        troubled === 0
          ? t('The latest {{events}} events, none of them dead', { events: events.length })
          : t('The latest {{events}} events, {{troubled}} of them dead', { events: events.length, troubled })
      }
    >
      {events.toReversed().map((event) => (
        <span key={event.id} className={classes['event']} data-state={event.state} />
      ))}
    </div>
  )
}

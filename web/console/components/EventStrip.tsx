import type { Event } from '../api.d.ts'
import classes from './EventStrip.module.css'

/** The latest events as a row of small bars, newest at the right: whether all is well, at one look. */
export function EventStrip({ events }: { events: Event[] }) {
  const troubled = events.filter((event) => event.state === 'dead').length
  return (
    <div
      className={classes['strip']}
      role="img"
      aria-label={`The latest ${events.length} events, ${troubled === 0 ? 'none of them dead' : `${troubled} of them dead`}`}
    >
      {events.toReversed().map((event) => (
        <span key={event.id} className={classes['event']} data-state={event.state} />
      ))}
    </div>
  )
}

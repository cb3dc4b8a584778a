import { Tooltip } from '@mantine/core'
import type { Attendee } from '../api.d.ts'
import { clock, clockWithSeconds, span } from '../times.ts'
import classes from './Timeline.module.css'
import { t } from '../language.ts'

interface TimelineProps {
  attendees: Attendee[]
  /** Epoch milliseconds. */
  from: number
  to: number
}

/** Who was there when, one line for each person. A picture: the attendance table says the same in words. */
export function Timeline({ attendees, from, to }: TimelineProps) {
  const place = (at: number) => `${(100 * (Math.min(Math.max(at, from), to) - from)) / (to - from)}%`
  return (
    <div
      className={classes['timeline']}
      role="img"
      aria-label={t('Presence of {{count}} people over time; the table below has the same in words', {
        count: attendees.length,
      })}
    >
      <div className={classes['axis']} aria-hidden="true">
        {labelled(from, to).map((at) => (
          <span key={at} className={classes['tick']} style={{ insetInlineStart: place(at) }}>
            {clock(new Date(at).toISOString())}
          </span>
        ))}
      </div>
      {attendees.map((attendee) => (
        <div key={attendee.presences[0]?.id ?? attendee.name} className={classes['person']}>
          <span className={classes['name']}>{attendee.name}</span>
          <div className={classes['track']}>
            {ticks(from, to).map((at) => (
              <span key={at} className={classes['grid']} style={{ insetInlineStart: place(at) }} />
            ))}
            {attendee.presences.map((presence) => {
              if (!presence.join_time) return null
              const start = Date.parse(presence.join_time)
              const end = presence.leave_time ? Date.parse(presence.leave_time) : to
              const stay = `${clockWithSeconds(presence.join_time)} – ${presence.leave_time ? clockWithSeconds(presence.leave_time) : t('still there')}`
              return (
                <Tooltip
                  key={presence.id}
                  label={`${presence.name || attendee.name} · ${stay} · ${span((end - start) / 1000)}`}
                >
                  <span
                    className={classes['bar']}
                    data-there={presence.leave_time ? undefined : true}
                    style={{ insetInlineStart: place(start), width: `calc(${place(end)} - ${place(start)})` }}
                  />
                </Tooltip>
              )
            })}
          </div>
        </div>
      ))}
    </div>
  )
}

const minute = 60_000
const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * minute)

/** Round clock times, at most six of them. */
function ticks(from: number, to: number): number[] {
  const step = steps.find((size) => (to - from) / size <= 6) ?? 480 * minute
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step)
}

/** Those with room for their words on both sides. */
function labelled(from: number, to: number): number[] {
  const room = (to - from) * 0.03
  return ticks(from, to).filter((at) => at - from >= room && to - at >= room)
}

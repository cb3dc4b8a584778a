import { Tooltip } from '@mantine/core'
import { ago, clock, clockWithSeconds, dayAndTime, inFull, toTheSecond, viewerZone } from '../times.ts'

const styles = { dayAndTime, toTheSecond, clock, clockWithSeconds, ago }

interface InstantProps {
  at: string | null
  as?: keyof typeof styles
  /** The zone in which the meeting was planned: the tooltip shows it beside the viewer's own. */
  zone?: string | null
  /** What stands there when there is no time. */
  none?: string
}

/** A point in time in the viewer's zone; the full date and the meeting's own zone in the tooltip. */
export function Instant({ at, as = 'dayAndTime', zone, none = '–' }: InstantProps) {
  if (!at) return <span>{none}</span>
  return (
    <Tooltip
      label={
        <>
          <div>{inFull(at)}</div>
          {zone && zone !== viewerZone() && (
            <div>
              {inFull(at, zone)} · {zone}
            </div>
          )}
        </>
      }
    >
      <time dateTime={at}>{styles[as](at)}</time>
    </Tooltip>
  )
}

import { html } from 'ghtml'
import type { MeetingPhase } from '#hub/meeting-state.ts'
import type { Shown } from './shown.ts'
import { away } from '#hub/page/when.ts'

/** The state of a meeting, in the two words of a badge. */
export const badge = ({ phase }: MeetingPhase): string =>
  html`<span class="badge ${tones[phase]}">${names[phase]}</span>`

const names = {
  planned: 'Upcoming',
  open: 'Doors open',
  live: 'Live now',
  ended: 'Ended',
  cancelled: 'Cancelled',
} as const satisfies Record<MeetingPhase['phase'], string>

const tones = { planned: '', open: 'good', live: 'live', ended: '', cancelled: 'bad' } as const satisfies Record<
  MeetingPhase['phase'],
  string
>

/** One sentence about now, for those who do not see the clock run. */
export function saying({ phase: { phase, start, opens_at } }: Shown, now: number): string {
  switch (phase) {
    case 'cancelled':
      return 'This meeting was called off.'
    case 'ended':
      return 'This meeting is over.'
    case 'live':
      return 'The meeting is on. Come in.'
    case 'open':
      return start && Date.parse(start) > now
        ? `Starts in ${away(Date.parse(start) - now)}. You can come in now.`
        : 'You can come in now.'
    case 'planned':
      return start ? `Starts in ${away(Date.parse(start) - now)}. ${doors(start, opens_at ?? start)}` : ''
  }
}

const doors = (start: string, opens_at: string): string =>
  `The doors open ${away(Date.parse(start) - Date.parse(opens_at))} before.`

export const mayJoin = ({ phase }: MeetingPhase): boolean => phase === 'open' || phase === 'live'

import type { Admitted } from '#simulator/sdk/admission.ts'
import type { Presence, Session, Waiting } from '#simulator/state.ts'

/** A program that takes part in a meeting, and where it stands. */
export interface Bot {
  id: string
  name: string
  customer_key: string
  /** Where the runner tells how it goes, and the bearer token to do so with. */
  report_url: string
  report_token: string
  at: Whereabouts
  /** Ends when what was reported so far has been taken. */
  tail: Promise<void>
}

export type Whereabouts =
  | { state: 'joining' }
  /** Before the door: the meeting has not started, or the user on whose behalf it comes is not in. */
  | { state: 'waiting'; admitted: Admitted; stop: () => void }
  | { state: 'waiting_room'; session: Session; admitted: Admitted; waiting: Waiting; stop: () => void }
  | { state: 'in_meeting'; session: Session; presence: Presence; recording: Recording; stop: () => void }
  /** With the stay that it had, if it came in. */
  | { state: 'over'; session?: Session; presence?: Presence }

/** Whether it may record: the host is asked unless its token says so. */
export type Recording = 'asked' | 'granted' | 'denied'

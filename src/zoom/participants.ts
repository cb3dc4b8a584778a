import { z } from 'zod'
import { count, digits, flag, text } from './wire.ts'

/** One stay of one participant: who comes twice stands there twice. Times are UTC, `duration` is seconds. */
export const participant = z.looseObject({
  /** The Zoom user's, '' for guests. */
  id: text,
  /** A number for this stay in this session alone. */
  user_id: digits.nullish(),
  name: text,
  /** '' unless the person is of the account, registered or signed in. */
  user_email: text,
  join_time: text,
  leave_time: text,
  duration: count,
  registrant_id: text,
  /** What a browser join through the Meeting SDK carried. */
  customer_key: text,
  participant_user_id: text,
  /** `in_meeting` or `in_waiting_room`. */
  status: text,
  failover: flag,
  /** The breakout room's meeting. */
  bo_mtg_id: text,
  internal_user: flag,
})
export type Participant = z.output<typeof participant>

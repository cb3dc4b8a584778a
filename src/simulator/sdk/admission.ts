import { findMeeting, isExpired, runningSession } from '#simulator/meetings.ts'
import { present } from '#simulator/sessions.ts'
import { findStartToken } from '#simulator/start-tokens.ts'
import type { App, Meeting, Person, Session, StartToken, World } from '#simulator/state.ts'
import { JoinRefused } from './refusal.ts'
import type { Signed } from './signature.ts'

/** What a Meeting SDK brings to join with, beside its signature. */
export interface Knock {
  meeting_number: string
  passcode?: string | undefined
  /** A registrant's. */
  tk?: string | undefined
  zak?: string | undefined
  obf_token?: string | undefined
  recording_token?: string | undefined
}

/** Somebody whose papers are good; whether the meeting can be entered just now is another question. */
export interface Admitted {
  app: App
  meeting: Meeting
  role: 0 | 1
  /** The user who is signed in by a zak. */
  person: Person | undefined
  /** Joins on behalf of a user, who must be in. */
  onbehalf: StartToken | undefined
  /** May record without asking the host. */
  recording: StartToken | undefined
}

/**
 * Looks at the papers in Zoom's order: meeting, tokens, whose account, sign-in, registration, passcode. A recording
 * token has now been used; the others are used by coming in.
 * @throws JoinRefused
 */
export function admit(world: World, { app, mn, role }: Signed, knock: Knock): Admitted {
  if (mn !== undefined && mn !== knock.meeting_number) throw new JoinRefused('invalid_signature')
  const meeting = findMeeting(world, knock.meeting_number)
  if (!meeting || isExpired(world, meeting)) throw new JoinRefused('meeting_not_found')
  const { person, onbehalf, recording } = tokensOf(world, knock, app, meeting)
  if (app.account_id !== world.account.id) {
    if (!app.published) throw new JoinRefused('external_meeting')
    if (!person && !onbehalf) throw new JoinRefused('anonymous')
  }
  const hosts = person !== undefined && person.id === meeting.host_id
  if (role === 1 && !hosts) throw new JoinRefused('not_host')
  if (!hosts) checkGuest(meeting, knock, person)
  if (recording) recording.used = true
  return { app, meeting, role, person, onbehalf, recording }
}

function tokensOf(
  world: World,
  { zak, obf_token, recording_token }: Knock,
  app: App,
  meeting: Meeting,
): Pick<Admitted, 'person' | 'onbehalf' | 'recording'> {
  if (zak && obf_token) throw new JoinRefused('token_error')
  const forThis = (text: string | undefined, kind: 'onbehalf' | 'local_recording'): StartToken | undefined => {
    if (!text) return
    const held = findStartToken(world, text, kind)
    if (held?.client_id !== app.client_id || held.meeting_id !== meeting.id) throw new JoinRefused('token_error')
    return held
  }
  const person = zak ? world.people.get(findStartToken(world, zak, 'zak')?.user_id ?? '') : undefined
  if (zak && person?.status !== 'active') throw new JoinRefused('token_error')
  return { person, onbehalf: forThis(obf_token, 'onbehalf'), recording: forThis(recording_token, 'local_recording') }
}

/** The passcode may be the one of the join link. Nobody is registered here, so no registrant's token is right. */
function checkGuest({ settings, password, encrypted_password }: Meeting, knock: Knock, person: Person | undefined) {
  if (settings['meeting_authentication'] === true && !person) throw new JoinRefused('login_required')
  if (settings['approval_type'] !== 2) throw new JoinRefused(knock.tk ? 'token_error' : 'registration_required')
  const passcodes = [password, encrypted_password]
  if (password && !passcodes.includes(knock.passcode ?? '')) throw new JoinRefused('wrong_passcode')
}

/** What lies behind the door just now. */
export type Door =
  | { door: 'open' | 'waiting_room'; session: Session }
  /** Coming in starts the meeting. */
  | { door: 'starts' }
  | { door: 'not_started' | 'authorized_user_absent' }

/** Whether somebody with good papers can come in at this moment. */
export function doorOf(world: World, { meeting, role, person, onbehalf, recording }: Admitted): Door {
  const session = runningSession(world, meeting)
  const authorized = onbehalf && session && isIn(session, onbehalf.user_id)
  if (onbehalf && session && !authorized) return { door: 'authorized_user_absent' }
  const isHost = person?.id === meeting.host_id
  const hasWaitingRoom = meeting.settings['waiting_room'] === true
  if (!session) {
    const early = !onbehalf && !hasWaitingRoom && meeting.settings['join_before_host'] === true
    return { door: early || (isHost && role === 1) ? 'starts' : 'not_started' }
  }
  const waits = hasWaitingRoom && !isHost && !recording?.bypass_waiting_room
  return { door: waits ? 'waiting_room' : 'open', session }
}

/**
 * An onbehalf token is good for coming in once.
 * @throws JoinRefused when another has used it meanwhile, or its user has removed the app.
 */
export function spend(world: World, { onbehalf }: Admitted): void {
  if (!onbehalf) return
  if (!findStartToken(world, onbehalf.token, 'onbehalf')) throw new JoinRefused('token_error')
  onbehalf.used = true
}

/** Whether this user of the account is in, signed in. */
export const isIn = (session: Session, user_id: string): boolean =>
  present(session).some(({ person_id }) => person_id === user_id)

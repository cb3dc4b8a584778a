import { admit, doorOf, spend, type Admitted, type Knock } from '#simulator/sdk/admission.ts'
import { JoinRefused, type JoinRefusal } from '#simulator/sdk/refusal.ts'
import { readSignature } from '#simulator/sdk/signature.ts'
import type { SessionChange } from '#simulator/session-changes.ts'
import { joinSession, startSession, type Joining } from '#simulator/sessions.ts'
import type { Session, World } from '#simulator/state.ts'
import { enterWaitingRoom, leaveWaitingRoom } from '#simulator/waiting-room.ts'
import type { Bot } from './bot.ts'
import { finish, giveUp } from './leave.ts'
import { report } from './reports.ts'
import { takePart } from './take-part.ts'
import { settle, watch } from './whereabouts.ts'

/** Seconds that a bot waits, in the simulator's time. */
const patience = { door: 600, waiting_room: 900 }

/** The bot goes to the meeting; how it fares comes by reports. */
export function sendBot(world: World, bot: Bot, signature: string, knock: Knock): void {
  world.bots.set(bot.id, bot)
  orGiveUp(world, bot, () => knockAt(world, bot, admit(world, readSignature(world, signature), knock)))
}

function orGiveUp(world: World, bot: Bot, attempt: () => void): void {
  try {
    attempt()
  } catch (error) {
    if (!(error instanceof JoinRefused)) throw error
    giveUp(world, bot, couldNotJoin[error.refusal])
  }
}

/** What the runner calls Zoom's refusals. */
const couldNotJoin = {
  invalid_parameter: 'zoom_sdk_internal_error',
  invalid_signature: 'zoom_authorization_failed',
  invalid_app_keys: 'zoom_authorization_failed',
  meeting_not_found: 'meeting_not_found',
  not_host: 'zoom_meeting_status_failed',
  wrong_passcode: 'unable_to_connect_to_meeting',
  not_started: 'meeting_not_started_waiting_for_host',
  registration_required: 'zoom_meeting_status_failed',
  login_required: 'login_required',
  token_error: 'zoom_authorization_failed',
  external_meeting: 'unpublished_zoom_app',
  anonymous: 'zoom_app_cannot_join_anonymously',
  authorized_user_absent: 'authorized_user_not_in_meeting_timeout_exceeded',
} satisfies Record<JoinRefusal, string>

function knockAt(world: World, bot: Bot, admitted: Admitted): void {
  const behind = doorOf(world, admitted)
  if ('session' in behind || behind.door === 'starts') spend(world, admitted)
  switch (behind.door) {
    case 'open':
      return comeIn(world, bot, admitted, behind.session)
    case 'starts':
      return comeIn(world, bot, admitted, startSession(world, admitted.meeting))
    case 'waiting_room':
      return waitInside(world, bot, admitted, behind.session)
    case 'not_started':
    case 'authorized_user_absent':
      return waitOutside(world, bot, admitted)
  }
}

/** Before the door the bot knocks again whenever the meeting starts or somebody comes in. */
function waitOutside(world: World, bot: Bot, admitted: Admitted): void {
  const watcher = ({ change, session }: SessionChange): void => {
    if (session.meeting !== admitted.meeting || change === 'left') return
    if (change === 'ending') return finish(world, bot)
    const { door } = doorOf(world, admitted)
    if (door === 'open' || door === 'waiting_room') orGiveUp(world, bot, () => knockAt(world, bot, admitted))
  }
  const tired = (): void => {
    const { door } = doorOf(world, admitted)
    giveUp(world, bot, couldNotJoin[door === 'authorized_user_absent' ? door : 'not_started'])
  }
  const stop = watch(world, watcher, patience.door, tired)
  settle(bot, { state: 'waiting', admitted, stop })
}

function waitInside(world: World, bot: Bot, admitted: Admitted, session: Session): void {
  const waiting = enterWaitingRoom(world, session, whoIs(bot, admitted), (end) => {
    if ('presence' in end) return takePart(world, bot, admitted, session, end.presence)
    if (end.reason === 'ended') return finish(world, bot)
    if (end.reason === 'denied') giveUp(world, bot, 'request_to_join_denied')
  })
  const tired = (): void => {
    giveUp(world, bot, 'waiting_room_timeout_exceeded')
    leaveWaitingRoom(world, session, waiting, 'left')
  }
  const stop = watch(world, () => {}, patience.waiting_room, tired)
  settle(bot, { state: 'waiting_room', session, admitted, waiting, stop })
  report(world, bot, 'waiting_room')
}

function comeIn(world: World, bot: Bot, admitted: Admitted, session: Session): void {
  settle(bot, { state: 'joining' })
  const presence = joinSession(world, session, whoIs(bot, admitted))
  takePart(world, bot, admitted, session, presence)
}

const whoIs = ({ name, customer_key }: Bot, { person }: Admitted): Joining => ({
  name,
  email: person?.email,
  customer_key,
})

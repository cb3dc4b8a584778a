import { now, setAlarm } from '#simulator/clock.ts'
import { admit, doorOf, isIn, type Admitted, type Knock } from '#simulator/sdk/admission.ts'
import { JoinRefused, type JoinRefusal } from '#simulator/sdk/refusal.ts'
import { readSignature } from '#simulator/sdk/signature.ts'
import type { SessionChange } from '#simulator/session-changes.ts'
import { joinSession, leaveSession, startSession } from '#simulator/sessions.ts'
import type { Presence, Session, World } from '#simulator/state.ts'
import { enterWaitingRoom, leaveWaitingRoom } from '#simulator/waiting-room.ts'
import type { Bot, Whereabouts } from './bot.ts'
import { report } from './reports.ts'

/** Seconds that a bot waits, in the simulator's time. */
const patience = { door: 600, waiting_room: 900, recording_permission: 60 }

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

/** The bot goes to the meeting; how it fares comes by reports. */
export function sendBot(world: World, bot: Bot, signature: string, knock: Knock): void {
  world.bots.set(bot.id, bot)
  try {
    knockAt(world, bot, admit(world, readSignature(world, signature), knock))
  } catch (error) {
    if (!(error instanceof JoinRefused)) throw error
    giveUp(world, bot, couldNotJoin[error.refusal])
  }
}

/** The bot goes, wherever it stands. */
export function callBack(world: World, bot: Bot): void {
  const { at } = bot
  if (at.state === 'over') return
  settle(bot, { state: 'over' })
  if (at.state === 'in_meeting') leaveSession(world, at.session, at.presence)
  if (at.state === 'waiting_room') leaveWaitingRoom(world, at.session, at.waiting, 'left')
  report(world, bot, 'left')
}

/** The host answers the bot's wish to record, or thinks better of it. */
export function answerRecording(world: World, bot: Bot, granted: boolean, reason = 'host_denied_permission'): void {
  if (bot.at.state !== 'in_meeting') return
  bot.at.recording = granted ? 'granted' : 'denied'
  if (granted) report(world, bot, 'recording_permission_granted')
  else report(world, bot, 'recording_permission_denied', reason)
}

function knockAt(world: World, bot: Bot, admitted: Admitted): void {
  const behind = doorOf(world, admitted)
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
    if (door === 'open' || door === 'waiting_room') knockAt(world, bot, admitted)
  }
  const tired = (): void => {
    const { door } = doorOf(world, admitted)
    giveUp(world, bot, couldNotJoin[door === 'authorized_user_absent' ? door : 'not_started'])
  }
  const stop = watch(world, watcher, patience.door, tired)
  settle(bot, { state: 'waiting', admitted, stop })
}

function waitInside(world: World, bot: Bot, admitted: Admitted, session: Session): void {
  const waiting = enterWaitingRoom(world, session, { name: bot.name, email: admitted.person?.email }, (end) => {
    if ('presence' in end) return beIn(world, bot, admitted, session, end.presence)
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
  const presence = joinSession(world, session, { name: bot.name, email: admitted.person?.email })
  beIn(world, bot, admitted, session, presence)
}

function beIn(world: World, bot: Bot, admitted: Admitted, session: Session, presence: Presence): void {
  const { onbehalf, recording } = admitted
  if (onbehalf) onbehalf.used = true
  const watcher = (change: SessionChange): void => {
    if (change.session !== session) return
    if (change.change === 'ending') return finish(world, bot)
    if (change.change !== 'left') return
    if (change.presence === presence) return dismiss(world, bot, 'removed_from_meeting')
    if (onbehalf && !isIn(session, onbehalf.user_id)) {
      dismiss(world, bot, 'authorized_user_left')
      leaveSession(world, session, presence)
    }
  }
  const unanswered = (): void => {
    if (bot.at.state === 'in_meeting' && bot.at.recording === 'asked')
      answerRecording(world, bot, false, 'request_timed_out')
  }
  const stop = watch(world, watcher, patience.recording_permission, unanswered)
  settle(bot, { state: 'in_meeting', session, presence, recording: 'asked', stop })
  report(world, bot, 'joined')
  if (recording) answerRecording(world, bot, true)
}

/** Watches the sessions, and rings after so many seconds. The answer ends both. */
function watch(world: World, watcher: (change: SessionChange) => void, seconds: number, ring: () => void): () => void {
  const takeBack = setAlarm(world.clock, now(world.clock) + seconds * 1000, ring)
  world.watchers.add(watcher)
  return () => {
    takeBack()
    world.watchers.delete(watcher)
  }
}

function settle(bot: Bot, at: Whereabouts): void {
  if ('stop' in bot.at) bot.at.stop()
  bot.at = at
}

function finish(world: World, bot: Bot): void {
  settle(bot, { state: 'over' })
  report(world, bot, 'meeting_ended')
}

function dismiss(world: World, bot: Bot, sub_type: string): void {
  settle(bot, { state: 'over' })
  report(world, bot, 'left', sub_type)
}

function giveUp(world: World, bot: Bot, sub_type: string): void {
  settle(bot, { state: 'over' })
  report(world, bot, 'could_not_join', sub_type)
}

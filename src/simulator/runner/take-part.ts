import { isIn, type Admitted } from '#simulator/sdk/admission.ts'
import type { SessionChange } from '#simulator/session-changes.ts'
import { leaveSession } from '#simulator/sessions.ts'
import type { Presence, Session, World } from '#simulator/state.ts'
import type { Bot } from './bot.ts'
import { dismiss, finish } from './leave.ts'
import { report } from './reports.ts'
import { settle, watch } from './whereabouts.ts'

/** Seconds in which a host answers whether the bot may record. */
const patience = 60

/** The bot is in: it asks to record, and stays until it is put out, its user goes, or all is over. */
export function takePart(world: World, bot: Bot, admitted: Admitted, session: Session, presence: Presence): void {
  const { onbehalf, recording } = admitted
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
  const stop = watch(world, watcher, patience, unanswered)
  settle(bot, { state: 'in_meeting', session, presence, recording: 'asked', stop })
  report(world, bot, 'joined')
  if (recording) answerRecording(world, bot, true)
}

/** The host answers the bot's wish to record, or thinks better of it. */
export function answerRecording(world: World, bot: Bot, granted: boolean, reason = 'host_denied_permission'): void {
  if (bot.at.state !== 'in_meeting') return
  bot.at.recording = granted ? 'granted' : 'denied'
  if (granted) report(world, bot, 'recording_permission_granted')
  else report(world, bot, 'recording_permission_denied', reason)
}

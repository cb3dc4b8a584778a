/** Where a bot is. */
export const botStates = [
  'ready',
  'scheduled',
  'staged',
  'joining',
  'waiting_room',
  'joined_not_recording',
  'joined_recording',
  'joined_recording_paused',
  'joined_recording_permission_denied',
  'leaving',
  'post_processing',
  'ended',
  'fatal_error',
] as const
export type BotState = (typeof botStates)[number]

/** Nothing comes after these. */
export const finalStates = ['ended', 'fatal_error'] as const satisfies readonly BotState[]

const inMeeting = [
  'joined_not_recording',
  'joined_recording',
  'joined_recording_paused',
  'joined_recording_permission_denied',
] as const satisfies readonly BotState[]

const arriving = ['joining', 'waiting_room'] as const satisfies readonly BotState[]

interface Transition {
  from: readonly BotState[]
  to: BotState
}

/** What can happen to a bot, when, and where it is then. A new event is a new row. */
export const transitions = {
  staged: { from: ['scheduled'], to: 'staged' },
  join_requested: { from: ['ready', 'staged'], to: 'joining' },
  put_in_waiting_room: { from: ['joining'], to: 'waiting_room' },
  joined_meeting: { from: arriving, to: 'joined_not_recording' },
  recording_permission_granted: {
    from: ['joined_not_recording', 'joined_recording_permission_denied'],
    to: 'joined_recording',
  },
  recording_permission_denied: { from: inMeeting, to: 'joined_recording_permission_denied' },
  could_not_join_meeting: { from: arriving, to: 'fatal_error' },
  leave_requested: { from: [...arriving, ...inMeeting], to: 'leaving' },
  left_meeting: { from: ['leaving'], to: 'post_processing' },
  meeting_ended: { from: [...arriving, ...inMeeting, 'leaving'], to: 'post_processing' },
  post_processing_completed: { from: ['post_processing'], to: 'ended' },
  fatal_error: {
    from: ['ready', 'scheduled', 'staged', ...arriving, ...inMeeting, 'leaving', 'post_processing'],
    to: 'fatal_error',
  },
} as const satisfies Record<string, Transition>

export type BotEventType = keyof typeof transitions

/** The state after an event; undefined when it cannot happen now. */
export function stateAfter(state: BotState, event: BotEventType): BotState | undefined {
  const { from, to }: Transition = transitions[event]
  // Said twice, a thing has happened once.
  return from.includes(state) && state !== to ? to : undefined
}

export type RecordingState = 'not_started' | 'in_progress' | 'complete' | 'failed' | 'paused'

/** What became of the recording when the bot came into a state. */
export function recordingAfter(recording: RecordingState, state: BotState): RecordingState {
  if (state === 'joined_recording') return 'in_progress'
  if (state === 'joined_recording_paused') return 'paused'
  const running = recording === 'in_progress' || recording === 'paused'
  if (state === 'post_processing' && running) return 'complete'
  return state === 'fatal_error' && running ? 'failed' : recording
}

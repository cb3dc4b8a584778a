import { z } from 'zod'
import type { Bot } from '#simulator/runner/bot.ts'
import { answerRecording } from '#simulator/runner/take-part.ts'
import type { World } from '#simulator/state.ts'
import { leaveWaitingRoom, letIn } from '#simulator/waiting-room.ts'
import { mustFindMeeting, mustRun, presenceState } from './meetings.ts'
import { ControlError, ok, route } from './route.ts'

const answer = z.strictObject({ bot: z.string().describe('Its name'), grant: z.boolean().default(true) })

const admission = z.strictObject({
  name: z.string(),
  admit: z.boolean().default(true).describe('false: turned away'),
})

/** What a host does with those who knock, and with bots that want to record. */
export const botControls = [
  route({
    method: 'GET',
    path: '/bots',
    summary: "The runner's bots and where they stand",
    handle: ({ world }) => ok({ bots: [...world.bots.values()].map(botJson) }),
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/admit',
    summary: 'The host lets somebody in from the waiting room, or turns them away',
    body: admission,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      const waiting = session.waiting.find(({ name }) => name === body.name)
      if (!waiting) throw new ControlError(404, `${body.name} is not in the waiting room`)
      if (body.admit) return ok(presenceState(letIn(world, session, waiting)))
      leaveWaitingRoom(world, session, waiting, 'denied')
      return ok({ name: waiting.name, admitted: false })
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/recording_permission',
    summary: 'The host answers a bot that wants to record, or changes the answer later',
    body: answer,
    handle: ({ world, params, body }) => {
      const bot = mustFindBot(world, params['id'], body.bot)
      answerRecording(world, bot, body.grant)
      return ok(botJson(bot))
    },
  }),
]

function mustFindBot(world: World, id: string | undefined, name: string): Bot {
  const meeting = mustFindMeeting(world, id)
  const bot = [...world.bots.values()].findLast(
    ({ at, ...one }) => one.name === name && at.state === 'in_meeting' && at.session.meeting === meeting,
  )
  if (!bot) throw new ControlError(404, `there is no bot ${name} in meeting ${id}`)
  return bot
}

const botJson = ({ id, name, at }: Bot) => ({
  id,
  name,
  state: at.state,
  meeting: 'session' in at ? String(at.session.meeting.id) : null,
  recording: at.state === 'in_meeting' ? at.recording : null,
})

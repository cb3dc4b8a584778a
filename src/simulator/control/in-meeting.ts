import { z } from 'zod'
import { nowInSeconds } from '#simulator/clock.ts'
import { giveRole, sendChat, startSharing, stopSharing } from '#simulator/in-meeting.ts'
import type { ChatMessage } from '#simulator/in-meeting.ts'
import { sessionsOf } from '#simulator/meetings.ts'
import { present } from '#simulator/sessions.ts'
import type { Presence, Session } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { mustFindMeeting, mustRun } from './meetings.ts'
import { ControlError, created, ok, route } from './route.ts'

const who = { name: z.string().min(1).describe('Of somebody who is in; the one of that name who came last') }

const saying = z.strictObject({
  ...who,
  message: z.string().min(1),
  to: z.string().optional().describe('Name of somebody who is in; everyone, when absent'),
})

const sharing = z.strictObject({
  ...who,
  action: z.enum(['start', 'stop']).default('start'),
  content: z.enum(['desktop', 'application', 'whiteboard']).default('desktop'),
})

const role = z.strictObject({ ...who, role: z.enum(['host', 'co-host', 'attendee']) })

const rating = z.strictObject({
  ...who,
  quality: z.enum(['GOOD', 'NOT_GOOD']).default('GOOD'),
  comment: z.string().default(''),
})

/** What people do in a meeting beyond being there: they chat, share and say what they thought of it. */
export const inMeetingControls = [
  route({
    method: 'GET',
    path: '/meetings/{id}/chat',
    summary: 'What was said in the latest run, as it stands now',
    handle: ({ world, params }) => {
      const session = sessionsOf(world, mustFindMeeting(world, params['id'])).at(-1)
      return ok({ messages: session?.in_meeting.chat.map(messageState) ?? [] })
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/chat',
    summary: 'Somebody who is in says something',
    body: saying,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      const recipient_id = body.to === undefined ? '' : mustBeIn(session, body.to).user_id
      const sender = mustBeIn(session, body.name)
      return created(messageState(sendChat(world, session, { sender, recipient_id, content: body.message })))
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/sharing',
    summary: 'Somebody who is in begins or stops to share',
    body: sharing,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      const presence = mustBeIn(session, body.name)
      if (body.action === 'stop') stopSharing(world, session, presence)
      else startSharing(world, session, { presence, content: body.content })
      return ok({ user_id: presence.user_id, ...body })
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/role',
    summary: 'Somebody who is in becomes the host, a co-host or an attendee; ….participant_role_changed follows',
    body: role,
    handle: ({ world, params, body }) => {
      const session = mustRun(world, params['id'])
      const presence = mustBeIn(session, body.name)
      giveRole(world, session, presence, body.role)
      return ok({ user_id: presence.user_id, ...body })
    },
  }),
  route({
    method: 'POST',
    path: '/meetings/{id}/feedback',
    summary: 'Somebody who was in the latest run says what it was like',
    body: rating,
    handle: ({ world, params, body: { name, ...said } }) => {
      const session = sessionsOf(world, mustFindMeeting(world, params['id'])).at(-1)
      const presence = session?.presences.findLast((one) => one.name === name)
      if (!session || !presence) throw new ControlError(404, `${name} was not in the meeting`)
      session.in_meeting.feedback.push({ presence, at: nowInSeconds(world.clock), ...said })
      return created({ user_id: presence.user_id, ...said })
    },
  }),
]

function mustBeIn(session: Session, name: string): Presence {
  const found = present(session).findLast((presence) => presence.name === name)
  if (!found) throw new ControlError(404, `${name} is not in the meeting`)
  return found
}

const messageState = ({ id, sender, recipient_id, content, at }: ChatMessage) => ({
  message_id: id,
  name: sender.name,
  user_id: sender.user_id,
  recipient_id,
  message: content,
  at: utc(at),
})

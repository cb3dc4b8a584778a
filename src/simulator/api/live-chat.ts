import { z } from 'zod'
import type { ChatMessage } from '#simulator/in-meeting.ts'
import { runningSession } from '#simulator/meetings.ts'
import { documents, invalidFields, refusal } from '#simulator/refusal.ts'
import type { Meeting, Session } from '#simulator/state.ts'
import { noContent, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { meetingOf } from './named-meeting.ts'

const rewriting = z.object({ message_content: z.string().min(1).max(4096) })

/** What is said while it runs: https://developers.zoom.us/docs/api/meetings/#tag/in-meeting-features */
export const liveChatRoutes: ApiRoutes = {
  'DELETE /live_meetings/{meetingId}/chat/messages/{messageId}': (call) => erase(call, 'meeting'),
  'PATCH /live_meetings/{meetingId}/chat/messages/{messageId}': (call) => {
    const message = messageOf(call, liveSession(call, 'meeting'))
    message.content = parseBody(call, rewriting).message_content
    return noContent
  },
  'DELETE /live_webinars/{webinarId}/chat/messages/{messageId}': (call) => erase(call, 'webinar'),
}

function erase(call: ApiCall, kind: Meeting['kind']) {
  const session = liveSession(call, kind)
  const gone = messageOf(call, session)
  session.in_meeting.chat = session.in_meeting.chat.filter((message) => message !== gone)
  return noContent
}

/** What is said after the end is no live message any more. Zoom lets only paid accounts moderate, and rewrite only with DLP. */
function liveSession(call: ApiCall, kind: Meeting['kind']): Session {
  const { world, endpoint } = call
  const session = runningSession(world, meetingOf(call, kind))
  if (!session) throw refusal(endpoint, 3001, param(call, `${kind}Id`))
  if (world.settings.plan === 'free' && documents(endpoint, 200)) throw refusal(endpoint, 200)
  if (!world.settings.dlp && documents(endpoint, 300, 'DLP')) throw refusal(endpoint, 300)
  return session
}

/** Zoom documents no refusal of an unknown message: it is a wrong parameter. */
function messageOf(call: ApiCall, { in_meeting }: Session): ChatMessage {
  const id = param(call, 'messageId')
  const message = in_meeting.chat.find((one) => one.id === id)
  if (!message) throw invalidFields(['messageId'])
  return message
}

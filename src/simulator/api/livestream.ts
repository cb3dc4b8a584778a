import { z } from 'zod'
import { startStreaming, stopStreaming } from '#simulator/livestream.ts'
import { runningSession } from '#simulator/meetings.ts'
import { documents, invalidFields, Refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting } from '#simulator/state.ts'
import { actor, noContent, ok, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { holderOf, kinds } from './parts.ts'

const configuring = z.object({
  stream_url: z.string().min(1).max(1024),
  stream_key: z.string().min(1).max(512),
  page_url: z.string().min(1).max(1024),
  resolution: z.string().default('720p'),
})

const switching = z.object({ action: z.enum(['start', 'stop', 'mode']) })

const nothing = { stream_url: '', stream_key: '', page_url: '', resolution: '' }

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/livestream */
export const livestreamRoutes: ApiRoutes = Object.assign({}, ...kinds.map(routesOf))

function routesOf(kind: Meeting['kind']): ApiRoutes {
  const path = `/${kind}s/{${kind}Id}/livestream`
  return {
    [`GET ${path}`]: (call) => ok(holderOf(call, kind).parts.livestream ?? nothing),
    [`PATCH ${path}`]: (call) => {
      const { parts } = holderOf(call, kind)
      parts.livestream = parseBody(call, configuring)
      return noContent
    },
    [`PATCH ${path}/status`]: (call) => {
      const meeting = holderOf(call, kind)
      change(call, meeting, parseBody(call, switching).action)
      return noContent
    },
  }
}

function change(call: ApiCall, meeting: Meeting, action: 'start' | 'stop' | 'mode'): void {
  if (!meeting.parts.livestream) throw notConfigured(call)
  const session = runningSession(call.world, meeting)
  if (!session) {
    const name = meeting.kind === 'meeting' ? 'Meeting' : 'Webinar'
    throw new Refusal({ http: 400, code: 3000, message: `${name} ${meeting.id} has not started.` })
  }
  if (action === 'start') startStreaming(call.world, session, actor(call))
  if (action === 'stop') stopStreaming(call.world, session, actor(call))
}

function notConfigured({ endpoint }: ApiCall): Refusal {
  const words = 'The current webinar is not configured'
  return documents(endpoint, 3000, words) ? refusalSaying(endpoint, 3000, words) : invalidFields(['action'])
}

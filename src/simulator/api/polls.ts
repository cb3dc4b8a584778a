import { z } from 'zod'
import { newUserId } from '#simulator/ids.ts'
import { findMeeting } from '#simulator/meetings.ts'
import type { Poll } from '#simulator/meeting-parts.ts'
import { documents, Refusal, refusal } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { created, noContent, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { holderOf, kinds } from './parts.ts'
import { hostOf } from './named-meeting.ts'

const question = z.object({
  name: z.string().min(1).max(1024),
  type: z.enum([
    'single',
    'multiple',
    'matching',
    'rank_order',
    'short_answer',
    'long_answer',
    'fill_in_the_blank',
    'rating_scale',
  ]),
  answers: z.array(z.string()).default([]),
  right_answers: z.array(z.string()).default([]),
  prompts: z.array(z.record(z.string(), z.unknown())).default([]),
  answer_required: z.boolean().default(false),
  answer_min_character: z.int().min(1).default(1),
  answer_max_character: z.int().max(2000).default(200),
  case_sensitive: z.boolean().default(false),
  rating_min_label: z.string().default(''),
  rating_max_label: z.string().default(''),
  rating_min_value: z.int().min(0).default(0),
  rating_max_value: z.int().max(10).default(10),
  show_as_dropdown: z.boolean().default(false),
})

const asked = z.object({
  title: z.string().min(1).max(64),
  poll_type: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  anonymous: z.boolean().default(false),
  questions: z.array(question).min(1),
})

/** https://developers.zoom.us/docs/api/meetings/#tag/polls */
export const pollRoutes: ApiRoutes = {
  ...Object.assign({}, ...kinds.map(routesOf)),
  'POST /meetings/{meetingId}/batch_polls': (call) => {
    const meeting = holderOf(call, 'meeting')
    const { polls } = parseBody(call, z.object({ polls: z.array(asked).min(1) }))
    const made = add(meeting, polls)
    return created({ polls: made }, `${call.base}/v2/meetings/${meeting.id}/polls`)
  },
}

function routesOf(kind: Meeting['kind']): ApiRoutes {
  const path = `/${kind}s/{${kind}Id}/polls`
  return {
    [`GET ${path}`]: (call) => {
      const { polls } = pollHolder(call, kind).parts
      return ok({ total_records: polls.length, polls })
    },
    [`POST ${path}`]: (call) => {
      const meeting = pollHolder(call, kind)
      const [poll] = add(meeting, [parseBody(call, asked)])
      return created(poll, `${call.base}/v2/${kind}s/${meeting.id}/polls`)
    },
    [`GET ${path}/{pollId}`]: (call) => ok(pollOf(call, pollHolder(call, kind))),
    [`PUT ${path}/{pollId}`]: (call) => {
      Object.assign(pollOf(call, pollHolder(call, kind)), parseBody(call, asked))
      return noContent
    },
    [`DELETE ${path}/{pollId}`]: (call) => {
      const meeting = pollHolder(call, kind)
      const gone = pollOf(call, meeting)
      meeting.parts.polls = meeting.parts.polls.filter((poll) => poll !== gone)
      return noContent
    },
  }
}

/** Whether "Polls/Quizzes" is on for the host: for meetings as Zoom has it at first, for webinars only when it was turned on. */
const switchedOn = {
  meeting: (host) => settingsOf(host)['in_meeting']?.['polling'] === true,
  webinar: (host) => Object(settingsOf(host)['in_meeting']?.['webinar_polling'])['enable'] === true,
} satisfies Record<Meeting['kind'], (host: Person) => boolean>

function pollHolder(call: ApiCall, kind: Meeting['kind']): Meeting {
  const isUnknown = kind === 'meeting' && !findMeeting(call.world, param(call, 'meetingId'))
  if (isUnknown && documents(call.endpoint, 404)) throw refusal(call.endpoint, 404)
  const meeting = holderOf(call, kind)
  if (!switchedOn[kind](hostOf(call, meeting))) throw refusal(call.endpoint, 4400)
  return meeting
}

const mostPolls = 50

/** All or none. */
function add({ parts }: Meeting, polls: z.output<typeof asked>[]): Poll[] {
  if (parts.polls.length + polls.length > mostPolls) {
    throw new Refusal({ http: 400, code: 4400, message: `You can only add a maximum of ${mostPolls} polls.` })
  }
  const made = polls.map((poll): Poll => ({ id: newUserId(), status: 'notstart', ...poll }))
  parts.polls.push(...made)
  return made
}

function pollOf(call: ApiCall, meeting: Meeting): Poll {
  const id = param(call, 'pollId')
  const poll = meeting.parts.polls.find((one) => one.id === id)
  if (poll) return poll
  throw refusal(call.endpoint, documents(call.endpoint, 404) ? 404 : 3001, String(meeting.id))
}

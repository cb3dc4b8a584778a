import { z } from 'zod'
import { newToken } from '#simulator/ids.ts'
import type { MeetingTemplate } from '#simulator/meeting-parts.ts'
import { findMeeting } from '#simulator/meetings.ts'
import { hasWebinars } from '#simulator/people.ts'
import { documents, invalidFields, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting, Person } from '#simulator/state.ts'
import { settingsOf } from '#simulator/user-settings.ts'
import { created, ok, param, parseBody, personOf, type ApiCall, type ApiRoutes } from './call.ts'
import { mustHaveMeetings } from './named-meeting.ts'
import { kinds } from './parts.ts'

type Kind = Meeting['kind']

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meeting_templates */
export const templateRoutes: ApiRoutes = {
  ...Object.assign({}, ...kinds.map(routesOf)),
  'GET /users/{userId}/meeting_templates/{meetingTemplateId}': (call) => {
    const person = templateOwner(call, 'meeting')
    const id = param(call, 'meetingTemplateId')
    const template = person.templates.find((one) => one.id === id && one.kind === 'meeting')
    if (!template) throw invalidFields(['meetingTemplateId'])
    return ok({ id, name: template.name, settings: sections(person, template) })
  },
}

function routesOf(kind: Kind): ApiRoutes {
  const path = `/users/{userId}/${kind}_templates`
  return {
    [`GET ${path}`]: (call) => {
      const found = templateOwner(call, kind).templates.filter((one) => one.kind === kind)
      const templates = found.map(({ id, name }) => ({ id, name, type: 1 }))
      return ok({ templates, total_records: templates.length })
    },
    [`POST ${path}`]: (call) => {
      const { id, name } = save(call, templateOwner(call, kind), kind)
      return created({ id, name }, `${call.base}/v2/users/${param(call, 'userId')}/${kind}_templates`)
    },
  }
}

const saving = z.object({
  meeting_id: z.int().optional(),
  webinar_id: z.int().optional(),
  name: z.string().min(1).max(128).optional(),
  overwrite: z.boolean().default(false),
})

const mostTemplates = 40

/** A template keeps the settings of a meeting; one of the same name is replaced only with `overwrite`. */
function save(call: ApiCall, person: Person, kind: Kind): MeetingTemplate {
  const body = parseBody(call, saving)
  const { topic, settings } = sourceOf(call, kind, body[`${kind}_id`])
  const name = body.name ?? topic
  const old = person.templates.find((one) => one.kind === kind && one.name === name)
  if (old && !body.overwrite) throw invalidFields(['name'])
  const others = person.templates.filter((one) => one !== old)
  const isFull = others.filter((one) => one.kind === kind).length >= mostTemplates
  if (isFull) {
    const words = 'You can only create'
    throw documents(call.endpoint, 300, words) ? refusalSaying(call.endpoint, 300, words) : invalidFields(['name'])
  }
  const template = { id: old?.id ?? newToken(11), kind, name, settings }
  person.templates = [...others, template]
  return template
}

function sourceOf({ endpoint, world }: ApiCall, kind: Kind, number: number | undefined): Meeting {
  if (number === undefined) {
    throw documents(endpoint, 300, 'Meeting ID') ? refusal(endpoint, 300) : invalidFields([`${kind}_id`])
  }
  const meeting = findMeeting(world, String(number))
  if (!meeting) throw refusal(endpoint, 3001, String(number))
  if (meeting.kind !== kind) throw refusalSaying(endpoint, 3000, 'Cannot access')
  return meeting
}

function templateOwner(call: ApiCall, kind: Kind): Person {
  const person = personOf(call)
  if (kind === 'webinar' && !hasWebinars(person)) throw refusal(call.endpoint, 200, person.id)
  mustHaveMeetings(call, person)
  return person
}

const inMeeting = [
  'entry_exit_chime',
  'feedback',
  'polling',
  'post_meeting_feedback',
  'screen_sharing',
  'who_can_share_screen',
  'who_can_share_screen_when_someone_is_sharing',
  'disable_screen_sharing_for_host_meetings',
  'annotation',
  'whiteboard',
  'remote_control',
  'non_verbal_feedback',
  'allow_participants_to_rename',
  'breakout_room',
  'remote_support',
  'manual_captioning',
  'closed_captioning',
] as const

/** What Zoom keeps in a template: the host's own settings in meetings, and the meeting's. */
function sections(person: Person, { settings }: MeetingTemplate): object {
  const own = settingsOf(person)['in_meeting'] ?? {}
  const { auto_recording = 'none', host_video = false, participant_video = false, mute_upon_entry = false } = settings
  return {
    in_meeting: Object.fromEntries(inMeeting.filter((name) => name in own).map((name) => [name, own[name]])),
    recording: { auto_recording },
    schedule_meeting: { host_video, participant_video, mute_upon_entry },
    meeting_security: { waiting_room: settings['waiting_room'] === true },
  }
}

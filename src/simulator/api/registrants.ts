import { z } from 'zod'
import { countRegistrant } from '#simulator/limits.ts'
import { joinUrl, occurrenceJson } from '#simulator/meeting-json.ts'
import type { Registrant } from '#simulator/meeting-parts.ts'
import { pinOf, publishDecided, registrantJoinUrl } from '#simulator/registrants.ts'
import { documents, invalidFields, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { actor, created, noContent, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { hostOf } from './named-meeting.ts'
import { pageNumber, pageOf } from './pages.ts'
import { holderOf, kinds } from './parts.ts'
import { mustBeOn, mustBeOpen, questionNames, register, registering } from './registration.ts'

type Kind = Meeting['kind']

/** https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/meetings/{meetingId}/registrants */
export const registrantRoutes: ApiRoutes = Object.assign({}, ...kinds.map(routesOf))

function routesOf(kind: Kind): ApiRoutes {
  const base = `/${kind}s/{${kind}Id}`
  return {
    [`POST ${base}/registrants`]: (call) => add(call, holderOf(call, kind)),
    [`GET ${base}/registrants`]: (call) => list(call, holderOf(call, kind)),
    [`GET ${base}/registrants/{registrantId}`]: (call) => {
      const meeting = holderOf(call, kind)
      return ok(registrantJson(meeting, registrantOf(call, meeting)))
    },
    [`DELETE ${base}/registrants/{registrantId}`]: (call) => {
      const meeting = holderOf(call, kind)
      const isPaid = hostOf(call, meeting).type !== 1
      if (!isPaid && documents(call.endpoint, 200, 'Only')) throw refusal(call.endpoint, 200, meeting.host_id)
      mustBeOn(call, meeting)
      cancel(call, meeting, registrantOf(call, meeting))
      return noContent
    },
    [`PUT ${base}/registrants/status`]: (call) => {
      decide(call, holderOf(call, kind))
      return noContent
    },
    [`POST ${base}/batch_registrants`]: (call) => addMany(call, holderOf(call, kind)),
    [`GET ${base}/registrants/questions`]: (call) => ok(holderOf(call, kind).parts.registration_questions),
    [`PATCH ${base}/registrants/questions`]: (call) => {
      const { parts } = holderOf(call, kind)
      parts.registration_questions = { ...parts.registration_questions, ...parseBody(call, asking) }
      return noContent
    },
  }
}

/** What the form asks for. */
export const asking = z
  .object({
    questions: z.array(z.object({ field_name: questionNames, required: z.boolean().default(false) })),
    custom_questions: z.array(
      z.object({
        title: z.string().min(1),
        type: z.enum(['short', 'single']).default('short'),
        required: z.boolean().default(false),
        answers: z.array(z.string()).default([]),
      }),
    ),
  })
  .partial()
  .transform(({ questions, custom_questions }) => ({
    ...(questions && { questions }),
    ...(custom_questions && { custom_questions }),
  }))

function add(call: ApiCall, meeting: Meeting) {
  mustBeOpen(call, meeting)
  const occurrence_ids = (call.query.get('occurrence_ids') ?? '').split(',').filter(Boolean)
  const known = new Set(meeting.occurrences.map(({ occurrence_id }) => occurrence_id))
  if (occurrence_ids.some((id) => !known.has(id))) throw invalidFields(['occurrence_ids'])
  const tracking_source_id = call.query.get('tracking_source_id') ?? ''
  const registrant = register(call, meeting, parseBody(call, registering), { occurrence_ids, tracking_source_id })
  const answer = {
    id: meeting.id,
    registrant_id: registrant.id,
    topic: meeting.topic,
    ...(meeting.start !== undefined && { start_time: utc(meeting.start) }),
    ...(registrant.status === 'approved' && { join_url: registrantJoinUrl(meeting, registrant) }),
    ...(meeting.occurrences.length > 0 && { occurrences: meeting.occurrences.map(occurrenceJson) }),
    ...pinOf(meeting, registrant),
  }
  return created(answer, joinUrl(meeting))
}

/** Types that the batch takes: those of one fixed time. */
const batchTypes = { meeting: 2, webinar: 5 } satisfies Record<Kind, number>
const batch = z.object({
  auto_approve: z.boolean().default(false),
  registrants: z
    .array(registering.pick({ email: true, first_name: true, last_name: true }))
    .min(1)
    .max(30),
})

function addMany(call: ApiCall, meeting: Meeting) {
  if (meeting.type !== batchTypes[meeting.kind]) {
    const code = meeting.kind === 'meeting' ? 303 : 300
    throw refusalSaying(call.endpoint, code, 'This API can only be used')
  }
  mustBeOpen(call, meeting)
  const { auto_approve, registrants } = parseBody(call, batch)
  const made = registrants.map((who) => register(call, meeting, registering.parse({ ...who, auto_approve })))
  const answers = made.map((registrant) => ({
    email: registrant.email,
    join_url: registrantJoinUrl(meeting, registrant),
    registrant_id: registrant.id,
    ...pinOf(meeting, registrant),
  }))
  return created({ registrants: answers }, joinUrl(meeting))
}

const statuses = z.enum(['pending', 'approved', 'denied'])

function list(call: ApiCall, meeting: Meeting) {
  const { success, data: status } = statuses.safeParse(call.query.get('status') ?? 'approved')
  if (!success) throw invalidFields(['status'])
  const occurrence_id = call.query.get('occurrence_id')
  const found = meeting.parts.registrants.filter(
    (one) =>
      one.status === status &&
      (!occurrence_id || one.occurrence_ids.length === 0 || one.occurrence_ids.includes(occurrence_id)),
  )
  const { items, paging } = pageOf(call, found)
  const registrants = items.map((registrant) => registrantJson(meeting, registrant, { inList: true }))
  return ok({ ...paging, page_number: pageNumber(call), registrants })
}

/** As get tells a registrant; a webinar's list leaves the language out. */
export function registrantJson(meeting: Meeting, registrant: Registrant, { inList = false } = {}): object {
  const { id, answers, custom_questions, email, first_name, last_name, status, created_at, language } = registrant
  return {
    id,
    ...noAnswers,
    ...answers,
    custom_questions,
    email,
    first_name,
    last_name,
    status,
    create_time: utc(created_at),
    ...(status === 'approved' && { join_url: registrantJoinUrl(meeting, registrant) }),
    ...(meeting.kind === 'webinar' && !inList && { language }),
    ...pinOf(meeting, registrant),
  }
}

/** Answers that nobody gave are empty, not absent. */
const noAnswers = Object.fromEntries(questionNames.options.map((name) => [name, '']))

const invalidId =
  'The value that you entered for the Registrant ID field is invalid. Enter a valid value and try again.'

function registrantOf(call: ApiCall, meeting: Meeting): Registrant {
  const id = param(call, 'registrantId')
  const found = meeting.parts.registrants.find((one) => one.id === id)
  if (found) return found
  const isWellFormed = /^[\w-]{22}$/.test(id)
  if (isWellFormed && documents(call.endpoint, 3000, 'Registrant')) throw refusal(call.endpoint, 3000, id)
  throw new Refusal({ http: 400, code: 300, message: invalidId })
}

const deciding = z.object({
  action: z.enum(['approve', 'cancel', 'deny']),
  registrants: z
    .array(z.object({ id: z.string().optional(), email: z.string().optional() }))
    .min(1)
    .max(30),
})

/** All of them, or none: who is not registered is an error before anything changes. */
function decide(call: ApiCall, meeting: Meeting): void {
  const { action, registrants } = parseBody(call, deciding)
  const meant = registrants.map(({ id, email }) =>
    meeting.parts.registrants.find((one) => (id === undefined ? one.email === email : one.id === id)),
  )
  const found = meant.filter((one) => one !== undefined)
  if (found.length < meant.length) throw invalidFields(['registrants'])
  for (const registrant of found) {
    countRegistrant(call.world, meeting, registrant.email.toLowerCase(), 'status')
    if (action === 'cancel') cancel(call, meeting, registrant)
    else settle(call, meeting, registrant, action === 'approve' ? 'approved' : 'denied')
  }
}

function settle(call: ApiCall, meeting: Meeting, registrant: Registrant, status: 'approved' | 'denied'): void {
  if (registrant.status === status) return
  const approved = meeting.parts.registrants.filter((one) => one.status === 'approved').length
  const isFull = approved >= call.world.settings.max_registrants
  if (status === 'approved' && isFull && documents(call.endpoint, 3035)) throw refusal(call.endpoint, 3035)
  registrant.status = status
  publishDecided(call.world, meeting, registrant, status, actor(call))
}

/** Who has cancelled is in no list any more. */
function cancel(call: ApiCall, meeting: Meeting, registrant: Registrant): void {
  meeting.parts.registrants = meeting.parts.registrants.filter((one) => one !== registrant)
  publishDecided(call.world, meeting, registrant, 'cancelled', actor(call))
}

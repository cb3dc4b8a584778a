import { z } from 'zod'
import { newUserId } from '#simulator/ids.ts'
import type { RecordingRegistrant } from '#simulator/recording-parts.ts'
import { shareUrl } from '#simulator/recording-json.ts'
import {
  publishRecordingDecided,
  publishRecordingRegistered,
  registrantJson,
} from '#simulator/recording-registrants.ts'
import { invalidFields, Refusal } from '#simulator/refusal.ts'
import type { Recording } from '#simulator/state.ts'
import { actor, created, noContent, ok, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { pageNumber, pageOf } from './pages.ts'
import { recordingSettingsJson } from './recording-settings.ts'
import { shownRecording } from './recordings.ts'
import { answersOf, missingAnswers, registering } from './registration.ts'
import { asking } from './registrants.ts'

const path = '/meetings/{meetingId}/recordings/registrants'

/** Who asked to see a recording: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording */
export const recordingRegistrantRoutes: ApiRoutes = {
  [`GET ${path}`]: list,
  [`POST ${path}`]: add,
  [`GET ${path}/questions`]: (call) => ok(shownRecording(call).parts.questions),
  [`PATCH ${path}/questions`]: (call) => {
    const { parts } = shownRecording(call)
    parts.questions = { ...parts.questions, ...parseBody(call, asking) }
    return noContent
  },
  [`PUT ${path}/status`]: (call) => {
    decide(call, shownRecording(call))
    return noContent
  },
}

const statuses = z.enum(['pending', 'approved', 'denied'])

function list(call: ApiCall) {
  const { success, data: status } = statuses.safeParse(call.query.get('status') ?? 'approved')
  if (!success) throw invalidFields(['status'])
  const found = shownRecording(call).parts.registrants.filter((one) => one.status === status)
  const { items, paging } = pageOf(call, found)
  return ok({ ...paging, page_number: pageNumber(call), registrants: items.map(registrantJson) })
}

/** Approved at once unless the host wants to decide; the same e-mail again is the same registrant. */
function add(call: ApiCall) {
  const recording = shownRecording(call)
  const approval_type = openApproval(recording)
  const who = parseBody(call, registering)
  const { parts, session } = recording
  const missing = missingAnswers(parts.questions, who)
  if (missing.length > 0) throw invalidFields(missing)
  const known = parts.registrants.find((one) => one.email.toLowerCase() === who.email.toLowerCase())
  const { email, first_name, last_name, custom_questions } = who
  const registrant: RecordingRegistrant = {
    id: known?.id ?? newUserId(),
    status: approval_type === 1 ? 'pending' : 'approved',
    answers: answersOf(who),
    email,
    first_name,
    last_name,
    custom_questions,
  }
  parts.registrants = [...parts.registrants.filter((one) => one !== known), registrant]
  publishRecordingRegistered(call.world, recording, registrant)
  const answer = {
    id: session.meeting.id,
    registrant_id: registrant.id,
    topic: session.topic,
    ...(registrant.status === 'approved' && { share_url: shareUrl(call.base, recording) }),
  }
  return created(answer, `${call.base}/v2/meetings/${session.meeting.id}/recordings/registrants`)
}

/** A recording is open to registration when it is on demand and its approval is not 2, "no registration". */
function openApproval(recording: Recording): number {
  const { on_demand, approval_type } = recordingSettingsJson(recording)
  if (on_demand && approval_type !== 2) return approval_type
  const { id } = recording.session.meeting
  throw new Refusal({ http: 404, code: 404, message: `Registration has not been enabled for this meeting: ${id}.` })
}

const deciding = z.object({
  action: z.enum(['approve', 'deny']),
  registrants: z
    .array(z.object({ id: z.string() }))
    .min(1)
    .max(30),
})

/** All of them, or none: who is not registered is an error before anything changes. */
function decide(call: ApiCall, recording: Recording): void {
  const { action, registrants } = parseBody(call, deciding)
  const found = registrants.flatMap(({ id }) => recording.parts.registrants.find((one) => one.id === id) ?? [])
  if (found.length < registrants.length) throw invalidFields(['registrants'])
  const status = action === 'approve' ? 'approved' : 'denied'
  for (const registrant of found) {
    registrant.status = status
    publishRecordingDecided(call.world, recording, registrant, status, actor(call))
  }
}

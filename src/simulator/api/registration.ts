import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { newToken, newUserId } from '#simulator/ids.ts'
import { countRegistrant } from '#simulator/limits.ts'
import { needsRegistration } from '#simulator/meeting-json.ts'
import type { Registrant, RegistrationQuestions } from '#simulator/meeting-parts.ts'
import { isOver, publishRegistered } from '#simulator/registrants.ts'
import { documents, invalidFields, Refusal, refusal, refusalSaying } from '#simulator/refusal.ts'
import type { Meeting } from '#simulator/state.ts'
import type { ApiCall } from './call.ts'
import { hostOf } from './named-meeting.ts'

const text = z.string().max(128).optional()

/** The form's own fields, as Zoom names them; any of them can be made required. */
const formFields = {
  address: text,
  city: text,
  country: text,
  zip: text,
  state: text,
  phone: text,
  industry: text,
  org: text,
  job_title: text,
  purchasing_time_frame: text,
  role_in_purchase_process: text,
  no_of_employees: text,
  comments: z.string().max(2000).optional(),
}

export const questionNames = z.enum([
  'last_name',
  'address',
  'city',
  'country',
  'zip',
  'state',
  'phone',
  'industry',
  'org',
  'job_title',
  'purchasing_time_frame',
  'role_in_purchase_process',
  'no_of_employees',
  'comments',
])

export const registering = z.object({
  ...formFields,
  email: z.email().max(128),
  first_name: z.string().min(1).max(64),
  last_name: z.string().max(64).default(''),
  custom_questions: z.array(z.object({ title: z.string(), value: z.string().max(128) })).default([]),
  language: z.string().default('en-US'),
  auto_approve: z.boolean().default(false),
})

export type Registering = z.output<typeof registering>

/**
 * Whether anybody can register at all.
 * @throws Refusal 200 for a Basic host, 404 or 3000 when registration is off, 3038 when the last of it is past.
 */
export function mustBeOpen(call: ApiCall, meeting: Meeting): void {
  mustBeOn(call, meeting)
  if (hostOf(call, meeting).type === 1) throw refusal(call.endpoint, 200, meeting.host_id)
  if (isOver(call.world, meeting)) throw refusal(call.endpoint, 3038)
}

/** @throws Refusal in the words of the operation when registration is off: 3000 for webinars, else 404. */
export function mustBeOn({ endpoint }: ApiCall, meeting: Meeting): void {
  if (needsRegistration(meeting)) return
  const id = String(meeting.id)
  for (const words of ['This webinar does not have registration', 'Registration not enabled']) {
    if (documents(endpoint, 3000, words)) throw refusalSaying(endpoint, 3000, words, id)
  }
  if (documents(endpoint, 404)) throw refusal(endpoint, 404, id)
  throw new Refusal({ http: 404, code: 404, message: `Registration has not been enabled for this meeting: ${id}.` })
}

/**
 * Somebody registers; the same e-mail again is the same registrant.
 * @throws Refusal 300 when a required answer is missing, 3027 for the host's own e-mail, 429 at the fourth time in a day,
 * 3043 or 3000 when all places are taken.
 */
export function register(
  call: ApiCall,
  meeting: Meeting,
  who: Registering,
  {
    occurrence_ids = [],
    tracking_source_id = '',
  }: Partial<Pick<Registrant, 'occurrence_ids' | 'tracking_source_id'>> = {},
): Registrant {
  const { world, endpoint } = call
  const { registrants } = meeting.parts
  const { email, first_name, last_name, custom_questions, language, auto_approve } = who
  const missing = missingAnswers(meeting.parts.registration_questions, who)
  if (missing.length > 0) throw invalidFields(missing)
  const isHost = hostOf(call, meeting).email.toLowerCase() === email.toLowerCase()
  if (isHost && documents(endpoint, 3027)) throw refusal(endpoint, 3027)
  const known = registrants.find((one) => one.email.toLowerCase() === email.toLowerCase())
  if (!isInvited(meeting, email) && documents(endpoint, 3034)) throw refusal(endpoint, 3034)
  const taken = placesTaken(meeting)
  if (!known && taken >= world.settings.max_registrants) throw full(call, 'account')
  const places = Number(meeting.settings['registrants_restrict_number'] ?? 0)
  if (!known && places > 0 && taken >= places) throw full(call, 'host')
  countRegistrant(world, meeting, email.toLowerCase(), 'create')
  const isManual = meeting.settings['approval_type'] === 1 && !auto_approve
  const registrant: Registrant = {
    id: known?.id ?? newUserId(),
    tk: known?.tk ?? newToken(32),
    participant_pin_code: known?.participant_pin_code ?? 100_000 + ((meeting.id + registrants.length * 7919) % 900_000),
    created_at: known?.created_at ?? now(world.clock),
    status: isManual ? 'pending' : 'approved',
    answers: answersOf(who),
    email,
    first_name,
    last_name,
    custom_questions,
    language,
    occurrence_ids,
    tracking_source_id,
  }
  meeting.parts.registrants = [...registrants.filter((one) => one !== known), registrant]
  publishRegistered(world, meeting, registrant)
  return registrant
}

/** Who was denied takes no place. */
const placesTaken = ({ parts }: Meeting): number => parts.registrants.filter(({ status }) => status !== 'denied').length

/** As many as the account may have, or as the host wants: some operations have words for one of the two alone. */
function full({ endpoint }: ApiCall, limit: 'account' | 'host'): Refusal {
  const words = 'You have reached the limit'
  const hasBoth = documents(endpoint, 3043) && documents(endpoint, 3000, words)
  if (hasBoth ? limit === 'host' : documents(endpoint, 3043)) return refusal(endpoint, 3043)
  return refusalSaying(endpoint, 3000, words)
}

/** Where only some domains may come in, one registers with an address there. */
function isInvited({ settings }: Meeting, email: string): boolean {
  const { authentication_domains: domains } = settings
  if (settings['meeting_authentication'] !== true || typeof domains !== 'string' || !domains) return true
  const known = domains.toLowerCase().split(/[,;\s]+/)
  return known.includes(email.split('@').at(-1)?.toLowerCase() ?? '')
}

/** The form's own fields as they were answered. */
export const answersOf = (who: Registering): Record<string, string> =>
  Object.fromEntries(
    Object.entries(who).flatMap(([name, value]) =>
      Object.hasOwn(formFields, name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  )

/** Fields that must be answered and are not. */
export function missingAnswers(form: RegistrationQuestions, who: Registering): string[] {
  const given = new Map<string, unknown>(Object.entries(who))
  const { questions, custom_questions } = form
  const missing = questions.filter(({ field_name, required }) => required && !given.get(field_name))
  const answered = new Set(who.custom_questions.filter(({ value }) => value).map(({ title }) => title))
  const isOpen = custom_questions.some(({ title, required }) => required && !answered.has(title))
  return [...missing.map(({ field_name }) => field_name), ...(isOpen ? ['custom_questions'] : [])]
}

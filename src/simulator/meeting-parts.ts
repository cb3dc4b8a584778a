/** What hangs on a meeting or webinar, and on one of its runs, beside the plan itself. Times are epoch milliseconds. */
export interface Registrant {
  id: string
  email: string
  first_name: string
  last_name: string
  /** Address, company and the rest of the form, as they were given. */
  answers: Record<string, string>
  custom_questions: { title: string; value: string }[]
  language: string
  status: 'approved' | 'pending' | 'denied'
  /** Of a recurring meeting: which ones; empty means all. */
  occurrence_ids: string[]
  participant_pin_code: number
  /** The `tk` of the registrant's own `join_url`. */
  tk: string
  created_at: number
  /** Of the link by which a webinar's registrant came. */
  tracking_source_id: string
}

export interface RegistrationQuestions {
  questions: { field_name: string; required: boolean }[]
  custom_questions: { title: string; type: 'short' | 'single'; required: boolean; answers: string[] }[]
}

export interface Panelist {
  id: string
  name: string
  email: string
  tk: string
}

export interface Livestream {
  stream_url: string
  stream_key: string
  page_url: string
  resolution: string
}

export interface Poll {
  id: string
  status: 'notstart'
  title: string
  /** 1 poll, 2 advanced poll, 3 quiz. */
  poll_type: 1 | 2 | 3
  anonymous: boolean
  questions: { name: string; [field: string]: unknown }[]
}

/** A registration link of its own for one place where a webinar is advertised. */
export interface TrackingSource {
  id: string
  source_name: string
  visitor_count: number
}

/** What somebody answered to a poll or a survey, or asked and perhaps was answered. */
export interface Answer {
  id: string
  kind: 'poll' | 'qa' | 'survey'
  name: string
  email: string
  question: string
  answer: string
  at: number
}

/** What a user keeps to schedule alike meetings with. */
export interface MeetingTemplate {
  id: string
  kind: 'meeting' | 'webinar'
  name: string
  settings: Record<string, unknown>
}

/** What hangs on the plan. */
export interface MeetingParts {
  registrants: Registrant[]
  registration_questions: RegistrationQuestions
  panelists: Panelist[]
  livestream: Livestream | undefined
  polls: Poll[]
  /** As it was given; empty when there is none. */
  survey: Record<string, unknown>
  tracking_sources: TrackingSource[]
}

/** What AI Companion wrote about one run. */
export interface Summary {
  title: string
  overview: string
  details: { label: string; summary: string }[]
  next_steps: string[]
  created_at: number
  changed_at: number
  /** Id of the user who changed it last. */
  changed_by: string
}

export const newParts = (): MeetingParts => ({
  registrants: [],
  registration_questions: { questions: [], custom_questions: [] },
  panelists: [],
  livestream: undefined,
  polls: [],
  survey: {},
  tracking_sources: [],
})

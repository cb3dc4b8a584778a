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

/** What hangs on the plan. */
export interface MeetingParts {
  registrants: Registrant[]
  registration_questions: RegistrationQuestions
  panelists: Panelist[]
  livestream: Livestream | undefined
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
})

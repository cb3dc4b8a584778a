import type { Registrant, RegistrationQuestions } from './meeting-parts.ts'

/** Who asked to see a recording. */
export type RecordingRegistrant = Pick<
  Registrant,
  'id' | 'email' | 'first_name' | 'last_name' | 'answers' | 'custom_questions' | 'status'
>

/** Somebody looked at a recording or took a copy. `at` is epoch milliseconds, `duration` seconds. */
export interface RecordingView {
  what: 'view' | 'download'
  name: string
  email: string
  duration: number
  at: number
}

/** What hangs on a recording beside its files. */
export interface RecordingParts {
  registrants: RecordingRegistrant[]
  questions: RegistrationQuestions
  views: RecordingView[]
}

export const newRecordingParts = (): RecordingParts => ({
  registrants: [],
  questions: { questions: [], custom_questions: [] },
  views: [],
})

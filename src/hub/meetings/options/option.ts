import type { MeetingKind } from '#store/db.ts'

/** One thing that can be said of a meeting when it is planned. A new option is a new row of table.ts. */
export interface MeetingOption {
  /** Where it stands in the body that Zoom is sent, and in what Zoom answers: `settings.waiting_room`. Our API has it there, too. */
  id: string
  words: string
  /** What one should know before choosing; a whole sentence. */
  about?: string
  section: Section
  value: OptionValue
  kinds: readonly MeetingKind[]
  /** What the host must have before it can be chosen. */
  needs?: readonly Need[]
  /** The host's setting that decides while nobody chooses: section and key of GET /users/{userId}/settings. */
  default?: string
  /** Zoom's own default, where no setting of the host decides: https://developers.zoom.us/docs/api/meetings/ */
  usual?: unknown
  /** One occurrence of a series may have its own: the parameter `occurrence_id` of https://developers.zoom.us/docs/api/meetings/ */
  occurrence?: true
  /** The rows of test/vectors/options that this one carries. */
  spec: readonly string[]
}

export type Section = 'what' | 'when' | 'who' | 'access' | 'registration' | 'media' | 'more'

/** What kind of value it takes; each is checked by values.ts and edited by a field of its own. */
export type OptionValue =
  | { type: 'text'; max: number; lines?: number }
  | { type: 'number'; min: number; max: number; unit?: string }
  | { type: 'flag' }
  /** `{enable: true}`: a flag that Zoom keeps in an object, with more beside it. */
  | { type: 'switch' }
  | { type: 'choice'; of: readonly Choice[] }
  | { type: 'time' }
  | { type: 'zone' }
  | { type: 'recurrence' }
  | { type: 'passcode' }
  | { type: 'person' }
  /** Addresses with semicolons between them, as Zoom writes them. */
  | { type: 'people' }
  | { type: 'countries' }
  | { type: 'rooms' }
  | { type: 'tracking' }

export interface Choice {
  value: string | number
  words: string
  needs?: readonly Need[]
}

/** `setting`: any of these is true; `licence`: the host is Licensed. The words say why not, and who changes that where. */
export type Need = { setting: readonly string[]; words: string } | { licence: true; words: string }

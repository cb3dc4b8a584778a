import type { Tone } from './components/State.tsx'
import type { Attendee, Connection, Event, Finding, Meeting, Place, Placement, Recording, Session } from './api.d.ts'

// The API's states in plain words, each with its tone and, where a word is not enough, a sentence.

interface Word {
  word: string
  tone: Tone
  means?: string
}

export const meetingWords = {
  scheduled: { word: 'Scheduled', tone: 'quiet' },
  started: { word: 'Running', tone: 'live' },
  ended: { word: 'Ended', tone: 'quiet' },
  cancelled: { word: 'Cancelled', tone: 'warn', means: 'Called off in Greenroom' },
  gone: { word: 'Gone', tone: 'warn', means: 'Deleted at Zoom' },
} satisfies Record<Meeting['state'], Word>

export const sessionWords = {
  started: { word: 'Running', tone: 'live' },
  ended: { word: 'Ended', tone: 'quiet' },
} satisfies Record<Session['state'], Word>

export const eventWords = {
  waiting: { word: 'Waiting', tone: 'warn', means: 'Stored, and will be worked through in its turn' },
  handled: { word: 'Handled', tone: 'good', means: 'What it said has been taken over' },
  ignored: { word: 'Ignored', tone: 'quiet', means: 'Nothing follows from it; the reason says why' },
  dead: { word: 'Dead', tone: 'bad', means: 'Given up after several tries; it can be replayed' },
} satisfies Record<Event['state'], Word>

export const findingWords = {
  ok: { word: 'In order', tone: 'good' },
  warning: { word: 'Look at this', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
} satisfies Record<Finding['state'], Word>

export const recordingWords = {
  ready: { word: 'Ready', tone: 'good' },
  trashed: { word: 'In the trash', tone: 'warn', means: 'Zoom keeps it for 30 days, then deletes it' },
  deleted: { word: 'Deleted', tone: 'quiet' },
} satisfies Record<Recording['state'], Word>

export const placeWords = {
  on: { word: 'On', tone: 'good' },
  off: {
    word: 'Off',
    tone: 'warn',
    means: 'Shows, posts and grades nothing until it is switched on again; nothing is lost',
  },
} satisfies Record<Place['state'], Word>

export const placementWords = {
  shown: { word: 'Shown', tone: 'good' },
  removed: { word: 'Removed', tone: 'quiet', means: 'It was there, and has been taken away' },
} satisfies Record<Placement['state'], Word>

/** A consent that was ended here is no trouble; one that ended by itself is. */
export function connectionInWords({ state, failure }: Connection): Word {
  if (state === 'connected')
    return failure ? { word: 'Connected, with trouble', tone: 'warn' } : { word: 'Connected', tone: 'good' }
  return { word: 'Disconnected', tone: failure?.code === 'disconnected' ? 'quiet' : 'bad' }
}

/** The hub's own words, or what OAuth's mean (RFC 6749, section 5.2) with Zoom's words behind. */
export function failureInWords({ code, message }: NonNullable<Connection['failure']>): string {
  const meaning = oauthWords[code]
  return meaning ? `${meaning} (Zoom: ${message})` : message
}

const oauthWords: Record<string, string | undefined> = {
  invalid_grant: 'Zoom no longer accepts the consent: whoever gave it connects again',
  invalid_client: 'Zoom refused Client ID and Client secret',
}

export const knownByWords = {
  zoom_user: { word: 'Zoom account', tone: 'good', means: 'Was signed in at Zoom: the account says who it was' },
  registrant: { word: 'Registration', tone: 'good', means: 'Came with a registrant’s own link' },
  customer_key: { word: 'Own link', tone: 'good', means: 'Came through a link that names the person' },
  email: { word: 'E-mail', tone: 'quiet', means: 'Zoom reported this e-mail address' },
  name: { word: 'Name only', tone: 'warn', means: 'Nothing but the name that was typed in: it may be anybody' },
} satisfies Record<Attendee['known_by'], Word>

/** What Zoom's report adds to what the events said; nothing while the session runs. */
export function reportInWords(session: Session): string {
  if (session.state === 'started') return 'Counted live from Zoom’s events'
  switch (session.report.state) {
    case 'done':
      return 'Checked against Zoom’s report'
    case 'waiting':
      return 'Counted from Zoom’s events; Zoom’s report is still to come'
    case 'unavailable':
      return `Counted from Zoom’s events; no report${session.report.reason ? `: ${session.report.reason}` : ''}`
    case 'none':
      return 'Counted from Zoom’s events'
  }
}

export const kindWords = {
  server_to_server: 'Server-to-server',
  user_managed: 'User-managed',
  admin_managed: 'Admin-managed',
} as const

export const roleWords = { owner: 'Owner', admin: 'Admin', operator: 'Operator', viewer: 'Viewer' } as const

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** Zoom's recurrence as "Every 2 weeks on Mon, Wed, 10 times". Zoom's object is passed on as it is, so nothing in it is sure. */
export function recurrenceInWords({ type, repeat_interval, weekly_days, end_times }: Record<string, unknown>): string {
  const every = typeof repeat_interval === 'number' ? repeat_interval : 1
  const unit = { 1: 'day', 2: 'week', 3: 'month' }[Number(type)] ?? 'time'
  const rhythm = every === 1 ? `Every ${unit}` : `Every ${every} ${unit}s`
  const days = type === 2 && typeof weekly_days === 'string' ? ` on ${daysInWords(weekly_days)}` : ''
  const times = typeof end_times === 'number' && end_times > 0 ? `, ${end_times} times` : ''
  return rhythm + days + times
}

/** Zoom's "2,4" as "Mon, Wed". */
const daysInWords = (weekly_days: string): string =>
  weekly_days
    .split(',')
    .map((day) => weekdays[Number(day) - 1] ?? day)
    .join(', ')

/** "1 person", "4 people". */
export const people = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

/** Zoom's meeting id in the groups in which Zoom shows it: "823 4567 8901". */
export const meetingNumber = (id: string): string => id.replace(/^(\d{3})(\d{3,4})(\d+)$/, '$1 $2 $3')

/** Bytes as "4.2 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(size) / 3), units.length)
  return `${(size / 1000 ** power).toPrecision(3)} ${units[power - 1]}`
}

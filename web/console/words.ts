import type { Tone } from './components/State.tsx'
import type {
  Attendee,
  Connection,
  Event,
  Finding,
  Meeting,
  MeetingImport,
  MeetingImportRow,
  Place,
  Placement,
  Recording,
  Registrant,
  Session,
  ZoomApp,
} from './api.d.ts'
import { hubWords, t } from './language.ts'

// The API's states in plain words, each with its tone and, where a word is not enough, a sentence.

interface Word {
  word: string
  tone: Tone
  means?: string
}

export const meetingWords = {
  scheduled: { word: t('Scheduled'), tone: 'quiet' },
  started: { word: t('Running'), tone: 'live' },
  ended: { word: t('Ended'), tone: 'quiet' },
  cancelled: { word: t('Cancelled'), tone: 'warn', means: t('Called off in Greenroom') },
  gone: { word: t('Gone'), tone: 'warn', means: t('Deleted at Zoom') },
} satisfies Record<Meeting['state'], Word>

export const sessionWords = {
  started: { word: t('Running'), tone: 'live' },
  ended: { word: t('Ended'), tone: 'quiet' },
} satisfies Record<Session['state'], Word>

export const importWords = {
  checking: { word: t('Being looked at'), tone: 'live' },
  checked: { word: t('Tried'), tone: 'quiet', means: t('Each row says what would become of it; nothing is done yet') },
  running: { word: t('Running'), tone: 'live' },
  done: { word: t('Done'), tone: 'good' },
  stopped: { word: t('Stopped'), tone: 'warn', means: t('What is done stays; the rest can still be done') },
} satisfies Record<MeetingImport['state'], Word>

export const importRowWords = {
  waiting: { word: t('Not looked at yet'), tone: 'quiet' },
  will_create: { word: t('Will be made'), tone: 'live' },
  will_find: { word: t('Will be fetched'), tone: 'live' },
  will_place: { word: t('Will be put into its place'), tone: 'live' },
  created: { word: t('Made'), tone: 'good' },
  found: { word: t('Found'), tone: 'good', means: t('Existed at Zoom, and is kept here now') },
  already_here: { word: t('Here already'), tone: 'quiet' },
  refused: { word: t('Refused'), tone: 'bad' },
} satisfies Record<MeetingImportRow['state'], Word>

export const eventWords = {
  waiting: { word: t('Waiting'), tone: 'warn', means: t('Stored, and will be worked through in its turn') },
  handled: { word: t('Handled'), tone: 'good', means: t('What it said has been taken over') },
  ignored: { word: t('Ignored'), tone: 'quiet', means: t('Nothing follows from it; the reason says why') },
  dead: { word: t('Dead'), tone: 'bad', means: t('Given up after several tries; it can be replayed') },
} satisfies Record<Event['state'], Word>

export const findingWords = {
  ok: { word: t('In order'), tone: 'good' },
  warning: { word: t('Look at this'), tone: 'warn' },
  failed: { word: t('Failed'), tone: 'bad' },
} satisfies Record<Finding['state'], Word>

export const recordingWords = {
  ready: { word: t('Ready'), tone: 'good' },
  trashed: { word: t('In the trash'), tone: 'warn', means: t('Zoom keeps it for 30 days, then deletes it') },
  deleted: { word: t('Deleted'), tone: 'quiet' },
} satisfies Record<Recording['state'], Word>

export const appWords = {
  on: { word: t('On'), tone: 'good' },
  off: { word: t('Off'), tone: 'warn', means: t('Its events wait, and nothing is asked of Zoom through it') },
} satisfies Record<ZoomApp['state'], Word>

export const registrantWords = {
  pending: { word: t('To be approved'), tone: 'warn', means: t('Registered, and somebody has to approve it') },
  approved: { word: t('Registered'), tone: 'good', means: t('Has a link to join by') },
  denied: { word: t('Denied'), tone: 'quiet' },
  cancelled: { word: t('Taken off'), tone: 'quiet', means: t('Cancelled, or was taken off') },
} satisfies Record<Registrant['status'], Word>

export const placeWords = {
  on: { word: t('On'), tone: 'good' },
  off: {
    word: t('Off'),
    tone: 'warn',
    means: t('Shows, posts and grades nothing until it is switched on again; nothing is lost'),
  },
} satisfies Record<Place['state'], Word>

export const placementWords = {
  shown: { word: t('Shown'), tone: 'good' },
  removed: { word: t('Removed'), tone: 'quiet', means: t('It was there, and has been taken away') },
} satisfies Record<Placement['state'], Word>

/** Who gave the consent, or the account whose own app it is. */
export const whose = ({ zoom_user_email, zoom_user_id, account_id }: Connection): string =>
  zoom_user_email ?? zoom_user_id ?? t('The account {{account_id}}', { account_id: account_id ?? '' }).trim()

/** A consent that was ended here is no trouble; one that ended by itself is. */
export function connectionInWords({ state, failure }: Connection): Word {
  if (state === 'connected')
    return failure ? { word: t('Connected, with trouble'), tone: 'warn' } : { word: t('Connected'), tone: 'good' }
  return { word: t('Disconnected'), tone: failure?.code === 'disconnected' ? 'quiet' : 'bad' }
}

/** The hub's own words, or what OAuth's mean (RFC 6749, section 5.2) with Zoom's words behind. */
export function failureInWords({ code, message }: NonNullable<Connection['failure']>): string {
  const meaning = oauthWords[code]
  return meaning ? t('{{meaning}} (Zoom: {{message}})', { meaning, message }) : hubWords(message)
}

const oauthWords: Record<string, string | undefined> = {
  invalid_grant: t('Zoom no longer accepts the consent: whoever gave it connects again'),
  invalid_client: t('Zoom refused Client ID and Client secret'),
}

export const knownByWords = {
  assigned: { word: t('Assigned'), tone: 'good', means: t('Somebody said here who it is') },
  zoom_user: { word: t('Zoom account'), tone: 'good', means: t('Was signed in at Zoom: the account says who it was') },
  registrant: { word: t('Registration'), tone: 'good', means: t('Came with a registrant’s own link') },
  customer_key: { word: t('Own link'), tone: 'good', means: t('Came through a link that names the person') },
  email: { word: t('E-mail'), tone: 'quiet', means: t('Zoom reported this e-mail address') },
  name: { word: t('Name only'), tone: 'warn', means: t('Nothing but the name that was typed in: it may be anybody') },
} satisfies Record<Attendee['known_by'], Word>

/** What Zoom's report adds to what the events said; nothing while the session runs. */
export function reportInWords(session: Session): string {
  if (session.state === 'started') return t('Counted live from Zoom’s events')
  switch (session.report.state) {
    case 'done':
      return t('Checked against Zoom’s report')
    case 'waiting':
      return t('Counted from Zoom’s events; Zoom’s report is still to come')
    case 'unavailable':
      return session.report.reason
        ? t('Counted from Zoom’s events; no report: {{reason}}', { reason: hubWords(session.report.reason) })
        : t('Counted from Zoom’s events; no report')
    case 'none':
      return t('Counted from Zoom’s events')
  }
}

const taskWords: Record<string, string | undefined> = {
  inbox: t('Handle Zoom’s events'),
  hub_event: t('Tell a place what happened'),
  report: t('Correct the attendance'),
  fetch_meeting: t('Read a meeting from Zoom'),
  registrants: t('Read who registered'),
  zoom_users: t('Read the users of Zoom'),
  host_settings: t('Read a host’s settings'),
  repair_gap: t('Repair a gap in Zoom’s events'),
  drift: t('Compare what a host has planned'),
  data_compliance: t('Tell Zoom of a deletion'),
  trial: t('Test everything'),
  sdk_trial_end: t('Remove the meeting of a trial'),
  licence_lend: t('Lend a licence'),
  licence_return: t('Return a licence'),
  meeting_import: t('Import meetings'),
  replay: t('Replay what happened'),
  bots_join: t('Send a bot'),
  bots_leave: t('Call a bot back'),
  lti_grade: t('Send grades to a course'),
}

/** What a job has to do; one without words of its own is called as in the API. */
export const taskInWords = (task: string): string => taskWords[task] ?? task

export const kindWords = {
  server_to_server: t('Server-to-server'),
  user_managed: t('User-managed'),
  admin_managed: t('Admin-managed'),
} as const

export const roleWords = { owner: t('Owner'), admin: t('Admin'), operator: t('Operator'), viewer: t('Viewer') } as const

/** "1 person", "4 people". */
export const people = (count: number): string => (count === 1 ? t('1 person') : t('{{count}} people', { count }))

/** Zoom's meeting id in the groups in which Zoom shows it: "823 4567 8901". */
export const meetingNumber = (id: string): string => id.replace(/^(\d{3})(\d{3,4})(\d+)$/, '$1 $2 $3')

/** Bytes as "4.2 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(size) / 3), units.length)
  return `${(size / 1000 ** power).toPrecision(3)} ${units[power - 1]}`
}

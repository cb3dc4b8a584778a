import type { FeatureName } from '#hub/doctor/catalogue.ts'
import type { Purpose } from '#hub/resources.ts'
import { canCarryMeetingSdk } from '#zoom/meeting-sdk.ts'
import type { AppKind } from '#zoom/scopes.ts'

interface PurposeRow {
  /** Kinds of app that serve it, the best first. */
  kinds: readonly AppKind[]
  /** What it is made of; all of it has to work. */
  features: readonly FeatureName[]
  /** People join in the browser, or bots do: the page “Embed” of a General App, this one or one beside it. */
  meeting_sdk?: true
  /** What of the account's plan it takes, as the doctor names it. */
  plan?: 'reports' | 'webinars'
}

const meetings = ['plan_meetings', 'list_meetings', 'follow_meetings', 'follow_sessions', 'follow_attendance'] as const
const accountFirst = ['server_to_server', 'admin_managed'] as const
const each = ['user_managed', 'admin_managed', 'server_to_server'] as const

/** What people want of Zoom, and what an app at Zoom needs for it. A new wish is a row. */
export const purposes: Record<Purpose, PurposeRow> = {
  lms: {
    kinds: ['server_to_server', 'admin_managed', 'user_managed'],
    features: [
      ...meetings,
      'pick_hosts',
      'follow_users',
      'users',
      'user_settings',
      'schedulers',
      'start_links',
      'list_registrants',
      'register',
      'follow_registrants',
    ],
  },
  chat: { kinds: each, features: [...meetings, 'follow_users', 'users'] },
  web_site: {
    kinds: ['server_to_server', 'admin_managed', 'user_managed'],
    features: [...meetings, 'follow_users'],
    meeting_sdk: true,
  },
  bots: {
    kinds: ['user_managed', 'admin_managed'],
    features: ['users', 'list_meetings', 'follow_meetings', 'bots_on_behalf', 'bots_record'],
    meeting_sdk: true,
  },
  reports: {
    kinds: accountFirst,
    features: ['follow_sessions', 'follow_attendance', 'attendance_by_report', 'sessions_by_report', 'past_sessions'],
    plan: 'reports',
  },
  recordings: {
    kinds: ['server_to_server', 'admin_managed', 'user_managed'],
    features: ['recordings', 'follow_recordings', 'follow_recordings_in_bulk'],
  },
  summaries: { kinds: each, features: ['summaries', 'follow_summaries'] },
  webinars: {
    kinds: ['server_to_server', 'admin_managed', 'user_managed'],
    features: [
      'plan_webinars',
      'list_webinars',
      'follow_webinars',
      'follow_webinar_attendance',
      'list_webinar_registrants',
      'register_for_webinars',
      'follow_webinar_registrants',
    ],
    plan: 'webinars',
  },
  licences: { kinds: accountFirst, features: ['pick_hosts', 'licences', 'groups', 'create_users', 'follow_users'] },
  tracking_fields: { kinds: accountFirst, features: ['tracking_fields'] },
}

/** The order in which kinds are offered: what needs the fewest hands first. */
const kinds: readonly AppKind[] = ['server_to_server', 'admin_managed', 'user_managed']

export interface KindAdvice {
  kind: AppKind
  /** The purposes that it cannot serve. */
  lacks: Purpose[]
  recommended: boolean
}

/** Which kinds of app serve what is wanted; the one that serves the most, and among those the one that most prefer, is recommended. */
export function adviseKind(wanted: readonly Purpose[]): KindAdvice[] {
  const rated = kinds.map((kind) => ({
    kind,
    lacks: wanted.filter((purpose) => !purposes[purpose].kinds.includes(kind)),
    // A first choice counts more than all second ones.
    liked: wanted.filter((purpose) => purposes[purpose].kinds[0] === kind).length,
  }))
  const [best] = [...rated].sort((a, b) => a.lacks.length - b.lacks.length || b.liked - a.liked)
  return rated.map(({ kind, lacks }) => ({ kind, lacks, recommended: kind === best?.kind }))
}

/** The features of all that is wanted, each once, in the catalogue's order of their purposes. */
export const featuresWanted = (wanted: readonly Purpose[]): FeatureName[] => [
  ...new Set(wanted.flatMap((purpose) => purposes[purpose].features)),
]

/** Which app carries the Meeting SDK, where it is wanted of an app of this kind: that app itself, or a General App beside it. */
export function sdkCarrier(kind: AppKind, wanted: readonly Purpose[]): 'itself' | 'beside' | undefined {
  const isWanted = wanted.some((purpose) => purposes[purpose].meeting_sdk && purposes[purpose].kinds.includes(kind))
  if (!isWanted) return undefined
  return canCarryMeetingSdk(kind) ? 'itself' : 'beside'
}

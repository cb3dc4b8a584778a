import type { KeySet } from './keys.ts'

/** The LMS that is played: one course, its people, and what tools were added to it. Lives in memory. */
export interface Lms {
  /** `http://127.0.0.1:8081/hosts/lms`; every address of the platform begins with it. */
  issuer: string
  /** Made when first asked for: RSA keys cost time. */
  keys: Promise<KeySet> | undefined
  /** Who is signed in, by the value of the cookie. */
  sessions: Map<string, { user_id: string; sesskey: string }>
  /** By type id, which is the deployment id as well. */
  tools: Map<string, Tool>
  /** By the `launchid` of the message hint; each is good for one answer. */
  launches: Map<string, Launch>
  /** By cmid. */
  activities: Map<string, Activity>
  line_items: Map<string, LineItem>
  access_tokens: Map<string, { type_id: string; scopes: string[]; expires_at: number }>
  /** Client assertions and deep linking responses that were used, by `jti` or `nonce`: each is good once. */
  seen: Set<string>
  /** What a deep link brought and the teacher has not saved yet, by type id. */
  drafts: Map<string, ContentItem[]>
  /** Visits of the platform's own robot to launch addresses. */
  bot_visits: { url: string; status: number; ms: number }[]
  /** The services answer with this so many times more. */
  fault: { status: number; left: number }
  last_id: number
}

export interface User {
  id: string
  username: string
  given_name: string
  family_name: string
  email: string
  role: 'Administrator' | 'Instructor' | 'Learner'
}

export interface Tool {
  type_id: string
  client_id: string
  /** What registered itself waits for an administrator to activate it. */
  state: 'pending' | 'configured'
  name: string
  description: string
  icon: string
  domain: string
  target_link_uri: string
  /** Where content is chosen; undefined when the tool offers none. */
  deep_linking_uri: string | undefined
  initiate_login_uri: string
  redirect_uris: string[]
  jwks_uri: string
  scopes: string[]
  claims: string[]
  custom: Record<string, string>
}

/** A launch that has begun: the tool is to ask for the message next. */
export interface Launch {
  launchid: string
  user_id: string
  type_id: string
  /** Absent: content is chosen. */
  cmid: string | undefined
  target_link_uri: string
}

export interface Activity {
  cmid: string
  /** The id of its resource link. */
  id: string
  type_id: string
  title: string
  description: string
  url: string
  custom: Record<string, string>
}

export interface LineItem {
  id: string
  type_id: string
  label: string
  scoreMaximum: number
  resourceId: string
  tag: string
  resourceLinkId: string | undefined
  grades: Map<string, Grade>
}

export interface Grade {
  score: number | undefined
  maximum: number
  comment: string
  activityProgress: string
  gradingProgress: string
  /** Epoch milliseconds. */
  timestamp: number
}

/** https://www.imsglobal.org/spec/lti-dl/v2p0#lti-resource-link */
export interface ContentItem {
  type: 'ltiResourceLink'
  title?: string | undefined
  text?: string | undefined
  url?: string | undefined
  custom?: Record<string, string> | undefined
  lineItem?:
    | { scoreMaximum: number; label?: string | undefined; resourceId?: string | undefined; tag?: string | undefined }
    | undefined
}

export const course = { id: '2', label: 'ALG1', title: 'Algebra I' }

/** Their addresses are those of the simulated Zoom's users. */
export const users: readonly User[] = [
  person('2', 'admin', 'Alex', 'Admin', 'Administrator'),
  person('3', 'ada', 'Ada', 'Lovelace', 'Instructor'),
  person('4', 'grace', 'Grace', 'Hopper', 'Learner'),
  person('5', 'alan', 'Alan', 'Turing', 'Learner'),
]

function person(id: string, username: string, given_name: string, family_name: string, role: User['role']): User {
  return { id, username, given_name, family_name, email: `${username}@school.example`, role }
}

export const fullName = ({ given_name, family_name }: User): string => `${given_name} ${family_name}`

/** By id, name or e-mail. */
export const userOf = (who: string): User | undefined =>
  users.find(({ id, username, email }) => [id, username, email].includes(who))

export const newLms = (issuer: string): Lms => ({
  issuer,
  keys: undefined,
  sessions: new Map(),
  tools: new Map(),
  launches: new Map(),
  activities: new Map(),
  line_items: new Map(),
  access_tokens: new Map(),
  seen: new Set(),
  drafts: new Map(),
  bot_visits: [],
  fault: { status: 200, left: 0 },
  last_id: 0,
})

export const nextId = (lms: Lms): string => String(++lms.last_id)

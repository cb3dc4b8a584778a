import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import type {
  ApiKey,
  Invitation,
  Role,
  MeetingChange,
  NewMeeting,
  NewZoomApp,
  OccurrenceChange,
  PreviewRequest,
  Problem as ProblemBody,
  PutRequest,
  Routes,
  WorkspaceChange,
  ZoomAppChange,
} from './api.d.ts'
import { hubWords, t } from './language.ts'
import { hub_url } from './paths.ts'

// Everything that the console asks of the hub, one line for each; what goes in and comes out is checked against the hub's OpenAPI.

type QueryOf<Name extends keyof Routes> = Routes[Name] extends { query?: infer Query } ? NonNullable<Query> : never

export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}
export type GuideQuery = QueryOf<'GET /api/v1/zoom_app_guide'>
export type DeliveryQuery = QueryOf<'GET /api/v1/deliveries'>
export type Delivery = Routes['GET /api/v1/deliveries/{id}']['answer']
export type Subscription = Routes['GET /api/v1/subscriptions/{id}']['answer']
export type NewSubscription = Routes['POST /api/v1/subscriptions']['body']
export type ReplayMessages = Routes['POST /api/v1/subscriptions/{id}/replay']['body']
export type SubscriptionChange = Routes['PATCH /api/v1/subscriptions/{id}']['body']
export type Pool = Routes['GET /api/v1/licences/{id}']['answer']
export type PoolChange = Routes['PATCH /api/v1/licences/{id}']['body']
export type Holder = Routes['GET /api/v1/licences/{id}/holders']['answer']['items'][number]
export type Lease = Routes['GET /api/v1/leases/{id}']['answer']
export type LeaseQuery = QueryOf<'GET /api/v1/licences/{id}/leases'>
export type NewZoomUser = Routes['POST /api/v1/zoom_users']['body']
export type UsageQuery = QueryOf<'GET /api/v1/reports/usage'>
export type AuditQuery = QueryOf<'GET /api/v1/audit'>
export type EventSpan = Routes['POST /api/v1/events/replay']['body']
export type ReplayQuery = QueryOf<'GET /api/v1/replays'>
type MeetingDefaultChange = Routes['PUT /api/v1/meeting_defaults/{option}']['body']
export type MeetingQuery = QueryOf<'GET /api/v1/meetings'>
export type RegistrantQuery = QueryOf<'GET /api/v1/meetings/{id}/registrants'>
export type RegistrantRead = Routes['GET /api/v1/meetings/{id}/registrants']['answer']['read']
export type RegistrantDecision = 'approve' | 'deny' | 'cancel'
export type UnmatchedQuery = QueryOf<'GET /api/v1/attendance/unmatched'>
export type EventQuery = QueryOf<'GET /api/v1/events'>
export type PlaceQuery = QueryOf<'GET /api/v1/places'>
export type ImportRowQuery = QueryOf<'GET /api/v1/meeting_imports/{id}/rows'>
export type ConnectionQuery = QueryOf<'GET /api/v1/connections'>
export type NewMattermostServer = Routes['POST /api/v1/mattermost/servers']['body']
export type MattermostServer = Routes['GET /api/v1/mattermost/servers/{id}']['answer']
export type MattermostServerChange = Routes['PATCH /api/v1/mattermost/servers/{id}']['body']
export type SitePage = Routes['GET /api/v1/site/pages/{id}']['answer']
export type LtiRegistration = Routes['POST /api/v1/lti/platforms']['answer']

/** As better-auth tells it, whose names these are. */
export interface Passkey {
  id: string
  name: string | null
  createdAt: string
}

export const api = {
  me: () => call('GET /api/v1/me', {}),
  removeDemo: () => call('DELETE /api/v1/workspace', {}),

  zoomApp: (id: string) => call('GET /api/v1/zoom_apps/{id}', { params: { id } }),
  zoomAppPage: (query: { q?: string; cursor?: string }) => call('GET /api/v1/zoom_apps', { query }),
  zoomApps: () => call('GET /api/v1/zoom_apps', { query: { limit: 200 } }),
  createZoomApp: (body: NewZoomApp) => call('POST /api/v1/zoom_apps', { body }),
  changeZoomApp: (id: string, body: ZoomAppChange) => call('PATCH /api/v1/zoom_apps/{id}', { params: { id }, body }),
  zoomAppGuide: (query: GuideQuery) => call('GET /api/v1/zoom_app_guide', { query }),
  setup: (id: string) => call('GET /api/v1/zoom_apps/{id}/setup', { params: { id } }),
  checkSetup: (id: string) => call('POST /api/v1/zoom_apps/{id}/setup/check', { params: { id } }),
  endEarlierSecretTokens: (id: string) =>
    call('DELETE /api/v1/zoom_apps/{id}/earlier_secret_tokens', { params: { id } }),
  newDeauthorizationUrl: (id: string) => call('POST /api/v1/zoom_apps/{id}/deauthorization_url', { params: { id } }),
  oldUrls: (id: string) => call('GET /api/v1/zoom_apps/{id}/old_urls', { params: { id } }),
  newOldUrls: (id: string, body: Routes['POST /api/v1/zoom_apps/{id}/old_urls']['body']) =>
    call('POST /api/v1/zoom_apps/{id}/old_urls', { params: { id }, body }),
  beginSdkTrial: (id: string) => call('POST /api/v1/zoom_apps/{id}/sdk_trial', { params: { id } }),
  beginTrial: (id: string) => call('POST /api/v1/zoom_apps/{id}/trials', { params: { id } }),
  zoomAppScopes: (id: string) => call('GET /api/v1/zoom_apps/{id}/scopes', { params: { id } }),
  lastTrial: (id: string) => call('GET /api/v1/zoom_apps/{id}/last_trial', { params: { id } }),
  checkZoomApp: (id: string) => call('POST /api/v1/zoom_apps/{id}/check', { params: { id } }),
  deleteZoomApp: (id: string) => call('DELETE /api/v1/zoom_apps/{id}', { params: { id } }),
  beginConsent: (id: string) => call('POST /api/v1/zoom_apps/{id}/consent', { params: { id } }),

  usage: (query: UsageQuery) => call('GET /api/v1/reports/usage', { query }),
  persons: (query: { q: string; limit: number }) => call('GET /api/v1/persons', { query }),
  assign: (body: Routes['PUT /api/v1/attendance/assignment']['body']) =>
    call('PUT /api/v1/attendance/assignment', { body }),
  mergePersons: (id: string, into: string) =>
    call('POST /api/v1/persons/{id}/merge', { params: { id }, body: { into } }),
  untie: (id: string, body: Routes['POST /api/v1/persons/{id}/links/untie']['body']) =>
    call('POST /api/v1/persons/{id}/links/untie', { params: { id }, body }),
  unmatched: (query: UnmatchedQuery) => call('GET /api/v1/attendance/unmatched', { query }),
  views: () => call('GET /api/v1/views', {}),
  keepView: (body: Routes['POST /api/v1/views']['body']) => call('POST /api/v1/views', { body }),
  forgetView: (id: string) => call('DELETE /api/v1/views/{id}', { params: { id } }),
  members: (query: { q?: string; cursor?: string }) => call('GET /api/v1/members', { query }),
  changeMember: (id: string, role: Role) => call('PATCH /api/v1/members/{id}', { params: { id }, body: { role } }),
  removeMember: (id: string) => call('DELETE /api/v1/members/{id}', { params: { id } }),
  signOutMember: (id: string) => call('DELETE /api/v1/members/{id}/sessions', { params: { id } }),
  invitations: () => call('GET /api/v1/invitations', {}),
  invite: (body: Pick<Invitation, 'email' | 'role'>) => call('POST /api/v1/invitations', { body }),
  revokeInvitation: (id: string) => call('DELETE /api/v1/invitations/{id}', { params: { id } }),
  ownSessions: () => call('GET /api/v1/me/sessions', {}),
  endSession: (id: string) => call('DELETE /api/v1/me/sessions/{id}', { params: { id } }),
  apiKeys: (query: { q?: string; cursor?: string }) => call('GET /api/v1/api_keys', { query }),
  newApiKey: (body: Pick<ApiKey, 'name' | 'role'>) => call('POST /api/v1/api_keys', { body }),
  revokeApiKey: (id: string) => call('DELETE /api/v1/api_keys/{id}', { params: { id } }),
  audit: (query: AuditQuery) => call('GET /api/v1/audit', { query }),
  countEvents: (query: EventSpan) => call('GET /api/v1/events/count', { query }),
  replayEvents: (body: EventSpan) => call('POST /api/v1/events/replay', { body }),
  replays: (query: ReplayQuery) => call('GET /api/v1/replays', { query }),
  runReplay: (id: string) => call('POST /api/v1/replays/{id}/run', { params: { id } }),
  stopReplay: (id: string) => call('POST /api/v1/replays/{id}/stop', { params: { id } }),
  doctor: () => call('GET /api/v1/doctor', { query: {} }),
  jobs: () => call('GET /api/v1/jobs', {}),
  deadJobs: (query: { q?: string; cursor?: string }) => call('GET /api/v1/jobs/dead', { query }),
  retryJob: (id: string) => call('POST /api/v1/jobs/dead/{id}/retry', { params: { id } }),
  quota: () => call('GET /api/v1/quota', {}),
  gaps: () => call('GET /api/v1/gaps', { query: { limit: 20 } }),

  connectionsByApp: () => call('GET /api/v1/connections/summary', {}),
  connections: (query: ConnectionQuery) => call('GET /api/v1/connections', { query }),
  disconnect: (id: string) => call('POST /api/v1/connections/{id}/disconnect', { params: { id } }),
  zoomUserPage: (query: QueryOf<'GET /api/v1/zoom_users'>) => call('GET /api/v1/zoom_users', { query }),
  zoomUserRead: () => call('GET /api/v1/zoom_users/read', {}),
  readZoomUsers: () => call('POST /api/v1/zoom_users/read', {}),
  addZoomUser: (body: NewZoomUser) => call('POST /api/v1/zoom_users', { body }),
  licences: () => call('GET /api/v1/licences', {}),
  changeLicences: (id: string, body: PoolChange) => call('PATCH /api/v1/licences/{id}', { params: { id }, body }),
  licenceHolders: (id: string, query: { q?: string; cursor?: string }) =>
    call('GET /api/v1/licences/{id}/holders', { params: { id }, query }),
  licenceLeases: (id: string, query: LeaseQuery) => call('GET /api/v1/licences/{id}/leases', { params: { id }, query }),
  lendLicence: (id: string, zoom_user: string) =>
    call('POST /api/v1/licences/{id}/leases', { params: { id }, body: { zoom_user } }),
  lease: (id: string) => call('GET /api/v1/leases/{id}', { params: { id } }),
  returnLicence: (id: string) => call('POST /api/v1/leases/{id}/return', { params: { id } }),
  zoomGroups: (id: string) => call('GET /api/v1/licences/{id}/groups', { params: { id } }),
  readZoomGroups: (id: string) => call('POST /api/v1/licences/{id}/groups/read', { params: { id } }),
  personPage: (query: { q?: string; cursor?: string }) => call('GET /api/v1/persons', { query }),
  subscriptionPage: (query: { q?: string; cursor?: string }) => call('GET /api/v1/subscriptions', { query }),
  newSubscription: (body: NewSubscription) => call('POST /api/v1/subscriptions', { body }),
  changeSubscription: (id: string, body: SubscriptionChange) =>
    call('PATCH /api/v1/subscriptions/{id}', { params: { id }, body }),
  deleteSubscription: (id: string) => call('DELETE /api/v1/subscriptions/{id}', { params: { id } }),
  testSubscription: (id: string) => call('POST /api/v1/subscriptions/{id}/test', { params: { id } }),
  rotateSecret: (id: string) => call('POST /api/v1/subscriptions/{id}/rotate_secret', { params: { id } }),
  deliveries: (query: DeliveryQuery) => call('GET /api/v1/deliveries', { query }),
  delivery: (id: string) => call('GET /api/v1/deliveries/{id}', { params: { id } }),
  replayMessages: (id: string, body: ReplayMessages) =>
    call('POST /api/v1/subscriptions/{id}/replay', { params: { id }, body }),
  checkPlace: (id: string) => call('POST /api/v1/places/{id}/check', { params: { id } }),
  placementsOfPlace: (id: string, query: { q?: string; cursor?: string }) =>
    call('GET /api/v1/places/{id}/placements', { params: { id }, query }),
  replayDelivery: (id: string) => call('POST /api/v1/deliveries/{id}/replay', { params: { id } }),
  zoomUsers: (q: string) => call('GET /api/v1/zoom_users', { query: { q, limit: 20 } }),

  meetings: (query: MeetingQuery) => call('GET /api/v1/meetings', { query }),
  countMeetings: (query: QueryOf<'GET /api/v1/meetings/count'>) => call('GET /api/v1/meetings/count', { query }),
  meeting: (id: string) => call('GET /api/v1/meetings/{id}', { params: { id } }),
  /** The same key with the same body never makes a second meeting. */
  createMeeting: (body: NewMeeting, idempotency_key: string) =>
    call('POST /api/v1/meetings', { body, headers: { 'idempotency-key': idempotency_key } }),
  previewMeeting: (body: PreviewRequest) => call('POST /api/v1/meetings/preview', { body }),
  /** What others changed since that revision is told by status 409, and not overwritten. */
  updateMeeting: (id: string, body: MeetingChange, revision: number) =>
    call('PATCH /api/v1/meetings/{id}', { params: { id }, body, headers: { 'if-match': `"${revision}"` } }),
  updateOccurrence: (id: string, occurrence_id: string, body: OccurrenceChange, revision: number) =>
    call('PATCH /api/v1/meetings/{id}/occurrences/{occurrence_id}', {
      params: { id, occurrence_id },
      body,
      headers: { 'if-match': `"${revision}"` },
    }),
  invitation: (id: string) => call('POST /api/v1/meetings/{id}/invitation', { params: { id } }),
  meetingOptions: (zoom_user_id?: string) =>
    zoom_user_id === undefined
      ? call('GET /api/v1/meeting_options', {})
      : call('GET /api/v1/zoom_users/{id}/meeting_options', { params: { id: zoom_user_id } }),
  refreshMeetingOptions: (zoom_user_id: string) =>
    call('POST /api/v1/zoom_users/{id}/meeting_options/refresh', { params: { id: zoom_user_id } }),
  workspace: () => call('GET /api/v1/workspace', {}),
  changeWorkspace: (body: WorkspaceChange) => call('PATCH /api/v1/workspace', { body }),
  setLogo: (picture: Blob) =>
    ask<Routes['PUT /api/v1/workspace/logo']['answer']>('PUT', address('/api/v1/workspace/logo'), picture),
  removeLogo: () => call('DELETE /api/v1/workspace/logo', {}),
  meetingDefaults: () => call('GET /api/v1/meeting_defaults', {}),
  setMeetingDefault: (option: string, body: MeetingDefaultChange) =>
    call('PUT /api/v1/meeting_defaults/{option}', { params: { option }, body }),
  removeMeetingDefault: (option: string) => call('DELETE /api/v1/meeting_defaults/{option}', { params: { option } }),
  cancelMeeting: (id: string, occurrence_id?: string) =>
    call('POST /api/v1/meetings/{id}/cancel', { params: { id }, body: occurrence_id ? { occurrence_id } : {} }),
  occurrences: (id: string) => call('GET /api/v1/meetings/{id}/occurrences', { params: { id } }),
  sessionsOfMeeting: (id: string, query: { cursor?: string }) =>
    call('GET /api/v1/meetings/{id}/sessions', { params: { id }, query: { ...query, limit: 100 } }),

  session: (uuid: string) => call('GET /api/v1/sessions', { query: { uuid } }),

  importMeetings: (body: Omit<Routes['POST /api/v1/meeting_imports']['body'], 'dry_run'>) =>
    call('POST /api/v1/meeting_imports', { body: { ...body, dry_run: true } }),
  meetingImports: (query: { cursor?: string }) => call('GET /api/v1/meeting_imports', { query }),
  meetingImport: (id: string) => call('GET /api/v1/meeting_imports/{id}', { params: { id } }),
  meetingImportRows: (id: string, query: ImportRowQuery) =>
    call('GET /api/v1/meeting_imports/{id}/rows', { params: { id }, query }),
  runImport: (id: string) => call('POST /api/v1/meeting_imports/{id}/run', { params: { id } }),
  stopImport: (id: string) => call('POST /api/v1/meeting_imports/{id}/stop', { params: { id } }),
  registrants: (id: string, query: RegistrantQuery) =>
    call('GET /api/v1/meetings/{id}/registrants', { params: { id }, query }),
  register: (id: string, body: Routes['POST /api/v1/meetings/{id}/registrants']['body']) =>
    call('POST /api/v1/meetings/{id}/registrants', { params: { id }, body }),
  readRegistrants: (id: string) => call('POST /api/v1/meetings/{id}/registrants/read', { params: { id } }),
  decideRegistrant: (id: string, registrant_id: string, decision: RegistrantDecision) =>
    call(`POST /api/v1/meetings/{id}/registrants/{registrant_id}/${decision}`, { params: { id, registrant_id } }),

  attendance: (uuid: string) => call('GET /api/v1/attendance', { query: { uuid } }),
  recordings: (query: { meeting_id: string; cursor?: string }) => call('GET /api/v1/recordings', { query }),
  summaries: (query: { meeting_id: string; cursor?: string }) => call('GET /api/v1/summaries', { query }),
  changeRecording: (id: string, body: Routes['PATCH /api/v1/recordings/{id}']['body']) =>
    call('PATCH /api/v1/recordings/{id}', { params: { id }, body }),

  places: (query: PlaceQuery) => call('GET /api/v1/places', { query }),
  place: (id: string) => call('GET /api/v1/places/{id}', { params: { id } }),
  changePlace: (id: string, body: Routes['PATCH /api/v1/places/{id}']['body']) =>
    call('PATCH /api/v1/places/{id}', { params: { id }, body }),
  deletePlace: (id: string) => call('DELETE /api/v1/places/{id}', { params: { id } }),
  addMattermost: (body: NewMattermostServer) => call('POST /api/v1/mattermost/servers', { body }),
  siteLists: (query: QueryOf<'GET /api/v1/site/lists'>) => call('GET /api/v1/site/lists', { query }),
  sitePage: (id: string) => call('GET /api/v1/site/pages/{id}', { params: { id } }),
  changeSitePage: (id: string, body: Routes['PATCH /api/v1/site/pages/{id}']['body']) =>
    call('PATCH /api/v1/site/pages/{id}', { params: { id }, body }),
  removeSitePage: (id: string) => call('DELETE /api/v1/site/pages/{id}', { params: { id } }),
  mattermost: (id: string) => call('GET /api/v1/mattermost/servers/{id}', { params: { id } }),
  changeMattermost: (id: string, body: MattermostServerChange) =>
    call('PATCH /api/v1/mattermost/servers/{id}', { params: { id }, body }),
  deleteMattermost: (id: string) => call('DELETE /api/v1/mattermost/servers/{id}', { params: { id } }),
  beginMattermostConsent: (id: string) => call('POST /api/v1/mattermost/servers/{id}/consent', { params: { id } }),
  lms: () => call('GET /api/v1/lti/platforms', {}),
  addLms: (body: { name: string }) => call('POST /api/v1/lti/platforms', { body }),
  addSite: (body: { name: string }) => call('POST /api/v1/site/places', { body }),
  placements: (meeting_id: string) => call('GET /api/v1/meetings/{id}/placements', { params: { id: meeting_id } }),
  putMeeting: (meeting_id: string, body: PutRequest) =>
    call('POST /api/v1/meetings/{id}/placements', { params: { id: meeting_id }, body }),
  takeMeeting: (placement_id: string) => call('DELETE /api/v1/placements/{id}', { params: { id: placement_id } }),

  events: (query: EventQuery) => call('GET /api/v1/events', { query }),
  event: (id: string) => call('GET /api/v1/events/{id}', { params: { id } }),
  replayEvent: (id: string) => call('POST /api/v1/events/{id}/replay', { params: { id } }),
} as const

/** Addresses that the browser itself goes to. */
export const links = {
  startAsHost: (meeting_id: string) => address('/api/v1/meetings/{id}/start', { id: meeting_id }).href,
} as const

/** Addresses of files, for links that download. */
export const files = {
  meetingsCsv: (query: QueryOf<'GET /api/v1/meetings.csv'>) => address('/api/v1/meetings.csv', {}, query).href,
  importCsv: (id: string, query: ImportRowQuery) =>
    address('/api/v1/meeting_imports/{id}/rows', { id }, { ...query, format: 'csv' }).href,
  registrantsCsv: (id: string, query: QueryOf<'GET /api/v1/meetings/{id}/registrants.csv'>) =>
    address('/api/v1/meetings/{id}/registrants.csv', { id }, query).href,
  unmatchedCsv: (query: QueryOf<'GET /api/v1/attendance/unmatched.csv'>) =>
    address('/api/v1/attendance/unmatched.csv', {}, query).href,
  attendanceCsv: (uuid: string) => address('/api/v1/attendance', {}, { uuid, format: 'csv' }).href,
} as const

/** Sign-in is better-auth's own API: https://www.better-auth.com/docs/authentication/email-password */
export const auth = {
  /** `twoFactorRedirect`: the password is right, and a code is asked for beside it. */
  signIn: (body: { email: string; password: string }) =>
    ask<{ twoFactorRedirect?: boolean }>('POST', address('/api/auth/sign-in/email'), body),
  /** What the sign-in page offers beside link and password. */
  ways: () => ask<{ oidc: { name: string } | null; passkeys: boolean }>('GET', address('/api/auth/ways')),
  /** The answer is the provider's address, to go to. */
  beginOidc: (callbackURL: string) =>
    ask<{ url: string }>('POST', address('/api/auth/sign-in/social'), { provider: 'oidc', callbackURL }),
  passkeyOptions: () =>
    ask<PublicKeyCredentialRequestOptionsJSON>('GET', address('/api/auth/passkey/generate-authenticate-options')),
  signInWithPasskey: (response: AuthenticationResponseJSON) =>
    ask('POST', address('/api/auth/passkey/verify-authentication'), { response }),
  passkeys: () => ask<Passkey[]>('GET', address('/api/auth/passkey/list-user-passkeys')),
  newPasskeyOptions: () =>
    ask<PublicKeyCredentialCreationOptionsJSON>('GET', address('/api/auth/passkey/generate-register-options')),
  addPasskey: (response: RegistrationResponseJSON, name: string) =>
    ask('POST', address('/api/auth/passkey/verify-registration'), { response, name }),
  removePasskey: (id: string) => ask('POST', address('/api/auth/passkey/delete-passkey'), { id }),
  session: () => ask<{ user?: { twoFactorEnabled?: boolean } } | null>('GET', address('/api/auth/get-session')),
  verifyTotp: (code: string) => ask('POST', address('/api/auth/two-factor/verify-totp'), { code }),
  verifyBackupCode: (code: string) => ask('POST', address('/api/auth/two-factor/verify-backup-code'), { code }),
  enableTwoFactor: (password: string) =>
    ask<{ totpURI: string; backupCodes: string[] }>('POST', address('/api/auth/two-factor/enable'), { password }),
  disableTwoFactor: (password: string) => ask('POST', address('/api/auth/two-factor/disable'), { password }),
  invitation: (token: string) =>
    ask<{ email: string; role: Role; workspace: string; known: boolean }>('POST', address('/api/auth/invitation'), {
      token,
    }),
  acceptInvitation: (body: { token: string; name?: string; password?: string }) =>
    ask('POST', address('/api/auth/accept-invitation'), body),
  setPassword: (password: string) => ask('POST', address('/api/auth/set-password'), { password }),
  signOut: () => ask('POST', address('/api/auth/sign-out'), {}),
} as const

/** The hub's own words for what went wrong (RFC 9457); `status` 0 when it could not be reached at all. */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly title: string
  /** better-auth's own name for it, where it is the sign-in that says no. */
  readonly code: string | undefined
  readonly errors: NonNullable<ProblemBody['errors']>
  /** What somebody else changed meanwhile, and the revision that is there now. */
  readonly conflicts: NonNullable<ProblemBody['conflicts']>
  readonly revision: number | undefined

  constructor(
    { status, title, detail, code, errors, conflicts, revision }: Omit<ProblemBody, 'type'> & { code?: string },
    options?: ErrorOptions,
  ) {
    super(detail ?? title, options)
    this.status = status
    this.title = title
    this.code = code
    this.errors = errors ?? []
    this.conflicts = conflicts ?? []
    this.revision = revision
  }
}

async function call<Name extends keyof Routes>(
  route: Name,
  request: Omit<Routes[Name], 'answer'>,
): Promise<Routes[Name]['answer']> {
  const [method = '', path = ''] = route.split(' ')
  const { params, query, body, headers }: Parts = request
  return ask(method, address(path, params, query), body, headers)
}

interface Parts {
  params?: Record<string, string>
  query?: Query
  body?: unknown
  headers?: Record<string, string>
}
type Query = Record<string, string | number | undefined>

function address(path: string, params: Record<string, string> = {}, query: Query = {}): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const url = new URL(filled.slice(1), hub_url)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value))
  }
  return url
}

async function ask<Answer>(
  method: string,
  url: URL,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const isFile = body instanceof Blob
  const content: Record<string, string> =
    body === undefined ? {} : { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }
  const response = await fetch(url, {
    method,
    headers: { accept: 'application/json', ...content, ...headers },
    body: body === undefined ? null : isFile ? body : JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new Problem(
      {
        status: 0,
        title: t('No answer'),
        detail: t('Greenroom does not answer. Is it running, and is the network up?'),
      },
      { cause },
    )
  })
  const text = await response.text()
  if (!response.ok) throw problemOf(response, text)
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** The hub answers with a problem, better-auth with a message, a proxy in between with HTML. It is told in the reader's language from here on. */
function problemOf(response: Response, text: string): Problem {
  const said = objectIn(text) as Partial<ProblemBody> & { message?: string; code?: string }
  const title = said.title ?? `${response.status} ${response.statusText}`.trim()
  return new Problem({
    ...said,
    status: response.status,
    title: hubWords(title),
    detail: hubWords(said.detail ?? said.message ?? title),
    errors: said.errors?.map(({ field, message }) => ({ field, message: hubWords(message) })),
  })
}

function objectIn(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { MeetingImport, PreviewRequest, Replay } from './api.d.ts'
import {
  api,
  auth,
  type AuditQuery,
  type ConnectionQuery,
  type DeliveryQuery,
  type EventQuery,
  type LeaseQuery,
  type ImportRowQuery,
  type MeetingQuery,
  type Page,
  type PlaceQuery,
  type RegistrantQuery,
  type UnmatchedQuery,
} from './client.ts'

// What is asked, under which key it is kept, and how often it is asked again (milliseconds) while somebody looks at it.

const often = 2_000
const sometimes = 10_000

/** A list that grows by "Load more". */
const growing = <Got extends Page<unknown>>(
  queryKey: readonly unknown[],
  page: (cursor: string | undefined) => Promise<Got>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    placeholderData: keepPreviousData,
  })

/** What the list of Zoom users is narrowed to. */
export interface ZoomUserFilter {
  q?: string
  type?: number
  status?: 'active' | 'inactive' | 'pending'
}

export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: api.me, staleTime: 60_000 }),

  zoomApps: () => queryOptions({ queryKey: ['zoom_apps'], queryFn: api.zoomApps, refetchInterval: sometimes }),
  zoomApp: (id: string) =>
    queryOptions({ queryKey: ['zoom_apps', 'one', id], queryFn: () => api.zoomApp(id), refetchInterval: sometimes }),
  zoomAppList: (q: string) => ({
    ...growing(['zoom_apps', 'list', q], (cursor) => api.zoomAppPage(after(q ? { q } : {}, cursor))),
    refetchInterval: sometimes,
  }),
  views: () => queryOptions({ queryKey: ['views'], queryFn: api.views }),
  members: (q: string) => growing(['members', q], (cursor) => api.members(after(q ? { q } : {}, cursor))),
  invitations: () => queryOptions({ queryKey: ['invitations'], queryFn: api.invitations }),
  ownSessions: () => queryOptions({ queryKey: ['own_sessions'], queryFn: api.ownSessions }),
  ways: () => queryOptions({ queryKey: ['ways'], queryFn: auth.ways, staleTime: Infinity }),
  passkeys: () => queryOptions({ queryKey: ['passkeys'], queryFn: auth.passkeys }),
  secondFactor: () =>
    queryOptions({
      queryKey: ['session'],
      queryFn: auth.session,
      select: (session) => ({ on: session?.user?.twoFactorEnabled === true }),
    }),
  zoomUserList: (filter: ZoomUserFilter) =>
    growing(['zoom_users', 'list', filter], (cursor) => api.zoomUserPage(after(filter, cursor))),
  /** While Zoom is being asked, one looks for the answer. */
  zoomUserRead: () =>
    queryOptions({
      queryKey: ['zoom_users', 'read'],
      queryFn: api.zoomUserRead,
      refetchInterval: ({ state }) => (state.data?.state === 'reading' ? 1_000 : false),
    }),
  personList: (q: string) => growing(['persons', 'list', q], (cursor) => api.personPage(after(q ? { q } : {}, cursor))),
  licences: () => queryOptions({ queryKey: ['licences'], queryFn: api.licences, refetchInterval: sometimes }),
  licenceHolders: (id: string, q: string) => ({
    ...growing(['licences', id, 'holders', q], (cursor) => api.licenceHolders(id, after(q ? { q } : {}, cursor))),
    refetchInterval: sometimes,
  }),
  licenceLeases: (id: string, query: LeaseQuery) => ({
    ...growing(['licences', id, 'leases', query], (cursor) => api.licenceLeases(id, after(query, cursor))),
    refetchInterval: sometimes,
  }),
  lease: (id: string) =>
    queryOptions({
      queryKey: ['leases', id],
      queryFn: () => api.lease(id),
      refetchInterval: ({ state }) => (state.data && state.data.state !== 'wanted' ? false : 500),
    }),
  zoomGroups: (id: string) => queryOptions({ queryKey: ['zoom_groups', id], queryFn: () => api.zoomGroups(id) }),
  unmatched: (query: UnmatchedQuery) => growing(['unmatched', query], (cursor) => api.unmatched(after(query, cursor))),
  subscriptionList: (q: string) => ({
    ...growing(['subscriptions', 'list', q], (cursor) => api.subscriptionPage(after(q ? { q } : {}, cursor))),
    refetchInterval: sometimes,
  }),
  oldUrls: (id: string) => queryOptions({ queryKey: ['zoom_apps', id, 'old_urls'], queryFn: () => api.oldUrls(id) }),
  subscriptionsFound: (q: string) =>
    queryOptions({
      queryKey: ['subscriptions', 'found', q],
      queryFn: () => api.subscriptionPage(q ? { q } : {}),
      placeholderData: keepPreviousData,
    }),
  deliveries: (query: DeliveryQuery) => ({
    ...growing(['deliveries', query], (cursor) => api.deliveries(after(query, cursor))),
    refetchInterval: sometimes,
  }),
  delivery: (id: string) => queryOptions({ queryKey: ['deliveries', id], queryFn: () => api.delivery(id) }),
  /** While one is at work one looks how far it is. */
  replays: (what: Replay['what']) =>
    queryOptions({
      queryKey: ['replays', what],
      queryFn: () => api.replays({ what, limit: 10 }),
      refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === 'running') ? 500 : sometimes),
    }),
  placementsOfPlace: (id: string, q: string) =>
    growing(['places', id, 'placements', q], (cursor) => api.placementsOfPlace(id, after(q ? { q } : {}, cursor))),
  apiKeys: (q: string) => growing(['api_keys', q], (cursor) => api.apiKeys(after(q ? { q } : {}, cursor))),
  audit: (query: AuditQuery) => growing(['audit', query], (cursor) => api.audit(after(query, cursor))),
  jobs: () => queryOptions({ queryKey: ['jobs'], queryFn: api.jobs, refetchInterval: sometimes }),
  deadJobs: (q: string) => ({
    ...growing(['jobs', 'dead', q], (cursor) => api.deadJobs(after(q ? { q } : {}, cursor))),
    refetchInterval: sometimes,
  }),
  quota: () => queryOptions({ queryKey: ['quota'], queryFn: api.quota, refetchInterval: sometimes }),
  gaps: () => queryOptions({ queryKey: ['gaps'], queryFn: api.gaps, refetchInterval: sometimes }),
  connectionsByApp: () =>
    queryOptions({ queryKey: ['connections', 'by app'], queryFn: api.connectionsByApp, refetchInterval: sometimes }),
  connected: () =>
    queryOptions({
      queryKey: ['connections', 'connected'],
      queryFn: () => api.connections({ state: 'connected', limit: 200 }),
    }),
  connectionList: (query: ConnectionQuery) => ({
    ...growing(['connections', 'list', query], (cursor) => api.connections(after(query, cursor))),
    refetchInterval: sometimes,
  }),
  zoomUsers: (q: string) =>
    queryOptions({ queryKey: ['zoom_users', q], queryFn: () => api.zoomUsers(q), placeholderData: keepPreviousData }),

  /** Asked again every second while Zoom is being asked about the host, which takes no longer than that. */
  meetingOptions: (zoom_user_id?: string) =>
    queryOptions({
      queryKey: ['meeting_options', zoom_user_id],
      queryFn: () => api.meetingOptions(zoom_user_id),
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        zoom_user_id === undefined || state.data?.fresh || state.dataUpdateCount > 20 ? false : 1_000,
    }),
  workspace: () => queryOptions({ queryKey: ['workspace'], queryFn: api.workspace }),
  meetingDefaults: () => queryOptions({ queryKey: ['meeting_defaults'], queryFn: api.meetingDefaults }),
  preview: (plan: PreviewRequest) =>
    queryOptions({
      queryKey: ['preview', plan],
      queryFn: () => api.previewMeeting(plan),
      placeholderData: keepPreviousData,
      retry: false,
      staleTime: Infinity,
    }),

  meetings: (query: MeetingQuery) => ({
    ...growing(['meetings', 'list', query], (cursor) => api.meetings(after(query, cursor))),
    refetchInterval: sometimes,
  }),
  nextMeetings: () =>
    queryOptions({
      queryKey: ['meetings', 'next'],
      queryFn: () => api.meetings({ when: 'upcoming', state: 'scheduled', limit: 6 }),
      refetchInterval: sometimes,
    }),
  recentMeetings: () =>
    queryOptions({
      queryKey: ['meetings', 'recent'],
      queryFn: () => api.meetings({ when: 'past', state: 'ended', limit: 4 }),
      refetchInterval: sometimes,
    }),
  anyMeeting: () =>
    queryOptions({
      queryKey: ['meetings', 'any'],
      queryFn: () => api.meetings({ limit: 1 }),
      refetchInterval: sometimes,
    }),
  runningMeetings: () =>
    queryOptions({
      queryKey: ['meetings', 'running'],
      queryFn: () => api.meetings({ when: 'all', state: 'started', limit: 5 }),
      refetchInterval: often,
    }),
  runningCount: () =>
    queryOptions({
      queryKey: ['meetings', 'running', 'count'],
      queryFn: () => api.countMeetings({ when: 'all', state: 'started' }),
      refetchInterval: often,
    }),
  meeting: (id: string) =>
    queryOptions({ queryKey: ['meetings', id], queryFn: () => api.meeting(id), refetchInterval: sometimes }),
  occurrences: (id: string) =>
    queryOptions({
      queryKey: ['meetings', id, 'occurrences'],
      queryFn: () => api.occurrences(id),
      refetchInterval: sometimes,
    }),
  sessionsOfMeeting: (id: string) => ({
    ...growing(['meetings', id, 'sessions'], (cursor) => api.sessionsOfMeeting(id, after({}, cursor))),
    refetchInterval: often,
  }),
  oneSession: (uuid: string) => queryOptions({ queryKey: ['sessions', uuid], queryFn: () => api.session(uuid) }),
  meetingImports: () => ({
    ...growing(['meeting_imports', 'list'], (cursor) => api.meetingImports(after({}, cursor))),
    refetchInterval: sometimes,
  }),
  meetingImport: (id: string) =>
    queryOptions({
      queryKey: ['meeting_imports', id],
      queryFn: () => api.meetingImport(id),
      refetchInterval: ({ state }) => (state.data && !isAtWork(state.data) ? sometimes : 500),
    }),
  meetingImportRows: (of: MeetingImport, query: ImportRowQuery) => ({
    // When its state is another one, so are the rows.
    ...growing(['meeting_imports', of.id, 'rows', of.state, query], (cursor) =>
      api.meetingImportRows(of.id, after(query, cursor)),
    ),
    refetchInterval: isAtWork(of) ? often : (false as const),
  }),
  attendance: (uuid: string) =>
    queryOptions({
      queryKey: ['attendance', uuid],
      queryFn: () => api.attendance(uuid),
      // What thousands attended is megabytes, and once it has ended little changes.
      refetchInterval: ({ state: { data } }) =>
        data && (data.attendees.length > 500 || data.session.state !== 'started') ? sometimes : often,
    }),
  /** While Zoom is being asked, one looks for the answer. */
  registrants: (id: string, query: RegistrantQuery) =>
    infiniteQueryOptions({
      ...growing(['meetings', id, 'registrants', query], (cursor) => api.registrants(id, after(query, cursor))),
      refetchInterval: ({ state }) => (state.data?.pages[0]?.read.state === 'reading' ? 1_000 : sometimes),
    }),
  recordings: (meeting_id: string) => ({
    ...growing(['meetings', meeting_id, 'recordings'], (cursor) => api.recordings(after({ meeting_id }, cursor))),
    refetchInterval: sometimes,
  }),

  summaries: (meeting_id: string) => ({
    ...growing(['meetings', meeting_id, 'summaries'], (cursor) => api.summaries(after({ meeting_id }, cursor))),
    refetchInterval: sometimes,
  }),

  places: (query: PlaceQuery) => ({
    ...growing(['places', 'list', query], (cursor) => api.places(after(query, cursor))),
    refetchInterval: sometimes,
  }),
  placesToPutIn: (q: string) =>
    queryOptions({
      queryKey: ['places', 'to put in', q],
      queryFn: () => api.places({ state: 'on', limit: 20, ...(q && { q }) }),
      placeholderData: keepPreviousData,
    }),
  siteLists: (place_id: string) =>
    growing(['places', place_id, 'site', 'lists'], (cursor) => api.siteLists(after({ place_id }, cursor))),
  sitePage: (id: string) =>
    queryOptions({ queryKey: ['places', 'site', 'pages', id], queryFn: () => api.sitePage(id) }),
  place: (id: string) => queryOptions({ queryKey: ['places', id], queryFn: () => api.place(id) }),
  mattermost: (id: string) =>
    queryOptions({ queryKey: ['places', id, 'mattermost'], queryFn: () => api.mattermost(id) }),
  lms: () => queryOptions({ queryKey: ['places', 'lms'], queryFn: api.lms }),
  placements: (meeting_id: string) =>
    queryOptions({
      queryKey: ['meetings', meeting_id, 'placements'],
      queryFn: () => api.placements(meeting_id),
      refetchInterval: sometimes,
    }),

  events: (query: EventQuery, live: boolean) => ({
    ...growing(['events', 'list', query], (cursor) => api.events(after(query, cursor))),
    refetchInterval: live ? often : (false as const),
  }),
  latestEvents: () =>
    queryOptions({ queryKey: ['events', 'latest'], queryFn: () => api.events({ limit: 100 }), refetchInterval: often }),
  deadEvents: () =>
    queryOptions({
      queryKey: ['events', 'dead'],
      queryFn: () => api.events({ state: 'dead', limit: 100 }),
      refetchInterval: sometimes,
    }),
  event: (id: string) =>
    queryOptions({ queryKey: ['events', id], queryFn: () => api.event(id), refetchInterval: often }),
} as const

export const isAtWork = ({ state }: MeetingImport): boolean => state === 'checking' || state === 'running'

const after = <Query extends object>(query: Query, cursor: string | undefined) =>
  cursor ? { ...query, cursor } : query

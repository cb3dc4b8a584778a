import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { features, featuresOf, type Feature } from '#hub/doctor/catalogue.ts'
import { neverArrived } from '#hub/doctor/events.ts'
import { featureOfScopes, featuresBought } from '#hub/doctor/features.ts'
import { translated } from '#hub/zoom-refusal.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import { events } from '#zoom/schema/events.ts'
import { matchEndpoint } from '#zoom/schema/endpoints.ts'
import { scopesThatDo, type AppKind } from '#zoom/scopes.ts'

const listOf = (...names: string[]): string =>
  names.map((name) => readFileSync(new URL(`./vectors/scopes/${name}.txt`, import.meta.url), 'utf8')).join('')

interface Expected {
  lists: string[]
  kind: AppKind
  family: 'classic' | 'granular'
  works: string
  unneeded: string
}

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

const ofAccounts = words(
  `pick_hosts create_users licences groups summaries tracking_fields attendance_by_report attendance_by_dashboard
  sessions_by_report plan_of_dashboard hosts_by_report plans_by_report follow_users follow_recordings_in_bulk locked_settings group_members webinar_attendance_by_report webinar_attendance_by_dashboard`,
)

const lists: Record<string, Expected> = {
  'the 51 scopes of eRoom’s page': {
    lists: ['eroom'],
    kind: 'server_to_server',
    family: 'granular',
    works: `plan_meetings list_meetings follow_meetings follow_sessions invitations
      follow_summaries pick_hosts follow_users users user_settings create_users licences start_links bots_on_behalf plan_webinars
      list_webinars follow_webinars follow_webinar_attendance `,
    unneeded: `account:read:account_setting:admin account:read:account_setting:master account:read:settings:admin
      account:update:options:admin account:update:owner:master account:update:settings:admin account:update:settings:master
      meeting:read:chat_message:admin meeting:read:list_upcoming_meetings:admin meeting:read:live_streaming_token:admin
      meeting:read:local_archiving_token:admin meeting:update:status:admin
      meeting:write:invite_links:admin user:delete:user:admin user:read:email:admin user:read:list_assistants:admin
      user:read:list_permissions:admin webinar:delete:webinar:master webinar:read:list_webinars:master
      webinar:read:webinar:master webinar:update:status:admin webinar:update:webinar:master
      webinar:write:invite_links:admin webinar:write:invite_links:master
      webinar:write:webinar:master zoom_events:delete:speaker:admin zoom_events:read:event:admin
      zoom_events:read:list_access_links:admin zoom_events:read:list_events:admin zoom_events:update:speaker:admin
      zoom_events:write:speaker:admin`,
  },
  'what mod_zoom requires, granular': {
    lists: ['mod_zoom-granular-required'],
    kind: 'server_to_server',
    family: 'granular',
    works: 'plan_meetings follow_meetings follow_sessions invitations follow_users users user_settings schedulers',
    unneeded: '',
  },
  'all that mod_zoom names, granular': {
    lists: ['mod_zoom-granular-required', 'mod_zoom-granular-optional'],
    kind: 'server_to_server',
    family: 'granular',
    works: `plan_meetings follow_meetings follow_sessions invitations list_registrants attendance_by_report
      attendance_by_dashboard sessions_by_report hosts_by_report plan_of_dashboard recordings pick_hosts follow_users
      users user_settings schedulers licences groups tracking_fields plan_webinars follow_webinars list_webinar_registrants
      webinar_attendance_by_report webinar_attendance_by_dashboard`,
    unneeded: `cloud_recording:read:list_recording_files:admin cloud_recording:read:recording_settings:admin
      dashboard:read:list_webinars:admin`,
  },
  'what mod_zoom requires, classic': {
    lists: ['mod_zoom-classic-required'],
    kind: 'server_to_server',
    family: 'classic',
    works: `plan_meetings list_meetings follow_meetings follow_sessions follow_attendance invitations
      list_registrants register follow_registrants attendance_by_past_meeting past_sessions pick_hosts
      follow_users users user_settings schedulers start_links bots_on_behalf `,
    unneeded: '',
  },
  'all that mod_zoom names, classic': {
    lists: ['mod_zoom-classic-required', 'mod_zoom-classic-optional'],
    kind: 'server_to_server',
    family: 'classic',
    works: `plan_meetings list_meetings follow_meetings follow_sessions follow_attendance invitations
      list_registrants register follow_registrants attendance_by_report attendance_by_dashboard attendance_by_past_meeting
      sessions_by_report hosts_by_report plans_by_report plan_of_dashboard past_sessions recordings follow_recordings follow_recordings_in_bulk
      pick_hosts follow_users users user_settings schedulers create_users licences groups tracking_fields start_links
      bots_on_behalf plan_webinars list_webinars follow_webinars follow_webinar_attendance 
      list_webinar_registrants register_for_webinars follow_webinar_registrants webinar_attendance_by_report webinar_attendance_by_dashboard
      webinar_attendance_by_past_webinar
      group_members `,
    unneeded: '',
  },
  'the Mattermost pages’ list, classic': {
    lists: ['mattermost-classic'],
    kind: 'user_managed',
    family: 'classic',
    works: `plan_meetings list_meetings follow_meetings follow_sessions follow_attendance invitations
      list_registrants register follow_registrants attendance_by_past_meeting past_sessions users user_settings
      schedulers start_links bots_on_behalf `,
    unneeded: '',
  },
  'the Mattermost pages’ list, granular for a user': {
    lists: ['mattermost-granular-user'],
    kind: 'user_managed',
    family: 'granular',
    works: 'follow_meetings follow_sessions users',
    unneeded: '',
  },
  'the Mattermost pages’ list, granular for an account': {
    lists: ['mattermost-granular-account'],
    kind: 'admin_managed',
    family: 'granular',
    works: 'follow_meetings follow_sessions follow_users users',
    unneeded: '',
  },
  'the Attendee guide’s list for recording': {
    lists: ['attendee-local-recording'],
    kind: 'user_managed',
    family: 'granular',
    works: 'list_meetings users bots_record',
    unneeded: '',
  },
  'the Attendee guide’s list for joining on behalf': {
    lists: ['attendee-on-behalf'],
    kind: 'user_managed',
    family: 'granular',
    works: 'users start_links bots_on_behalf',
    unneeded: '',
  },
}

for (const [what, { lists: names, kind, family, works, unneeded }] of Object.entries(lists)) {
  test(`${what} buys exactly what follows from Zoom's tables`, () => {
    const scope = listOf(...names)
    const bought = featuresBought(scope, kind)
    assert.equal(bought.family, family)
    const working = bought.works.map(({ feature }) => feature)
    assert.deepEqual(working, words(works))
    const lacking = bought.lacks.map(({ feature }) => feature)
    const all = Object.keys(features).filter((name) => kind !== 'user_managed' || !ofAccounts.includes(name))
    // Of an account, a granular app can have no scope for what is locked.
    const never = kind !== 'user_managed' && family === 'granular' ? ['locked_settings'] : []
    assert.deepEqual([...working, ...lacking].sort(), all.filter((name) => !never.includes(name)).sort())
    assert.deepEqual(bought.unneeded, words(unneeded))
  })

  test(`${what} buys everything once what is named has been added`, () => {
    const scope = listOf(...names)
    const added = featuresBought(scope, kind).lacks.flatMap(({ add }) => add)
    const after = featuresBought(`${scope} ${added.join(' ')}`, kind)
    assert.deepEqual(after.lacks, [])
    assert.ok(
      added.every((name) => (kind === 'user_managed') !== /:admin\b/.test(name)),
      added.join(' '),
    )
  })
}

test('eRoom’s page has 51 scopes', () => {
  assert.equal(new Set(words(listOf('eroom'))).size, 51)
})

test('the scopes that our own guide names are needed, each of them, and are enough for meetings, attendance and recordings', () => {
  const guide = readFileSync(new URL('../docs/zoom.md', import.meta.url), 'utf8')
  const table = guide.slice(guide.indexOf('| for | scopes |'), guide.indexOf('An app from before'))
  const scope = [...table.matchAll(/`([a-z_:]+)`/g)].map(([, name]) => name).join(' ')
  const { lacks, unneeded } = featuresBought(scope, 'server_to_server')
  assert.deepEqual(unneeded, [])
  assert.deepEqual(
    lacks.map(({ feature }) => feature),
    words(`plan_of_dashboard create_users licences groups tracking_fields bots_record list_webinar_registrants
      register_for_webinars follow_webinar_registrants webinar_attendance_by_dashboard webinar_attendance_by_past_webinar
      group_members`),
  )
})

test('what is missing is named one by one, with what would do', () => {
  const [plan] = featuresBought(listOf('mattermost-granular-user'), 'user_managed').lacks
  assert.deepEqual(plan, {
    feature: 'plan_meetings',
    words: 'plan meetings',
    required: true,
    add: ['meeting:update:meeting', 'meeting:delete:meeting'],
    missing: [
      { operation: 'PATCH /meetings/{meetingId}', any_of: ['meeting:update:meeting'] },
      { operation: 'DELETE /meetings/{meetingId}', any_of: ['meeting:delete:meeting'] },
    ],
  })
  const nothing = featuresBought('', 'user_managed')
  assert.equal(nothing.family, undefined)
  assert.deepEqual(
    nothing.works.map(({ feature }) => feature),
    [],
  )
})

test('every feature can be had by each of its kinds of app, and every event is one that Zoom documents', () => {
  for (const kind of ['server_to_server', 'admin_managed', 'user_managed'] as const)
    for (const [name, { operations = [], events: names = [] }] of featuresOf(kind)) {
      const family = name === 'locked_settings' ? 'classic' : 'granular'
      for (const each of operations) assert.ok(scopesThatDo(each, kind, family).length > 0, `${name} for ${kind}`)
      for (const event of names) assert.ok(events.has(event), event)
      assert.ok(operations.length + names.length > 0, name)
    }
})

test('events that never arrived are told with what they cost', () => {
  const seen = new Set(['meeting.started', 'meeting.ended', 'meeting.participant_joined'])
  const cost = neverArrived('user_managed', seen)
  assert.deepEqual(
    cost.find(({ feature }) => feature === 'follow_attendance'),
    { feature: 'follow_attendance', words: 'see who comes and goes', events: ['meeting.participant_left'] },
  )
  assert.ok(!cost.some(({ feature }) => feature === 'follow_sessions'))
})

for (const code of [4700, 4711])
  test(`Zoom's refusal ${code} for want of a scope says the feature and the names to add`, () => {
    const reason =
      'Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin, meeting:write:meeting:master].'
    const error = translated(new ZoomApiError({ status: 400, code, reason, errors: [], tracking_id: undefined }), 0)
    assert.ok(error instanceof Error)
    assert.equal(
      error.message,
      'The Zoom app may not plan meetings. An administrator adds one of these on its “Scopes” page at Zoom: meeting:write:meeting meeting:write:meeting:admin',
    )
  })

test('a refusal for a scope that nothing here knows repeats the names', () => {
  assert.equal(featureOfScopes(['phone:read:everything']), undefined)
})

/** Offered by the client, and asked by nothing here: a scope for it is not wanted. Whoever begins to ask gives it a feature. */
const asked_by_nobody = [
  'DELETE /webinars/{webinarId}/panelists',
  'DELETE /webinars/{webinarId}/panelists/{panelistId}',
  'GET /meetings/{meetingId}/recordings',
  'GET /meetings/{meetingId}/recordings/settings',
  'GET /users/{userId}/assistants',
  'GET /webinars/{webinarId}/panelists',
  'PATCH /live_meetings/{meetingId}/events',
  'PATCH /meetings/{meetingId}/recordings/settings',
  'POST /webinars/{webinarId}/panelists',
  'PUT /meetings/{meetingId}/status',
  'PUT /webinars/{webinarId}/status',
]

test('every call that is made of Zoom belongs to a feature, and every feature is made of calls that are made', () => {
  const folder = new URL('../src/zoom/', import.meta.url)
  const sources = new Map(
    readdirSync(new URL('../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('simulator/'))
      .map((file) => [file, readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')]),
  )
  const isUsed = (name: string, except: string): boolean =>
    [...sources].some(([file, source]) => file !== except && new RegExp(`\\b${name}\\b`).test(source))
  const [made, unmade] = [new Set<string>(), new Set<string>()]
  // Meetings and webinars have their registrants at paths of the same form, which are chosen before a call is made.
  const chosen = [...(sources.get('zoom/registrants.ts') ?? '').matchAll(/[?:] path`([^`]+)`/g)].map(([, path = '']) =>
    path.replaceAll(/\$\{[^}]*\}/g, '{}'),
  )
  assert.equal(chosen.length, 6)
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts')))
    for (const part of (sources.get(`zoom/${file}`) ?? '').split(/^(?=export )/m)) {
      const name = /^export (?:async )?(?:function\*?|const) (\w+)/.exec(part)?.[1] ?? ''
      for (const [, method = 'GET', path = ''] of part.matchAll(/(?:method: '([A-Z]+)',\s*)?path: path`([^`]+)`/g)) {
        const endpoint = matchEndpoint(method, path.replaceAll(/\$\{[^}]*\}/g, 'x'))?.endpoint
        assert.ok(endpoint, `${file}: ${method} ${path}`)
        ;(isUsed(name, `zoom/${file}`) ? made : unmade).add(nameOf(endpoint))
      }
    }
  assert.ok(made.size > 20, String(made.size))
  assert.deepEqual([...unmade].filter((call) => !made.has(call)).sort(), asked_by_nobody)
  const known = Object.values<Feature>(features).flatMap(({ operations = [] }) => operations.map(nameOf))
  const isChosen = (call: string): boolean => chosen.includes(call.replace(/^\w+ /, '').replaceAll(/\{\w+\}/g, '{}'))
  assert.deepEqual([...new Set(known)].filter((call) => !isChosen(call)).sort(), [...made].sort())
})

const nameOf = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`

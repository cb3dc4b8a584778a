import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test, type TestContext } from 'node:test'
import { apiRoutes } from '#simulator/api/routes.ts'
import { endpoints } from '#zoom/schema/endpoints.ts'
import { simulate, type Json, type Zoom } from './simulator-client.ts'
import { differences, publishedSample } from './simulator-shape.ts'

const question = {
  name: 'How useful was this?',
  type: 'single',
  answers: ['Extremely useful', 'Not useful'],
  prompts: [{ prompt_question: 'How are you?' }],
  answer_required: false,
  show_as_dropdown: false,
  answer_min_character: 1,
  answer_max_character: 200,
  rating_min_value: 1,
  rating_max_value: 4,
  rating_min_label: 'Not likely',
  rating_max_label: 'Extremely likely',
}
const withRightAnswers = { ...question, prompts: [{ prompt_question: 'How are you?', prompt_right_answers: ['Good'] }] }
const poll = (title: string) => ({ title, poll_type: 2, questions: [withRightAnswers, withRightAnswers] })
const survey = {
  custom_survey: {
    title: 'Learn something new',
    anonymous: false,
    numbered_questions: false,
    show_question_type: false,
    feedback: 'Thank you.',
    questions: [question, question],
  },
  show_in_the_browser: true,
  third_party_survey: 'https://survey.example',
}

/** What is off at first: without it there are no polls of webinars, no surveys, no captions and no archive. */
async function switchOn({ api, control }: Zoom): Promise<void> {
  await control('PATCH', '/settings', { archiving: true })
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const in_meeting = {
    meeting_survey: true,
    webinar_survey: true,
    webinar_polling: { enable: true },
    closed_captioning: { enable: true, third_party_captioning_service: true },
  }
  const answer = await api('PATCH', '/users/ada@school.example/settings', {
    in_meeting,
    recording: { local_recording: true },
  })
  assert.equal(answer.status, 204, JSON.stringify(answer.body))
}

/** One account in which every reply has something to tell. */
async function furnished(t: TestContext) {
  const zoom = await simulate(t)
  const { api, control } = zoom
  await switchOn(zoom)
  const plan = {
    topic: 'Algebra',
    agenda: 'Rings',
    start_time: new Date(Date.now() + 3_600_000).toISOString().slice(0, 19) + 'Z',
  }
  const weekly = {
    type: 2,
    repeat_interval: 1,
    weekly_days: '2',
    monthly_day: 1,
    monthly_week: 1,
    monthly_week_day: 1,
    end_times: 3,
  }
  const custom_keys = [{ key: 'k', value: 'v' }]
  const meeting_invitees = [{ email: 'grace@school.example' }, { email: 'guest@elsewhere.example' }]
  const more = {
    tracking_fields: [{ field: 'f', value: 'v' }],
    settings: { approval_type: 0, use_pmi: true, custom_keys, meeting_invitees },
  }
  const post = (kind: string, type: number) =>
    api('POST', `/users/ada@school.example/${kind}s`, { ...plan, ...more, type, recurrence: weekly })
  const [meeting, webinar] = [(await post('meeting', 8)).body, (await post('webinar', 9)).body]
  await api('POST', '/users/ada@school.example/meetings', { ...plan, type: 2 })
  const made = async (path: string, body: object) => {
    const answer = await api('POST', path, body)
    assert.equal(answer.status, 201, JSON.stringify(answer.body))
    return answer.body
  }
  const polls = await made(`/meetings/${meeting.id}/batch_polls`, { polls: [poll('Today'), poll('Tomorrow')] })
  const webinarPoll = await made(`/webinars/${webinar.id}/polls`, poll('Today'))
  await made(`/webinars/${webinar.id}/polls`, poll('Tomorrow'))
  for (const path of [`/meetings/${meeting.id}`, `/webinars/${webinar.id}`])
    assert.equal((await api('PATCH', `${path}/survey`, survey)).status, 204)
  const held = async (id: number): Promise<string> => {
    const { uuid } = await control('POST', `/meetings/${id}/start`)
    await control('POST', `/meetings/${id}/join`, {
      name: 'Grace',
      email: 'grace@school.example',
      registrant_id: 'reg',
    })
    await control('POST', `/meetings/${id}/join`, { name: 'Max', customer_key: 'key' })
    await control('POST', `/meetings/${id}/recording`)
    await control('POST', `/meetings/${id}/sharing`, { name: 'Max' })
    for (const name of ['Grace', 'Max']) {
      await control('POST', `/meetings/${id}/chat`, { name, message: 'Good morning' })
      for (const kind of ['poll', 'qa', 'survey'])
        await control('POST', `/meetings/${id}/answers`, { kind, name, question: question.name, answer: 'Good' })
    }
    await control('POST', `/meetings/${id}/feedback`, { name: 'Max', comment: 'Good' })
    await control('POST', '/clock', { advance_s: 120 })
    await control('POST', `/meetings/${id}/end`)
    return encodeURIComponent(encodeURIComponent(uuid))
  }
  await control('POST', '/groups', { name: 'Teachers', members: ['ada@school.example'] })
  const tracking = await made('/tracking_fields', { field: 'Course', recommended_values: ['Algebra'] })
  const assistants = await made('/users/ada@school.example/assistants', {
    assistants: [{ email: 'grace@school.example' }],
  })
  const users = [{ email: 'alan@school.example' }, { email: 'nobody@school.example' }]
  const features = await made('/users/features', { feature_type: 'user_type', feature_value: '2', users })
  return {
    zoom,
    tracking,
    assistants,
    features,
    meeting,
    webinar,
    polls,
    webinarPoll,
    past: await held(meeting.id),
    pastWebinar: await held(webinar.id),
  }
}

type World = Awaited<ReturnType<typeof furnished>>

interface Shape {
  sample: string
  get: (world: World) => Promise<Json>
  /** Fields of the sample that the simulator leaves out, by the reason. */
  absent?: Record<string, string[]>
  /** Fields of the simulator that the sample lacks, by the reason. */
  extra?: Record<string, string[]>
  /** Lists that have entries in the sample and none in the simulator, by the reason. */
  empty?: Record<string, string[]>
}

const read =
  (path: (world: World) => string) =>
  async (world: World): Promise<Json> => {
    const { status, body } = await world.zoom.api('GET', path(world))
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

/** Some answers are for a master account's scopes alone, which no app of the seed has. */
const readAsMaster =
  (path: string) =>
  async ({ zoom }: World): Promise<Json> => {
    const scopes = ['account:read:managed_domains:master', 'account:read:trusted_domains:master']
    const app = { client_id: 'master', client_secret: 'x', type: 'server_to_server', scopes }
    await zoom.control('POST', '/apps', app)
    const authorization = `Bearer ${await zoom.accessToken(['master', 'x'])}`
    const { status, body } = await zoom.send('GET', `/v2${path}`, undefined, { authorization })
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

const needsFeature = 'comes only with a feature of the account that the simulator has not'
const onlyWhenSet = 'comes only when it was set'

const noResources = { [onlyWhenSet]: ['settings.resources'] }
const ofMeetingsAlone = 'can be given for meetings alone'

const schedulingSettings = {
  [onlyWhenSet]: [
    'settings.audio_conference_info',
    'settings.authentication_domains',
    'settings.authentication_exception',
    'settings.authentication_name',
    'settings.authentication_option',
    'settings.approved_or_denied_countries_or_regions.approved_list',
    'settings.approved_or_denied_countries_or_regions.denied_list',
    'settings.approved_or_denied_countries_or_regions.method',
    'settings.breakout_room.rooms',
    'settings.calendar_type',
    'settings.contact_email',
    'settings.contact_name',
    'settings.language_interpretation.interpreters',
    'settings.sign_language_interpretation.interpreters',
    'settings.question_and_answer.allow_submit_questions',
    'settings.question_and_answer.allow_anonymous_questions',
    'settings.question_and_answer.question_visibility',
    'settings.question_and_answer.attendees_can_comment',
    'settings.question_and_answer.attendees_can_upvote',
    'settings.summary_template_id',
    'template_id',
    'recurrence.end_date_time',
  ],
  [needsFeature]: [
    'settings.alternative_host_manage_cloud_recording',
    'settings.alternative_host_manage_meeting_summary',
    'settings.auto_add_recording_to_video_management',
    'settings.continuous_meeting_chat.auto_add_invited_external_users',
    'settings.continuous_meeting_chat.auto_add_meeting_participants',
    'settings.continuous_meeting_chat.channel_id',
    'settings.waiting_room_options',
  ],
}

const webinarSettings = {
  [onlyWhenSet]: [
    'settings.audio_conference_info',
    'settings.authentication_domains',
    'settings.authentication_name',
    'settings.authentication_option',
    'settings.language_interpretation.interpreters',
    'settings.sign_language_interpretation.interpreters',
    'template_id',
    'recurrence.end_date_time',
  ],
  [needsFeature]: ['record_file_id', 'transition_to_live', 'simulive_delay_start'],
}

const recordingFileAbsent = {
  'comes only when recordings are deleted by themselves': ['auto_delete_date'],
  'comes only for files in the trash': ['recording_files.deleted_time'],
  'comes only from recording on premises': ['recording_files.file_path'],
}
const recordingAbsent = {
  ...recordingFileAbsent,
  'comes only with a file for each participant': ['participant_audio_files'],
}
const recordingExtra = { 'documented by Zoom; the sample lacks it': ['share_url', 'timezone'] }

const archiveAbsent = {
  'comes only for the file of one participant, whom the simulator does not archive apart': [
    'archive_files.participant_email',
    'archive_files.participant_join_time',
    'archive_files.participant_leave_time',
  ],
  'comes only from archiving on premises': ['archive_files.file_path'],
  'comes only for a file of messages, not for the picture': ['archive_files.number_of_messages'],
}
const archiveEmpty = { 'comes only where files were sent in the chat': ['physical_files'] }

const prefixed = (prefix: string, table: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(table).map(([reason, fields]) => [reason, fields.map((field) => prefix + field)]))

/** The days about now, the clock of `furnished` being a few minutes ahead. */
const today = (): string => {
  const day = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 10)
  return `from=${day(0)}&to=${day(86_400_000)}`
}

const nextMonth = (): string => {
  const day = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 10)
  return `from=${day(0)}&to=${day(30 * 86_400_000)}`
}

const notHere = 'comes only from a browser, a telephone, a room or a thin client'

const notOfThisClient = {
  [notHere]: [
    'participants.audio_call',
    'participants.browser_name',
    'participants.browser_version',
    'participants.from_sip_uri',
    'participants.sip_uri',
    'participants.zoom_thin_client_plugin_version',
  ],
}

const ada = '/users/ada@school.example'

const kinds = ['meeting', 'webinar'] as const
const pastOf = { meeting: 'past', webinar: 'pastWebinar' } as const

const dashboardShapes = kinds.flatMap((kind) =>
  ['satisfaction', 'sharing', 'qos_summary'].map((what): Shape => ({
    sample: `metrics-${kind}s-{${kind}Id}-participants-${what}_GET`,
    get: read((world) => `/metrics/${kind}s/${world[pastOf[kind]]}/participants/${what}?type=past`),
  })),
)

const qosAbsent = ['browser_name', 'browser_version', 'zoom_thin_client_plugin_version']

const qosShapes: Shape[] = [
  ...kinds.map((kind): Shape => ({
    sample: `metrics-${kind}s-{${kind}Id}-participants-qos_GET`,
    get: read((world) => `/metrics/${kind}s/${world[pastOf[kind]]}/participants/qos?type=past`),
    absent: { [notHere]: qosAbsent.map((field) => `participants.${field}`) },
  })),
  {
    sample: 'metrics-webinars-{webinarId}-participants-{participantId}-qos_GET',
    get: async (world) => {
      const path = `/metrics/webinars/${world.pastWebinar}/participants`
      const { participants } = await read(() => `${path}/qos?type=past`)(world)
      return read(() => `${path}/${participants[0].user_id}/qos?type=past`)(world)
    },
    absent: { [notHere]: qosAbsent },
  },
]

const joinTokenShapes = ['meeting', 'webinar'].flatMap((kind) =>
  ['local_recording', 'local_archiving'].map((what): Shape => ({
    sample: `${kind}s-{${kind}Id}-jointoken-${what}_GET`,
    get: read((world) => `/${kind}s/${world[kind as 'meeting' | 'webinar'].id}/jointoken/${what}`),
  })),
)

const answerShapes: Shape[] = [
  { sample: 'meetings-{meetingId}-batch_polls_POST', get: async ({ polls }) => polls },
  {
    sample: 'meetings-{meetingId}-polls-{pollId}_GET',
    get: read(({ meeting, polls }) => `/meetings/${meeting.id}/polls/${polls.polls[0].id}`),
  },
  { sample: 'webinars-{webinarId}-polls_GET', get: read(({ webinar }) => `/webinars/${webinar.id}/polls`) },
  {
    sample: 'webinars-{webinarId}-polls-{pollId}_GET',
    get: read(({ webinar, webinarPoll }) => `/webinars/${webinar.id}/polls/${webinarPoll.id}`),
  },
  { sample: 'past_meetings-{meetingId}-polls_GET', get: read(({ past }) => `/past_meetings/${past}/polls`) },
  { sample: 'past_meetings-{meetingId}-qa_GET', get: read(({ past }) => `/past_meetings/${past}/qa`) },
  { sample: 'meetings-{meetingId}-survey_GET', get: read(({ meeting }) => `/meetings/${meeting.id}/survey`) },
]

const shapes: Shape[] = [
  ...joinTokenShapes,
  ...answerShapes,
  {
    sample: 'meetings-{meetingId}-token_GET',
    get: read(({ meeting }) => `/meetings/${meeting.id}/token?type=closed_caption_token`),
  },
  ...dashboardShapes,
  ...qosShapes,
  {
    sample: 'report-meeting_activities_GET',
    get: read(() => `/report/meeting_activities?activity_type=All%20Activities&${today()}`),
  },
  {
    sample: 'users_GET',
    get: read(() => '/users'),
    absent: {
      [needsFeature]: ['users.custom_attributes', 'users.employee_unique_id', 'users.plan_united_type'],
      [onlyWhenSet]: ['users.host_key'],
    },
  },
  {
    sample: 'users-{userId}_GET',
    get: read(() => ada),
    absent: { [needsFeature]: ['cms_user_id', 'employee_unique_id', 'plan_united_type', 'zoom_one_type'] },
    empty: { [needsFeature]: ['custom_attributes'], [onlyWhenSet]: ['phone_numbers'] },
  },
  { sample: 'users-summary_GET', get: read(() => '/users/summary') },
  { sample: 'users-{userId}-token_GET', get: read(() => `${ada}/token?type=zak`) },
  { sample: 'users-me-zak_GET', get: read(() => '/users/me/zak') },
  {
    sample: 'users-{userId}-meetings_POST',
    get: async ({ meeting }) => meeting,
    absent: schedulingSettings,
    empty: noResources,
  },
  {
    sample: 'meetings-{meetingId}_GET',
    get: read(({ meeting }) => `/meetings/${meeting.id}`),
    absent: schedulingSettings,
    empty: noResources,
  },
  { sample: 'users-{userId}-upcoming_meetings_GET', get: read(() => `${ada}/upcoming_meetings`) },
  { sample: 'users-{userId}-webinars_POST', get: async ({ webinar }) => webinar, absent: webinarSettings },
  {
    sample: 'webinars-{webinarId}_GET',
    get: read(({ webinar }) => `/webinars/${webinar.id}`),
    absent: webinarSettings,
  },
  {
    sample: 'users-{userId}-webinars_GET',
    get: read(() => `${ada}/webinars`),
  },
  { sample: 'past_meetings-{meetingId}_GET', get: read(({ past }) => `/past_meetings/${past}`) },
  {
    sample: 'past_meetings-{meetingId}-instances_GET',
    get: read(({ meeting }) => `/past_meetings/${meeting.id}/instances`),
  },
  {
    sample: 'past_meetings-{meetingId}-participants_GET',
    get: read(({ past }) => `/past_meetings/${past}/participants`),
  },
  { sample: 'report-meetings-{meetingId}_GET', get: read(({ past }) => `/report/meetings/${past}`) },
  {
    sample: 'report-meetings-{meetingId}-participants_GET',
    get: read(({ past }) => `/report/meetings/${past}/participants?include_fields=registrant_id`),
  },
  {
    sample: 'report-webinars-{webinarId}_GET',
    get: read(({ pastWebinar }) => `/report/webinars/${pastWebinar}`),
    empty: { [ofMeetingsAlone]: ['custom_keys'] },
  },
  {
    sample: 'report-webinars-{webinarId}-participants_GET',
    get: read(({ pastWebinar }) => `/report/webinars/${pastWebinar}/participants?include_fields=registrant_id`),
  },
  { sample: 'tracking_fields_GET', get: read(() => '/tracking_fields') },
  { sample: 'tracking_fields-{fieldId}_GET', get: read(({ tracking }) => `/tracking_fields/${tracking.id}`) },
  { sample: 'tracking_fields_POST', get: async ({ tracking }) => tracking },
  { sample: 'accounts-{accountId}-managed_domains_GET', get: readAsMaster('/accounts/me/managed_domains') },
  { sample: 'accounts-{accountId}-trusted_domains_GET', get: readAsMaster('/accounts/me/trusted_domains') },
  { sample: 'roles_GET', get: read(() => '/roles') },
  { sample: 'groups_GET', get: read(() => '/groups') },
  { sample: 'users-{userId}-assistants_POST', get: async ({ assistants }) => assistants },
  { sample: 'users-{userId}-schedulers_GET', get: read(() => '/users/grace@school.example/schedulers') },
  { sample: 'users-{userId}-permissions_GET', get: read(() => `${ada}/permissions`) },
  { sample: 'users-features_POST', get: async ({ features }) => features },
  {
    sample: 'report-history_meetings_GET',
    get: read(() => `/report/history_meetings?${today()}`),
    empty: { [ofMeetingsAlone]: ['history_meetings.custom_fields'] },
  },
  { sample: 'report-activities_GET', get: read(() => `/report/activities?${today()}`) },
  { sample: 'report-upcoming_events_GET', get: read(() => `/report/upcoming_events?${nextMonth()}`) },
  { sample: 'report-cloud_recording_GET', get: read(() => `/report/cloud_recording?${today()}`) },
  {
    sample: 'report-meetings-{meetingId}-survey_GET',
    get: read(({ past }) => `/report/meetings/${past}/survey`),
  },
  {
    sample: 'report-webinars-{webinarId}-qa_GET',
    get: read(({ pastWebinar }) => `/report/webinars/${pastWebinar}/qa`),
  },
  {
    sample: 'report-webinars-{webinarId}-survey_GET',
    get: read(({ pastWebinar }) => `/report/webinars/${pastWebinar}/survey`),
  },
  {
    sample: 'meetings-{meetingId}-recordings-settings_GET',
    get: read(({ past }) => `/meetings/${past}/recordings/settings`),
    absent: {
      [onlyWhenSet]: ['auto_delete_date', 'authentication_domains', 'authentication_name', 'authentication_option'],
    },
  },
  {
    sample: 'archive_files_GET',
    get: read(() => '/archive_files'),
    absent: prefixed('meetings.', archiveAbsent),
    empty: prefixed('meetings.', archiveEmpty),
  },
  { sample: 'archive_files-statistics_GET', get: read(() => '/archive_files/statistics') },
  {
    sample: 'metrics-meetings_GET',
    get: read(() => `/metrics/meetings?type=past&${today()}`),
  },
  {
    sample: 'metrics-meetings-{meetingId}-participants_GET',
    get: read(({ past }) => `/metrics/meetings/${past}/participants?type=past&include_fields=registrant_id`),
    absent: notOfThisClient,
  },
  {
    sample: 'metrics-webinars_GET',
    get: read(() => `/metrics/webinars?type=past&${today()}`),
    empty: { [ofMeetingsAlone]: ['webinars.custom_keys'] },
  },
  {
    sample: 'metrics-webinars-{webinarId}_GET',
    get: read(({ pastWebinar }) => `/metrics/webinars/${pastWebinar}?type=past`),
    empty: { [ofMeetingsAlone]: ['custom_keys'] },
  },
  {
    sample: 'metrics-webinars-{webinarId}-participants_GET',
    get: read(
      ({ pastWebinar }) => `/metrics/webinars/${pastWebinar}/participants?type=past&include_fields=registrant_id`,
    ),
    absent: notOfThisClient,
  },
  {
    sample: 'meetings-{meetingId}-recordings_GET',
    get: read(({ past }) => `/meetings/${past}/recordings?include_fields=download_access_token`),
    absent: recordingAbsent,
    extra: recordingExtra,
  },
  {
    sample: 'users-{userId}-recordings_GET',
    get: read(() => `${ada}/recordings`),
    absent: prefixed('meetings.', recordingFileAbsent),
    extra: prefixed('meetings.', { ...recordingExtra, 'as in the reply for one meeting': ['password'] }),
  },
  {
    sample: 'users-{userId}-settings_GET',
    get: read(() => `${ada}/settings`),
    absent: {
      'is the answer to another `option`': [
        'allow_authentication_exception',
        'authentication_options',
        'meeting_authentication',
        'meeting_security',
        'recording_authentication',
      ],
    },
    empty: {
      [needsFeature]: [
        'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.allowed_countries',
        'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries',
        'audio_conferencing.global_dial_in_countries.allowed_countries',
        'audio_conferencing.global_dial_in_countries.selected_countries',
        'audio_conferencing.toll_call.numbers',
        'audio_conferencing.toll_free_and_fee_based_toll_call.numbers',
        'feature.license_info_list',
        'tsp.call_out_countries',
        'tsp.global_dial_in_countries.allowed_countries',
        'tsp.global_dial_in_countries.selected_countries',
      ],
      [onlyWhenSet]: ['in_meeting.virtual_background_settings.files'],
    },
  },
]

const said = (table: Record<string, string[]>, word: string): string[] =>
  Object.values(table)
    .flat()
    .map((field) => `${field} is ${word}`)

for (const { sample, get, absent = {}, extra = {}, empty = {} } of shapes) {
  test(`the answer has the fields and types of ${sample}`, async (t) => {
    const expected = [...said(absent, 'absent'), ...said(extra, 'extra'), ...said(empty, 'empty')]
    const found = differences(publishedSample(sample), await get(await furnished(t)))
    assert.deepEqual(found.toSorted(), expected.toSorted())
  })
}

test('an entry of a list that is like none of the sample differs, wherever it stands', () => {
  const sample = { files: [{ id: 'a', size: 1 }, { id: 'b' }] }
  assert.deepEqual(differences(sample, { files: [{ id: 'c' }, { id: 'd', size: 2 }] }), [])
  assert.deepEqual(differences(sample, { files: [{ id: 'c' }, { id: 'd', width: 2 }] }), ['files.width is extra'])
  assert.deepEqual(differences(sample, { files: [{ id: 'c' }, 'd'] }), ['files is string, not object'])
  assert.deepEqual(differences(sample, { files: [] }), ['files is empty'])
})

test('every published sample of what is played is held against an answer', () => {
  const folder = new URL('.', import.meta.url)
  const others = readdirSync(folder)
    .filter((name) => /^simulator-.*\.test\.ts$/.test(name) && !import.meta.url.endsWith(name))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const held = new Set(shapes.map(({ sample }) => sample))
  const samples = endpoints
    .filter(({ method, path }) => `${method} ${path}` in apiRoutes)
    .flatMap(({ sample }) => sample?.replace(/\.json$/, '') ?? [])
  assert.deepEqual(
    samples.filter((sample) => !held.has(sample) && !others.some((text) => text.includes(`'${sample}'`))),
    [],
  )
})

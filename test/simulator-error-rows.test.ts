import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { endpoints, type Endpoint } from '#zoom/schema/endpoints.ts'
import { simulate, type Answer, type Json, type Zoom } from './simulator-client.ts'

interface Row {
  operation: string
  status: number
  code: number
  message: string
}

const rows: Row[] = JSON.parse(readFileSync(new URL('vectors/zoom-error-rows.json', import.meta.url), 'utf8'))
const byOperation = new Map(endpoints.map((endpoint) => [endpoint.operation, endpoint]))

/** Rows that cannot come about here, by the reason. */
const impossible: Record<string, string[]> = {
  'the path names no account, and a token is of the one that there is': [
    'listArchivedFiles 400 2001 Account does not exist: {accountId}',
    'getArchivedFileStatistics 400 2001 Account does not exist: {accountId}',
  ],
  'a list without rows is answered as an empty list': [
    'recordingsList 404 3301 There is no recording for this session.',
  ],
  'it names no user, and the tokens of one who has gone are refused before': [
    'Listmeetingsummaries 401 1001 User {userId} not exist or not belong to this account.',
  ],
  'nobody pays for registering: that is set up with PayPal in the portal': [
    'addBatchWebinarRegistrants 400 3000 The Zoom REST API does not support paid registration.',
    'webinarRegistrantCreate 400 3000 The Zoom REST API does not support paid registration.',
  ],
  'the same fact has code 3000 in the same list, which is what comes': [
    'addBatchWebinarRegistrants 404 404 Registration has not been enabled for this meeting: {meetingId}.',
  ],
  'no Zoom IQ looks at recordings': [
    'recordingDeleteOne 400 3332 Unable to delete this file because this recording is being used for Zoom IQ for Sales.',
  ],
}
const isImpossible = new Set(Object.values(impossible).flat())
const nameOf = ({ operation, status, code, message }: Row): string => `${operation} ${status} ${code} ${message}`

const host = 'grace@school.example'
const none = '81234567890'
const email = 'kim@home.example'

/** What is put into the request of an operation; what is not said is that of a request without fault. */
interface Ask {
  ids?: Record<string, string>
  query?: string
  body?: object
  /** None at all where it is empty. */
  authorization?: string
}

/** A school whose Grace has planned a meeting and a webinar, and the hands of those who make something of it. */
async function openSchool(zoom: Zoom) {
  const { control } = zoom
  const settings = (changes: object): Promise<Json> => control('PATCH', '/settings', changes)
  const changeHost = (changes: object): Promise<Json> => control('PATCH', `/people/${host}`, changes)
  await control('POST', '/reset')
  await settings({ rate_limits: false })
  await changeHost({ webinar: true })
  const api = async (method: string, path: string, sent?: object): Promise<Json> => {
    const answer = await ask(zoom, method, path, sent)
    assert.ok(answer.status < 300, `${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const plan = { topic: 'Algebra I', start_time: new Date(Date.now() + 60_000).toISOString(), duration: 30 }
  const planned = async (kind: string): Promise<string> =>
    String((await api('POST', `/users/${host}/${kind}s`, { ...plan, settings: { approval_type: 0 } })).id)
  const [meeting, webinar] = [await planned('meeting'), await planned('webinar')]
  const start = async (id: string): Promise<void> => {
    await control('POST', `/meetings/${id}/join`, { name: 'Grace Hopper', email: host })
    await control('POST', `/meetings/${id}/join`, { name: 'Kim' })
  }
  /** Both are held, by two people, and recorded. */
  const hold = async (): Promise<void> => {
    for (const id of [meeting, webinar]) {
      await start(id)
      await control('POST', `/meetings/${id}/recording`, {})
      await control('POST', `/meetings/${id}/end`)
    }
  }
  return {
    zoom,
    meeting,
    webinar,
    api,
    control,
    settings,
    changeHost,
    start,
    hold,
    hostSettings: (in_meeting: object): Promise<Json> => api('PATCH', `/users/${host}/settings`, { in_meeting }),
    later: (days: number): Promise<Json> => control('POST', '/clock', { advance_s: days * 86_400 }),
    /** The files of the meeting's latest recording. */
    files: async (): Promise<string[]> => {
      const { recording_files } = await api('GET', `/meetings/${meeting}/recordings`)
      return recording_files.map(({ id }: { id: string }) => id)
    },
    register: async (kind: 'meeting' | 'webinar', who = email): Promise<string> => {
      const path = `/${kind}s/${kind === 'meeting' ? meeting : webinar}/registrants`
      return (await api('POST', path, { email: who, first_name: 'Kim' })).registrant_id
    },
  }
}

type School = Awaited<ReturnType<typeof openSchool>>

/** Calls with a token of its own: the clock may have moved since the last. */
async function ask(zoom: Zoom, method: string, path: string, body?: object, authorization?: string): Promise<Answer> {
  const header = authorization ?? `Bearer ${await zoom.accessToken()}`
  return zoom.send(method, `/v2${path}`, method === 'GET' ? undefined : body, header ? { authorization: header } : {})
}

/** Something that is done, and the rows of which it is the cause. */
interface Deed {
  code: number
  says?: RegExp
  /** Of operations whose `GET /path` is so. */
  of?: RegExp
  deed: (school: School, row: Row) => Promise<Ask | void>
}

const survey = { third_party_survey: 'https://forms.example/1' }
const question = { title: 'How was it?', questions: [{ name: 'Well?', type: 'single', answers: ['yes', 'no'] }] }
const panelists = (from: number, count: number) => ({
  panelists: Array.from({ length: count }, (_, i) => ({ name: `P${from + i}`, email: `p${from + i}@home.example` })),
})

const deeds: Deed[] = [
  // people and accounts
  { code: 1001, of: /\{userId\}/, deed: async () => ({ ids: { userId: 'nobody' } }) },
  { code: 1001, of: /panelistId/, deed: async () => ({ ids: { panelistId: 'nobody' } }) },
  {
    code: 1001,
    deed: async ({ api }) => {
      await api('DELETE', `/users/${host}?action=delete`)
    },
  },
  {
    code: 1010,
    deed: async ({ api }) => {
      await api('DELETE', `/users/${host}?action=disassociate`)
    },
  },
  {
    code: 3161,
    deed: async ({ changeHost, control }) => {
      await changeHost({ type: 99 })
      await control('PATCH', '/people/ada@school.example', { type: 99 })
    },
  },
  {
    code: 3003,
    deed: async ({ zoom }) => {
      const { access_token } = await zoom.authorize('alan@school.example')
      return { authorization: `Bearer ${access_token}` }
    },
  },
  {
    code: 3063,
    deed: async ({ changeHost }) => {
      await changeHost({ on_premise: true })
    },
  },
  // tokens
  { code: 124, says: /^Requires/, deed: async () => ({ authorization: '' }) },
  {
    code: 124,
    says: /OAuth2/,
    deed: async () => {
      const payload = Buffer.from(JSON.stringify({ iss: 'sim-s2s', exp: 4_000_000_000 })).toString('base64url')
      return { authorization: `Bearer eyJhbGciOiJIUzI1NiJ9.${payload}.c2lnbmF0dXJl` }
    },
  },
  // plans and permissions
  {
    code: 200,
    says: /paid|^No permission/i,
    deed: async ({ settings }) => {
      await settings({ plan: 'free' })
    },
  },
  {
    code: 200,
    says: /^No permission/,
    deed: async ({ zoom, control }) => {
      await control('PATCH', '/people/alan@school.example', { role: 'admin' })
      const { access_token } = await zoom.authorize('alan@school.example', ['sim-admin-app', 'sim-admin-secret'])
      await control('PATCH', '/people/alan@school.example', { role: 'member' })
      return { authorization: `Bearer ${access_token}` }
    },
  },
  {
    code: 200,
    says: /paid users/,
    deed: async ({ changeHost }) => {
      await changeHost({ type: 1 })
    },
  },
  {
    code: 200,
    says: /webinar plan|^Not available/i,
    deed: async ({ changeHost }) => {
      await changeHost({ webinar: false })
    },
  },
  // names of what there is not
  { code: 3001, of: /template/, deed: async () => ({ body: { meeting_id: Number(none), webinar_id: Number(none) } }) },
  {
    code: 3001,
    deed: async ({ settings, hostSettings }, { operation }) => {
      await settings({ archiving: true })
      await hostSettings({ webinar_polling: { enable: true } })
      return /webinarPoll(Get|Delete|Update)/.test(operation)
        ? { ids: { pollId: 'none' } }
        : { ids: { meetingId: none, webinarId: none, meetingUUID: none } }
    },
  },
  { code: 3301, deed: async () => ({ ids: { meetingId: none, meetingUUID: none } }) },
  { code: 404, says: /poll/i, deed: async () => ({ ids: { pollId: 'none' } }) },
  { code: 404, says: /poll|meeting not found/i, deed: async () => ({ ids: { meetingId: none } }) },
  { code: 300, says: /^Missing/, deed: async () => ({ ids: { meetingId: '%20' } }) },
  {
    code: 300,
    says: /^Invalid (meeting|webinar) ID/i,
    deed: async () => ({ ids: { meetingId: 'x', webinarId: 'x' } }),
  },
  { code: 300, says: /ID does not exist/i, of: /template/, deed: async () => ({ body: {} }) },
  { code: 300, says: /ID does not exist/i, deed: async () => ({ ids: { meetingId: '5', webinarId: '5' } }) },
  { code: 300, says: /page token/, deed: async () => ({ query: `next_page_token=old&${month()}` }) },
  { code: 300, says: /recent 6 months/, deed: async () => ({ query: 'year=2020&month=1' }) },
  { code: 300, says: /Registrant ID/, deed: async () => ({ ids: { registrantId: 'x' } }) },
  { code: 3000, says: /^Registrant/, deed: async () => ({ ids: { registrantId: 'x'.repeat(22) } }) },
  { code: 300, says: /occurrence ID/, deed: async () => ({ query: 'occurrence_id=1' }) },
  {
    code: 3000,
    says: /^Cannot access/,
    deed: async ({ webinar, meeting }) => ({
      ids: { meetingId: webinar },
      body: { meeting_id: Number(webinar), webinar_id: Number(meeting) },
    }),
  },
  { code: 300, says: /^Cannot access/, deed: async ({ webinar }) => ({ ids: { meetingId: webinar } }) },
  // deleting and ending
  {
    code: 3002,
    deed: ({ start, meeting, webinar }, { operation }) => start(/web/.test(operation) ? webinar : meeting),
  },
  {
    code: 3007,
    deed: async ({ hold, later }) => {
      await hold()
      await later(1)
    },
  },
  {
    code: 3018,
    deed: async ({ api }) => {
      const pmi = String((await api('GET', `/users/${host}`)).pmi)
      return { ids: { meetingId: pmi, webinarId: pmi } }
    },
  },
  {
    code: 3037,
    deed: async ({ control }) => {
      const id = String((await control('POST', '/meetings', { host, type: 7 })).id)
      return { ids: { meetingId: id, webinarId: id } }
    },
  },
  {
    code: 12702,
    deed: async ({ later }) => {
      await later(370)
    },
  },
  // scheduling
  { code: 3000, says: /^Instant/, deed: async () => ({ body: { type: 1, schedule_for: 'alan@school.example' } }) },
  { code: 3000, says: /^You cannot schedule/, deed: async () => ({ body: { schedule_for: 'alan@school.example' } }) },
  { code: 3000, says: /^Prescheduling/, deed: async () => ({ body: { type: 8, pre_schedule: true } }) },
  {
    code: 3000,
    says: /continuous chat/,
    deed: async () => ({ body: { schedule_for: email, settings: { continuous_meeting_chat: { enable: true } } } }),
  },
  {
    code: 3000,
    says: /^Users in/,
    deed: async ({ api }) => {
      const meeting_security = { block_user_domain: true, block_user_domain_list: ['home.example'] }
      await api('PATCH', '/accounts/me/settings?option=meeting_security', { meeting_security })
      return { body: { settings: { meeting_invitees: [{ email }] } } }
    },
  },
  { code: 300, says: /schedule_for/, deed: async () => ({ body: { schedule_for: email } }) },
  {
    code: 300,
    says: /enforce_login_domains/,
    deed: async () => ({ body: { settings: { enforce_login_domains: 'a.example, b.example' } } }),
  },
  {
    code: 429,
    deed: async ({ settings, api, later }) => {
      await settings({ rate_limits: true })
      for (let i = 0; i < 100; i += 1) {
        await api('POST', `/users/${host}/webinars`, { topic: 'Again' })
        await later(1 / 86_400)
      }
    },
  },
  // simulive webinars
  { code: 300, says: /^Account hasn't/, deed: async () => ({ body: { is_simulive: true, record_file_id: 'x' } }) },
  {
    code: 300,
    says: /^Record file|simulive webinar for others/,
    deed: async ({ settings }, { message }) => {
      await settings({ simulive: true })
      const schedule_for = /others/.test(message) ? { schedule_for: 'alan@school.example' } : {}
      return { body: { is_simulive: true, record_file_id: 'x', ...schedule_for } }
    },
  },
  {
    code: 3332,
    says: /simulive/,
    deed: async (school) => {
      const [recordingId = ''] = await school.files()
      await simulive(school)
      return { ids: { recordingId } }
    },
  },
  {
    code: 3000,
    says: /simulive/,
    deed: async (school) => {
      await school.hold()
      const id = await simulive(school)
      await school.start(id)
      return { ids: { webinarId: id } }
    },
  },
  // registration
  {
    code: 3038,
    deed: async ({ later }) => {
      await later(2)
    },
  },
  {
    code: 303,
    deed: async ({ api }) => ({
      ids: { meetingId: String((await api('POST', `/users/${host}/meetings`, { type: 3 })).id) },
    }),
  },
  {
    code: 300,
    says: /only be used for scheduled/,
    deed: async ({ api }) => ({
      ids: { webinarId: String((await api('POST', `/users/${host}/webinars`, { type: 6 })).id) },
    }),
  },
  {
    code: 404,
    says: /^Registration/,
    deed: async (school) => {
      await registrationOff(school)
    },
  },
  {
    code: 3000,
    says: /registration (as )?required|registration not enabled/i,
    deed: async (school) => {
      await registrationOff(school)
    },
  },
  { code: 3027, deed: async () => ({ body: { email: host, first_name: 'Grace' } }) },
  {
    code: 3034,
    deed: async ({ api, webinar }) => {
      const settings = { meeting_authentication: true, authentication_domains: 'school.example' }
      await api('PATCH', `/webinars/${webinar}`, { settings })
    },
  },
  {
    code: 3043,
    of: /meetings/,
    deed: async ({ settings, register }) => {
      await settings({ max_registrants: 1 })
      await register('meeting', 'lee@home.example')
    },
  },
  {
    code: 3043,
    of: /webinars/,
    deed: async ({ api, webinar, register }) => {
      await api('PATCH', `/webinars/${webinar}`, { settings: { registrants_restrict_number: 1 } })
      await register('webinar', 'lee@home.example')
    },
  },
  {
    code: 3000,
    says: /limit for the number of attendees/,
    deed: async ({ settings, register }) => {
      await settings({ max_registrants: 1 })
      await register('webinar', 'lee@home.example')
    },
  },
  {
    code: 3035,
    deed: async ({ api, webinar, settings, register }) => {
      await settings({ max_registrants: 2 })
      await register('webinar', 'lee@home.example')
      await api('PATCH', `/webinars/${webinar}`, { settings: { approval_type: 1 } })
      const id = await register('webinar')
      await settings({ max_registrants: 1 })
      return { body: { action: 'approve', registrants: [{ id }] } }
    },
  },
  {
    code: 3000,
    says: /number of panelists/,
    deed: async ({ api, webinar }) => {
      for (const from of [0, 25, 50, 75]) await api('POST', `/webinars/${webinar}/panelists`, panelists(from, 25))
      return { body: panelists(100, 1) }
    },
  },
  // recordings
  {
    code: 3303,
    deed: async ({ settings, hold, files }) => {
      await settings({ recording_delay_s: 3600 })
      await hold()
      return { ids: { recordingId: (await files())[0]! } }
    },
  },
  {
    code: 3309,
    deed: async ({ settings }) => {
      await settings({ cloud_storage_full: true })
    },
  },
  // what is switched off
  { code: 300, says: /^DLP/, deed: async () => {} },
  {
    code: 4400,
    says: /disabled/,
    deed: async ({ hostSettings }) => {
      await hostSettings({ polling: false })
    },
  },
  {
    code: 4400,
    says: /maximum of 50/,
    deed: async ({ api, meeting }) => {
      for (let i = 0; i < 50; i += 1) await api('POST', `/meetings/${meeting}/polls`, question)
    },
  },
  {
    code: 300,
    says: /40 webinar templates/,
    deed: async ({ api, webinar }) => {
      for (let i = 0; i < 40; i += 1) {
        await api('POST', `/users/${host}/webinar_templates`, { webinar_id: Number(webinar), name: `T${i}` })
      }
      return { body: { webinar_id: Number(webinar), name: 'T40' } }
    },
  },
  { code: 3000, says: /survey disabled/, deed: async () => {} },
  {
    code: 300,
    says: /third party survey/,
    deed: async ({ hostSettings }) => {
      await hostSettings({ meeting_survey: true, webinar_survey: true })
      return { body: { third_party_survey: 'no link' } }
    },
  },
  {
    code: 3000,
    says: /survey link/,
    deed: async ({ settings, hostSettings }) => {
      await hostSettings({ meeting_survey: true, webinar_survey: true })
      await settings({ third_party_survey: false })
      return { body: survey }
    },
  },
  {
    code: 3000,
    says: /^Meeting summary disabled/,
    deed: async ({ api }) => {
      const in_meeting = { meeting_summary_with_ai_companion: { enable: false } }
      await api('PATCH', '/users/ada@school.example/settings', { in_meeting })
    },
  },
  {
    code: 3000,
    says: /^Not allowed to start/,
    deed: async ({ api }) => {
      const in_meeting = { allow_live_streaming: false }
      await api('PATCH', `/users/${host}/settings`, { in_meeting, recording: { local_recording: false } })
    },
  },
  { code: 3000, says: /^Closed captioning/, deed: async () => {} },
  {
    code: 3000,
    says: /has not started/,
    deed: async ({ hostSettings }) => {
      await hostSettings({ closed_captioning: { enable: true, third_party_captioning_service: true } })
    },
  },
  { code: 3000, says: /custom streaming/, deed: async () => {} },
]

const month = (): string => {
  const today = new Date().toISOString().slice(0, 10)
  return `from=${today}&to=${today}`
}

async function simulive({ settings, files, api }: School): Promise<string> {
  await settings({ simulive: true })
  const [record_file_id] = await files()
  return String((await api('POST', `/users/${host}/webinars`, { is_simulive: true, record_file_id })).id)
}

async function registrationOff({ api, meeting, webinar }: School): Promise<void> {
  await api('PATCH', `/meetings/${meeting}`, { settings: { approval_type: 2 } })
  await api('PATCH', `/webinars/${webinar}`, { settings: { approval_type: 2 } })
}

/** A body without fault, for operations that look at it before they refuse. */
const body: Record<string, object> = {
  addBatchRegistrants: { registrants: [{ email, first_name: 'Kim' }] },
  addBatchWebinarRegistrants: { registrants: [{ email, first_name: 'Kim' }] },
  meetingRegistrantCreate: { email, first_name: 'Kim' },
  webinarRegistrantCreate: { email, first_name: 'Kim' },
  meetingStatus: { action: 'end' },
  webinarStatus: { action: 'end' },
  recordingStatusUpdate: { action: 'recover' },
  recordingStatusUpdateOne: { action: 'recover' },
  inMeetingControl: { method: 'recording.start' },
  createBatchPolls: { polls: [question] },
  webinarLiveStreamStatusUpdate: { action: 'start' },
}

/** Operations about what was held, and about what runs. */
const isOfHeld = /past_|\/report\/|recordings|archive_files|meeting_summar/
const isOfRunning = /\/live_/

/** What a row's operation answers after the deed. */
async function after(zoom: Zoom, row: Row, { deed }: Deed): Promise<Answer> {
  const endpoint = byOperation.get(row.operation)
  assert.ok(endpoint, `${row.operation} is no operation`)
  const school = await openSchool(zoom)
  if (isOfHeld.test(endpoint.path)) await school.hold()
  if (isOfRunning.test(endpoint.path))
    await school.start(endpoint.path.includes('webinar') ? school.webinar : school.meeting)
  const asked = (await deed(school, row)) ?? {}
  const ids = { ...idsOf(school), ...asked.ids }
  const query = asked.query ?? (endpoint.path.startsWith('/report/') ? month() : '')
  const path = filled(endpoint, ids)
  return ask(zoom, endpoint.method, `${path}?${query}`, asked.body ?? body[row.operation] ?? {}, asked.authorization)
}

const idsOf = ({ meeting, webinar }: School): Record<string, string> => ({
  meetingId: meeting,
  meetingUUID: meeting,
  webinarId: webinar,
  userId: host,
  messageId: 'none',
  recordingId: 'none',
  registrantId: 'x'.repeat(22),
})

const filled = ({ path }: Endpoint, ids: Record<string, string>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => ids[name] ?? 'none')

/** A documented message with its placeholders open: Zoom writes them as `{userId}` and `{0}`. */
const patternOf = (message: string): RegExp =>
  new RegExp(
    `^${message
      .split(/\{\w+\}|\(\{\w+\}\)/)
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  )

const causes = ({ operation, code, message }: Row): Deed[] => {
  const { method = '', path = '' } = byOperation.get(operation) ?? {}
  return deeds.filter(
    (deed) => deed.code === code && (deed.says?.test(message) ?? true) && (deed.of?.test(`${method} ${path}`) ?? true),
  )
}

test('every refusal that Zoom documents is provoked, or listed with the reason why it cannot come about', async (t) => {
  const zoom = await simulate(t)
  const wrong: string[] = []
  for (const row of rows) {
    const answers: string[] = []
    let isPlayed = false
    for (const deed of causes(row)) {
      const { status, body: said } = await after(zoom, row, deed)
      isPlayed = status === row.status && said?.code === row.code && patternOf(row.message).test(said.message)
      if (isPlayed) break
      answers.push(`${status} ${JSON.stringify(said)}`)
    }
    const name = nameOf(row)
    if (isPlayed && isImpossible.has(name)) wrong.push(`${name} is listed as impossible, and came`)
    if (!isPlayed && !isImpossible.has(name))
      wrong.push(`${name} did not come, but ${answers.join(' and ') || 'nothing'}`)
  }
  const known = new Set(rows.map(nameOf))
  const unknown = [...isImpossible].filter((name) => !known.has(name))
  assert.deepEqual([...wrong, ...unknown.map((name) => `${name} is no row`)], [])
})

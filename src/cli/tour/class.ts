import { setTimeout as sleep } from 'node:timers/promises'
import { caller, type Call } from '#cli/call.ts'
import { table } from '#cli/table.ts'

export interface Tour {
  hubUrl: string
  simulatorUrl: string
  key: string
  network: typeof fetch
  print: (line?: string) => void
}

/** What the tour shows of itself, for whoever runs it. */
export interface TourResult {
  meeting_id: string
  uuid: string
  /** Calls under /v2, from schedule to table. */
  zoomCalls: number
}

const minute_s = 60

/** Somebody comes or goes, so many minutes after what was before. */
export interface Scene {
  after: number
  who: string
  does: 'join' | 'leave'
  /** Of who is signed in to Zoom. */
  email?: string
}

/** Four people, one of them twice and one under another name. */
const play: Scene[] = [
  { after: 0, who: 'Ada Lovelace', does: 'join', email: 'ada@school.example' },
  { after: 1, who: 'Grace Hopper', does: 'join', email: 'grace@school.example' },
  { after: 1, who: 'Alan Turing', does: 'join', email: 'alan@school.example' },
  { after: 3, who: 'Max Muster', does: 'join' },
  { after: 10, who: 'Grace Hopper', does: 'leave' },
  { after: 4, who: 'Alan Turing', does: 'leave' },
  { after: 1, who: 'Alan’s iPad', does: 'join', email: 'alan@school.example' },
  { after: 2, who: 'Grace Hopper', does: 'join', email: 'grace@school.example' },
  { after: 18, who: 'Max Muster', does: 'leave' },
]
const lastMinutes = 5

/** How long the play takes. */
export const playMinutes = play.reduce((sum, each) => sum + each.after, lastMinutes)

/** Moves the simulator's clock. */
export const turnClock = (zoom: Call, minutes: number): Promise<unknown> =>
  zoom('POST', '/_/clock', { advance_s: Math.ceil(minutes * minute_s) })

/** Holds the class at the simulator, from start to end; `instead` may do a scene in another way and says whether it did. */
export async function holdClass(
  zoom: Call,
  zoom_meeting_id: string,
  instead: (scene: Scene) => Promise<boolean> = () => Promise.resolve(false),
): Promise<void> {
  const at = `/_/meetings/${zoom_meeting_id}`
  await zoom('POST', `${at}/start`, {})
  for (const scene of play) {
    await turnClock(zoom, scene.after)
    if (await instead(scene)) continue
    const { who: name, does, email } = scene
    await zoom('POST', `${at}/${does}`, { name, ...(does === 'join' && email ? { email } : {}) })
  }
  await turnClock(zoom, lastMinutes)
  await zoom('POST', `${at}/end`, {})
  await zoom('POST', '/_/settle', {})
}

/**
 * A class is planned through the hub, held at the simulator and read back from the hub. It takes place in the hour that
 * has just passed: the simulator's clock is turned back first and is right again in the end.
 */
export async function takeTour({ hubUrl, simulatorUrl, key, network, print }: Tour): Promise<TourResult> {
  const hub = caller(network, hubUrl, { authorization: `Bearer ${key}` })
  const zoom = caller(network, simulatorUrl, {})
  const before = await callsOf(zoom)

  print('\nThe tour: one class, from its plan to its attendance')
  await turnClock(zoom, -playMinutes - 2)
  const start_time = new Date(Date.now() - playMinutes * minute_s * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const meeting = await hub<Meeting>('POST', '/api/v1/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra I',
    start_time,
    duration: 45,
    timezone: 'Europe/Berlin',
  })
  print(`  scheduled through the hub   ${meeting.topic}, Zoom meeting ${meeting.zoom_meeting_id}`)
  await turnClock(zoom, 2)
  await holdClass(zoom, meeting.zoom_meeting_id)
  print(
    `  held at the simulator       ${play.filter((each) => each.does === 'join').length} joins by four people, one twice, one under another name`,
  )

  const session = await corrected(hub, meeting.id)
  const { attendees } = await hub<{ attendees: Attendee[] }>(
    'GET',
    `/api/v1/attendance?uuid=${encodeURIComponent(session.uuid)}`,
  )
  const zoomCalls = (await callsOf(zoom)) - before
  show(print, meeting, session, attendees)
  print(`\n  Zoom calls used: ${zoomCalls} (tokens apart)`)
  print(`  See it in the console: ${hubUrl}/console/meetings/${meeting.id}\n`)
  return { meeting_id: meeting.id, uuid: session.uuid, zoomCalls }
}

interface Meeting {
  id: string
  zoom_meeting_id: string
  topic: string
  host_email: string
  start_time: string
  timezone: string
}
export interface Session {
  uuid: string
  started_at: string
  ended_at: string
  duration: number
  attendees: number
  source: string
  report: { state: string }
}
export interface Attendee {
  name: string
  other_names: string[]
  email: string
  joined_at: string
  left_at: string
  duration: number
  joins: number
  known_by: string
  is_bot: boolean
}

function show(print: Tour['print'], meeting: Meeting, session: Session, attendees: Attendee[]): void {
  print()
  print(`  Meeting   ${meeting.topic} (${meeting.id}), host ${meeting.host_email}`)
  print(
    `  Session   ${session.uuid}, ${clock(session.started_at)} to ${clock(session.ended_at)} UTC, ${minutes(session.duration)} minutes, ${session.attendees} people, by Zoom’s ${session.source}`,
  )
  print()
  for (const line of attendanceTable(attendees)) print(`  ${line}`)
}

/** One line for each person, under a line of names. */
export const attendanceTable = (attendees: Attendee[]): string[] =>
  table(
    ['name', 'also as', 'e-mail', 'came', 'went', 'minutes', 'joins', 'known by'],
    attendees.map((each) => [
      each.name,
      each.other_names.join(', '),
      each.email,
      clock(each.joined_at),
      clock(each.left_at),
      minutes(each.duration),
      String(each.joins),
      each.is_bot ? 'bot' : each.known_by,
    ]),
  )

const clock = (time: string): string => time.slice(11, 16)
const minutes = (seconds: number): string => (seconds / 60).toFixed(0)

/** The session of the meeting, once its report has corrected it. */
export async function corrected(hub: Call, meeting_id: string): Promise<Session> {
  for (let tries = 0; tries < 150; tries++, await sleep(100)) {
    const { items } = await hub<{ items: Session[] }>('GET', `/api/v1/meetings/${meeting_id}/sessions`)
    if (items[0]?.ended_at && items[0].report.state !== 'waiting') return items[0]
  }
  throw new Error(
    'The hub did not hear the end of the meeting within 15 seconds. Its event log says what arrived: /console/events',
  )
}

const callsOf = async (zoom: Call): Promise<number> =>
  (await zoom<{ counts: { v2: number } }>('GET', '/_/calls')).counts.v2

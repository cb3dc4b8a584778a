import { setTimeout as sleep } from 'node:timers/promises'
import { command, needed } from './command.ts'
import { networkTo } from './network.ts'
import { table } from './table.ts'

export const tour = command({
  name: 'tour',
  summary: 'Holds a meeting at the simulator and shows what the hub made of it',
  usage: '--key KEY [--url http://localhost:8080] [--simulator http://localhost:8081]',
  help: {
    key: 'an API key of a workspace that is connected to the simulator (greenroom key create)',
    url: 'the hub',
    simulator: 'the simulator',
  },
  options: { key: { type: 'string' }, url: { type: 'string' }, simulator: { type: 'string' } },
  async run({ key, url, simulator }, io) {
    const hubUrl = url ?? `http://localhost:${io.config.port}`
    const simulatorUrl = simulator ?? `http://localhost:${io.config.simulatorPort}`
    const network = networkTo(io.config, hubUrl, simulatorUrl)
    await takeTour({ hubUrl, simulatorUrl, key: needed(key, 'key'), network, print: io.print })
    return 0
  },
})

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

/** The play: who does what, and how many minutes pass before it. */
const play: { after: number; who: string; does: 'join' | 'leave'; email?: string }[] = [
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

/**
 * A class is planned through the hub, held at the simulator and read back from the hub. It takes place in the hour that
 * has just passed: the simulator's clock is turned back first and is right again in the end.
 */
export async function takeTour({ hubUrl, simulatorUrl, key, network, print }: Tour): Promise<TourResult> {
  const hub = caller(network, hubUrl, { authorization: `Bearer ${key}` })
  const zoom = caller(network, simulatorUrl, {})
  const turn = (minutes: number) => zoom('POST', '/_/clock', { advance_s: minutes * minute_s })
  const length = play.reduce((sum, each) => sum + each.after, lastMinutes)
  const before = await callsOf(zoom)

  print('\nThe tour: one class, from its plan to its attendance')
  await turn(-length - 2)
  const start_time = new Date(Date.now() - length * minute_s * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  const meeting = await hub<Meeting>('POST', '/api/v1/meetings', {
    host: 'ada@school.example',
    topic: 'Algebra I',
    start_time,
    duration: 45,
    timezone: 'Europe/Berlin',
  })
  print(`  scheduled through the hub   ${meeting.topic}, Zoom meeting ${meeting.zoom_meeting_id}`)
  await turn(2)
  const at = `/_/meetings/${meeting.zoom_meeting_id}`
  await zoom('POST', `${at}/start`, {})
  for (const { after, who: name, does, email } of play) {
    await turn(after)
    await zoom('POST', `${at}/${does}`, { name, ...(does === 'join' && email ? { email } : {}) })
  }
  await turn(lastMinutes)
  await zoom('POST', `${at}/end`, {})
  await zoom('POST', '/_/settle', {})
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
interface Session {
  uuid: string
  started_at: string
  ended_at: string
  duration: number
  attendees: number
  source: string
  report: { state: string }
}
interface Attendee {
  name: string
  other_names: string[]
  email: string
  joined_at: string
  left_at: string
  duration: number
  joins: number
  known_by: string
}

function show(print: Tour['print'], meeting: Meeting, session: Session, attendees: Attendee[]): void {
  print()
  print(`  Meeting   ${meeting.topic} (${meeting.id}), host ${meeting.host_email}`)
  print(
    `  Session   ${session.uuid}, ${clock(session.started_at)} to ${clock(session.ended_at)} UTC, ${minutes(session.duration)} minutes, ${session.attendees} people, by Zoom’s ${session.source}`,
  )
  print()
  const rows = attendees.map((each) => [
    each.name,
    each.other_names.join(', '),
    each.email,
    clock(each.joined_at),
    clock(each.left_at),
    minutes(each.duration),
    String(each.joins),
    each.known_by,
  ])
  for (const line of table(['name', 'also as', 'e-mail', 'came', 'went', 'minutes', 'joins', 'known by'], rows))
    print(`  ${line}`)
}

const clock = (time: string): string => time.slice(11, 16)
const minutes = (seconds: number): string => (seconds / 60).toFixed(0)

/** The session of the meeting, once its report has corrected it. */
async function corrected(hub: Call, meeting_id: string): Promise<Session> {
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

type Call = <T>(method: string, path: string, body?: object) => Promise<T>

const caller =
  (network: typeof fetch, base: string, headers: Record<string, string>): Call =>
  async <T>(method: string, path: string, body?: object) => {
    const answer = await network(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${base}${path} answered ${answer.status}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

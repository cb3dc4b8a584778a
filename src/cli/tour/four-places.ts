import { table } from '#cli/table.ts'
import { botAt, connectDeveloper, sendBot } from './bot.ts'
import { openBrowser } from './browser.ts'
import { callCounter, reasonOf, type ZoomCall } from './calls-made.ts'
import { postOf, putInChannel, wayInOfPost, wordsOfPost } from './channel.ts'
import {
  attendanceTable,
  corrected,
  holdClass,
  playMinutes,
  turnClock,
  type Attendee,
  type Scene,
  type Tour,
} from './class.ts'
import { coursePage, grades, planInCourse, wayIn } from './course.ts'
import { stageOf, waitFor, type Stage } from './stage.ts'
import { joinFromSite, pageState, putOnSite } from './web-site.ts'

/** A workspace with the Demo's hosts, and where to tell what happens. */
export type Show = Tour

export interface ShowResult {
  meeting_id: string
  zoomCalls: number
}

interface Step {
  place: string
  what: string
  calls: ZoomCall[]
}

const minute_ms = 60_000

/**
 * One class in four places: planned in the course, put into the channel and on the web site, visited by a bot; people come in from
 * each of them. It is held in the coming three quarters of an hour: the simulator's clock runs ahead and is right again in the end.
 */
export async function showFourPlaces(show: Show): Promise<ShowResult> {
  const stage = await stageOf(show)
  const counter = callCounter(stage.zoom)
  await counter.since()
  const steps: Step[] = []
  const step = async <T>(place: string, what: string, work: () => Promise<T>): Promise<T> => {
    const result = await work()
    const calls = await counter.since()
    steps.push({ place, what, calls })
    show.print(`  ${place.padEnd(10)} ${what}`)
    return result
  }

  show.print('\nThe tour: one meeting, four places\n')
  const start = Math.ceil(Date.now() / minute_ms + 1) * minute_ms
  const topic = await newTopic(stage)
  const { activity } = await step('course', 'Ada plans the class in her course: every week, graded by attendance', () =>
    planInCourse(stage, topic, start),
  )
  const meeting = await plannedMeeting(stage, topic)
  const { channel } = await step('chat', 'it is put into the channel Maths', () => putInChannel(stage, meeting.id))
  const { url } = await step('web site', 'and on the web site', () => putOnSite(stage, meeting.id))
  const { connection_id } = await step('bot', 'a developer’s app is registered, and Ada consents to it', () =>
    connectDeveloper(stage),
  )
  const ahead = (start - Date.now()) / minute_ms
  await turnClock(stage.zoom, ahead)
  let bot = ''
  await step('class', `it is held: ${playMinutes} minutes, four people and a bot`, () =>
    holdClass(stage.zoom, meeting.zoom_meeting_id, async (scene) => {
      if (await comesByDoor(stage, scene, { activity, url })) return true
      if (scene.who === 'Grace Hopper' && scene.does === 'leave' && !bot)
        bot = (await sendBot(stage, meeting.join_url)).id
      return false
    }),
  )
  await turnClock(stage.zoom, -ahead - playMinutes)

  const { session, attendees } = await step('attendance', 'Zoom’s report corrects what the events said', async () => {
    const found = await corrected(stage.api, meeting.id)
    return stage.api<{ session: { uuid: string }; attendees: Attendee[] }>(
      'GET',
      `/api/v1/attendance?uuid=${encodeURIComponent(found.uuid)}`,
    )
  })
  const graded = await step('grades', 'the course has its grades', () =>
    waitFor('the grades', async () => {
      const found = (await grades(stage)).filter(({ comment }) => comment)
      return found.length > 0 ? found : undefined
    }),
  )
  const ended = await waitFor('the post to say that it ended', async () => {
    const post = await postOf(stage)
    return post.props.meeting_status === 'ENDED' ? post : undefined
  })
  const { events, zoom_join_mode } = await botAt(stage, bot, 'ended')
  const placements = await stage.api<{ items: { integration: string; place_name: string; title: string }[] }>(
    'GET',
    `/api/v1/meetings/${meeting.id}/placements`,
  )
  await counter.since().then((calls) => steps.push({ place: 'looking', what: 'at all of it', calls }))

  const { print } = show
  const section = (title: string, lines: string[]): void => {
    print(`\n  ${title}`)
    for (const line of lines) print(`    ${line}`)
  }
  section(
    `${meeting.topic} in ${placements.items.length} places`,
    table(
      ['place', 'of', 'shown as'],
      placements.items.map((each) => [each.place_name, each.integration, each.title]),
    ),
  )
  section(`Attendance of session ${session.uuid}`, attendanceTable(attendees))
  section(
    'Grades in the LMS',
    table(
      ['name', 'points', 'of', 'comment'],
      graded.map((each) => [each.user, String(each.score), String(each.maximum), each.comment]),
    ),
  )
  section(`Post in ${channel}`, [wordsOfPost(ended)])
  section(`Bot, by ${zoom_join_mode} with connection ${connection_id}`, [events.map(({ type }) => type).join(' → ')])
  section('Web site', [url, await pageState(stage, url)])
  section('Course', [(await coursePage(stage, 'grace', activity)).slice(0, 160)])
  const calls = steps.flatMap((each) => each.calls.map((call) => ({ ...call, place: each.place })))
  section(
    `Zoom calls used: ${calls.length} (tokens apart)`,
    table(
      ['step', 'call', 'because'],
      calls.map((call) => [call.place, call.operation ?? `${call.method} ${call.path}`, reasonOf(call)]),
    ),
  )
  print(`\n  See it in the console: ${show.hubUrl}/console/meetings/${meeting.id}\n`)
  return { meeting_id: meeting.id, zoomCalls: calls.length }
}

interface Meeting {
  id: string
  topic: string
  zoom_meeting_id: string
  join_url: string
}

/** Each showing is a class of its own. */
async function newTopic({ api }: Stage): Promise<string> {
  const { items } = await api<{ items: Meeting[] }>('GET', '/api/v1/meetings?q=Algebra&limit=200')
  return `Algebra ${items.length + 1}`
}

async function plannedMeeting({ api }: Stage, topic: string): Promise<Meeting> {
  const { items } = await api<{ items: Meeting[] }>('GET', `/api/v1/meetings?q=${encodeURIComponent(topic)}`)
  const meeting = items.find((each) => each.topic === topic)
  if (!meeting) throw new Error(`The hub has no meeting “${topic}”`)
  return meeting
}

/** Who comes from the course, the channel or the web site comes through the Door; true when that was all there is to do. */
async function comesByDoor(
  stage: Stage,
  { who, does }: Scene,
  { activity, url }: { activity: string; url: string },
): Promise<boolean> {
  if (does !== 'join') return false
  if (who === 'Grace Hopper') await openInApp(stage, await wayIn(stage, 'grace', activity))
  if (who === 'Alan Turing') await openInApp(stage, wayInOfPost(await postOf(stage)))
  if (who !== 'Max Muster') return false
  await joinFromSite(stage, url, who)
  return true
}

/** The Door sends the browser to Zoom, which opens the app; from there on it is the simulator's play. */
async function openInApp({ show }: Stage, door: string): Promise<void> {
  const browser = openBrowser(async (at, init) =>
    addressOf(at).includes('.zoom.us/') ? new Response(null, { status: 204 }) : show.network(at, init),
  )
  const page = await browser.submit(await browser.visit(door), {}, '/app')
  if (page.status !== 204)
    throw new Error(`The Door at ${door} did not lead to Zoom, but to ${page.url} (${page.status})`)
}

const addressOf = (at: string | URL | Request): string => (at instanceof Request ? at.url : at.toString())

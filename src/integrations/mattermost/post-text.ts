import type { Attachment } from './attachment.ts'
import type { PostState } from './tables.ts'

/** All that a post tells. Times are ISO 8601. */
export interface PostFacts {
  state: PostState
  kind: 'started_here' | 'announced'
  topic: string
  zoom_meeting_id: string
  uuid: string | null
  /** The Door. */
  link: string
  personal: boolean
  starter_username: string | null
  host_email: string | null
  /** When an announced meeting begins, and the zone to say it in. */
  start: string | undefined
  timezone: string | null
  /** The run that the post is about, by Zoom's own times. */
  run: { started_at: string | null; ended_at: string | null; duration: number | null; attendees: number } | undefined
}

export interface PostText {
  message: string
  props: Record<string, unknown> & { attachments: Attachment[] }
}

/** The post as it stands in the channel: words and attachment for every client, and the props that meeting plugins know each other by. */
export function postText(facts: PostFacts): PostText {
  const { topic, link, state } = facts
  const over = state === 'ended' || state === 'cancelled'
  const message = messageOf(facts)
  const attachment: Attachment = {
    fallback: over ? `${topic}: ${message}` : `${topic}: ${link}`,
    color: colours[state],
    title: topic,
    ...(over ? {} : { title_link: link }),
    text: over
      ? `Meeting ID: ${spaced(facts.zoom_meeting_id)}`
      : `Meeting ID: [${spaced(facts.zoom_meeting_id)}](${link})\n\n[Join meeting](${link})`,
    fields: fieldsOf(facts).map(([title, value]) => ({ title, value, short: true })),
  }
  return { message, props: { attachments: [attachment], ...interopProps(facts) } }
}

const colours = {
  waiting: '#0b5cd6',
  live: '#2aa25f',
  ended: '#8a94a6',
  cancelled: '#b3261e',
} as const satisfies Record<PostState, string>

function messageOf({ state, kind, starter_username }: PostFacts): string {
  const who = starter_username ? `@${starter_username}` : undefined
  switch (state) {
    case 'waiting':
      return kind === 'announced' ? 'A Zoom meeting is planned' : `${who} has started a Zoom meeting`
    case 'live':
      return kind === 'announced' ? 'The Zoom meeting has started' : `${who} has started a Zoom meeting`
    case 'ended':
      return who ? `The Zoom meeting of ${who} has ended` : 'The Zoom meeting has ended'
    case 'cancelled':
      return 'The Zoom meeting was called off'
  }
}

function fieldsOf({ state, host_email, start, timezone, run }: PostFacts): [title: string, value: string][] {
  const fields: [string, string | undefined][] = [
    ['Starts', state === 'waiting' && start ? timeText(start, timezone) : undefined],
    ['Started', state !== 'waiting' && run?.started_at ? timeText(run.started_at, timezone) : undefined],
    [
      'Length',
      state === 'ended' && run?.duration !== undefined && run.duration !== null ? lengthText(run.duration) : undefined,
    ],
    ['Participants', state === 'ended' && run && run.attendees > 0 ? String(run.attendees) : undefined],
    ['Host', state === 'waiting' || state === 'live' ? (host_email ?? undefined) : undefined],
  ]
  return fields.flatMap(([title, value]) => (value === undefined ? [] : [[title, value] as [string, string]]))
}

/** Meeting plugins of Mattermost look for these when somebody is about to start another meeting. */
const interopProps = (facts: PostFacts): Record<string, unknown> => ({
  meeting_id: Number(facts.zoom_meeting_id),
  meeting_uuid: facts.uuid ?? '',
  meeting_link: facts.link,
  meeting_status: facts.state === 'ended' || facts.state === 'cancelled' ? 'ENDED' : 'STARTED',
  meeting_personal: facts.personal,
  meeting_topic: facts.topic,
  meeting_creator_username: facts.starter_username ?? '',
  meeting_provider: 'Zoom',
  ...(facts.run?.ended_at && { meeting_end_time: Date.parse(facts.run.ended_at) }),
})

/** `853 1234 5678`, as Zoom writes its numbers. */
const spaced = (id: string): string => id.replace(/^(\d{3})(\d{3,4})(\d{4})$/, '$1 $2 $3')

/** Minutes that were begun count, as people say it: a minute and a second are two. */
export function lengthText(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 60) return counted(minutes, 'minute')
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest === 0 ? counted(hours, 'hour') : `${counted(hours, 'hour')} ${counted(rest, 'minute')}`
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

/** A channel is read in many zones: the time is told in the meeting's, by name, else in UTC. */
export function timeText(iso: string, timezone: string | null): string {
  const options = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: timezone ?? 'UTC' }).format(new Date(iso))
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(iso))
  }
}

import { createHash } from 'node:crypto'
import { NotFoundError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { meetingPhase, type MeetingPhase } from '#hub/meeting-state.ts'
import { meeting, occurrences } from '#hub/meetings/read.ts'
import { placeById } from '#hub/places.ts'
import { placement } from '#hub/placements.ts'
import type { Meeting, Occurrence } from '#hub/resources.ts'
import { listOfSlug, pageOfSlug, pagesOfList } from './rows.ts'
import { isSlug } from './slug.ts'
import type { ListRow, PageRow } from './tables.ts'

/**
 * All that a public page, card, feed or answer may know of a meeting. Its number, passcode, links and host are not among it, so
 * that no template can give them away.
 */
export interface Shown {
  slug: string
  /** The stable part of calendar entries. */
  id: string
  listed: boolean
  topic: string
  agenda: string | null
  timezone: string
  duration: number | null
  phase: MeetingPhase
  series: boolean
  /** Runs that are not over, by time; the cancelled ones too. */
  runs: Occurrence[]
  notes: string[]
  changed_at: string
  /** Another one when a reader would see something else. */
  version: string
}

const anonymous = (workspace_id: string) => ({ workspace_id, name: 'site' })

/** What stands at a slug, from stored rows alone: no call to Zoom. @throws NotFoundError for what nobody may see. */
export async function shownAt(hub: Hub, slug: string): Promise<{ page: PageRow; shown: Shown }> {
  const page = isSlug(slug) ? await pageOfSlug(hub.db, slug) : undefined
  if (!page || page.visibility === 'unpublished' || !(await isOpen(hub, page.place_id))) throw nothingThere()
  const placed = await placement(hub, page.placement_id)
  if (placed?.state !== 'shown') throw nothingThere()
  return { page, shown: await shownOf(hub, page) }
}

/** How many meetings a list shows. */
const longest = 100

/** The public pages of a list: what is on first, then by time, what is over last. @throws NotFoundError */
export async function shownIn(hub: Hub, slug: string): Promise<{ list: ListRow; items: Shown[] }> {
  const list = isSlug(slug) ? await listOfSlug(hub.db, slug) : undefined
  if (!list || !(await isOpen(hub, list.place_id))) throw nothingThere()
  const found = await pagesOfList(hub.db, slug, longest)
  const items = await Promise.all(found.map((row) => shownOf(hub, row)))
  return { list, items: items.toSorted((a, b) => rank(a) - rank(b) || startOf(a).localeCompare(startOf(b))) }
}

const rank = ({ phase: { phase } }: Shown): number => ({ live: 0, open: 1, planned: 1, ended: 2, cancelled: 2 })[phase]
const startOf = ({ phase }: Shown): string => phase.start ?? ''

const isOpen = async (hub: Hub, place_id: string): Promise<boolean> => (await placeById(hub, place_id))?.state === 'on'

const nothingThere = (): NotFoundError => new NotFoundError('There is no such page, or not any more')

async function shownOf(hub: Hub, page: PageRow): Promise<Shown> {
  const actor = anonymous(page.workspace_id)
  const found = await meeting(hub, actor, page.meeting_id)
  const { items } = await occurrences(hub, actor, page.meeting_id)
  return show(page, found, items, hub.runtime.now())
}

/** Pure: what is shown of a meeting at a moment. */
export function show(
  page: Pick<PageRow, 'slug' | 'placement_id' | 'visibility'>,
  found: Meeting,
  occurrences: readonly Occurrence[],
  now: number,
): Shown {
  const shown = {
    slug: page.slug,
    id: page.placement_id,
    listed: page.visibility === 'public',
    topic: found.topic,
    agenda: withoutWayIn(found),
    timezone: found.timezone || 'UTC',
    duration: found.duration,
    // A meeting that was called off still tells when it would have been.
    phase: {
      ...meetingPhase({ ...found, state: 'scheduled' }, occurrences, now),
      ...meetingPhase(found, occurrences, now),
    },
    series: occurrences.length > 0,
    runs: occurrences.filter((run) => Date.parse(run.start_time) + run.duration * 60_000 >= now),
    notes: notes.flatMap(([sentence, holds]) => (holds(found.settings) ? [sentence] : [])),
    changed_at: found.changed_at,
  }
  return { ...shown, version: createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16) }
}

/** Zoom’s own invitation is often pasted into the agenda: lines with the number, the passcode or the link are nobody’s but the host’s. */
function withoutWayIn({ agenda, zoom_meeting_id, password, join_url }: Meeting): string | null {
  const passcodes = [password, join_url && URL.canParse(join_url) && new URL(join_url).searchParams.get('pwd')]
  const secrets = [zoom_meeting_id, ...passcodes].flatMap((secret) => secret || [])
  const isOpen = (line: string) => {
    const closeUp = line.replaceAll(/(?<=\d)[\s-]+(?=\d)/g, '')
    return !secrets.some((secret) => line.includes(secret) || closeUp.includes(secret))
  }
  return (agenda ?? '').split('\n').filter(isOpen).join('\n').trim() || null
}

/** What somebody should know before they join, by Zoom's settings: https://developers.zoom.us/docs/api/meetings/. */
const notes: readonly [sentence: string, holds: (settings: Record<string, unknown>) => boolean][] = [
  ['You wait in a waiting room until the host lets you in.', (settings) => settings['waiting_room'] === true],
  ['Zoom asks you to sign in before you join.', (settings) => settings['meeting_authentication'] === true],
  ['You have to register before you join.', (settings) => [0, 1].includes(Number(settings['approval_type'] ?? 2))],
]

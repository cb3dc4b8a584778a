import { isOfAnotherKey } from '#store/idempotency.ts'
import type { ZoomClient } from '#zoom/client.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { NewMeeting } from '#hub/resources.ts'
import { verbsOf } from './verbs.ts'
import { instant } from './from-zoom.ts'

/**
 * A meeting that an earlier try of this request made at Zoom since then, though its answer never came: told by host, topic, time
 * and duration. Zoom lists no instant meetings, so one of those is not found.
 */
export async function alreadyMade(
  hub: Hub,
  { workspace_id }: Actor,
  client: ZoomClient,
  request: NewMeeting,
  key: string,
  since: Date,
): Promise<ZoomMeeting | undefined> {
  const verbs = verbsOf(request.kind)
  for await (const listed of verbs.list(client, request.host)) {
    const made_at = instant(listed.created_at)
    if (listed.topic !== request.topic || !made_at || made_at.getTime() < since.getTime() - clockSlack_ms) continue
    const full = await verbs.get(client, listed.id)
    if (request.duration !== undefined && full.duration !== request.duration) continue
    if (isElsewhen(request, full, since) || (await isOfAnotherKey(hub.db, workspace_id, key, full.id))) continue
    hub.log.info({ zoom_meeting_id: full.id }, 'a meeting whose answer was lost was found at Zoom')
    return full
  }
  return undefined
}

/**
 * Whether Zoom's meeting is at another time than was asked for. Zoom moves a time that is past to now, and a series to the first
 * day that fits it; a local time without a zone is the host's, which is not known here: of those nothing is said.
 */
function isElsewhen({ start_time, timezone, recurrence }: NewMeeting, zoom: ZoomMeeting, since: Date): boolean {
  const at = instant(zoom.start_time)
  if (!start_time || !at) return Boolean(start_time) !== Boolean(at)
  const hasZone = /(?:Z|[+-]\d\d:\d\d)$/.test(start_time)
  const asked = instant(hasZone ? start_time : `${start_time}Z`)
  if (recurrence || !asked || asked.getTime() < since.getTime() + (hasZone ? 0 : farthest_ms)) return false
  if (hasZone) return asked.getTime() !== at.getTime()
  if (!timezone) return false
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' })
  return local.format(at).replace(' ', 'T') !== start_time.slice(0, 16)
}

/** No zone's clock is further from UTC. */
const farthest_ms = 14 * 3_600_000

/** Zoom's clock and ours may differ by this much, and Zoom's `created_at` has whole seconds. */
const clockSlack_ms = 5_000

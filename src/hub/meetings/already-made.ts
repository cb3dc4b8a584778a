import { ConflictError } from '#core/errors.ts'
import { connectionOfAccount } from '#store/connections.ts'
import { isOfAnotherKey } from '#store/idempotency.ts'
import type { Meeting as ZoomMeeting } from '#zoom/meetings.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Connection, NewMeeting } from '#hub/resources.ts'
import { isGrantor } from '#hub/spoken-for.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { verbsOf } from './verbs.ts'
import { instant } from './from-zoom.ts'

/**
 * A meeting that an earlier try of this request made at Zoom since then, though its answer never came: told by host, topic, time
 * and duration. Zoom lists no instant meetings, so one of those is not found.
 * @throws ConflictError when it was for somebody else whose meetings nobody here may list.
 */
export async function alreadyMade(
  hub: Hub,
  { workspace_id }: Actor,
  connection: Connection,
  request: NewMeeting,
  key: string,
  since: Date,
): Promise<ZoomMeeting | undefined> {
  const verbs = verbsOf(request.kind)
  const { by, host } = await lister(hub, workspace_id, connection, request)
  const client = await zoomClient(hub, by)
  for await (const listed of verbs.list(client, host)) {
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

/** By whom the meetings are listed among which it would be: the consent of one user shows the meetings of that user alone. */
async function lister(
  hub: Hub,
  workspace_id: string,
  connection: Connection,
  { host, schedule_for = host }: NewMeeting,
): Promise<{ by: string; host: string }> {
  if (connection.kind !== 'user_managed') return { by: connection.id, host: schedule_for }
  if (isGrantor(connection, schedule_for)) return { by: connection.id, host: 'me' }
  const { account_id } = connection
  const ofAccount = account_id ? await connectionOfAccount(hub.db, workspace_id, account_id) : undefined
  if (ofAccount) return { by: ofAccount.id, host: schedule_for }
  throw new ConflictError(
    `Whether the try before has made the meeting cannot be seen here: ask ${schedule_for}, and if it is not among the meetings at Zoom, plan it with another Idempotency-Key`,
  )
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

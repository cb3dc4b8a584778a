import { ConflictError, ForbiddenError } from '#core/errors.ts'
import { insertAudit } from '#store/audit.ts'
import { getMeetingInvitation } from '#zoom/invitations.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { seatFor } from '#hub/licences/seat.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { translated } from '#hub/zoom-refusal.ts'
import { changeable } from './changeable.ts'
import { verbsOf } from './verbs.ts'

/**
 * Where the host starts the meeting, signed in by it: fresh from Zoom, for nobody but the host, since whoever has it is the host.
 * @param email the verified address of the person who asks
 * @throws ForbiddenError for everybody else.
 */
export async function startUrl(hub: Hub, actor: Actor, id: string, email: string | undefined): Promise<string> {
  const { row, connection_id } = await changeable(hub, actor, id)
  if (!email || row.host_email?.toLowerCase() !== email.toLowerCase())
    throw new ForbiddenError(
      `Only the host starts a meeting as its host: ${row.host_email ?? 'somebody who is not known here'} signs in to this console. All others join by the join link.`,
    )
  await seatFor(hub, actor, { host: row.host_id, reason: 'join', meeting_id: id }).catch((error: unknown) =>
    hub.log.warn({ err: error, meeting_id: id }, 'the host starts without a licence'),
  )
  try {
    const zoom = await verbsOf(row.kind).get(await zoomClient(hub, connection_id), row.zoom_meeting_id)
    if (!zoom.start_url) throw new ConflictError('Zoom gives no start link for this meeting')
    await insertAudit(hub.db, {
      workspace_id: actor.workspace_id,
      actor: actor.name,
      action: 'meeting.started_as_host',
      object_id: id,
    })
    return zoom.start_url
  } catch (error) {
    throw translated(error, hub.runtime.now())
  }
}

/**
 * The text that invites to a meeting: Zoom's own, with its telephone numbers. Webinars have none at Zoom; theirs says topic, time, link
 * and passcode.
 */
export async function invitation(hub: Hub, actor: Actor, id: string): Promise<string> {
  const { row, connection_id } = await changeable(hub, actor, id)
  if (row.kind === 'webinar') return plainInvitation(row)
  try {
    return await getMeetingInvitation(await zoomClient(hub, connection_id), row.zoom_meeting_id)
  } catch (error) {
    throw translated(error, hub.runtime.now())
  }
}

function plainInvitation({
  topic,
  start_time,
  timezone,
  join_url,
  password,
}: {
  topic: string
  start_time: Date | null
  timezone: string | null
  join_url: string | null
  password: string | null
}): string {
  const zone = timezone ?? 'UTC'
  const at = start_time?.toLocaleString('en', { dateStyle: 'full', timeStyle: 'short', timeZone: zone })
  const lines = [topic, at && `${at} (${zone})`, join_url && `Join: ${join_url}`, password && `Passcode: ${password}`]
  return lines.filter(Boolean).join('\n')
}

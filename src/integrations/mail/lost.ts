import { connection, failedAlikeBefore } from '#hub/connections.ts'
import type { HubEventOf } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'
import { addressesOfAdmins } from '#hub/members.ts'
import { recipientsOf } from './recipients.ts'
import { connectionLost } from './words.ts'

/** Mails whoever can mend a connection that broke. What is true now counts: it may work again, or be gone. */
export async function tellWhoCanMend(event: HubEventOf<'connection.changed'>, hub: Hub): Promise<Outcome> {
  if (!hub.mail) return { outcome: 'ignored', reason: 'no mail server is named' }
  if (event.payload.state === 'connected')
    return { outcome: 'ignored', reason: 'a connection that works needs no word' }
  const actor = { workspace_id: event.workspace_id, name: 'hub' }
  const broken = await connection(hub, actor, event.payload.connection_id)
  const recipients = recipientsOf(broken)
  if (recipients === 'nobody' || !broken.failure) return { outcome: 'ignored', reason: 'nobody has to do anything' }
  // An app that Zoom refuses breaks the consents of all its users at once, and is mended once.
  if (recipients === 'admins' && (await failedAlikeBefore(hub, actor, broken)))
    return { outcome: 'ignored', reason: 'the administrators were told of this app already' }
  const to = recipients === 'user' ? [broken.zoom_user_email ?? ''] : await addressesOfAdmins(hub, event.workspace_id)
  if (to.length === 0) return { outcome: 'ignored', reason: 'the workspace has no owner or administrator' }
  const { refused } = await hub.mail.send({
    to,
    ...connectionLost(broken, broken.failure, hub.publicUrl),
    id: `${broken.id}.${Date.parse(broken.failure.at)}`,
  })
  if (refused.length === to.length)
    return { outcome: 'ignored', reason: `the mail server ${hub.mail.host} refuses the address` }
  return { outcome: 'handled' }
}

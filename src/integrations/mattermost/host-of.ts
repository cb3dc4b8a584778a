import { zoomApp } from '#hub/apps.ts'
import { connection } from '#hub/connections.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { personFor } from '#hub/people.ts'
import { placeById } from '#hub/places.ts'
import { hasVerifiedEmail, notVerified, zoomUserByEmail } from '#hub/zoom-users.ts'
import { clientOf } from './client.ts'
import { emailOf } from './email.ts'
import type { ServerRow } from './tables.ts'
import { linkedUser } from './users.ts'

/** As whom somebody holds meetings, or why they cannot. */
export type Host =
  | { is: 'host'; connection_id: string; host: string; email: string; pmi: string | null; person_id: string }
  | { is: 'unlinked' }
  | { is: 'refused'; text: string }
export type Ready = Extract<Host, { is: 'host' }>

interface Who {
  user_id: string
  user_name: string
}

export const actorOf = ({ workspace_id, place_id }: ServerRow): Actor => ({ workspace_id, name: `place:${place_id}` })

/** At level `user` the Zoom user that the person connected; at level `account` the one with the same verified e-mail. */
export const hostOf = (hub: Hub, server: ServerRow, who: Who): Promise<Host> =>
  server.level === 'user' ? hostByLink(hub, server, who) : hostByEmail(hub, server, who)

async function hostByLink(hub: Hub, server: ServerRow, { user_id, user_name }: Who): Promise<Host> {
  const actor = actorOf(server)
  const link = await linkedUser(hub, server.place_id, user_id)
  if (!link) return { is: 'unlinked' }
  const { state } = await connection(hub, actor, link.connection_id)
  if (state !== 'connected') return { is: 'unlinked' }
  const source = `mattermost:${server.place_id}`
  const zoomUser = await zoomUserByEmail(hub, actor, link.zoom_user_email)
  const email_verified =
    zoomUser !== undefined && (await hasVerifiedEmail(hub, actor, { ...zoomUser, connection_id: link.connection_id }))
  const known = { source, id: user_id, name: user_name, email: link.zoom_user_email, email_verified }
  return {
    is: 'host',
    connection_id: link.connection_id,
    host: 'me',
    email: link.zoom_user_email,
    pmi: zoomUser?.pmi ?? null,
    person_id: await personFor(hub, server.workspace_id, known),
  }
}

async function hostByEmail(hub: Hub, server: ServerRow, { user_id, user_name }: Who): Promise<Host> {
  const connection_id = await accountConnection(hub, server)
  if (!connection_id)
    return { is: 'refused', text: 'Zoom is not connected yet. An administrator connects it in Greenroom.' }
  const found = await emailOf(clientOf(hub, server), server, user_id)
  if ('refused' in found) return { is: 'refused', text: found.refused }
  const zoomUser = await zoomUserByEmail(hub, actorOf(server), found.email)
  if (!zoomUser)
    return {
      is: 'refused',
      text: `Your Zoom account has no user with the e-mail address ${found.email}. Ask an administrator to add you at Zoom, or to give both accounts the same address.`,
    }
  if (!(await hasVerifiedEmail(hub, actorOf(server), zoomUser)))
    return { is: 'refused', text: notVerified(zoomUser.email) }
  const source = `mattermost:${server.place_id}`
  const known = { source, id: user_id, name: user_name, email: found.email, email_verified: true }
  return {
    is: 'host',
    connection_id,
    host: zoomUser.id,
    email: zoomUser.email,
    pmi: zoomUser.pmi,
    person_id: await personFor(hub, server.workspace_id, known),
  }
}

/** The account's connection: the one that an administrator consented to for this server, else the one of the account's own app. */
export async function accountConnection(hub: Hub, server: ServerRow): Promise<string | undefined> {
  const actor = actorOf(server)
  const id = server.connection_id ?? (await connectionOfOwnApp(hub, server))
  if (!id) return undefined
  return (await connection(hub, actor, id)).state === 'connected' ? id : undefined
}

async function connectionOfOwnApp(hub: Hub, server: ServerRow): Promise<string | null> {
  const zoom_app_id = (await placeById(hub, server.place_id))?.zoom_app_id
  if (!zoom_app_id) return null
  const app = await zoomApp(hub, actorOf(server), zoom_app_id)
  return app.kind === 'server_to_server' ? app.connection_id : null
}

import { html } from 'ghtml'
import { z } from 'zod'
import { connection } from '#hub/connections.ts'
import type { Hub } from '#hub/hub.ts'
import type { Grant, Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'
import { personFor } from '#hub/people.ts'
import { placeById } from '#hub/places.ts'
import { hasVerifiedEmail } from '#hub/zoom-users.ts'
import { carryOut } from './carry-out.ts'
import { explain } from './connect-page.ts'
import { actorOf } from './host-of.ts'
import { answerLater } from './later.ts'
import { askedOf, linkOf, type Asked } from './link.ts'
import { say } from './reply.ts'
import { server as serverOf, serverById } from './servers.ts'
import { own, type ServerRow } from './tables.ts'
import { linkUser } from './users.ts'

const data = z.union([z.strictObject({ link: z.string() }), z.strictObject({ server: z.string() })])

/** After Zoom's consent: a person is linked and what was asked is carried out, or a whole server has its account. */
export async function granted(grant: Grant, hub: Hub): Promise<Reply> {
  const about = data.parse(grant.data)
  return 'link' in about ? personGranted(hub, grant, about.link) : serverGranted(hub, grant, about.server)
}

async function personGranted(hub: Hub, { connection_id, workspace_id }: Grant, token_hash: string): Promise<Reply> {
  const link = await linkOf(hub, Buffer.from(token_hash, 'hex'))
  const server = link && (await serverById(hub, link.place_id))
  if (!link || server?.workspace_id !== workspace_id)
    return explain(hub, 410, 'This server is not connected any more', 'Nothing was linked.')
  const { asked, wish } = askedOf(hub, link)
  const email = await linkPerson(hub, server, asked, connection_id)
  await answerLater(hub, server, asked.response_id, say(`You are connected to Zoom as ${email}.`))
  const starts = wish.name === 'start' && (await placeById(hub, server.place_id))?.state === 'on'
  if (starts) {
    const reply = await carryOut(hub, server, asked, wish)
    await answerLater(hub, server, asked.response_id, reply)
  }
  return page({
    hub,
    title: 'Connected',
    body: html`<section class="card stack">
      <h1>@${link.username} is connected to Zoom</h1>
      <p>
        You are <strong>${email}</strong> there. Close this page and go back to
        Mattermost${starts ? ': what came of your start is said in the channel' : ''}.
      </p>
    </section>`,
  })
}

async function linkPerson(hub: Hub, server: ServerRow, asked: Asked, connection_id: string): Promise<string> {
  const { zoom_user_id, zoom_user_email } = await connection(hub, actorOf(server), connection_id)
  const { place_id, workspace_id } = server
  const email = zoom_user_email ?? ''
  const person = { place_id, user_id: asked.user_id, username: asked.user_name }
  await linkUser(hub, { ...person, connection_id, zoom_user_id: zoom_user_id ?? '', zoom_user_email: email })
  const email_verified =
    zoom_user_id !== null && (await hasVerifiedEmail(hub, actorOf(server), { id: zoom_user_id, email, connection_id }))
  const known = { name: asked.user_name, email, email_verified }
  await personFor(hub, workspace_id, { source: `mattermost:${place_id}`, id: asked.user_id, ...known })
  if (zoom_user_id) await personFor(hub, workspace_id, { source: 'zoom', id: zoom_user_id, ...known })
  return email
}

async function serverGranted(hub: Hub, { connection_id, workspace_id }: Grant, place_id: string): Promise<Reply> {
  const server = await serverOf(hub, { workspace_id, name: 'zoom' }, place_id)
  const { zoom_user_email } = await connection(hub, actorOf(server), connection_id)
  await own(hub.db).updateTable('mattermost_server').set({ connection_id }).where('place_id', '=', place_id).execute()
  return page({
    hub,
    title: 'Connected',
    body: html`<section class="card stack">
      <h1>Zoom is connected for everybody</h1>
      <p>${zoom_user_email ?? ''} consented for the account. People start meetings by /${server.trigger} start.</p>
    </section>`,
  })
}

import { z } from 'zod'
import { InputError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { seal } from '#hub/encryption.ts'
import { beginGrant, redirectUri } from '#hub/grants/consent.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { changeZoomAppOfPlace, deletePlace, place } from '#hub/places.ts'
import { zoomApp } from '#hub/apps.ts'
import { oldUrls } from './app-urls.ts'
import { botTokenOf, newClient } from './client.ts'
import { appFor, commandUrl, connectServer, whoAmI } from './connect-server.ts'
import { checkServer } from './doctor.ts'
import * as resources from './resources.ts'
import { apiRoute } from '#hub/api-route.ts'
import { commandsOfServer, keepCommand, server as serverOf, serversOfWorkspace } from './servers.ts'
import { redirectPath } from './redirect-path.ts'
import { own, type ServerRow } from './tables.ts'
import { dropCommands } from './drop-commands.ts'

const tags = ['Mattermost']
const params = z.object({ id: z.string() })
const path = '/api/v1/mattermost/servers'
const one = `${path}/:id`

/** What an administrator does with Mattermost servers. */
export const serverRoutes = [
  apiRoute({
    method: 'POST',
    path,
    auth: 'admin',
    schema: {
      summary: 'Connect a Mattermost server',
      tags,
      body: resources.newServer,
      response: { 201: resources.createdServer },
    },
    handle: async ({ identity, body }, hub) => {
      const { server, url_secret, left } = await connectServer(hub, identity, body)
      const about = await resource(hub, identity, server)
      const refused = left.map((message) => ({ check: `/${server.trigger} was not made`, state: 'warning', message }))
      const findings = [...(await checkServer(hub, server)), ...refused]
      return { status: 201, body: { ...about, old_urls: oldUrls(hub, url_secret), findings } }
    },
  }),
  apiRoute({
    method: 'GET',
    path,
    auth: 'viewer',
    schema: { summary: 'The Mattermost servers', tags, response: { 200: resources.listOfServers } },
    handle: async ({ identity }, hub) => {
      const rows = await serversOfWorkspace(hub, identity)
      return { status: 200, body: { items: await Promise.all(rows.map((row) => resource(hub, identity, row))) } }
    },
  }),
  apiRoute({
    method: 'GET',
    path: one,
    auth: 'viewer',
    schema: {
      summary: 'One Mattermost server, and whether all is well with it',
      tags,
      params,
      response: { 200: resources.checkedServer },
    },
    handle: async ({ identity, params: { id } }, hub) => {
      const row = await serverOf(hub, identity, id)
      return { status: 200, body: { ...(await resource(hub, identity, row)), findings: await checkServer(hub, row) } }
    },
  }),
  apiRoute({
    method: 'PATCH',
    path: one,
    auth: 'admin',
    schema: {
      summary: 'Enter the tokens of commands made by hand, a new bot token, or change a setting',
      tags,
      params,
      body: resources.serverChange,
      response: { 200: resources.checkedServer },
    },
    handle: async ({ identity, params: { id }, body }, hub) => {
      await changeServer(hub, identity, await serverOf(hub, identity, id), body)
      const row = await serverOf(hub, identity, id)
      return { status: 200, body: { ...(await resource(hub, identity, row)), findings: await checkServer(hub, row) } }
    },
  }),
  apiRoute({
    method: 'DELETE',
    path: one,
    auth: 'admin',
    schema: {
      summary: 'Disconnect a Mattermost server: our slash commands are removed, its posts stay',
      tags,
      params,
      response: { 204: z.undefined() },
    },
    handle: async ({ identity, params: { id } }, hub) => {
      const row = await serverOf(hub, identity, id)
      await dropCommands(hub, row)
      await deletePlace(hub, identity, row.place_id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'POST',
    path: `${one}/consent`,
    auth: 'admin',
    schema: {
      summary: 'Begin the consent with which an administrator of the Zoom account connects everybody on this server',
      tags,
      params,
      response: { 200: resources.consent },
    },
    handle: async ({ identity, params: { id } }, hub) => {
      const { location, cookie } = await beginConsent(hub, identity, await serverOf(hub, identity, id))
      return { status: 200, headers: { 'set-cookie': cookie }, body: { location } }
    },
  }),
]

async function beginConsent(hub: Hub, actor: Actor, server: ServerRow): Promise<{ location: string; cookie: string }> {
  if (server.level !== 'account')
    throw new InputError('At level user everybody consents for themselves, by /zoom connect in Mattermost')
  const { zoom_app_id } = await place(hub, actor, server.place_id)
  return beginGrant(hub, {
    workspace_id: server.workspace_id,
    zoom_app_id: zoom_app_id ?? '',
    integration: 'mattermost',
    data: { server: server.place_id },
    redirect_path: redirectPath,
  })
}

async function changeServer(hub: Hub, actor: Actor, server: ServerRow, change: resources.ServerChange): Promise<void> {
  const { command_tokens, bot_token, zoom_app_id, ...settings } = change
  if (zoom_app_id !== undefined) await changeZoomApp(hub, actor, server, zoom_app_id)
  const columns = {
    ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
    ...(bot_token === undefined ? {} : await botColumns(hub, server, bot_token)),
  }
  if (Object.keys(columns).length > 0)
    await own(hub.db).updateTable('mattermost_server').set(columns).where('place_id', '=', server.place_id).execute()
  for (const { token, team_id } of command_tokens ?? [])
    await keepCommand(hub, server.place_id, { token, team_id: team_id ?? null, command_id: null })
}

/** The one consent that everybody worked with was to the app before; what people consented to for themselves holds until it ends. */
async function changeZoomApp(hub: Hub, actor: Actor, { place_id, level }: ServerRow, zoom_app_id: string) {
  if ((await place(hub, actor, place_id)).zoom_app_id === zoom_app_id) return
  await appFor(hub, actor, { zoom_app_id, level })
  await hub.db.transaction().execute(async (trx) => {
    await changeZoomAppOfPlace(hub, actor, place_id, zoom_app_id, trx)
    await own(trx)
      .updateTable('mattermost_server')
      .set({ connection_id: null })
      .where('place_id', '=', place_id)
      .execute()
  })
}

/** A token is tried before it takes the place of the one that is there. */
async function botColumns(hub: Hub, { place_id, url }: ServerRow, bot_token: string) {
  const { id, username } = await whoAmI(newClient(hub, url, bot_token))
  return {
    bot_token: seal(hub.keys, botTokenOf(place_id), new Secret(bot_token)),
    bot_user_id: id,
    bot_username: username,
  }
}

async function resource(hub: Hub, actor: Actor, row: ServerRow): Promise<resources.Server> {
  const { name, state, zoom_app_id } = await place(hub, actor, row.place_id)
  const app = zoom_app_id === null ? undefined : await zoomApp(hub, actor, zoom_app_id)
  const commands = await commandsOfServer(hub, row.place_id)
  const { url, level, meeting_ids, trust_emails, trigger, bot_username } = row
  return {
    id: row.place_id,
    name,
    state,
    url,
    level,
    meeting_ids,
    trust_emails,
    trigger,
    bot_username,
    zoom_app_id,
    connection_id: row.connection_id ?? (app?.kind === 'server_to_server' ? app.connection_id : null),
    commands: commands.map(({ team_id, command_id }) => ({ team_id, made: command_id !== null })),
    urls: {
      command: commandUrl(hub, row.place_id),
      redirect: app ? redirectUri(hub, app, redirectPath) : `${hub.publicUrl}${redirectPath}`,
      webhook: app?.webhook_url ?? '',
    },
  }
}

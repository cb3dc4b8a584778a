import { ConflictError, InputError, sentenceOf, UnavailableError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { everyItem } from '#hub/every-item.ts'
import { zoomApp, zoomApps } from '#hub/apps.ts'
import { seal } from '#hub/encryption.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { createPlace } from '#hub/places.ts'
import type { ZoomApp } from '#hub/resources.ts'
import { appByUrlSecret } from './app-urls.ts'
import { botTokenOf, BotRefusedError, isRefusal, newClient, type MattermostClient } from './client.ts'
import { postTypeFor } from './old-plugin.ts'
import type { NewServer } from './resources.ts'
import { keepCommand, server as serverOf } from './servers.ts'
import { hashOf } from '#core/hashed.ts'
import { own, type ServerRow } from './tables.ts'

/**
 * Connects a Mattermost server: its token is tried first, and when Mattermost refuses it nothing is kept. Then the slash command is
 * made in each team where the token may; for the others it is made by hand.
 * @throws InputError that says which entry Mattermost refused
 */
export async function connectServer(
  hub: Hub,
  actor: Actor,
  request: NewServer,
): Promise<{ server: ServerRow; url_secret: string; left: string[] }> {
  const app = await appFor(hub, actor, request)
  const client = newClient(hub, request.url, request.bot_token)
  const bot = await whoAmI(client)
  const url_secret = request.url_secret ?? Buffer.from(hub.runtime.random(24)).toString('base64url')
  const post_type = await postTypeFor(client)
  const taken = await own(hub.db)
    .selectFrom('mattermost_server')
    .select('place_id')
    .where('url_secret_hash', '=', hashOf(url_secret))
    .executeTakeFirst()
  const ofApp = await appByUrlSecret(hub, url_secret)
  if (taken || (ofApp && ofApp.zoom_app_id !== app.id))
    throw new ConflictError('This url_secret belongs to something else here. Leave it out to get a new one')
  const place_id = await hub.db.transaction().execute(async (trx) => {
    const place = await createPlace(
      hub,
      actor,
      { integration: 'mattermost', name: request.name, zoom_app_id: app.id },
      trx,
    )
    await own(trx)
      .insertInto('mattermost_server')
      .values({
        place_id: place.id,
        workspace_id: actor.workspace_id,
        url: request.url,
        level: request.level,
        meeting_ids: request.meeting_ids ?? (request.level === 'account' ? 'personal' : 'unique'),
        trust_emails: request.trust_emails,
        trigger: request.trigger,
        post_type,
        bot_token: seal(hub.keys, botTokenOf(place.id), new Secret(request.bot_token)),
        bot_user_id: bot.id,
        bot_username: bot.username,
        url_secret_hash: hashOf(url_secret),
        connection_id: null,
      })
      .execute()
    return place.id
  })
  const server = await serverOf(hub, actor, place_id)
  return { server, url_secret, left: await makeCommands(hub, server, client, request.team_ids) }
}

/** Which kinds of Zoom apps can do it. */
const kindsFor = {
  user: ['user_managed'],
  account: ['admin_managed', 'server_to_server'],
} as const satisfies Record<ServerRow['level'], readonly ZoomApp['kind'][]>

/** @throws InputError where the app that is named does not fit the level, or none is and not exactly one fits. */
export async function appFor(
  hub: Hub,
  actor: Actor,
  { zoom_app_id, level }: Pick<NewServer, 'zoom_app_id' | 'level'>,
): Promise<ZoomApp> {
  const kinds: readonly string[] = kindsFor[level]
  const fits = ({ kind }: ZoomApp): boolean => kinds.includes(kind)
  if (zoom_app_id !== undefined) {
    const app = await zoomApp(hub, actor, zoom_app_id)
    if (fits(app)) return app
    const message = `must be an app of the kind ${kinds.join(' or ')} at level ${level}; ${app.name} is ${app.kind}`
    throw new InputError(`${app.name} does not fit the level`, [{ field: 'zoom_app_id', message }])
  }
  const items = await everyItem((page) => zoomApps(hub, actor, page))
  const fitting = items.filter(fits)
  if (fitting.length === 1 && fitting[0]) return fitting[0]
  const message =
    fitting.length === 0 ? `add a Zoom app of the kind ${kinds.join(' or ')} first` : 'name it: several fit'
  throw new InputError(`Which Zoom app? ${message}`, [{ field: 'zoom_app_id', message }])
}

export async function whoAmI(client: MattermostClient): Promise<{ id: string; username: string }> {
  try {
    const { id, username } = await client.getMe()
    if (typeof id === 'string' && typeof username === 'string') return { id, username }
  } catch (error) {
    if (error instanceof BotRefusedError)
      throw new InputError('Mattermost does not know this token', [
        { field: 'bot_token', message: `Mattermost answered: ${sentenceOf(error)}` },
      ])
    if (!isRefusal(error)) throw error
  }
  throw new InputError('What answers there is not Mattermost', [
    { field: 'url', message: 'must be the Site URL of a Mattermost server' },
  ])
}

/** Makes the slash command in teams. @returns where the token may not, or where the word is taken, and why */
async function makeCommands(
  hub: Hub,
  server: ServerRow,
  client: MattermostClient,
  team_ids: readonly string[] | undefined,
): Promise<string[]> {
  const teams = team_ids ?? (await client.getMyTeams()).map(({ id }) => id)
  const left: string[] = []
  for (const team_id of teams) {
    try {
      const { id, token } = await client.addCommand(slashCommand(hub, server, team_id))
      await keepCommand(hub, server.place_id, { token, team_id, command_id: id })
    } catch (error) {
      if (!isRefusal(error) && !(error instanceof UnavailableError)) throw error
      left.push(`${team_id}: ${sentenceOf(error)}`)
    }
  }
  return left
}

type SlashCommand = Parameters<MattermostClient['addCommand']>[0]

const slashCommand = (hub: Hub, { place_id, trigger, level, bot_username }: ServerRow, team_id: string): SlashCommand =>
  ({
    team_id,
    trigger,
    method: 'P',
    url: commandUrl(hub, place_id),
    username: bot_username,
    icon_url: '',
    auto_complete: true,
    auto_complete_desc: 'Start a Zoom meeting in this channel',
    auto_complete_hint: level === 'user' ? '[start [topic], connect, disconnect, help]' : '[start [topic], help]',
    display_name: 'Zoom',
    description: 'Zoom meetings by Greenroom',
  }) as SlashCommand

export const commandUrl = (hub: Hub, place_id: string): string => `${hub.publicUrl}/mattermost/commands/${place_id}`

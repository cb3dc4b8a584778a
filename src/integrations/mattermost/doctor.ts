import { sentenceOf } from '#core/errors.ts'
import { DecryptionError } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import type { Place } from '#hub/resources.ts'
import { BotRefusedError, clientOf, type MattermostClient } from './client.ts'
import { commandUrl } from './connect-server.ts'
import { verifiesEmails } from './email.ts'
import { accountConnection } from './host-of.ts'
import { hasZoomPlugin } from './old-plugin.ts'
import { commandsOfServer, serverById, serversOfWorkspace } from './servers.ts'
import type { ServerRow } from './tables.ts'

/** What is wrong with the Mattermost servers of a workspace that are switched on. */
export async function doctor(hub: Hub, workspace_id: string): Promise<Finding[]> {
  const findings = await Promise.all(
    (await serversOfWorkspace(hub, { workspace_id })).map(async (server) =>
      (await placeById(hub, server.place_id))?.state === 'on' ? checkServer(hub, server) : [],
    ),
  )
  return findings.flat()
}

/** The same of one place. */
export async function checkPlace(hub: Hub, { id }: Pick<Place, 'id'>): Promise<Finding[]> {
  const server = await serverById(hub, id)
  return server ? checkServer(hub, server) : []
}

/** Looks at one server: the bot, its commands, and how people are found at Zoom. */
export async function checkServer(hub: Hub, server: ServerRow): Promise<Finding[]> {
  const place = await placeById(hub, server.place_id)
  const about = `Mattermost ${place?.name ?? server.url}`
  try {
    const client = clientOf(hub, server)
    const { username } = await client.getMe()
    return [
      { check: about, state: 'ok', message: `The bot @${username} is signed in` },
      await checkCommands(hub, server, client, about),
      ...(server.trigger === 'zoom' && (await hasZoomPlugin(client)) ? [bothAnswer(about)] : []),
      ...(server.level === 'account' ? await checkAccount(hub, server, client, about) : []),
    ]
  } catch (error) {
    return [{ check: about, state: 'failed', ...troubleOf(server, error) }]
  }
}

function troubleOf({ url }: ServerRow, error: unknown): { message: string; fix: string } {
  if (error instanceof DecryptionError)
    return { message: sentenceOf(error), fix: 'Enter the bot token again, or start with the former encryption key' }
  if (error instanceof BotRefusedError)
    return {
      message: 'Mattermost does not take the token of the bot any more',
      fix: 'Make a new token for the bot in Mattermost and enter it here',
    }
  return { message: sentenceOf(error), fix: `Let this machine reach ${url}` }
}

async function checkCommands(hub: Hub, server: ServerRow, client: MattermostClient, about: string): Promise<Finding> {
  const check = `${about}: /${server.trigger}`
  const commands = await commandsOfServer(hub, server.place_id)
  const fix = `In Mattermost, Integrations → Slash Commands: make the command /${server.trigger} (POST, ${commandUrl(hub, server.place_id)}) and enter its token here`
  if (commands.length === 0) return { check, state: 'failed', message: 'No slash command is known', fix }
  const covered = new Set(commands.map(({ team_id }) => team_id))
  const teams = await client.getMyTeams()
  const lacking = covered.has(null) ? [] : teams.filter(({ id }) => !covered.has(id))
  if (lacking.length === 0) return { check, state: 'ok', message: `The command is in ${counted(commands.length)}` }
  const names = lacking.map(({ display_name }) => display_name).join(', ')
  return { check, state: 'warning', message: `The command is lacking in ${names}`, fix }
}

const bothAnswer = (about: string): Finding => ({
  check: `${about}: /zoom`,
  state: 'warning',
  message: 'Mattermost’s Zoom plugin is installed, too, and answers /zoom in our place',
  fix: 'Disable the plugin in the System Console, or connect the server with another trigger until then',
})

const counted = (teams: number): string => (teams === 1 ? 'one team' : `${teams} teams`)

async function checkAccount(hub: Hub, server: ServerRow, client: MattermostClient, about: string): Promise<Finding[]> {
  const consent = (await accountConnection(hub, server))
    ? ({ check: `${about}: consent`, state: 'ok', message: 'Zoom is connected for everybody' } as const)
    : ({
        check: `${about}: consent`,
        state: 'failed',
        message: 'Nobody has consented for the Zoom account',
        fix: 'An administrator of the Zoom account consents once: POST /api/v1/mattermost/servers/{id}/consent',
      } as const)
  const emails = server.trust_emails || (await verifiesEmails(client))
  if (emails) return [consent]
  return [
    consent,
    {
      check: `${about}: e-mail addresses`,
      state: 'warning',
      message:
        'The server does not verify e-mail addresses: only who signs in by LDAP, SAML or the like is found at Zoom',
      fix: 'Turn on “Require Email Verification” in the System Console, or set trust_emails if you know the addresses to be right',
    },
  ]
}

import { z } from 'zod'
import { pressButton } from './actions.ts'
import { postsOf } from './api-channels.ts'
import { added, mustFindUser } from './api-users.ts'
import { executeCommand } from './commands.ts'
import { AppError, noChannel } from './errors.ts'
import { isMember } from './permissions.ts'
import { created, ok } from './request.ts'
import { newId, pair, type Channel, type State, type User } from './state.ts'
import type { Reply } from '#simulator/http.ts'

const command = z.strictObject({
  user: z.string().describe('Username'),
  channel: z.string().describe('Name or id'),
  command: z.string().startsWith('/'),
  root_id: z.string().default('').describe('The post whose thread it is typed in'),
})

const click = z.strictObject({
  user: z.string(),
  post_id: z.string(),
  action: z.string().describe('Id or name of the button'),
})

const newPerson = z.strictObject({
  username: z.string().min(1),
  email: z.string().optional(),
  auth_service: z.string().optional().describe('Such as ldap: signs in there, and has the address from there'),
  roles: z.string().optional(),
  is_bot: z.boolean().optional(),
})

const newRoom = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['O', 'P']).default('O'),
  members: z.array(z.string()).default([]).describe('Usernames'),
})

const changes = z
  .strictObject({
    down: z.boolean(),
    EnableCommands: z.boolean(),
    ShowEmailAddress: z.boolean(),
    RequireEmailVerification: z.boolean(),
    PostEditTimeLimit: z.number().int(),
    AllowedUntrustedInternalConnections: z.string(),
    OutgoingIntegrationRequestsTimeout: z.number().int(),
    EnablePlugins: z.boolean(),
    webapp_plugins: z.array(z.string()),
  })
  .partial()

interface Control {
  state: State
  site: string
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
}

/** What people do at this server, for a tour, a test or the page: below `/hosts/mattermost/_`. */
export const controls: readonly { at: string; handle(control: Control): Reply | Promise<Reply> }[] = [
  { at: 'GET /state', handle: ({ state, site }) => ok(overview(state, site)) },
  {
    at: 'PATCH /settings',
    handle: ({ state, body }) => ok(Object.assign(state.settings, changes.parse(body))),
  },
  {
    at: 'POST /users',
    handle: ({ state, body }) => {
      const { username, email, auth_service, roles, is_bot } = newPerson.parse(body)
      const user = added(state, {
        username,
        ...(email && { email }),
        ...(auth_service && { auth_service }),
        ...(roles && { roles }),
        ...(is_bot && { is_bot }),
      })
      for (const team of state.teams.keys()) state.team_members.set(pair(team, user.id), 'team_user')
      state.tokens.set(`mm-token-${username}`, user.id)
      return created({ ...person(user), token: `mm-token-${username}` })
    },
  },
  {
    at: 'POST /channels',
    handle: ({ state, body }) => {
      const { name, type, members } = newRoom.parse(body)
      const [team_id = ''] = state.teams.keys()
      const channel: Channel = { id: newId(), team_id, type, name, display_name: name }
      state.channels.set(channel.id, channel)
      for (const member of members) state.channel_members.set(pair(channel.id, named(state, member).id), 'channel_user')
      return created(channel)
    },
  },
  {
    at: 'POST /run',
    handle: async ({ state, site, body }) => {
      const { user, channel, root_id, ...typed } = command.parse(body)
      const where = channelOf(state, channel)
      const before = state.ephemerals.length
      const [firstTeam = ''] = state.teams.keys()
      const { text, response_type, goto_location } = await executeCommand(state, site, named(state, user), {
        command: typed.command,
        channel_id: where.id,
        team_id: where.team_id || firstTeam,
        root_id,
      })
      return ok({ text, response_type, goto_location, ephemerals: state.ephemerals.slice(before) })
    },
  },
  {
    at: 'POST /click',
    handle: async ({ state, body }) => {
      const { user, post_id, action } = click.parse(body)
      const before = state.ephemerals.length
      await pressButton(state, named(state, user), post_id, action)
      return ok({ ephemerals: state.ephemerals.slice(before) })
    },
  },
  {
    at: 'GET /channels/:channel/posts',
    handle: ({ state, params, query }) => {
      const channel = channelOf(state, params['channel'] ?? '')
      const reader = query.get('user')
      const own = state.ephemerals.filter(
        (post) => post.channel_id === channel.id && (reader === null || post.shown_to === named(state, reader).id),
      )
      const author = ({ user_id }: { user_id: string }) => state.users.get(user_id)?.username ?? ''
      return ok({
        posts: postsOf(state, channel.id).map((post) => ({ ...post, author: author(post) })),
        ephemerals: own.map((post) => ({ ...post, author: author(post) })),
      })
    },
  },
]

function overview(state: State, site: string): object {
  const tokens = new Map([...state.tokens].map(([token, user_id]) => [user_id, token]))
  return {
    url: site,
    settings: state.settings,
    users: [...state.users.values()].map((user) => ({ ...person(user), token: tokens.get(user.id) })),
    teams: [...state.teams.values()],
    channels: [...state.channels.values()].map((channel) => ({
      ...channel,
      members: [...state.users.values()]
        .filter((user) => isMember(state, channel, user))
        .map(({ username }) => username),
    })),
    commands: [...state.commands.values()],
    dialogs: state.dialogs,
  }
}

const person = ({ id, username, email, is_bot, roles }: User) => ({ id, username, email, is_bot, roles })

const named = (state: State, name: string): User =>
  mustFindUser(state, ({ username, id }) => username === name || id === name)

function channelOf(state: State, name: string): Channel {
  const channel = [...state.channels.values()].find((each) => each.id === name || each.name === name)
  if (!channel) throw noChannel()
  return channel
}

/** A control request that is not understood. */
export const controlProblem = (error: unknown): AppError | undefined =>
  error instanceof z.ZodError ? new AppError(422, 'control', z.prettifyError(error)) : undefined

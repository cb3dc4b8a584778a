import { randomBytes } from 'node:crypto'

/** What one Mattermost server holds. Field names are those of its REST API: https://api.mattermost.com/ */
export interface State {
  settings: Settings
  users: Map<string, User>
  teams: Map<string, Team>
  team_members: Map<string, string>
  channels: Map<string, Channel>
  /** Roles by `channel user`. */
  channel_members: Map<string, string>
  posts: Map<string, Post>
  /** Posts that only one person sees, kept by no real server but by the person's client. */
  ephemerals: (Post & { shown_to: string })[]
  commands: Map<string, Command>
  /** What `response_url` and `trigger_id` still stand for. */
  hooks: Map<string, Hook>
  triggers: Map<string, Trigger>
  tokens: Map<string, string>
  dialogs: Dialog[]
  now(): number
}

export interface Settings {
  /** True: every request to the server fails, as behind a proxy whose server is gone. */
  down: boolean
  EnableCommands: boolean
  ShowEmailAddress: boolean
  RequireEmailVerification: boolean
  /** Seconds; -1 is without end. */
  PostEditTimeLimit: number
  /** Hosts that commands, buttons and dialogs may reach although they are private, separated by spaces. */
  AllowedUntrustedInternalConnections: string
  /** Milliseconds that an integration may take. */
  OutgoingIntegrationRequestsTimeout: number
  EnablePlugins: boolean
  /** Ids of installed plugins that have a part in the web client. */
  webapp_plugins: string[]
}

export interface User {
  id: string
  username: string
  email: string
  email_verified: boolean
  /** By what one signs in: `ldap`, `saml` and so on; empty for a password of this server. */
  auth_service: string
  first_name: string
  last_name: string
  roles: string
  is_bot: boolean
  locale: string
  timezone: { useAutomaticTimezone: string; automaticTimezone: string; manualTimezone: string }
  password: string
  create_at: number
  delete_at: number
}

export interface Team {
  id: string
  name: string
  display_name: string
  type: 'O' | 'I'
  /** Whether anybody may join by themselves. */
  allow_open_invite: boolean
}

export interface Channel {
  id: string
  team_id: string
  type: 'O' | 'P' | 'D'
  name: string
  display_name: string
}

export interface Post {
  id: string
  create_at: number
  update_at: number
  edit_at: number
  delete_at: number
  user_id: string
  channel_id: string
  root_id: string
  message: string
  type: string
  props: Record<string, unknown>
  pending_post_id: string
}

export interface Command {
  id: string
  token: string
  create_at: number
  creator_id: string
  team_id: string
  trigger: string
  method: 'P' | 'G'
  username: string
  url: string
  auto_complete: boolean
  auto_complete_desc: string
  auto_complete_hint: string
  display_name: string
  description: string
}

export interface Hook {
  user_id: string
  channel_id: string
  root_id: string
  uses: number
  expires_at: number
}

export interface Trigger {
  user_id: string
  expires_at: number
}

export interface Dialog {
  user_id: string
  url: string
  dialog: Record<string, unknown>
}

/** Twenty-six letters and digits, as all of Mattermost's ids. */
export const newId = (): string =>
  Array.from(randomBytes(26), (byte) => 'ybndrfg8ejkmcpqxot1uwisza345h769'[byte % 32]).join('')

export const isId = (text: unknown): text is string => typeof text === 'string' && /^[a-z0-9]{26}$/.test(text)
export const pair = (group: string, member: string): string => `${group} ${member}`

const defaultSettings = (): Settings => ({
  down: false,
  EnableCommands: true,
  ShowEmailAddress: true,
  RequireEmailVerification: true,
  PostEditTimeLimit: -1,
  AllowedUntrustedInternalConnections: 'localhost 127.0.0.1',
  OutgoingIntegrationRequestsTimeout: 30_000,
  EnablePlugins: true,
  webapp_plugins: [],
})

export const newUser = (seed: Pick<User, 'username'> & Partial<User>, now: number): User => ({
  id: newId(),
  email: `${seed.username}@school.example`,
  email_verified: true,
  auth_service: '',
  first_name: '',
  last_name: '',
  roles: 'system_user',
  is_bot: false,
  locale: 'en',
  timezone: { useAutomaticTimezone: 'true', automaticTimezone: 'Europe/Berlin', manualTimezone: '' },
  password: `${seed.username}-password`,
  create_at: now,
  delete_at: 0,
  ...seed,
})

/**
 * A team School with four people, a bot whose token is known, and three channels; the bot is in the first two. Ada and Grace
 * have the e-mail addresses that the simulated Zoom account knows them by, Ben has none there.
 */
export function newState(now: () => number): State {
  const state: State = {
    settings: defaultSettings(),
    users: new Map(),
    teams: new Map(),
    team_members: new Map(),
    channels: new Map(),
    channel_members: new Map(),
    posts: new Map(),
    ephemerals: [],
    commands: new Map(),
    hooks: new Map(),
    triggers: new Map(),
    tokens: new Map(),
    dialogs: [],
    now,
  }
  const team: Team = { id: newId(), name: 'school', display_name: 'School', type: 'O', allow_open_invite: false }
  state.teams.set(team.id, team)
  for (const seed of people) {
    const user = newUser(seed, now())
    state.users.set(user.id, user)
    state.tokens.set(`mm-token-${user.username}`, user.id)
    state.team_members.set(pair(team.id, user.id), seed.team_roles)
  }
  for (const { members, ...seed } of rooms) {
    const channel: Channel = { id: newId(), team_id: team.id, ...seed }
    state.channels.set(channel.id, channel)
    for (const name of members) {
      const user = [...state.users.values()].find(({ username }) => username === name)
      if (user) state.channel_members.set(pair(channel.id, user.id), 'channel_user')
    }
  }
  return state
}

const people = [
  { username: 'admin', roles: 'system_user system_admin', team_roles: 'team_user team_admin' },
  { username: 'ada', first_name: 'Ada', last_name: 'Lovelace', team_roles: 'team_user' },
  { username: 'grace', first_name: 'Grace', last_name: 'Hopper', team_roles: 'team_user' },
  { username: 'ben', first_name: 'Ben', last_name: 'Bitdiddle', team_roles: 'team_user' },
  // Allowed to make slash commands, so that a server is connected by its token alone.
  { username: 'greenroom', is_bot: true, team_roles: 'team_user team_admin' },
]

const everybody = ['admin', 'ada', 'grace', 'ben']

const rooms = [
  {
    name: 'town-square',
    display_name: 'Town Square',
    type: 'O',
    members: [...everybody, 'greenroom'],
  },
  { name: 'maths', display_name: 'Maths', type: 'O', members: [...everybody, 'greenroom'] },
  { name: 'staff', display_name: 'Staff', type: 'P', members: ['admin', 'ada', 'grace'] },
] as const

import { noChannel, noPermission, noPost } from './errors.ts'
import { pair, type Channel, type Post, type State, type User } from './state.ts'

// Who may do what, by Mattermost's default schemes: https://docs.mattermost.com/onboard/advanced-permissions.html

export const isSystemAdmin = (user: User): boolean => hasRole(user.roles, 'system_admin')
const hasRole = (roles: string | undefined, role: string): boolean => (roles ?? '').split(' ').includes(role)

export const isTeamMember = (state: State, team_id: string, user: User): boolean =>
  state.team_members.has(pair(team_id, user.id))

export const isMember = (state: State, channel: Channel, user: User): boolean =>
  state.channel_members.has(pair(channel.id, user.id))

/** Custom slash commands belong to a team and are made by those who run it. */
export const mayManageCommands = (state: State, team_id: string, user: User): boolean =>
  isSystemAdmin(user) || hasRole(state.team_members.get(pair(team_id, user.id)), 'team_admin')

/** Private channels do not exist for who is not in them; public ones are open to the team. */
export function readableChannel(state: State, id: string, user: User): Channel {
  const channel = state.channels.get(id)
  if (!channel) throw noChannel()
  if (isMember(state, channel, user) || isSystemAdmin(user)) return channel
  if (channel.type === 'O' && isTeamMember(state, channel.team_id, user)) return channel
  throw noPermission()
}

/** A member posts; the role `system_post_all` posts anywhere, `system_post_all_public` in public channels. */
export function postableChannel(state: State, id: string, user: User): Channel {
  const channel = state.channels.get(id)
  if (!channel) throw noPermission()
  const everywhere = isSystemAdmin(user) || hasRole(user.roles, 'system_post_all')
  const inPublic = channel.type === 'O' && hasRole(user.roles, 'system_post_all_public')
  if (everywhere || inPublic || isMember(state, channel, user)) return channel
  throw noPermission()
}

export const channelRoles = (state: State, channel: Channel, user: User): string | undefined =>
  state.channel_members.get(pair(channel.id, user.id))

/** `edit_post` comes with membership of the channel alone, and covers one's own posts. */
export function editablePost(state: State, id: string, user: User): Post {
  const post = state.posts.get(id)
  if (!post || post.delete_at > 0) throw noPost()
  const channel = state.channels.get(post.channel_id)
  if (!channel || !(isMember(state, channel, user) || isSystemAdmin(user))) throw noPermission()
  if (post.user_id !== user.id && !isSystemAdmin(user)) throw noPermission()
  return post
}

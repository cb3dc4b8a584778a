import { AppError, invalidBody, noChannel, noPermission, noUser } from './errors.ts'
import { channelRoles, isMember, isSystemAdmin, isTeamMember, readableChannel } from './permissions.ts'
import { seen } from './posts.ts'
import { created, ok, textOf, type ApiRoute } from './request.ts'
import { newId, pair, type Channel, type Post, type State } from './state.ts'

/** Channels, who is in them, and what was said there. */
export const channelRoutes: readonly ApiRoute[] = [
  {
    at: 'POST /channels',
    handle: ({ state, user, body }) => {
      const team_id = textOf(body, 'team_id')
      if (!isTeamMember(state, team_id, user)) throw noPermission()
      const { type } = body
      if (type !== 'O' && type !== 'P') throw invalidBody('type')
      const channel: Channel = {
        id: newId(),
        team_id,
        type,
        name: textOf(body, 'name'),
        display_name: textOf(body, 'display_name'),
      }
      state.channels.set(channel.id, channel)
      state.channel_members.set(pair(channel.id, user.id), 'channel_user channel_admin')
      return created(channel)
    },
  },
  {
    at: 'POST /channels/direct',
    handle: ({ state, user, body }) => {
      const ids = Array.isArray(body) ? body.map(String).toSorted() : []
      if (ids.length !== 2 || !ids.includes(user.id) || !ids.every((id) => state.users.has(id)))
        throw invalidBody('user_ids')
      const name = ids.join('__')
      const known = [...state.channels.values()].find((channel) => channel.name === name)
      const channel: Channel = known ?? { id: newId(), team_id: '', type: 'D', name, display_name: '' }
      state.channels.set(channel.id, channel)
      for (const id of ids) state.channel_members.set(pair(channel.id, id), 'channel_user')
      return created(channel)
    },
  },
  {
    at: 'GET /teams/:team_id/channels/name/:name',
    handle: ({ state, user, params }) => {
      const { team_id, name } = params
      const channel = [...state.channels.values()].find((each) => each.team_id === team_id && each.name === name)
      return ok(readableChannel(state, channel?.id ?? '', user))
    },
  },
  {
    at: 'GET /channels/:channel_id',
    handle: ({ state, user, params }) => ok(readableChannel(state, params['channel_id'] ?? '', user)),
  },
  {
    at: 'POST /channels/:channel_id/members',
    handle: ({ state, user, params, body }) => {
      const channel = state.channels.get(params['channel_id'] ?? '')
      if (!channel) throw noChannel()
      const member = state.users.get(textOf(body, 'user_id'))
      if (!member) throw noUser()
      const joins = member.id === user.id && channel.type === 'O' && isTeamMember(state, channel.team_id, user)
      if (!joins && !isMember(state, channel, user) && !isSystemAdmin(user)) throw noPermission()
      if (!isTeamMember(state, channel.team_id, member))
        throw new AppError(
          400,
          'api.channel.add_user.to.channel.failed.deleted.app_error',
          'Failed to add user to channel because they have been removed from the team.',
        )
      const key = pair(channel.id, member.id)
      const roles = state.channel_members.get(key) ?? 'channel_user'
      state.channel_members.set(key, roles)
      return created({ channel_id: channel.id, user_id: member.id, roles })
    },
  },
  {
    at: 'GET /channels/:channel_id/members/:user_id',
    handle: ({ state, user, params }) => {
      const channel = readableChannel(state, params['channel_id'] ?? '', user)
      const id = params['user_id'] === 'me' ? user.id : (params['user_id'] ?? '')
      const member = state.users.get(id)
      const roles = member && channelRoles(state, channel, member)
      if (roles === undefined)
        throw new AppError(
          404,
          'app.channel.get_member.missing.app_error',
          'No channel member found for that user ID and channel ID.',
        )
      return ok({ channel_id: channel.id, user_id: id, roles })
    },
  },
  {
    at: 'DELETE /channels/:channel_id/members/:user_id',
    handle: ({ state, user, params }) => {
      const channel = readableChannel(state, params['channel_id'] ?? '', user)
      if (!isSystemAdmin(user) && params['user_id'] !== user.id) throw noPermission()
      state.channel_members.delete(pair(channel.id, params['user_id'] ?? ''))
      return ok({ status: 'OK' })
    },
  },
  {
    at: 'GET /channels/:channel_id/posts',
    handle: ({ state, user, params, query }) => {
      const channel = readableChannel(state, params['channel_id'] ?? '', user)
      const since = Number(query.get('since') ?? 0)
      return ok(listOf(postsOf(state, channel.id).filter(({ update_at }) => update_at > since)))
    },
  },
]

export const postsOf = (state: State, channel_id: string): Post[] =>
  [...state.posts.values()].filter((post) => post.channel_id === channel_id && post.delete_at === 0)

/** Newest first, by id. */
export const listOf = (posts: readonly Post[]): object => ({
  order: posts.map(({ id }) => id).toReversed(),
  posts: Object.fromEntries(posts.map((post) => [post.id, seen(post)])),
  next_post_id: '',
  prev_post_id: '',
})

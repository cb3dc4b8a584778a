import { AppError, noPermission, noTeam, noUser } from './errors.ts'
import { isSystemAdmin, isTeamMember } from './permissions.ts'
import { created, json, ok, textOf, type ApiRoute } from './request.ts'
import { newId, newUser, pair, type State, type Team, type User } from './state.ts'

/** People, bots and teams. */
export const userRoutes: readonly ApiRoute[] = [
  {
    at: 'POST /users/login',
    open: true,
    handle: ({ state, body }) => {
      const login = textOf(body, 'login_id')
      const user = [...state.users.values()].find(({ username, email }) => username === login || email === login)
      if (!user || user.is_bot || user.password !== body['password'])
        throw new AppError(
          401,
          'api.user.login.invalid_credentials_email_username',
          'Enter a valid email or username and/or password.',
        )
      const token = newId()
      state.tokens.set(token, user.id)
      return json(200, shown(state, user, user), { token })
    },
  },
  { at: 'GET /users/me', handle: ({ state, user }) => ok(shown(state, user, user)) },
  { at: 'GET /users/me/teams', handle: ({ state, user }) => ok(teamsOf(state, user)) },
  {
    at: 'GET /users/email/:email',
    handle: ({ state, user, params }) => {
      if (!state.settings.ShowEmailAddress && !isSystemAdmin(user)) throw noPermission()
      const email = decodeURIComponent(params['email'] ?? '')
      return ok(
        shown(
          state,
          user,
          mustFindUser(state, (each) => each.email === email),
        ),
      )
    },
  },
  {
    at: 'GET /users/username/:username',
    handle: ({ state, user, params }) =>
      ok(
        shown(
          state,
          user,
          mustFindUser(state, ({ username }) => username === params['username']),
        ),
      ),
  },
  {
    at: 'GET /users/:user_id',
    handle: ({ state, user, params }) =>
      ok(
        shown(
          state,
          user,
          mustFindUser(state, ({ id }) => id === params['user_id']),
        ),
      ),
  },
  {
    at: 'POST /users',
    handle: ({ state, user, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      const seed = {
        username: textOf(body, 'username'),
        email: textOf(body, 'email'),
        password: textOf(body, 'password'),
      }
      return created(shown(state, user, added(state, seed)))
    },
  },
  {
    at: 'POST /bots',
    handle: ({ state, user, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      const bot = added(state, { username: textOf(body, 'username'), is_bot: true })
      return created({ user_id: bot.id, username: bot.username, owner_id: user.id })
    },
  },
  {
    at: 'POST /users/:user_id/tokens',
    handle: ({ state, user, params, body }) => {
      const owner = mustFindUser(state, ({ id }) => id === params['user_id'])
      if (owner.id !== user.id && !isSystemAdmin(user)) throw noPermission()
      const token = newId()
      state.tokens.set(token, owner.id)
      return ok({ id: newId(), token, user_id: owner.id, description: textOf(body, 'description'), is_active: true })
    },
  },
  {
    at: 'PUT /users/:user_id/roles',
    handle: ({ state, user, params, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      mustFindUser(state, ({ id }) => id === params['user_id']).roles = textOf(body, 'roles')
      return ok({ status: 'OK' })
    },
  },
  {
    at: 'POST /teams',
    handle: ({ state, user, body }) => {
      const team: Team = {
        id: newId(),
        name: textOf(body, 'name'),
        display_name: textOf(body, 'display_name'),
        type: 'O',
        allow_open_invite: body['allow_open_invite'] === true,
      }
      state.teams.set(team.id, team)
      state.team_members.set(pair(team.id, user.id), 'team_user team_admin')
      return created(team)
    },
  },
  {
    at: 'GET /teams/name/:name',
    handle: ({ state, params }) => ok(mustFindTeam(state, ({ name }) => name === params['name'])),
  },
  {
    at: 'GET /teams/:team_id',
    handle: ({ state, params }) => ok(mustFindTeam(state, ({ id }) => id === params['team_id'])),
  },
  {
    at: 'DELETE /teams/:team_id',
    handle: ({ state, user, params }) => {
      const team = mustFindTeam(state, ({ id }) => id === params['team_id'])
      if (!isSystemAdmin(user)) throw noPermission()
      state.teams.delete(team.id)
      return ok({ status: 'OK' })
    },
  },
  {
    at: 'POST /teams/:team_id/members',
    handle: ({ state, user, params, body }) => {
      const team = mustFindTeam(state, ({ id }) => id === params['team_id'])
      const member = mustFindUser(state, ({ id }) => id === body['user_id'])
      // Who asks for themselves is refused where joining is by invitation, even if they are in already.
      const may = member.id === user.id ? team.allow_open_invite : isTeamMember(state, team.id, user)
      if (!may && !isSystemAdmin(user)) throw noPermission()
      const key = pair(team.id, member.id)
      const roles = state.team_members.get(key) ?? 'team_user'
      state.team_members.set(key, roles)
      return created({ team_id: team.id, user_id: member.id, roles })
    },
  },
  {
    at: 'PUT /teams/:team_id/members/:user_id/roles',
    handle: ({ state, user, params, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      state.team_members.set(pair(params['team_id'] ?? '', params['user_id'] ?? ''), textOf(body, 'roles'))
      return ok({ status: 'OK' })
    },
  },
]

export function mustFindUser(state: State, is: (user: User) => boolean): User {
  const user = [...state.users.values()].find(is)
  if (!user) throw noUser()
  return user
}

export function mustFindTeam(state: State, is: (team: Team) => boolean): Team {
  const team = [...state.teams.values()].find(is)
  if (!team) throw noTeam()
  return team
}

const teamsOf = (state: State, user: User): Team[] =>
  [...state.teams.values()].filter((team) => isTeamMember(state, team.id, user))

export function added(state: State, seed: Pick<User, 'username'> & Partial<User>): User {
  if ([...state.users.values()].some(({ username }) => username === seed.username))
    throw new AppError(400, 'app.user.save.username_exists.app_error', 'An account with that username already exists.')
  const user = newUser(seed, state.now())
  state.users.set(user.id, user)
  return user
}

/** Others see the address only where the server shows it, and never learn whether it was verified. */
function shown(state: State, viewer: User, { password: _password, email, email_verified, ...user }: User): object {
  if (viewer.id === user.id) return { ...user, email, email_verified }
  return { ...user, email: state.settings.ShowEmailAddress || isSystemAdmin(viewer) ? email : '' }
}

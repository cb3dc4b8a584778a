import { openDialog, pressButton } from './actions.ts'
import { commandsOfTeam, createCommand, executeCommand } from './commands.ts'
import { invalidBody, noPage, noPermission, switchedOff } from './errors.ts'
import { isSystemAdmin, mayManageCommands } from './permissions.ts'
import { channelRoutes } from './api-channels.ts'
import { postRoutes } from './api-posts.ts'
import { userRoutes } from './api-users.ts'
import { created, done, ok, textOf, type ApiRoute } from './request.ts'

/** The part of https://api.mattermost.com/ that integrations use. */
export const apiRoutes: readonly ApiRoute[] = [
  ...userRoutes,
  ...channelRoutes,
  ...postRoutes,
  {
    at: 'POST /commands',
    handle: ({ state, user, body }) => created(createCommand(state, user, body)),
  },
  {
    at: 'GET /commands',
    handle: ({ state, user, query }) => ok(commandsOfTeam(state, user, query.get('team_id') ?? '')),
  },
  {
    at: 'DELETE /commands/:command_id',
    handle: ({ state, user, params }) => {
      const command = state.commands.get(params['command_id'] ?? '')
      if (!command) throw noPage()
      if (!mayManageCommands(state, command.team_id, user)) throw noPermission()
      state.commands.delete(command.id)
      return done
    },
  },
  {
    at: 'POST /commands/execute',
    handle: async ({ state, site, user, body }) => {
      const { team_id, root_id } = body
      return ok(
        await executeCommand(state, site, user, {
          command: textOf(body, 'command'),
          channel_id: textOf(body, 'channel_id'),
          team_id: typeof team_id === 'string' ? team_id : '',
          root_id: typeof root_id === 'string' ? root_id : '',
        }),
      )
    },
  },
  {
    at: 'POST /posts/:post_id/actions/:action_id',
    handle: async ({ state, user, params }) => {
      const pressed = await pressButton(state, user, params['post_id'] ?? '', params['action_id'] ?? '')
      return ok({ status: 'OK', ...pressed })
    },
  },
  {
    at: 'POST /actions/dialogs/open',
    open: true,
    handle: ({ state, body }) => {
      openDialog(state, body)
      return done
    },
  },
  {
    at: 'GET /config/client',
    handle: ({ state: { settings }, query }) => {
      if (query.get('format') !== 'old') throw switchedOff('api.config.client.old_format.app_error')
      return ok({
        Version: '11.9.0',
        SiteName: 'School chat',
        EnableCommands: String(settings.EnableCommands),
        RequireEmailVerification: String(settings.RequireEmailVerification),
      })
    },
  },
  {
    at: 'GET /config',
    handle: ({ state: { settings }, user }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      const { EnableCommands, AllowedUntrustedInternalConnections } = settings
      return ok({ ServiceSettings: { EnableCommands, AllowedUntrustedInternalConnections } })
    },
  },
  {
    at: 'PUT /config/patch',
    handle: ({ state, user, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      for (const section of Object.values(body)) {
        if (typeof section !== 'object' || section === null) throw invalidBody('config')
        for (const [name, value] of Object.entries(section))
          if (name in state.settings) Object.assign(state.settings, { [name]: value })
      }
      return ok(body)
    },
  },
  {
    at: 'GET /plugins/webapp',
    handle: ({ state: { settings } }) => {
      if (!settings.EnablePlugins) throw switchedOff('app.plugin.disabled.app_error')
      return ok(settings.webapp_plugins.map((id) => ({ id, version: '1.0.0', webapp: {} })))
    },
  },
  { at: 'GET /system/ping', open: true, handle: () => done },
]

import { AppError, invalidBody, noPermission, noTeam } from './errors.ts'
import { callIntegration, jsonOf } from './outgoing.ts'
import { isTeamMember, mayManageCommands, postableChannel } from './permissions.ts'
import { newPost } from './posts.ts'
import { newId, type Channel, type Command, type Post, type State, type User } from './state.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A custom slash command of one team; the answer holds the token that every request will bring. */
export function createCommand(state: State, creator: User, body: Record<string, unknown>): Command {
  if (!state.settings.EnableCommands)
    throw new AppError(501, 'api.command.disabled.app_error', 'Commands have been disabled by the system admin.')
  const team_id = text(body['team_id'])
  if (!state.teams.has(team_id)) throw invalidBody('command')
  if (!mayManageCommands(state, team_id, creator)) throw noPermission()
  const trigger = text(body['trigger']).toLowerCase()
  const url = text(body['url'])
  if (trigger === '' || trigger.includes(' ') || trigger.startsWith('/') || !URL.canParse(url))
    throw invalidBody('command')
  if ([...state.commands.values()].some((each) => each.team_id === team_id && each.trigger === trigger))
    throw new AppError(
      400,
      'api.command.duplicate_trigger.app_error',
      'This trigger word is already in use. Please choose another word.',
    )
  const command: Command = {
    id: newId(),
    token: newId(),
    create_at: state.now(),
    creator_id: creator.id,
    team_id,
    trigger,
    method: body['method'] === 'G' ? 'G' : 'P',
    username: text(body['username']),
    url,
    auto_complete: body['auto_complete'] === true,
    auto_complete_desc: text(body['auto_complete_desc']),
    auto_complete_hint: text(body['auto_complete_hint']),
    display_name: text(body['display_name']),
    description: text(body['description']),
  }
  state.commands.set(command.id, command)
  return command
}

/** The token is for who may change the command. */
export const commandsOfTeam = (state: State, user: User, team_id: string): Command[] => {
  if (!state.teams.has(team_id)) throw noTeam()
  if (!mayManageCommands(state, team_id, user)) throw noPermission()
  return [...state.commands.values()].filter((each) => each.team_id === team_id)
}

export interface Execution {
  command: string
  channel_id: string
  team_id: string
  root_id: string
}

/** What the web client gets back after a command: `goto_location` is opened by that client alone. */
export interface CommandResponse {
  response_type: string
  text: string
  goto_location: string
  trigger_id: string
  attachments: unknown[]
}

/** A person types a command: it goes to its integration as a form, and what comes back is shown or posted. */
export async function executeCommand(
  state: State,
  site: string,
  user: User,
  execution: Execution,
): Promise<CommandResponse> {
  const channel = postableChannel(state, execution.channel_id, user)
  const team_id = channel.team_id || execution.team_id
  if (!state.teams.has(team_id) || !isTeamMember(state, team_id, user)) throw noPermission()
  const [word = '', ...rest] = execution.command.trim().split(/(?<=^\S+)\s+/)
  const trigger = word.slice(1).toLowerCase()
  const command = [...state.commands.values()].find((each) => each.team_id === team_id && each.trigger === trigger)
  if (!word.startsWith('/') || !command)
    throw new AppError(
      404,
      'api.command.execute_command.not_found.app_error',
      `Command with a trigger of '/${trigger}' not found. To send a message beginning with "/" try adding an empty space at the beginning of the message.`,
    )
  const trigger_id = newTrigger(state, user)
  const form = formOf(state, site, {
    command,
    user,
    channel,
    team_id,
    root_id: execution.root_id,
    trigger_id,
    text: rest.join(' '),
  })
  const answer = await askCommand(state, command, form)
  applyResponse(state, user, { channel_id: channel.id, root_id: execution.root_id }, answer)
  return { ...answer, trigger_id }
}

function formOf(
  state: State,
  site: string,
  asked: {
    command: Command
    user: User
    channel: Channel
    team_id: string
    root_id: string
    trigger_id: string
    text: string
  },
): URLSearchParams {
  const { command, user, channel, team_id, root_id, trigger_id } = asked
  const hook = newId()
  state.hooks.set(hook, {
    user_id: user.id,
    channel_id: channel.id,
    root_id,
    uses: 0,
    expires_at: state.now() + 30 * 60_000,
  })
  return new URLSearchParams({
    channel_id: channel.id,
    channel_name: channel.name,
    command: `/${command.trigger}`,
    response_url: `${site}/hooks/commands/${hook}`,
    root_id,
    team_domain: state.teams.get(team_id)?.name ?? '',
    team_id,
    text: asked.text,
    token: command.token,
    trigger_id,
    user_id: user.id,
    user_name: user.username,
  })
}

async function askCommand(
  state: State,
  command: Command,
  form: URLSearchParams,
): Promise<Omit<CommandResponse, 'trigger_id'> & { fields: Record<string, unknown> }> {
  const failed = (): AppError =>
    new AppError(
      500,
      'api.command.execute_command.failed.app_error',
      `Command with a trigger of '${command.trigger}' failed.`,
    )
  const headers = {
    accept: 'application/json',
    authorization: `Token ${command.token}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const answer = await callIntegration(state, command.url, { headers, body: form.toString() }).catch(
    (error: unknown) => {
      throw error instanceof AppError ? error : failed()
    },
  )
  if (answer.status !== 200)
    throw new AppError(
      500,
      'api.command.execute_command.failed_resp.app_error',
      `Command with a trigger of '${command.trigger}' returned response ${answer.status}.`,
    )
  const fields = jsonOf(answer.text) ?? { text: answer.text }
  return { ...responseOf(fields), fields }
}

const responseOf = (fields: Record<string, unknown>): Omit<CommandResponse, 'trigger_id'> => ({
  response_type: text(fields['response_type']) || 'ephemeral',
  text: text(fields['text']),
  goto_location: /^https?:/.test(text(fields['goto_location'])) ? text(fields['goto_location']) : '',
  attachments: Array.isArray(fields['attachments']) ? fields['attachments'] : [],
})

/** `in_channel` becomes a post of the person who typed, anything else is shown to that person alone. */
function applyResponse(
  state: State,
  user: User,
  where: { channel_id: string; root_id: string },
  answer: Omit<CommandResponse, 'trigger_id'> & { fields: Record<string, unknown> },
): Post | undefined {
  if (answer.text === '' && answer.attachments.length === 0) return undefined
  const given =
    typeof answer.fields['props'] === 'object' && answer.fields['props'] !== null ? answer.fields['props'] : {}
  const props = {
    ...given,
    from_webhook: 'true',
    ...(answer.attachments.length > 0 && { attachments: answer.attachments }),
  }
  const post = newPost(state, { ...where, message: answer.text, type: text(answer.fields['type']), props }, user.id)
  if (answer.response_type === 'in_channel') state.posts.set(post.id, post)
  else state.ephemerals.push({ ...post, shown_to: user.id })
  return post
}

/** `response_url`: good for half an hour and five answers. */
export function answerLater(state: State, hook_id: string, body: string): void {
  const hook = state.hooks.get(hook_id)
  const user = hook && state.users.get(hook.user_id)
  if (!hook || !user || hook.expires_at <= state.now())
    throw new AppError(404, 'store.sql_command_webhooks.get.app_error', 'Unable to get the webhook.')
  if (hook.uses >= 5)
    throw new AppError(400, 'store.sql_command_webhooks.try_use.invalid.app_error', 'Invalid webhook.')
  const fields = jsonOf(body)
  if (!fields) throw new AppError(400, 'api.command.command_post.parse.app_error', 'Unable to parse incoming data.')
  hook.uses++
  applyResponse(state, user, hook, { ...responseOf(fields), fields })
}

/** `trigger_id` opens one dialog for the person who acted. */
export function newTrigger(state: State, user: User): string {
  const trigger_id = Buffer.from(`${newId()}:${user.id}:${state.now()}`).toString('base64')
  state.triggers.set(trigger_id, {
    user_id: user.id,
    expires_at: state.now() + state.settings.OutgoingIntegrationRequestsTimeout,
  })
  return trigger_id
}

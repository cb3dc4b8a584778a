import { AppError, invalidBody, noPost } from './errors.ts'
import { newTrigger } from './commands.ts'
import { callIntegration, jsonOf } from './outgoing.ts'
import { readableChannel } from './permissions.ts'
import { attachmentsOf, editPost, newPost, type Action } from './posts.ts'
import type { Post, State, User } from './state.ts'

/** A person presses a button: its context goes to the integration without any proof of origin, and the answer is applied. */
export async function pressButton(
  state: State,
  user: User,
  post_id: string,
  action_id: string,
): Promise<{ trigger_id: string }> {
  const ephemeral = state.ephemerals.find(({ id, shown_to }) => id === post_id && shown_to === user.id)
  const post = state.posts.get(post_id) ?? ephemeral
  if (!post) throw noPost()
  const channel = readableChannel(state, post.channel_id, user)
  const action = actionOf(post, action_id)
  const trigger_id = newTrigger(state, user)
  const answer = await callIntegration(state, action.integration?.url ?? '', {
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({
      user_id: user.id,
      user_name: user.username,
      channel_id: channel.id,
      channel_name: channel.name,
      team_id: channel.team_id,
      team_domain: state.teams.get(channel.team_id)?.name ?? '',
      post_id,
      trigger_id,
      type: '',
      data_source: '',
      context: action.integration?.context ?? {},
    }),
  })
  if (answer.status !== 200)
    throw new AppError(
      answer.status >= 400 && answer.status < 500 ? 400 : 500,
      'api.post.do_action.action_integration.app_error',
      `Action integration error. status=${answer.status}`,
    )
  applyAnswer(state, user, post, jsonOf(answer.text) ?? {})
  return { trigger_id }
}

function actionOf(post: Post, action_id: string): Action {
  const action = attachmentsOf(post)
    .flatMap(({ actions }) => actions ?? [])
    .find(({ id }) => id === action_id)
  if (!action?.integration?.url) throw new AppError(404, 'api.post.do_action.action_id.app_error', 'Invalid action id.')
  return action
}

/** `update` needs no right to edit; an ephemeral post is not stored and stays as it is. */
function applyAnswer(state: State, user: User, post: Post, answer: Record<string, unknown>): void {
  const { update, ephemeral_text } = answer
  const stored = state.posts.get(post.id)
  if (stored && typeof update === 'object' && update !== null) editPost(state, stored, update)
  if (typeof ephemeral_text === 'string' && ephemeral_text !== '') {
    const { channel_id, root_id, user_id } = post
    state.ephemerals.push({
      ...newPost(state, { channel_id, root_id, message: ephemeral_text }, user_id),
      shown_to: user.id,
    })
  }
}

/** The trigger is the credential: no session is asked for. */
export function openDialog(state: State, body: Record<string, unknown>): void {
  const trigger = state.triggers.get(String(body['trigger_id']))
  if (!trigger)
    throw new AppError(
      400,
      'interactive_message.decode_trigger_id.missing_data',
      'Trigger ID missing required data for interactive dialog.',
    )
  if (trigger.expires_at <= state.now())
    throw new AppError(
      400,
      'interactive_message.decode_trigger_id.expired',
      'Trigger ID for interactive dialog is expired.',
    )
  const { url, dialog } = body
  if (typeof url !== 'string' || !URL.canParse(url) || typeof dialog !== 'object' || dialog === null)
    throw invalidBody('dialog')
  state.dialogs.push({ user_id: trigger.user_id, url, dialog: dialog as Record<string, unknown> })
}

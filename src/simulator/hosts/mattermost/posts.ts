import { AppError, invalidBody } from './errors.ts'
import { editablePost, postableChannel } from './permissions.ts'
import { isId, newId, type Post, type State, type User } from './state.ts'

/** The fields of a post that a client may name. */
export type PostFields = Partial<
  Pick<Post, 'channel_id' | 'root_id' | 'message' | 'type' | 'props' | 'pending_post_id'>
>

/** Stores a post. Another with the same `pending_post_id` is the same post: a client that heard no answer asks again. */
export function createPost(state: State, author: User, fields: PostFields): Post {
  if (!isId(fields.channel_id)) throw invalidBody('channel_id')
  const channel = postableChannel(state, fields.channel_id, author)
  const { pending_post_id = '' } = fields
  const again = [...state.posts.values()].find(
    (post) => pending_post_id !== '' && post.pending_post_id === pending_post_id && post.user_id === author.id,
  )
  if (again) return again
  const props = author.is_bot ? { ...fields.props, from_bot: 'true' } : { ...fields.props }
  const post = newPost(state, { ...fields, channel_id: channel.id, props }, author.id)
  state.posts.set(post.id, post)
  return post
}

/** @throws AppError for what Mattermost's model refuses: a foreign type, a reply to a reply, a text beyond 16383 characters. */
export function newPost(state: State, fields: PostFields, user_id: string): Post {
  const { root_id = '', message = '', type = '', props = {}, channel_id = '' } = fields
  if (type !== '' && !type.startsWith('custom_')) throw invalidBody('type')
  if (message.length > 16_383)
    throw new AppError(
      400,
      'model.post.is_valid.message_length.app_error',
      'Post Message property is longer than the maximum permitted length.',
    )
  if (root_id !== '') {
    const root = state.posts.get(root_id)
    if (!root || root.delete_at > 0 || root.root_id !== '' || root.channel_id !== channel_id)
      throw new AppError(400, 'api.post.create_post.root_id.app_error', 'Invalid RootId parameter.')
  }
  const now = state.now()
  return {
    id: newId(),
    create_at: now,
    update_at: now,
    edit_at: 0,
    delete_at: 0,
    user_id,
    channel_id,
    root_id,
    message,
    type,
    props: checkedProps(props),
    pending_post_id: fields.pending_post_id ?? '',
  }
}

/** Replaces what is given; `props` as a whole. */
export function patchPost(state: State, id: string, user: User, fields: PostFields): Post {
  const post = editablePost(state, id, user)
  const { PostEditTimeLimit } = state.settings
  if (PostEditTimeLimit !== -1 && state.now() > post.create_at + PostEditTimeLimit * 1000)
    throw new AppError(
      400,
      'api.post.update_post.permissions_time_limit.app_error',
      `Post edit is only allowed for ${PostEditTimeLimit} seconds. Please ask your System Administrator for details.`,
    )
  return editPost(state, post, fields)
}

export function editPost(state: State, post: Post, { message, props }: PostFields): Post {
  if (message !== undefined) post.message = message
  if (props !== undefined) post.props = checkedProps(props)
  post.update_at = state.now()
  if (message !== undefined) post.edit_at = post.update_at
  return post
}

/** As clients see it: what a button sends to its integration stays with the server. */
export const seen = (post: Post): Post => ({
  ...post,
  props: {
    ...post.props,
    ...('attachments' in post.props && { attachments: attachmentsOf(post).map(withoutIntegrations) }),
  },
})

export interface Action {
  id: string
  name: string
  type: string
  integration?: { url?: string; context?: Record<string, unknown> }
}
export interface Attachment {
  [field: string]: unknown
  actions?: Action[]
}

export const attachmentsOf = ({ props }: Pick<Post, 'props'>): Attachment[] =>
  Array.isArray(props['attachments']) ? (props['attachments'] as Attachment[]) : []

const withoutIntegrations = (attachment: Attachment): Attachment => ({
  ...attachment,
  ...(attachment.actions && { actions: attachment.actions.map(({ integration: _hidden, ...action }) => action) }),
})

/** Buttons get an id where they have none; one that is not letters and digits could never be pressed. */
function checkedProps(props: Record<string, unknown>): Record<string, unknown> {
  if (JSON.stringify(props).length > 800_000)
    throw new AppError(400, 'model.post.is_valid.props.app_error', 'Invalid props.')
  for (const { actions } of attachmentsOf({ props })) {
    for (const action of actions ?? []) {
      action.id ||= newId()
      if (!/^[A-Za-z0-9]+$/.test(action.id)) throw invalidBody('props.attachments.actions.id')
    }
  }
  return props
}

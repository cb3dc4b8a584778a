import { invalidBody, noPermission, noPost } from './errors.ts'
import { isSystemAdmin, postableChannel, readableChannel } from './permissions.ts'
import { listOf, postsOf } from './api-channels.ts'
import { createPost, newPost, patchPost, seen, type PostFields } from './posts.ts'
import { created, ok, textOf, type ApiRoute } from './request.ts'
import type { State, User } from './state.ts'

export const postRoutes: readonly ApiRoute[] = [
  { at: 'POST /posts', handle: ({ state, user, body }) => created(seen(createPost(state, user, fieldsOf(body)))) },
  {
    // Given to system administrators alone by default.
    at: 'POST /posts/ephemeral',
    handle: ({ state, user, body }) => {
      if (!isSystemAdmin(user)) throw noPermission()
      const { post } = body
      if (typeof post !== 'object' || post === null) throw invalidBody('post')
      const fields = fieldsOf(post as Record<string, unknown>)
      postableChannel(state, fields.channel_id ?? '', user)
      const made = { ...newPost(state, fields, user.id), shown_to: textOf(body, 'user_id') }
      state.ephemerals.push(made)
      return created(seen(made))
    },
  },
  {
    at: 'GET /posts/:post_id',
    handle: ({ state, user, params }) => ok(seen(readablePost(state, user, params['post_id'] ?? ''))),
  },
  {
    at: 'GET /posts/:post_id/thread',
    handle: ({ state, user, params }) => {
      const post = readablePost(state, user, params['post_id'] ?? '')
      const root = post.root_id || post.id
      return ok(listOf(postsOf(state, post.channel_id).filter(({ id, root_id }) => id === root || root_id === root)))
    },
  },
  {
    at: 'PUT /posts/:post_id/patch',
    handle: ({ state, user, params, body }) =>
      ok(seen(patchPost(state, params['post_id'] ?? '', user, fieldsOf(body)))),
  },
  {
    at: 'DELETE /posts/:post_id',
    handle: ({ state, user, params }) => {
      const post = readablePost(state, user, params['post_id'] ?? '')
      if (post.user_id !== user.id && !isSystemAdmin(user)) throw noPermission()
      post.delete_at = state.now()
      return ok({ status: 'OK' })
    },
  },
]

function readablePost(state: State, user: User, id: string) {
  const post = state.posts.get(id)
  if (!post || post.delete_at > 0) throw noPost()
  readableChannel(state, post.channel_id, user)
  return post
}

/** @throws AppError 400 for a field of another type. */
function fieldsOf(body: Record<string, unknown>): PostFields {
  for (const name of ['channel_id', 'root_id', 'message', 'type', 'pending_post_id'])
    if (body[name] !== undefined && typeof body[name] !== 'string') throw invalidBody(name)
  const { props } = body
  if (props !== undefined && (typeof props !== 'object' || props === null || Array.isArray(props)))
    throw invalidBody('props')
  return body as PostFields
}

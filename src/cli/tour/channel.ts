import type { Stage } from './stage.ts'

interface Post {
  message: string
  props: {
    attachments?: { title?: string; text?: string; fields?: { title: string; value: string }[] }[]
    meeting_status?: string
  }
}

/** Puts the meeting into a channel: a post that lives with it. */
export async function putInChannel(stage: Stage, meeting_id: string): Promise<{ channel: string }> {
  const { channels } = await stage.chat<{ channels: { id: string; name: string; display_name: string }[] }>(
    'GET',
    '/state',
  )
  const maths = channels.find(({ name }) => name === 'maths')
  await stage.api('POST', `/api/v1/meetings/${meeting_id}/placements`, {
    place_id: stage.places.mattermost,
    target: { channel_id: maths?.id },
  })
  return { channel: maths?.display_name ?? '' }
}

/** The newest post of the bot in the channel. */
export async function postOf({ chat }: Stage): Promise<Post> {
  const { posts } = await chat<{ posts: Post[] }>('GET', '/channels/maths/posts')
  const [post] = posts.filter(({ props }) => props.meeting_status !== undefined).slice(-1)
  if (!post) throw new Error('There is no post of the meeting in the channel')
  return post
}

/** The Door that the post leads to. */
export const wayInOfPost = ({ props }: Post): string =>
  /\((http[^)]*\/j\/[^)]+)\)/.exec(props.attachments?.[0]?.text ?? '')?.[1] ?? ''

/** A post in one line, as people read it. */
export const wordsOfPost = ({ message, props }: Post): string => {
  const [attachment] = props.attachments ?? []
  const fields = (attachment?.fields ?? []).map(({ title, value }) => `${title} ${value}`)
  return [message, attachment?.title, ...fields].filter(Boolean).join(' · ')
}

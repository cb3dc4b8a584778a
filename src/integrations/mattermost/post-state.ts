import type { PostRow } from './tables.ts'

interface Run {
  uuid: string
  state: 'started' | 'ended'
  ended_at: string | null
}

type Followed = Pick<PostRow, 'state' | 'kind' | 'uuid' | 'created_at'>

/**
 * What news of one run of the meeting means for a post; undefined when it means nothing. A post of somebody who started a meeting
 * tells of one run, the first that did not end before: whoever uses the same personal meeting elsewhere later has nothing to do with this channel.
 * An announcement tells of every run.
 */
export function followSession(post: Followed, run: Run): Pick<PostRow, 'state' | 'uuid'> | undefined {
  const state = run.state === 'ended' ? 'ended' : 'live'
  const same = post.uuid === run.uuid
  if (same) return post.state === state || post.state === 'ended' ? undefined : { state, uuid: run.uuid }
  if (run.ended_at && Date.parse(run.ended_at) < post.created_at.getTime()) return undefined
  if (post.kind === 'started_here' && (post.uuid || post.state === 'ended')) return undefined
  // A series goes on; what is late news of an older run changes nothing while a newer one is on.
  if (post.uuid && post.state === 'live' && state === 'ended') return undefined
  return { state, uuid: run.uuid }
}

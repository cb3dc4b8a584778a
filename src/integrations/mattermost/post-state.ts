import type { PostRow } from './tables.ts'

interface Run {
  uuid: string
  state: 'started' | 'ended'
  ended_at: string | null
}

type Followed = Pick<PostRow, 'state' | 'kind' | 'uuid' | 'created_at'>

/** Zoom's times are whole seconds. */
const isBefore = (zoomTime: string, moment: Date): boolean => Date.parse(zoomTime) + 1000 <= moment.getTime()

/**
 * What news of one run of the meeting means for a post; undefined when it means nothing. A post of somebody who started a meeting
 * tells of one run, the first that did not end before: whoever uses the same personal meeting elsewhere later has nothing to do with this channel.
 * An announcement tells of every run.
 */
export function followSession(post: Followed, run: Run): Pick<PostRow, 'state' | 'uuid'> | undefined {
  const state = run.state === 'ended' ? 'ended' : 'live'
  const same = post.uuid === run.uuid
  // It seemed to run when the post was made, for the news of its end was late.
  if (run.ended_at && isBefore(run.ended_at, post.created_at))
    return same && post.state === 'live' ? { state: 'waiting', uuid: null } : undefined
  if (same) return post.state === state || post.state === 'ended' ? undefined : { state, uuid: run.uuid }
  if (post.kind === 'started_here' && (post.uuid || post.state === 'ended')) return undefined
  // A series goes on; what is late news of an older run changes nothing while a newer one is on.
  if (post.uuid && post.state === 'live' && state === 'ended') return undefined
  return { state, uuid: run.uuid }
}

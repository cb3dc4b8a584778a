import { NotFoundError } from '#core/errors.ts'
import { events, replayEvent } from '#hub/inbox/read.ts'
import { eventState } from '#hub/resources.ts'
import { workspaces } from '#hub/workspaces.ts'
import { openHub } from '#server.ts'
import { command, UsageError, type Io } from './command.ts'
import type { Hub } from '#hub/hub.ts'

export const eventsReplay = command({
  name: 'events replay',
  summary: 'Puts events back among the waiting: those that are named, or all of a state',
  usage: '[EVENT_ID …] [--state dead] [--workspace NAME]',
  help: { state: 'all events of this state: dead, ignored, handled or waiting', workspace: 'of this workspace alone' },
  takesWords: true,
  options: { state: { type: 'string' }, workspace: { type: 'string' } },
  async run({ state, workspace }, io, ids) {
    if ((ids.length === 0) === (state === undefined)) throw new UsageError('Name events, or a --state')
    const asked = eventState.optional().safeParse(state)
    if (!asked.success) throw new UsageError(`--state must be one of ${eventState.options.join(', ')}`)
    await using opened = await openHub(io.config, io.log, { serve: false })
    const chosen = (await workspaces(opened.hub)).filter((each) => workspace === undefined || each.name === workspace)
    if (chosen.length === 0) throw new UsageError(`There is no workspace ${workspace}`)
    const actors = chosen.map(({ id }) => ({ workspace_id: id, name: 'cli' }))
    const replayed =
      state === undefined
        ? await replayNamed(opened.hub, actors, ids)
        : await replayAll(opened.hub, actors, asked.data, io)
    io.print(`${replayed} event${replayed === 1 ? '' : 's'} will be handled again`)
    return 0
  },
})

type Actors = { workspace_id: string; name: string }[]

async function replayNamed(hub: Hub, actors: Actors, ids: string[]): Promise<number> {
  for (const id of ids) {
    const tries = await Promise.allSettled(actors.map((actor) => replayEvent(hub, actor, id)))
    const failed = tries.find((each) => each.status === 'rejected' && !(each.reason instanceof NotFoundError))
    if (failed?.status === 'rejected') throw failed.reason
    if (!tries.some((each) => each.status === 'fulfilled')) throw new NotFoundError(`There is no event ${id}`)
  }
  return ids.length
}

/** The ids first, then the replays: a replayed event has another state and would fall out of the pages. */
async function replayAll(
  hub: Hub,
  actors: Actors,
  state: 'waiting' | 'handled' | 'ignored' | 'dead' | undefined,
  io: Io,
): Promise<number> {
  let replayed = 0
  for (const actor of actors) {
    const ids: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await events(hub, actor, { state, limit: 200, cursor })
      ids.push(...page.items.map((item) => item.id))
      if (page.next_cursor === null) break
      cursor = page.next_cursor
    }
    for (const id of ids) {
      await replayEvent(hub, actor, id)
      if (++replayed % 100 === 0) io.progress(`${replayed} of ${ids.length}`)
    }
  }
  return replayed
}

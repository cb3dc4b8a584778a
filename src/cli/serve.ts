import { countSealedConsents, unreadableApps } from '#hub/unreadable.ts'
import { ensureWorkspace, addMember, workspaces } from '#hub/workspaces.ts'
import { startServer, type Server } from '#server.ts'
import { command, type Io } from './command.ts'
import { untilStopped } from './until-stopped.ts'

export const serve = command({
  name: 'serve',
  summary: 'Runs the hub: API, console, Zoom’s events and their jobs',
  usage: '',
  help: {},
  options: {},
  async run(_values, io) {
    const began = performance.now()
    await using server = await startServer(io.config, io.log)
    await firstWorkspace(server)
    await announce(server, io, began)
    await untilStopped(io.stopped)
    return 0
  },
})

async function firstWorkspace({ hub }: Server): Promise<void> {
  if ((await workspaces(hub)).length === 0) await ensureWorkspace(hub, 'Main')
}

/** Where to go, and the link that signs the owner in once. */
export async function announce(server: Server, io: Io, began: number): Promise<void> {
  const { url, user_id } = await server.signIn.printOwnerLink()
  for (const { id } of await workspaces(server.hub)) await addMember(server.hub, id, user_id, 'owner')
  const unreadable = await unreadableApps(server.hub)
  if (unreadable.length > 0)
    io.print(
      `These Zoom apps were stored with another encryption key and cannot be used: ${unreadable.join(', ')}. Start with that key, or remove them and add them again.`,
    )
  const consents = await countSealedConsents(server.hub)
  if (consents > 0)
    io.print(
      `${consents} ${consents === 1 ? 'consent was' : 'consents were'} stored with another encryption key and cannot be used. Start with that key; \`greenroom doctor\` names who would have to connect again without it.`,
    )
  if (server.movedTo)
    io.print(`The database is in ${server.movedTo}, because PostgreSQL’s user may not enter ${io.config.data}.`)
  io.print(`Greenroom     ${io.config.publicUrl}  (ready in ${((performance.now() - began) / 1000).toFixed(1)} s)`)
  io.print(`Sign in once  ${url}`)
}

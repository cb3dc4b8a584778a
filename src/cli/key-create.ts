import { createApiKey } from '#hub/keys.ts'
import type { Role } from '#store/db.ts'
import { openHub } from '#server.ts'
import { command, needed, UsageError } from './command.ts'

const roles: readonly Role[] = ['owner', 'admin', 'operator', 'viewer']

export const keyCreate = command({
  name: 'key create',
  summary: 'Makes an API key and prints it, once',
  usage: '--workspace NAME [--role admin] [--name TEXT]',
  help: {
    workspace: 'the workspace that the key is for, for example Demo',
    role: `${roles.join(', ')}; admin when absent`,
    name: 'what the key is for',
  },
  options: { workspace: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' } },
  async run({ workspace, role: asked = 'admin', name = 'made by hand' }, io) {
    const role = roles.find((each) => each === asked)
    if (!role) throw new UsageError(`--role must be one of ${roles.join(', ')}`)
    const of = needed(workspace, 'workspace')
    await using opened = await openHub(io.config, io.log, { serve: false })
    const { key } = await createApiKey(opened.hub, { workspace: of, name, role })
    io.print(key)
    return 0
  },
})

import { ConfigError } from '#core/errors.ts'
import { startWorkerAlone } from '#server.ts'
import { command } from './command.ts'
import { untilStopped } from './until-stopped.ts'

export const worker = command({
  name: 'worker',
  summary: 'Runs jobs alone, beside servers on the same DATABASE_URL',
  usage: '',
  help: {},
  options: {},
  async run(_values, io) {
    if (!io.config.databaseUrl)
      throw new ConfigError([
        'DATABASE_URL is needed: a worker shares the database of a server. One process alone is `greenroom serve`',
      ])
    await using _worker = await startWorkerAlone(io.config, io.log)
    io.print('Greenroom worker is ready')
    await untilStopped(io.stopped)
    return 0
  },
})

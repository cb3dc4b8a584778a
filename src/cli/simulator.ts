import { startSimulator } from '#simulator/simulator.ts'
import { command, UsageError } from './command.ts'
import { untilStopped } from './until-stopped.ts'

export const simulator = command({
  name: 'simulator',
  summary: 'Runs a Zoom to develop and test against, with nothing else',
  usage: '[--port 8081]',
  help: {
    port: 'where it listens; 8081 unless SIMULATOR_PORT says otherwise',
    host: 'the address it listens on; 127.0.0.1 when absent',
  },
  options: { port: { type: 'string' }, host: { type: 'string' } },
  async run({ port, host }, io) {
    if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new UsageError('--port must be a number')
    const running = await startSimulator({
      port: port ? Number(port) : io.config.simulatorPort,
      host: host ?? '127.0.0.1',
      log: io.log,
    })
    await using _running = running
    io.print(
      `Zoom simulator  ${running.url}  (play it by hand there; ${running.url}/_/openapi.json describes how programs do)`,
    )
    await untilStopped(io.stopped)
    return 0
  },
})

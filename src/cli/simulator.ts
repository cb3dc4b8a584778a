import { ConfigError } from '#core/errors.ts'
import { startSimulator, type Simulator } from '#simulator/simulator.ts'
import { command, UsageError } from './command.ts'
import { untilStopped } from './until-stopped.ts'

export const simulator = command({
  name: 'simulator',
  summary: 'Runs a Zoom to develop and test against, with nothing else',
  usage: '[--port 8081] [--host 127.0.0.1]',
  help: {
    port: 'where it listens; 8081 unless SIMULATOR_PORT says otherwise',
    host: 'the address it listens on; 127.0.0.1 when absent',
  },
  options: { port: { type: 'string' }, host: { type: 'string' } },
  async run({ port, host = '127.0.0.1' }, io) {
    if (port !== undefined && !/^\d{1,5}$/.test(port)) throw new UsageError('--port must be a number')
    const at = port === undefined ? io.config.simulatorPort : Number(port)
    await using running = await openSimulator({ port: at, host, log: io.log })
    io.print(`Zoom simulator  ${running.url}  (play it by hand there)`)
    io.print(`For programs    ${running.url}/_/openapi.json`)
    await untilStopped(io.stopped)
    return 0
  },
})

/** @throws ConfigError when the port is taken. */
export async function openSimulator(options: Parameters<typeof startSimulator>[0]): Promise<Simulator> {
  try {
    return await startSimulator(options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const { port } = options
    const free = `SIMULATOR_PORT=${port + 10}`
    throw new ConfigError([
      `Port ${port} for the simulator is taken by another program. Choose another one, for example ${free}`,
    ])
  }
}

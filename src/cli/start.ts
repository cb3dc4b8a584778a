import { sentenceOf } from '#core/errors.ts'
import { startServer } from '#server.ts'
import { command, type Io } from './command.ts'
import { connectDemoHosts, setUpDemo, withDemoKey } from './demo/demo.ts'
import { onKey } from './keyboard.ts'
import { announce } from './serve.ts'
import { networkTo } from './network.ts'
import { openSimulator } from './simulator.ts'
import { showFourPlaces } from './tour/four-places.ts'
import { untilStopped } from './until-stopped.ts'

export const start = command({
  name: 'start',
  summary: 'Runs the hub and a Zoom simulator, with a workspace Demo that is connected to it',
  usage: '[--tour] [--exit]',
  help: { tour: 'hold a meeting and show what the hub made of it', exit: 'stop after the tour' },
  options: { tour: { type: 'boolean' }, exit: { type: 'boolean' } },
  async run({ tour, exit }, io) {
    const began = performance.now()
    const simulatorUrl = `http://localhost:${io.config.simulatorPort}`
    const botRunnerUrl = io.config.botRunnerUrl ?? `${simulatorUrl}/runner`
    await using server = await startServer({ ...io.config, simulatorUrl, botRunnerUrl }, io.log)
    await using _simulator = await openSimulator({ port: io.config.simulatorPort, log: io.log })
    const stage = { hubUrl: localUrl(io), simulatorUrl }
    const demo = await setUpDemo(server.hub, stage)
    const hosts = await connectDemoHosts(server.hub, demo, stage).then(
      () => `${simulatorUrl}/hosts/lms, /hosts/mattermost and /hosts/site  (stand-ins, connected, too)`,
      (error: unknown) => `not connected: ${sentenceOf(error)}`,
    )
    await announce(server, io, began)
    io.print(`Zoom          ${simulatorUrl}  (the simulator; the workspace ${demo.name} is connected to it)`)
    io.print(`Hosts         ${hosts}`)
    const origins = [stage.hubUrl, simulatorUrl, 'http://127.0.0.1', server.hub.publicUrl]
    const show = () =>
      withDemoKey(server.hub, demo, 'owner', (key) =>
        showFourPlaces({ ...stage, key, network: networkTo(io.config, ...origins), print: io.print }),
      )
    if (tour) await show()
    if (exit) return 0
    using _keys = onKey({ t: show, q: () => process.kill(process.pid, 'SIGINT') })
    io.print(
      process.stdin.isTTY
        ? '\nPress t for the tour, q to stop.'
        : '\nCtrl-C stops it. `npm start -- --tour` holds a meeting and shows what came of it.',
    )
    await untilStopped(io.stopped)
    return 0
  },
})

/** The hub as it is reached on this machine, whatever PUBLIC_URL is in front of it. */
const localUrl = ({ config }: Io): string => {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
}

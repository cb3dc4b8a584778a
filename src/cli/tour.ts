import { command, needed } from './command.ts'
import { networkTo } from './network.ts'
import { takeTour } from './tour/class.ts'

export const tour = command({
  name: 'tour',
  summary: 'Holds a meeting at the simulator and shows what the hub made of it',
  usage: '--key KEY [--url http://localhost:8080] [--simulator http://localhost:8081]',
  help: {
    key: 'an API key of a workspace that is connected to the simulator (greenroom key create)',
    url: 'the hub',
    simulator: 'the simulator',
  },
  options: { key: { type: 'string' }, url: { type: 'string' }, simulator: { type: 'string' } },
  async run({ key, url, simulator }, io) {
    const hubUrl = url ?? `http://localhost:${io.config.port}`
    const simulatorUrl = simulator ?? `http://localhost:${io.config.simulatorPort}`
    const network = networkTo(io.config, hubUrl, simulatorUrl)
    await takeTour({ hubUrl, simulatorUrl, key: needed(key, 'key'), network, print: io.print })
    return 0
  },
})

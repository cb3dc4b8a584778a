import { deleteZoomApp, createZoomApp, zoomApps } from '#hub/apps.ts'
import type { Hub } from '#hub/hub.ts'
import { createApiKey, revokeApiKey } from '#hub/keys.ts'
import { forgetToken } from '#hub/tokens.ts'
import { ensureWorkspace, type Workspace } from '#hub/workspaces.ts'
import { startServer, type Server } from '#server.ts'
import { command, type Io } from './command.ts'
import { onKey } from './keyboard.ts'
import { announce } from './serve.ts'
import { openSimulator } from './simulator.ts'
import { takeTour } from './tour.ts'
import { untilStopped } from './until-stopped.ts'

/** The simulator's seed: docs/simulator.md. */
const demoApp = {
  client_id: 'sim-s2s',
  client_secret: 'sim-s2s-secret',
  secret_token: 'sim-s2s-webhook',
  account_id: 'sim-account',
}

export const start = command({
  name: 'start',
  summary: 'Runs the hub and a Zoom simulator, with a workspace Demo that is connected to it',
  usage: '[--tour] [--exit]',
  help: { tour: 'hold a meeting and show what the hub made of it', exit: 'stop after the tour' },
  options: { tour: { type: 'boolean' }, exit: { type: 'boolean' } },
  async run({ tour, exit }, io) {
    const began = performance.now()
    await using server = await startServer(io.config, io.log)
    await using _simulator = await openSimulator({ port: io.config.simulatorPort, log: io.log })
    const simulatorUrl = `http://localhost:${io.config.simulatorPort}`
    const demo = await connectDemo(server, simulatorUrl, io)
    await announce(server, io, began)
    io.print(`Zoom          ${simulatorUrl}  (the simulator; the workspace ${demo.name} is connected to it)`)
    const show = () => demoTour(server.hub, demo, localUrl(io), simulatorUrl, io)
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

/** The Demo workspace on this simulator. The simulator forgets everything when it ends, so it is told anew where events go. */
async function connectDemo({ hub }: Server, simulatorUrl: string, io: Io): Promise<Workspace> {
  const demo = await ensureWorkspace(hub, 'Demo', { demo: true })
  const actor = { workspace_id: demo.id, name: 'hub' }
  const { items } = await zoomApps(hub, actor, { limit: 200 })
  for (const stale of items.filter((app) => app.client_id === demoApp.client_id && app.oauth_base !== simulatorUrl))
    await deleteZoomApp(hub, actor, stale.id)
  const app =
    items.find((each) => each.client_id === demoApp.client_id && each.oauth_base === simulatorUrl) ??
    (await createZoomApp(hub, actor, {
      ...demoApp,
      kind: 'server_to_server',
      name: 'Zoom simulator',
      oauth_base: simulatorUrl,
      api_base: simulatorUrl,
    }))
  if (app.connection_id) await forgetToken(hub, app.connection_id)
  const answer = await hub.outgoing([simulatorUrl])(`${simulatorUrl}/_/apps/${demoApp.client_id}/subscriptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url: `${localUrl(io)}/zoom/webhooks/${app.id}`, events: ['*'] }),
  })
  if (!answer.ok) throw new Error(`The simulator did not accept the hub’s address for events: ${await answer.text()}`)
  return demo
}

/** The hub as it is reached on this machine, whatever PUBLIC_URL is in front of it. */
const localUrl = ({ config }: Io): string => {
  const host = ['0.0.0.0', '::'].includes(config.host) ? 'localhost' : config.host
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.port}`
}

async function demoTour(hub: Hub, demo: Workspace, hubUrl: string, simulatorUrl: string, io: Io): Promise<void> {
  const { id, key } = await createApiKey(hub, { workspace: demo.name, name: 'tour', role: 'operator' })
  try {
    await takeTour({ hubUrl, simulatorUrl, key, network: hub.outgoing([hubUrl, simulatorUrl]), print: io.print })
  } finally {
    await revokeApiKey(hub, demo.id, id)
  }
}

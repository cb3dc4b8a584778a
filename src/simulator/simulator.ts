import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Log } from '#core/log.ts'
import { apiRoutes } from './api/routes.ts'
import { callerOf, recordCall } from './calls.ts'
import { now, stopClock } from './clock.ts'
import { answerControl } from './control/control.ts'
import { answerDownload } from './downloads.ts'
import { answerWithFault, takeCallFault } from './faults.ts'
import { answerApi } from './gateway.ts'
import { readRequest, send, type Incoming, type Reply } from './http.ts'
import { answerOAuth } from './oauth.ts'
import { page } from './page.ts'
import { answerRunner } from './runner/runner.ts'
import { answerSdk } from './sdk/sdk.ts'
import { newWorld } from './seed.ts'
import { openStandIns, standInAt } from './stand-ins.ts'
import type { World } from './state.ts'

/** A Zoom that answers on HTTP. */
export interface Simulator extends AsyncDisposable {
  /** Its own base, `http://127.0.0.1:8081`. */
  url: string
  close(): Promise<void>
}

interface SimulatorOptions {
  /** 0 takes any free port. */
  port: number
  /** `127.0.0.1` unless told. */
  host?: string
  log?: Log
}

/**
 * Starts a Zoom with the documented seed (docs/simulator.md): `/oauth` and `/v2` as Zoom has them, `/_/` to play it, and a
 * page to do so by hand at `/`.
 * @throws what `listen` throws, when the port is taken.
 */
export async function startSimulator({ port, host = '127.0.0.1', log }: SimulatorOptions): Promise<Simulator> {
  const world = newWorld(log)
  const server = createServer((request, response) => void answer(world, request, response))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  world.base = `http://${reachable(host)}:${(server.address() as AddressInfo).port}`
  world.stand_ins = openStandIns({ base: world.base, now: () => now(world.clock) })
  const close = async (): Promise<void> => {
    stopClock(world.clock)
    world.over.abort()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: world.base, close, [Symbol.asyncDispose]: close }
}

/** A host that listens everywhere is reached as localhost; an IPv6 address stands in brackets. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const incoming = await readRequest(request, world.base)
    const reply = incoming ? await replyTo(world, incoming) : tooLarge
    if (reply === 'cut') response.destroy()
    else if (reply !== 'hang') send(response, reply)
  } catch (error) {
    if (request.errored) return // The client has hung up.
    world.log?.error({ error, url: request.url }, 'the simulator failed')
    if (!response.headersSent) send(response, { status: 500, body: { code: 500, message: String(error) } })
  }
}

const tooLarge: Reply = {
  status: 413,
  headers: { connection: 'close' },
  body: { code: 413, message: 'Request Entity Too Large' },
}

type Outcome = Reply | 'cut' | 'hang'

/** A fault may have the connection cut, or never answered. */
async function replyTo(world: World, incoming: Incoming): Promise<Outcome> {
  const { path } = incoming
  if (path.startsWith('/_/')) return answerControl(world, incoming)
  if (path.startsWith('/oauth/')) return played(world, incoming, () => answerOAuth(world, incoming))
  if (path.startsWith('/v2/')) return played(world, incoming, () => answerApi(world, apiRoutes, incoming))
  if (path === '/') return page
  const standIn = standInAt(world.stand_ins, path)
  if (standIn) return standIn.handle(incoming)
  if (path.startsWith('/runner/')) return answerRunner(world, incoming)
  if (path.startsWith('/sdk/')) return answerSdk(world, incoming)
  if (path.startsWith('/rec/download/')) return answerDownload(world, incoming)
  return { status: 404, body: { code: 404, message: `there is nothing at ${path}; see /_/openapi.json` } }
}

/** A call to Zoom: it is remembered, and it may go wrong on demand. */
async function played(world: World, incoming: Incoming, work: () => Promise<Reply>): Promise<Outcome> {
  const app = await callerOf(world, incoming)
  const fault = takeCallFault(world, incoming, app)
  const reply = await (fault ? answerWithFault(fault, work) : work())
  recordCall(world, incoming, app, typeof reply === 'string' ? 0 : reply.status)
  return reply
}

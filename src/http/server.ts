import type { AddressInfo } from 'node:net'
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { ConfigError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Route } from '#hub/integration.ts'
import { apiRoutes } from './api/routes.ts'
import { serveConsole } from './console.ts'
import { serveDocs } from './docs.ts'
import { grantRoutes } from './grants.ts'
import { doorRoutes } from './door/routes.ts'
import { serveHealth } from './health.ts'
import { logoRoutes } from './logos.ts'
import { createHttpMetrics, measure, serveMetrics } from './metrics.ts'
import { noSuchRoute, problemOf, type ProblemAnswer } from './problem.ts'
import { withoutBase } from './public-url.ts'
import { serveRoutes } from './routes.ts'
import type { SignIn } from './sign-in.ts'
import { serveSignIn } from './sign-in-routes.ts'
import { webhooksFirst } from './webhooks.ts'

export interface HttpOptions {
  /** What the integrations answer, beside our own API. */
  routes: readonly Route[]
  signIn: SignIn
  /** The folder of the built console. */
  console: string
  /** What one address may ask in a minute; 6000 when absent. */
  requestsPerMinute?: number
}

export interface Http {
  /** `port` 0 takes any. @throws ConfigError when the port is taken or not allowed. */
  listen(port: number, host: string): Promise<{ url: string }>
  /** Ends what is under way and takes nothing new. */
  close(): Promise<void>
}

/** 1 MiB, more than anything that is sent to us for a good reason. */
const bodyLimit = 1024 * 1024

/** Far above what a person or a well-made program asks for, and low enough to stop a loop that has run wild. */
const plenty = 6000

/** How long requests that are under way may take when we close. */
const patience_ms = 5000

/** What we answer ourselves, beside the routes. */
const ownPaths = ['/api', '/sign-in', '/console', '/zoom', '/healthz', '/readyz', '/metrics']

/** Everything that is answered on our port. */
export async function createHttp(hub: Hub, options: HttpOptions): Promise<Http> {
  const { publicUrl } = hub
  const { routes, signIn, console: consoleFolder, requestsPerMinute = plenty } = options
  const all = [...apiRoutes, ...grantRoutes, ...logoRoutes, ...doorRoutes, ...routes]
  const stripped = withoutBase(publicUrl, [...ownPaths, ...all.map(({ path }) => path)])
  const app = Fastify({
    bodyLimit,
    // A proxy stands on the same machine or network; nobody else's word about the client's address counts.
    trustProxy: 'loopback, linklocal, uniquelocal',
    rewriteUrl: (request) => stripped(request.url ?? '/'),
    routerOptions: { maxParamLength: 512 },
    serverFactory: (others) => webhooksFirst(hub, stripped, others),
    // What cannot even be routed: a path that does not decode, or is too long.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error, hub.runtime.now())),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  })
  answerErrors(app, hub)
  answerUnknownPaths(app)

  const metrics = createHttpMetrics()
  await app.register(async (scope) => {
    serveHealth(scope, hub)
    serveMetrics(scope, hub, metrics)
  })
  await app.register(async (scope) => {
    measure(scope, metrics)
    await scope.register(helmet, securityHeaders(publicUrl))
    await scope.register(rateLimit, { global: false, max: requestsPerMinute, timeWindow: 60_000 })
    // Before anybody is looked up: a stranger's requests count, too.
    scope.addHook('onRequest', scope.rateLimit())
    await scope.register(async (own) => serveSignIn(own, signIn, hub))
    await scope.register(async (own) => serveRoutes(own, all, hub, signIn))
    serveDocs(scope, all, publicUrl)
    await serveConsole(scope, consoleFolder, publicUrl)
  })
  await app.ready()

  return {
    listen: (port, host) => listen(app, port, host),
    close: () => close(app),
  }
}

function answerErrors(app: FastifyInstance, hub: Hub): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = problemOf(error, hub.runtime.now())
    if (answer.status >= 500)
      hub.log.error({ err: error, method: request.method, url: request.routeOptions.url }, 'a request failed')
    return sendProblem(reply, answer)
  })
}

function answerUnknownPaths(app: FastifyInstance): void {
  const routes: { method: string; path: RegExp }[] = []
  app.addHook('onRoute', ({ method, url }) => {
    const path = new RegExp(`^${url.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll(/:\w+/g, '[^/]+')}$`)
    routes.push(...[method].flat().map((each) => ({ method: each, path })))
  })
  app.setNotFoundHandler((request, reply) => {
    const [path = '/'] = request.url.split('?', 1)
    const allowed = new Set(routes.filter((route) => route.path.test(path)).map(({ method }) => method))
    return sendProblem(reply, noSuchRoute(request.method, path, [...allowed]))
  })
}

const sendProblem = (reply: FastifyReply, { status, headers, body }: ProblemAnswer): FastifyReply =>
  reply.code(status).headers(headers).send(JSON.stringify(body))

/** For everything that is no page; pages bring a policy of their own. */
const securityHeaders = (publicUrl: string): FastifyHelmetOptions => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  hsts: publicUrl.startsWith('https:') && { maxAge: 31_536_000 },
})

async function listen(app: FastifyInstance, port: number, host: string): Promise<{ url: string }> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    throw listenProblem(error, port) ?? error
  }
  const { port: taken } = app.server.address() as AddressInfo
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` }
}

async function close(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), patience_ms)
  await app.close()
  clearTimeout(timer)
}

function listenProblem(error: unknown, port: number): ConfigError | undefined {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE')
    return new ConfigError([
      `Port ${port} is taken by another program. Choose another one, for example PORT=${port + 10}`,
    ])
  if (code === 'EACCES')
    return new ConfigError([
      `Port ${port} may not be opened by this user. Choose one above 1023, for example PORT=8080`,
    ])
  return undefined
}

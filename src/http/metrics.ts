import type { FastifyInstance } from 'fastify'
import ipaddr from 'ipaddr.js'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { ForbiddenError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'

export interface HttpMetrics {
  registry: Registry
  /** Seconds by `method`, `route` (the pattern, never the path: paths are endless) and `status`. */
  durations: Histogram<'method' | 'route' | 'status'>
}

export function createHttpMetrics(): HttpMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'greenroom_http_request_duration_seconds',
    help: 'HTTP requests, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  })
  return { registry, durations }
}

/** Measures every request of this scope. */
export function measure(scope: FastifyInstance, { durations }: HttpMetrics): void {
  scope.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
}

/** `/metrics` for Prometheus: for machines in the same house only, for it tells how busy we are. */
export function serveMetrics(scope: FastifyInstance, hub: Hub, { registry }: HttpMetrics): void {
  scope.get('/metrics', async (request, reply) => {
    if (!isPrivate(request.ip)) throw new ForbiddenError('Metrics are answered to private addresses only.')
    const all = Registry.merge([registry, hub.metrics.registry])
    return reply.type(all.contentType).send(await all.metrics())
  })
}

const isPrivate = (address: string): boolean =>
  ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(address).range())

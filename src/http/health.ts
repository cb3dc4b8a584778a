import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { UnavailableError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'

/** Ours to say how long a probe may wait: orchestrators give up after a second by default. */
const patience_ms = 1000

/** `/healthz`: the process answers. `/readyz`: it can do its work, because the database answers and is migrated. */
export function serveHealth(scope: FastifyInstance, hub: Hub): void {
  scope.get('/healthz', async () => ({ status: 'ok' }))
  scope.get('/readyz', async () => {
    const asked = sql`select from migration limit 1`.execute(hub.db).then(
      () => undefined,
      (error: unknown) => new UnavailableError('The database does not answer.', 5, { cause: error }),
    )
    const failure = await Promise.race([asked, tooLate()])
    if (failure) throw failure
    return { status: 'ok' }
  })
}

const tooLate = (): Promise<UnavailableError> =>
  setTimeout(patience_ms, new UnavailableError('The database did not answer within a second.', 5), { ref: false })

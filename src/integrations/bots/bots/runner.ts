import { UnavailableError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'

const timeout_ms = 10_000

/**
 * Tells the runner, which has the browser or native SDK in it, what a bot is to do. It takes the order at once (202) and reports
 * what became of it to `POST /bots/{id}/reports`.
 * @throws UnavailableError when it does not answer or is in trouble: worth another try.
 */
export async function tellRunner(hub: Hub, order: 'join' | 'leave', body: Record<string, unknown>): Promise<Response> {
  const base = hub.botRunnerUrl
  if (!base) throw new UnavailableError('There is no runner for bots: set BOT_RUNNER_URL')
  try {
    const response = await hub.outgoing([base])(`${base}/${order}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout_ms),
    })
    if (response.status < 500) return response
    throw new UnavailableError(`The bots’ runner answered HTTP ${response.status}`)
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    throw new UnavailableError('The bots’ runner does not answer', undefined, { cause: error })
  }
}

import { UnavailableError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'

/**
 * A platform says no to what we asked; `status` is its answer's. What it wrote is for the log alone: who chose the address may be somebody
 * who should not read what is there.
 */
export class PlatformRefusedError extends Error {
  override name = 'PlatformRefusedError'
  readonly status: number
  constructor(origin: string, status: number) {
    super(`${origin} answered ${status}`)
    this.status = status
  }
}

const patience_ms = 15_000

interface Asked {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

/**
 * Asks a platform's server through the guard: it may be on an inside network when an administrator entered its origin.
 * @throws PlatformRefusedError for an answer that is not 2xx, UnavailableError when there is none.
 */
export async function askPlatform(
  hub: Hub,
  { entered }: { entered: readonly string[] },
  url: string,
  { method = 'GET', headers = {}, body }: Asked = {},
): Promise<Response> {
  const answer = await hub
    .outgoing(entered)(url, {
      method,
      // Canvas refuses who does not name itself: https://canvas.instructure.com/doc/api/file.changelog.html
      headers: { 'user-agent': 'Greenroom', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(patience_ms),
      ...(body === undefined ? {} : { body }),
    })
    .catch((error: unknown) => {
      throw new UnavailableError(`${new URL(url).origin} cannot be reached`, undefined, { cause: error })
    })
  if (answer.ok) return answer
  const said = (await answer.text().catch(() => '')).slice(0, 300)
  hub.log.warn({ url, status: answer.status, said }, 'a platform refused what we asked')
  throw new PlatformRefusedError(new URL(url).origin, answer.status)
}

import mattermostClient from '@mattermost/client'
import { UnavailableError } from '#core/errors.ts'
import { unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import type { ServerRow } from './tables.ts'

// It is a CommonJS package, whose classes are fields of its only export.
const { Client4, ClientError } = mattermostClient
export type MattermostClient = InstanceType<typeof Client4>

/** Longer than a server that is well needs, shorter than anybody waits. */
const patience_ms = 10_000

/** Mattermost's own client, as the bot of a server. */
export const clientOf = (hub: Hub, server: Pick<ServerRow, 'place_id' | 'url' | 'bot_token'>): MattermostClient =>
  newClient(hub, server.url, unseal(hub.keys, botTokenOf(server.place_id), server.bot_token).reveal())

/**
 * The client calls the global `fetch`, in one function that all its methods end in. That function is replaced here, so that
 * every request passes the guard of outgoing requests, ends in time, and takes no token to wherever a redirect points.
 */
export function newClient(hub: Hub, url: string, token: string): MattermostClient {
  const client = new Client4()
  client.setUrl(url)
  client.setToken(token)
  client.setUserAgent('Greenroom')
  const guarded = hub.outgoing([url])
  return Object.assign(client, {
    async doFetchWithResponse(
      address: string,
      options: { method?: string; body?: string; headers?: Record<string, string> },
    ) {
      const response = await reach(client, guarded, address, options)
      const data = await readBody(response, address)
      if (response.ok) return { response, headers: response.headers, data }
      throw refusal(url, address, response, data)
    },
  })
}

async function reach(
  client: MattermostClient,
  guarded: typeof fetch,
  address: string,
  options: Parameters<MattermostClient['getOptions']>[0],
): Promise<Response> {
  try {
    const { method = 'get', ...request } = client.getOptions(options) as RequestInit
    const signal = AbortSignal.timeout(patience_ms)
    return await guarded(address, { ...request, method: method.toUpperCase(), redirect: 'error', signal })
  } catch (error) {
    throw new UnavailableError(`Mattermost at ${client.getUrl()} cannot be reached`, undefined, { cause: error })
  }
}

async function readBody(response: Response, address: string): Promise<unknown> {
  const text = await response.text()
  if (!response.headers.get('content-type')?.startsWith('application/json')) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UnavailableError(`What answers at ${address} is not Mattermost`, undefined, { cause: error })
  }
}

/** The token of the bot is not good (any more). */
export class BotRefusedError extends UnavailableError {
  override name = 'BotRefusedError'
}

/** 401 is for an administrator to mend, 429 and 5xx pass; everything else answers what was asked, as does 501: switched off there. */
function refusal(url: string, address: string, { status, statusText }: Response, data: unknown): Error {
  const { message = `${status} ${statusText}`, id = '' } = wordsOf(data)
  const cause = new ClientError(url, { message, server_error_id: id, status_code: status, url: address })
  if (status === 401) return new BotRefusedError('Mattermost does not take the token of the bot', undefined, { cause })
  if (status === 429 || (status >= 500 && status !== 501))
    return new UnavailableError(`Mattermost at ${url} answered ${status}`, undefined, { cause })
  return cause
}

const wordsOf = (data: unknown): { message?: string; id?: string } =>
  typeof data === 'object' && data !== null ? data : {}

/** The status with which Mattermost said no; undefined for any other trouble. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof ClientError ? (error.status_code ?? undefined) : undefined

/** Mattermost understood, and will answer the same again: asking once more is no use. */
export const isRefusal = (error: unknown): boolean => statusOf(error) !== undefined

/** The name under which a server's bot token is sealed. */
export const botTokenOf = (place_id: string): string => `${place_id}:bot_token`

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { lookup as resolve } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Dispatcher, RequestInit } from 'undici'
import { EnvHttpProxyAgent, buildConnector, fetch } from 'undici'

export interface NetworkOptions {
  /** As the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY have them. */
  https_proxy?: string | undefined
  http_proxy?: string | undefined
  no_proxy?: string | undefined
  /**
   * Whether a connection to this address may be made, asked for every address of a name. Behind a proxy that alone
   * resolves names the address is ''; what it then connects to is the proxy's word.
   */
  allow?: (host: string, address: string) => boolean
}

/** A connection that `allow` forbids. */
export class AddressRefusedError extends Error {
  override name = 'AddressRefusedError'
  readonly code = 'ERR_ADDRESS_REFUSED'
  constructor(host: string, addresses: string[]) {
    super(`${host} is not an address that may be called (${addresses.join(', ')})`)
  }
}

/**
 * A `fetch` that goes through the proxy, if there is one, and connects only where it may. The address is judged when the
 * connection is made and is the one that is connected to, so that a name cannot change its mind in between.
 */
export function createNetwork({ https_proxy, http_proxy, no_proxy, allow }: NetworkOptions): typeof globalThis.fetch {
  const agent = new EnvHttpProxyAgent({
    // '' and not undefined: undici would look into the environment.
    httpsProxy: https_proxy ?? '',
    httpProxy: http_proxy ?? '',
    noProxy: no_proxy ?? '',
    allowH2: false,
    ...(allow ? { connect: guardedConnector(allow) } : {}),
  })
  const behindProxy = Boolean(https_proxy || http_proxy)
  const dispatcher: Dispatcher = allow && behindProxy ? agent.compose(judgedBeforeProxy(allow)) : agent
  // Node's own fetch refuses a dispatcher of another undici; the two fetches differ in the names of their types alone.
  const through = (input: string | URL, init?: RequestInit) => fetch(input, { ...init, dispatcher })
  return through as unknown as typeof globalThis.fetch
}

/** undici tells here of every connection that it made, through a proxy or not: https://undici.nodejs.org/#/docs/api/DiagnosticsChannel */
const connected = 'undici:client:connected'

/**
 * Runs `ask`, and tells when the certificate ends (epoch ms) that `hostname` showed on a connection made meanwhile; undefined where
 * none was made, as on one that was open already.
 */
export async function withCertificateEnd<T>(
  hostname: string,
  ask: () => Promise<T>,
): Promise<{ answer: T; ends: number | undefined }> {
  let ends: number | undefined
  const look = (message: unknown): void => {
    const { connectParams, socket } = message as { connectParams: { hostname: string }; socket: unknown }
    if (connectParams.hostname !== hostname || !(socket instanceof TLSSocket)) return
    ends = Date.parse(socket.getPeerCertificate().valid_to)
  }
  subscribe(connected, look)
  try {
    return { answer: await ask(), ends }
  } finally {
    unsubscribe(connected, look)
  }
}

type Allow = NonNullable<NetworkOptions['allow']>

function guardedConnector(allow: Allow): buildConnector.connector {
  const connect = buildConnector({ allowH2: false, lookup: guardedLookup(allow) })
  return (options, callback) => {
    const host = bare(options.hostname)
    // An address that stands in the URL itself is never looked up.
    if (isIP(host) && !allow(host, host)) return callback(new AddressRefusedError(host, [host]), null)
    return connect(options, callback)
  }
}

/** Resolves a name to those of its addresses that are allowed. */
const guardedLookup =
  (allow: Allow): LookupFunction =>
  (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const allowed = found.filter(({ address }) => allow(host, address))
      const [first] = allowed
      if (!first)
        return callback(
          new AddressRefusedError(
            host,
            found.map(({ address }) => address),
          ),
          '',
        )
      return options.all ? callback(null, allowed) : callback(null, first.address, first.family)
    })
  }

const judgedBeforeProxy =
  (allow: Allow): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) => {
    const host = bare(new URL(String(options.origin)).hostname)
    judge(host, allow)
      .then(() => dispatch(options, handler))
      .catch((error: Error) => handler.onResponseError?.(beforeAnyConnection, error))
    return true
  }

// undici's own interceptors say null where there is no connection to control yet; its types do not.
const beforeAnyConnection = null as unknown as Dispatcher.DispatchController

async function judge(host: string, allow: Allow): Promise<void> {
  const found = await lookup(host, { all: true }).catch(() => [{ address: '' }])
  if (!found.every(({ address }) => allow(host, address)))
    throw new AddressRefusedError(
      host,
      found.map(({ address }) => address),
    )
}

const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')

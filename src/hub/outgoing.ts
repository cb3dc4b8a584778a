import ipaddr from 'ipaddr.js'
import { createNetwork } from '#zoom/network.ts'

/** The way out. It leads to public addresses, and to the hosts of origins that an administrator entered for this use. */
export type Outgoing = (entered: readonly string[]) => typeof fetch

export interface Proxies {
  https_proxy?: string | undefined
  http_proxy?: string | undefined
  no_proxy?: string | undefined
}

/**
 * Every outgoing request passes here: the address that is connected to is judged, not the name, so that neither a name that
 * points inside nor one that changes its mind gets through (server-side request forgery,
 * https://owasp.org/API-Security/editions/2023/en/0xa7-server-side-request-forgery/).
 */
export function createOutgoing(proxies: Proxies): Outgoing {
  const networks = new Map<string, typeof fetch>()
  return (entered) => {
    const hosts = [...new Set(entered.map((origin) => new URL(origin).hostname.replace(/^\[(.*)\]$/, '$1')))].sort()
    const key = hosts.join(' ')
    const network =
      networks.get(key) ??
      createNetwork({ ...proxies, allow: (host, address) => hosts.includes(host) || isPublic(address) })
    networks.set(key, network)
    return network
  }
}

/** Only plain unicast is public: tunnels (6to4, NAT64) and carrier-grade NAT lead inside, too. '' is what a proxy resolves. */
const isPublic = (address: string): boolean => address === '' || ipaddr.process(address).range() === 'unicast'

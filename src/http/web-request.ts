import type { IncomingHttpHeaders } from 'node:http'

/** The address of the client as we judged it; what a client sends under this name is thrown away. */
export const clientAddressHeader = 'x-greenroom-client-address'

/** Node's headers as the platform's. */
export function webHeaders(headers: IncomingHttpHeaders, clientAddress?: string): Headers {
  const web = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name === clientAddressHeader) continue
    for (const each of Array.isArray(value) ? value : [value]) web.append(name, each)
  }
  if (clientAddress) web.set(clientAddressHeader, clientAddress)
  return web
}

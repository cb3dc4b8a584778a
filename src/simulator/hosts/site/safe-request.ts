import { lookup } from 'node:dns/promises'
import type { Site } from './state.ts'

/** What is read of a page at the most. */
const limit = 150 * 1024
const patience_ms = 5000

/** Why an address is not asked, or what it did not answer. */
export class NotAsked extends Error {
  override name = 'NotAsked'
}

/**
 * Asks another site as WordPress does, by `wp_safe_remote_get`: no other scheme, no credentials, no private addresses unless it is the site's own
 * host, no unusual ports. https://developer.wordpress.org/reference/functions/wp_http_validate_url/
 * @throws NotAsked that says why.
 */
export async function safeRequest(site: Site, address: string): Promise<{ status: number; text: string }> {
  await validate(site, address)
  const response = await fetch(address, {
    headers: { 'user-agent': `WordPress/6.7; ${site.home}` },
    signal: AbortSignal.timeout(patience_ms),
    // It would judge every address that a redirect names; ours has none.
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new NotAsked(`no answer: ${String(error)}`)
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, text: bytes.subarray(0, limit).toString('utf8') }
}

async function validate(site: Site, address: string): Promise<void> {
  if (!URL.canParse(address)) throw new NotAsked('no address')
  const { protocol, username, password, hostname, port } = new URL(address)
  if (!['http:', 'https:'].includes(protocol)) throw new NotAsked('neither http nor https')
  if (username || password) throw new NotAsked('credentials in the address')
  const own = new URL(site.home)
  const sameHost = hostname.toLowerCase() === own.hostname.toLowerCase()
  if (!sameHost && !site.private_hosts && (await isPrivate(hostname))) throw new NotAsked('a private address')
  const safe = port === '' || site.safe_ports.includes(Number(port)) || (sameHost && port === own.port)
  if (!safe) throw new NotAsked(`port ${port}`)
}

async function isPrivate(hostname: string): Promise<boolean> {
  const found = await lookup(hostname, { family: 4 }).catch(() => undefined)
  if (!found) throw new NotAsked('no such host')
  return /^(?:127|10|0)\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.168\./.test(found.address)
}

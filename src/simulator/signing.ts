import { createHmac } from 'node:crypto'

/**
 * Zoom's headers of a webhook over these very bytes: https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
 * The timestamp is the machine's, whatever the simulator's clock says: receivers refuse what is five minutes off.
 */
export function signedHeaders(body: Uint8Array, secret_token: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret_token).update(`v0:${timestamp}:`).update(body).digest('hex')
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Zoom Marketplace/1.0a',
    'x-zm-request-timestamp': timestamp,
    'x-zm-signature': `v0=${signature}`,
  }
}

/** What an endpoint must make out of the `plainToken` of a URL validation. */
export const encryptedToken = (plainToken: string, secret_token: string): string =>
  createHmac('sha256', secret_token).update(plainToken).digest('hex')

import { createHmac } from 'node:crypto'
import { Secret } from '#core/secret.ts'
import type { Signer } from '#hub/integration.ts'

/**
 * Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * HMAC-SHA256 over id, timestamp and body, once for each secret, so that a secret can be changed without losing a message.
 */
export const standardWebhooks: Signer = {
  secretOf: (random) => new Secret(`${prefix}${Buffer.from(random).toString('base64')}`),
  headers: ({ id, timestamp, body }, secrets) => ({
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${mac(secret, `${id}.${timestamp}.${body}`)}`).join(' '),
  }),
}

const prefix = 'whsec_'

const mac = (secret: Secret, text: string): string =>
  createHmac('sha256', Buffer.from(secret.reveal().slice(prefix.length), 'base64'))
    .update(text)
    .digest('base64')

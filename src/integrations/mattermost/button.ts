import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import type { EncryptionKey } from '#hub/encryption.ts'
import { own } from './tables.ts'

/** What a button is for, and for whom. It travels through Mattermost, which proves nothing of it. */
export interface ButtonWish {
  action: 'start'
  user_id: string
  channel_id: string
  root_id: string
  topic: string
}

const context = z.strictObject({
  action: z.literal('start'),
  user_id: z.string(),
  channel_id: z.string(),
  root_id: z.string(),
  topic: z.string(),
  place_id: z.string(),
  nonce: z.string(),
  expires_at: z.number(),
  signature: z.string(),
})
export type ButtonContext = z.infer<typeof context>

const patience_ms = 10 * 60_000

/** The context of a button: signed for one person, channel and server, good once, for ten minutes. */
export function signedContext(hub: Pick<Hub, 'keys' | 'runtime'>, place_id: string, wish: ButtonWish): ButtonContext {
  const unsigned = {
    ...wish,
    place_id,
    nonce: Buffer.from(hub.runtime.random(16)).toString('base64url'),
    expires_at: hub.runtime.now() + patience_ms,
  }
  return { ...unsigned, signature: sign(hub.keys.current, unsigned) }
}

export type Judged =
  | { is: 'good'; wish: ButtonWish; nonce: string }
  | { is: 'refused'; status: 400 | 403; reason: string }

/** Whether whoever pressed it may, now. That it is pressed for the first time is for `pressOnce` to say. */
export function judgeButton(
  hub: Pick<Hub, 'keys' | 'runtime'>,
  place_id: string,
  pressed: { user_id: string; channel_id: string; context: unknown },
): Judged {
  const read = context.safeParse(pressed.context)
  if (!read.success) return { is: 'refused', status: 400, reason: 'This is no button of ours.' }
  const { signature, ...signed } = read.data
  const keys = [...hub.keys.all.values()]
  if (!keys.some((key) => same(sign(key, signed), signature)) || signed.place_id !== place_id)
    return { is: 'refused', status: 403, reason: 'This is no button of ours.' }
  if (signed.user_id !== pressed.user_id || signed.channel_id !== pressed.channel_id)
    return { is: 'refused', status: 403, reason: 'This button is for somebody else.' }
  if (signed.expires_at <= hub.runtime.now())
    return { is: 'refused', status: 400, reason: 'This button is too old. Type the command again.' }
  const { action, user_id, channel_id, root_id, topic, nonce } = signed
  return { is: 'good', wish: { action, user_id, channel_id, root_id, topic }, nonce }
}

/** False: it was pressed before. */
export async function pressOnce(hub: Hub, nonce: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await own(hub.db)
    .insertInto('mattermost_press')
    .values({ nonce, expires_at: new Date(hub.runtime.now() + patience_ms) })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** A key of their own for buttons, made from the encryption key (HKDF, RFC 5869). */
function sign({ key }: EncryptionKey, fields: Omit<ButtonContext, 'signature'>): string {
  const own_key = hkdfSync('sha256', Buffer.from(key.reveal(), 'base64'), '', 'greenroom mattermost buttons', 32)
  const { action, place_id, user_id, channel_id, root_id, topic, nonce, expires_at } = fields
  const text = JSON.stringify([action, place_id, user_id, channel_id, root_id, topic, nonce, expires_at])
  return createHmac('sha256', Buffer.from(own_key)).update(text).digest('base64url')
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

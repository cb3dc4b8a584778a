import { Secret } from '#core/secret.ts'
import { seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { say, type CommandReply } from './reply.ts'
import { type Slash } from './slash.ts'
import { hashOf } from '#core/hashed.ts'
import { own, type LinkRow, type ServerRow } from './tables.ts'

/** What the person wants in the end: the connection alone, or the meeting for which it was lacking. */
export type Wish = { name: 'connect' } | { name: 'start'; topic: string }

/** Where and what was asked, so that it can be carried out after the consent. */
export type Asked = Pick<
  Slash,
  'team_id' | 'channel_id' | 'user_id' | 'user_name' | 'root_id' | 'response_id' | 'direct'
>

const patience_ms = 5 * 60_000

/** Answers with a link that connects this person, once, within five minutes, in one browser. */
export async function connectPrompt(hub: Hub, server: ServerRow, asked: Asked, wish: Wish): Promise<CommandReply> {
  const token = Buffer.from(hub.runtime.random(32)).toString('base64url')
  const token_hash = hashOf(token)
  const { team_id, channel_id, user_id, user_name, root_id, response_id, direct } = asked
  const kept = { asked: { team_id, channel_id, user_id, user_name, root_id, response_id, direct }, wish }
  await own(hub.db)
    .insertInto('mattermost_link')
    .values({
      token_hash,
      place_id: server.place_id,
      user_id,
      username: user_name,
      asked: seal(hub.keys, token_hash.toString('hex'), new Secret(JSON.stringify(kept))),
      browser_hash: null,
      expires_at: new Date(hub.runtime.now() + patience_ms),
      used_at: null,
    })
    .execute()
  const purpose = wish.name === 'start' ? 'and the meeting starts' : 'to start meetings from here'
  return say(
    `[Connect your Zoom account](${hub.publicUrl}/mattermost/connect/${token}) ${purpose}. The link is for you alone and works once, for five minutes.`,
  )
}

export const linkOf = (hub: Hub, token_hash: Buffer): Promise<LinkRow | undefined> =>
  own(hub.db).selectFrom('mattermost_link').selectAll().where('token_hash', '=', token_hash).executeTakeFirst()

/** Ties the link to the browser that opened it first. False: another one did. */
export async function bindLink(hub: Hub, link: LinkRow, browser_hash: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await own(hub.db)
    .updateTable('mattermost_link')
    .set({ browser_hash })
    .where('token_hash', '=', link.token_hash)
    .where('browser_hash', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

/** False: it was used before. */
export async function useLink(hub: Hub, link: LinkRow): Promise<boolean> {
  const { numUpdatedRows } = await own(hub.db)
    .updateTable('mattermost_link')
    .set({ used_at: new Date(hub.runtime.now()) })
    .where('token_hash', '=', link.token_hash)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export const askedOf = (hub: Hub, { token_hash, asked }: LinkRow): { asked: Asked; wish: Wish } =>
  JSON.parse(unseal(hub.keys, token_hash.toString('hex'), asked).reveal()) as { asked: Asked; wish: Wish }

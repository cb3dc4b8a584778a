import { NotFoundError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { hashOf } from '#core/hashed.ts'
import { own, type CommandRow, type ServerRow } from './tables.ts'

export const serverById = (hub: Hub, place_id: string): Promise<ServerRow | undefined> =>
  own(hub.db).selectFrom('mattermost_server').selectAll().where('place_id', '=', place_id).executeTakeFirst()

/** @throws NotFoundError, also for a server of another workspace. */
export async function server(hub: Hub, { workspace_id }: Actor, place_id: string): Promise<ServerRow> {
  const row = await serverById(hub, place_id)
  if (row?.workspace_id !== workspace_id) throw new NotFoundError(`There is no Mattermost server ${place_id}`)
  return row
}

export const serversOfWorkspace = (hub: Hub, { workspace_id }: Pick<Actor, 'workspace_id'>): Promise<ServerRow[]> =>
  own(hub.db)
    .selectFrom('mattermost_server')
    .selectAll()
    .where('workspace_id', '=', workspace_id)
    .orderBy('place_id')
    .execute()

export const allServers = (hub: Hub): Promise<ServerRow[]> =>
  own(hub.db).selectFrom('mattermost_server').selectAll().orderBy('place_id').execute()

/** By the secret of its old addresses. */
export const serverByUrlSecret = (hub: Hub, secret: string): Promise<ServerRow | undefined> =>
  own(hub.db)
    .selectFrom('mattermost_server')
    .selectAll()
    .where('url_secret_hash', '=', hashOf(secret))
    .executeTakeFirst()

/** Found by hash, so that the time taken tells nothing of a token. */
export const commandByToken = (hub: Hub, place_id: string, token: string): Promise<CommandRow | undefined> =>
  own(hub.db)
    .selectFrom('mattermost_command')
    .selectAll()
    .where('place_id', '=', place_id)
    .where('token_hash', '=', hashOf(token))
    .executeTakeFirst()

export const commandsOfServer = (hub: Hub, place_id: string): Promise<CommandRow[]> =>
  own(hub.db).selectFrom('mattermost_command').selectAll().where('place_id', '=', place_id).execute()

/** The same token again changes nothing; a team's new token takes the place of its old one. */
export async function keepCommand(
  hub: Hub,
  place_id: string,
  { token, team_id, command_id }: { token: string; team_id: string | null; command_id: string | null },
): Promise<void> {
  const row = { token_hash: hashOf(token), place_id, team_id, command_id }
  await own(hub.db)
    .transaction()
    .execute(async (trx) => {
      if (team_id)
        await trx
          .deleteFrom('mattermost_command')
          .where('place_id', '=', place_id)
          .where('team_id', '=', team_id)
          .where('token_hash', '!=', row.token_hash)
          .execute()
      await trx
        .insertInto('mattermost_command')
        .values(row)
        .onConflict((conflict) => conflict.columns(['place_id', 'token_hash']).doNothing())
        .execute()
    })
}

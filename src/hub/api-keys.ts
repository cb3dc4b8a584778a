import { ForbiddenError, NotFoundError } from '#core/errors.ts'
import * as rows from '#store/api-keys.ts'
import { insertAudit } from '#store/audit.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { revokeApiKeyRow } from '#store/workspaces.ts'
import type { Hub } from './hub.ts'
import type { Identity } from './integration.ts'
import { makeApiKey } from './keys.ts'
import type { ApiKey, Page, PageQuery } from './resources.ts'
import { mayGive } from './roles.ts'

export async function apiKeys(
  hub: Hub,
  { workspace_id }: Pick<Identity, 'workspace_id'>,
  { limit, cursor, revoked, q }: PageQuery & { revoked: boolean; q?: string | undefined },
): Promise<Page<ApiKey>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const found = await rows.apiKeysOfWorkspace(hub.db, workspace_id, { limit, before, revoked, q })
  const page = pageOf(found, limit, (row) => [row.id])
  return { ...page, items: page.items.map(resource) }
}

/** Makes a key; it is shown this once. @throws ForbiddenError for a role above one's own. */
export async function newApiKey(
  hub: Hub,
  identity: Identity,
  { name, role }: Pick<ApiKey, 'name' | 'role'>,
): Promise<ApiKey & { key: string }> {
  if (!mayGive(identity.role, role))
    throw new ForbiddenError(
      `A key with the role ${role} is made by somebody who has it; yours here is ${identity.role}.`,
    )
  const { id, key } = await makeApiKey(hub, identity, { name, role })
  return { ...resource(await keyRow(hub, identity, id)), key }
}

/** Whoever uses it is nobody from now on. @throws NotFoundError, also for a key of another workspace; ForbiddenError for a role above one's own. */
export async function revokeKey(hub: Hub, identity: Identity, id: string): Promise<ApiKey> {
  const { name, role, revoked_at } = await keyRow(hub, identity, id)
  if (!mayGive(identity.role, role))
    throw new ForbiddenError(
      `A key with the role ${role} is revoked by somebody who has it; yours here is ${identity.role}.`,
    )
  const { workspace_id, name: actor } = identity
  if (!revoked_at)
    await hub.db.transaction().execute(async (trx) => {
      await revokeApiKeyRow(trx, workspace_id, id, new Date(hub.runtime.now()))
      await insertAudit(trx, { workspace_id, actor, action: 'api_key.revoked', object_id: id, detail: { name, role } })
    })
  return resource(await keyRow(hub, identity, id))
}

async function keyRow(hub: Hub, { workspace_id }: Pick<Identity, 'workspace_id'>, id: string): Promise<rows.ApiKey> {
  const row = await rows.apiKeyOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no API key ${id}`)
  return row
}

const resource = ({ id, name, role, created_at, last_used_at, revoked_at }: rows.ApiKey): ApiKey => ({
  id,
  name,
  role,
  created_at: created_at.toISOString(),
  last_used_at: last_used_at?.toISOString() ?? null,
  revoked_at: revoked_at?.toISOString() ?? null,
})

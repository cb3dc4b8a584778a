import { hashOf } from '#core/hashed.ts'
import { InputError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Role } from '#store/db.ts'
import { usedApiKey } from '#store/api-keys.ts'
import { insertAudit } from '#store/audit.ts'
import * as rows from '#store/workspaces.ts'
import type { Actor, Hub } from './hub.ts'
import type { Identity } from './integration.ts'

/** An API key as it is handed out, once: what is kept is its hash. */
export interface NewApiKey {
  id: string
  key: string
}

/** @throws InputError when there is no workspace of that name. */
export async function createApiKey(
  hub: Hub,
  { workspace, name, role }: { workspace: string; name: string; role: Role },
): Promise<NewApiKey> {
  const row = await rows.workspaceByName(hub.db, workspace)
  if (!row) throw new InputError(`There is no workspace named ${workspace}. ${await namesOfWorkspaces(hub)}`)
  return makeApiKey(hub, { workspace_id: row.id, name: 'cli' }, { name, role })
}

/** Makes a key in the actor's workspace; whether they may is the caller's to know. */
export async function makeApiKey(
  hub: Hub,
  { workspace_id, name: actor }: Actor,
  { name, role }: { name: string; role: Role },
): Promise<NewApiKey> {
  const key = `gr_${Buffer.from(hub.runtime.random(32)).toString('base64url')}`
  const id = newId('key', hub.runtime.now())
  await hub.db.transaction().execute(async (trx) => {
    await rows.insertApiKey(trx, { id, workspace_id, name, role, key_hash: hashOf(key) })
    await insertAudit(trx, {
      workspace_id,
      actor,
      action: 'api_key.created',
      object_id: id,
      detail: { name, role },
    })
  })
  return { id, key }
}

/** Whose key this is, or undefined when it is nobody's (unknown, mistyped and revoked are not told apart). */
export async function identifyApiKey(hub: Hub, key: string): Promise<Identity | undefined> {
  const row = await rows.apiKeyByHash(hub.db, hashOf(key))
  if (row) await usedApiKey(hub.db, row.id, new Date(hub.runtime.now()))
  return row && { workspace_id: row.workspace_id, role: row.role, name: `key:${row.id}` }
}

export async function revokeApiKey(hub: Hub, workspace_id: string, id: string): Promise<void> {
  await rows.revokeApiKeyRow(hub.db, workspace_id, id, new Date(hub.runtime.now()))
}

async function namesOfWorkspaces(hub: Hub): Promise<string> {
  const names = (await rows.workspaces(hub.db)).map((each) => each.name)
  return names.length > 0 ? `There are: ${names.join(', ')}.` : 'There are none yet: start Greenroom once.'
}

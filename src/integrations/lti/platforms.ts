import { ConflictError } from '#core/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { createPlace } from '#hub/places.ts'
import type { Trx } from '#store/db.ts'
import { tables } from './tables.ts'

/** An LMS that knows us. */
export interface Platform {
  place_id: string
  workspace_id: string
  issuer: string
  client_id: string
  authorization_endpoint: string
  token_endpoint: string
  jwks_uri: string
  /** Origins that an administrator vouched for: these may be on an inside network. */
  entered: string[]
  product: string | null
}

export type NewPlatform = Omit<Platform, 'place_id' | 'workspace_id'> & {
  name: string
  deployment_ids: string[]
}

/** The platform that says it is `issuer` and knows us as `client_id`. */
export const platformOfClient = (hub: Hub, issuer: string, client_id: string): Promise<Platform | undefined> =>
  one(hub, (query) => query.where('issuer', '=', issuer).where('client_id', '=', client_id))

/** For a login that names no client: the one platform of this issuer; undefined when there are several. */
export async function onlyPlatformOf(hub: Hub, issuer: string): Promise<Platform | undefined> {
  const found = await select(hub).where('issuer', '=', issuer).limit(2).execute()
  return found.length === 1 ? read(found[0]!) : undefined
}

export const platformOfPlace = (hub: Hub, place_id: string): Promise<Platform | undefined> =>
  one(hub, (query) => query.where('place_id', '=', place_id))

export async function platformsOfWorkspace(hub: Hub, { workspace_id }: Actor): Promise<Platform[]> {
  const rows = await select(hub).where('workspace_id', '=', workspace_id).orderBy('place_id').execute()
  return rows.map(read)
}

const select = (hub: Hub) =>
  tables(hub.db)
    .selectFrom('lti_platform')
    .select([
      'place_id',
      'workspace_id',
      'issuer',
      'client_id',
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'entered',
      'product',
    ])

type Query = ReturnType<typeof select>
type Row = Awaited<ReturnType<Query['execute']>>[number]

async function one(hub: Hub, where: (query: Query) => Query): Promise<Platform | undefined> {
  const row = await where(select(hub)).executeTakeFirst()
  return row && read(row)
}

const read = (row: Row): Platform => ({ ...row, entered: row.entered as string[] })

export async function deploymentsOf(hub: Hub, place_id: string): Promise<string[]> {
  const rows = await tables(hub.db)
    .selectFrom('lti_deployment')
    .select('deployment_id')
    .where('place_id', '=', place_id)
    .execute()
  return rows.map((row) => row.deployment_id)
}

/**
 * Keeps a platform: as a new place, or over the one that has the same issuer and client id (the platform registered us again to
 * bring us up to date). Answers the id of the place.
 * @throws ConflictError when another workspace has it.
 */
export async function keepPlatform(hub: Hub, trx: Trx, actor: Actor, platform: NewPlatform): Promise<string> {
  const { name, deployment_ids, ...said } = platform
  const known = await platformOfClient({ ...hub, db: trx }, platform.issuer, platform.client_id)
  if (known && known.workspace_id !== actor.workspace_id)
    throw new ConflictError(`${platform.issuer} is connected to another workspace with this client id`)
  const place_id = known?.place_id ?? (await createPlace(hub, actor, { integration: 'lti', name }, trx)).id
  const columns = { ...said, entered: JSON.stringify(platform.entered) }
  await tables(trx)
    .insertInto('lti_platform')
    .values({
      ...columns,
      place_id,
      workspace_id: actor.workspace_id,
      created_at: new Date(hub.runtime.now()),
    })
    .onConflict((conflict) => conflict.column('place_id').doUpdateSet(columns))
    .execute()
  if (deployment_ids.length > 0)
    await tables(trx)
      .insertInto('lti_deployment')
      .values(deployment_ids.map((deployment_id) => ({ place_id, deployment_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  return place_id
}

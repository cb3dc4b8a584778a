import { ConflictError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import * as rows from '#store/views.ts'
import type { Actor, Hub } from './hub.ts'
import type { NewView, View } from './resources.ts'

const most = 200

/** The lists that somebody keeps under a name, theirs alone. */
export const views = async (hub: Hub, { workspace_id, name }: Actor): Promise<View[]> =>
  (await rows.viewsOf(hub.db, workspace_id, name)).map(resource)

/** Keeps one, or says anew what it shows. @throws ConflictError when there are too many. */
export async function keepView(hub: Hub, actor: Actor, wanted: NewView): Promise<View> {
  const mine = await views(hub, actor)
  const isNew = !mine.some(({ page, name }) => page === wanted.page && name === wanted.name)
  if (isNew && mine.length >= most) throw new ConflictError(`There are ${most} views already: delete one first`)
  const now = hub.runtime.now()
  const row = { ...wanted, id: newId('view', now), workspace_id: actor.workspace_id, actor: actor.name }
  return resource(await rows.upsertView(hub.db, { ...row, created_at: new Date(now) }))
}

/** @throws NotFoundError, also for one of somebody else. */
export async function forgetView(hub: Hub, { workspace_id, name }: Actor, id: string): Promise<void> {
  if (!(await rows.deleteView(hub.db, workspace_id, name, id))) throw new NotFoundError(`There is no view ${id}`)
}

const resource = ({ id, page, name, query, created_at }: rows.ViewRow): View => ({
  id,
  page: page as View['page'],
  name,
  query,
  created_at: created_at.toISOString(),
})

import { checkPlace } from './check.ts'
import type { Integration } from '#hub/integration.ts'
import { placement } from '#hub/placements.ts'
import { renamePlacements } from './renamed.ts'
import { InputError, NotFoundError } from '#core/errors.ts'
import { apiRoutes } from './api-routes.ts'
import { integration, publish, removePage } from './pages.ts'
import { publicRoutes } from './public-routes.ts'
import { target } from './resources.ts'

/** Meetings on web sites: public pages, lists, cards and calendars. */
export const site: Integration = {
  name: integration,
  migrations: new URL('./migrations/', import.meta.url),
  routes: () => [...apiRoutes, ...publicRoutes()],
  checkPlace,
  on: { 'meeting.changed': renamePlacements },
  async put(hub, actor, { place, meeting_id, target: wanted }) {
    const read = target.safeParse(wanted)
    if (!read.success)
      throw new InputError(
        'This is not where a page can be',
        read.error.issues.map(({ path, message }) => ({ field: ['target', ...path].join('.'), message })),
      )
    const { id } = await publish(hub, actor, { ...read.data, meeting_id, place_id: place.id })
    const placed = await placement(hub, id)
    if (!placed) throw new NotFoundError(`There is no placement ${id}`)
    return placed
  },
  take: (hub, actor, { id }) => removePage(hub, actor, id),
}

import type { Hub } from '#hub/hub.ts'
import { placeMeeting, placementByRef } from '#hub/placements.ts'
import type { Trx } from '#store/db.ts'
import { claim, scope, type ResourceLinkRequest } from './claims.ts'
import type { Platform } from './platforms.ts'
import { tables, type Policy } from './tables.ts'

/** The custom parameter by which a resource link names what a teacher made for it. */
export const contentParameter = 'greenroom'

/** A resource link with its meeting: what a launch shows, and where its grades go. */
export interface Link {
  placement_id: string
  place_id: string
  context_id: string
  resource_link_id: string
  lineitems_url: string | null
  lineitem_url: string | null
  memberships_url: string | null
  /** The maximum of the attendance grade; null: not graded. */
  points: number | null
  policy: Policy
}

export const linkOfPlacement = (hub: Hub, placement_id: string): Promise<Link | undefined> =>
  tables(hub.db).selectFrom('lti_link').selectAll().where('placement_id', '=', placement_id).executeTakeFirst()

/**
 * The link that a launch is of. What its custom parameter names is placed here at the first launch, and again when the teacher
 * chose something else since; only what was made in the same LMS counts, for teachers may edit these parameters.
 */
export async function openLink(
  hub: Hub,
  platform: Platform,
  message: ResourceLinkRequest,
): Promise<{ link: Link; isNew: boolean } | undefined> {
  const ref = [message[claim.deployment_id], message[claim.resource_link].id].map(encodeURIComponent).join('/')
  const content = await contentOf(hub, platform.place_id, message[claim.custom]?.[contentParameter])
  const placed = await placementByRef(hub, platform.place_id, ref)
  const before = placed && (await linkOfPlacement(hub, placed.id))
  const meeting_id = content?.meeting_id ?? placed?.meeting_id
  if (meeting_id === undefined) return
  return hub.db.transaction().execute(async (trx) => {
    const title = message[claim.resource_link].title || content?.title || 'Zoom meeting'
    const isNew = !before || placed?.meeting_id !== meeting_id
    const placement =
      placed && !isNew && placed.title === title
        ? placed
        : await placeMeeting(
            hub,
            { workspace_id: platform.workspace_id, name: `lti:${platform.place_id}` },
            { place_id: platform.place_id, meeting_id, ref, title },
            trx,
          )
    const link: Link = {
      placement_id: placement.id,
      place_id: platform.place_id,
      context_id: message[claim.context]?.id ?? '',
      resource_link_id: message[claim.resource_link].id,
      ...servicesOf(message, before),
      points: content ? content.points : (before?.points ?? null),
      policy: content?.policy ?? before?.policy ?? 'best',
    }
    if (JSON.stringify(link) !== JSON.stringify(before)) await keepLink(trx, link)
    return { link, isNew }
  })
}

async function contentOf(
  hub: Hub,
  place_id: string,
  ref: unknown,
): Promise<{ meeting_id: string; title: string; points: number | null; policy: Policy } | undefined> {
  if (typeof ref !== 'string') return
  return tables(hub.db)
    .selectFrom('lti_content')
    .select(['meeting_id', 'title', 'points', 'policy'])
    .where('ref', '=', ref)
    .where('place_id', '=', place_id)
    .executeTakeFirst()
}

/** Where the platform takes grades and lists people. A line item that we made ourselves is not in its messages and stays. */
function servicesOf(
  message: ResourceLinkRequest,
  before: Link | undefined,
): Pick<Link, 'lineitems_url' | 'lineitem_url' | 'memberships_url'> {
  const endpoint = message[claim.endpoint]
  const mayScore = endpoint?.scope.includes(scope.score) ?? false
  return {
    lineitems_url: (mayScore && endpoint?.lineitems) || null,
    lineitem_url: (mayScore && endpoint?.lineitem) || before?.lineitem_url || null,
    memberships_url: message[claim.namesroleservice]?.context_memberships_url ?? null,
  }
}

const keepLink = async (trx: Trx, link: Link): Promise<void> => {
  const { placement_id, ...columns } = link
  await tables(trx)
    .insertInto('lti_link')
    .values({ placement_id, ...columns })
    .onConflict((conflict) => conflict.column('placement_id').doUpdateSet(columns))
    .execute()
}

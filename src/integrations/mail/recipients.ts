import type { Connection } from '#hub/resources.ts'

export type Recipients = 'user' | 'admins' | 'nobody'

/** Ended here, so whoever did that knows; or at Zoom by the account's own administrators, so there is nothing that the user could do. */
const noNews = ['disconnected']
const goneAtZoom = ['user_deactivated', 'user_deleted', 'user_disassociated']
/** What the user alone can give again. */
const consentOver = ['app_deauthorized', 'invalid_grant', 'refresh_outcome_unknown']

/** Who can mend a connection that broke: the user whose consent is over; else the workspace's owners and administrators. */
export function recipientsOf({
  kind,
  state,
  failure,
  zoom_user_email,
}: Pick<Connection, 'kind' | 'state' | 'failure' | 'zoom_user_email'>): Recipients {
  if (state === 'connected' || !failure || noNews.includes(failure.code)) return 'nobody'
  if (kind !== 'user_managed') return 'admins'
  if (goneAtZoom.includes(failure.code)) return 'nobody'
  return consentOver.includes(failure.code) && zoom_user_email ? 'user' : 'admins'
}

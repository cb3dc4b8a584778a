import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { newToken, newUserId } from '#simulator/ids.ts'
import { invalidFields } from '#simulator/refusal.ts'
import type { App, Attempt, Delivery } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { created, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'
import { dayOf, isWithin } from './days.ts'
import { pageOf } from './pages.ts'

const week = 7 * 86_400_000

const rotation = z.object({
  action: z.literal('new').default('new'),
  revoke_old_secret_time: z.iso.datetime().optional(),
})

/**
 * An app's own affairs: https://developers.zoom.us/docs/api/marketplace/. The id of an app is its client id here; an app
 * asks of itself alone.
 */
export const marketplaceRoutes: ApiRoutes = {
  /** Both secrets are good until the old one is revoked: in a week, unless told. */
  'POST /marketplace/apps/{appId}/rotate_client_secret': (call) => {
    const app = ownApp(call)
    const { revoke_old_secret_time } = parseBody(call, rotation)
    const at = now(call.world.clock)
    const until = revoke_old_secret_time === undefined ? at + week : Date.parse(revoke_old_secret_time)
    if (until < at) throw invalidFields(['revoke_old_secret_time'])
    app.old_secret = { client_secret: app.client_secret, until }
    app.client_secret = newToken()
    return created(
      { secret_id: newUserId(), new_secret: app.client_secret, revoke_old_secret_time: utc(until) },
      `${call.base}/v2/marketplace/apps/${app.client_id}`,
    )
  },
  'GET /marketplace/apps/{appId}/webhook_logs': (call) => {
    const app = ownApp(call)
    const rows = call.world.deliveries.filter(({ client_id }) => client_id === app.client_id).flatMap(rowsOf)
    const { items, paging } = pageOf(call, rows.filter(askedFor(call)))
    const { next_page_token, page_size } = paging
    return ok({ next_page_token, page_size, webhook_logs: items.map(logJson) })
  },
}

function ownApp(call: ApiCall): App {
  if (param(call, 'appId') !== call.app.client_id) throw invalidFields(['appId'])
  return call.app
}

interface Row {
  delivery: Delivery
  attempt: Attempt
  retry_num: number
}

/** Every try is a row of its own. */
const rowsOf = (delivery: Delivery): Row[] =>
  delivery.attempts.map((attempt, retry_num) => ({ delivery, attempt, retry_num }))

/** One event, and days in UTC; all of them unless told. */
function askedFor(call: ApiCall): (row: Row) => boolean {
  const days = { from: dayOf(call, 'from', '1970-01-01'), to: dayOf(call, 'to', '9999-12-31') }
  const event = call.query.get('event')
  return ({ delivery, attempt }) => (!event || delivery.event === event) && isWithin(Date.parse(attempt.at), days)
}

const isAccepted = ({ status }: Attempt): boolean => status === 200 || status === 204

/** Zoom publishes no list of its reasons: 1 is that of its sample, 0 none. Headers are not kept. */
const logJson = ({ delivery, attempt, retry_num }: Row) => ({
  event: delivery.event,
  status: attempt.status ?? 0,
  failed_reason_type: isAccepted(attempt) ? 0 : 1,
  user_id: '',
  endpoint: delivery.url,
  subscription_id: delivery.subscription_id,
  request_headers: 'N/A',
  request_body: delivery.body,
  response_headers: 'N/A',
  response_body: attempt.answer ?? attempt.error ?? '',
  date_time: attempt.at,
  trace_id: `WEB_${delivery.id.replaceAll('-', '')}`,
  request_id: `${delivery.id.replaceAll('-', '_')}_${retry_num}`,
  retry_num,
})

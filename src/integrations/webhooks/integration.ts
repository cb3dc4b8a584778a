import type { Integration } from '#hub/integration.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { standardWebhooks } from './sign.ts'
import { subscriptionRoutes } from './subscription-routes.ts'

/** Programs that hear of hub events by HTTP. The subscriptions and deliveries are the hub's; the scheme is brought from here. */
export const webhooks: Integration = {
  name: 'webhooks',
  signers: { standard_webhooks: standardWebhooks },
  routes: () => [...subscriptionRoutes, ...deliveryRoutes],
}

import { connection } from '#hub/connections.ts'
import type { HubEventOf } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'
import type { Outcome } from '#hub/integration.ts'

import type { Trx } from '#store/db.ts'
import type { EventRow } from '#store/events.ts'
import type { Hub } from '#hub/hub.ts'

/** What a reaction works with: everything it writes goes through `trx`, together with the event's outcome. */
export interface ReactionContext {
  hub: Hub
  trx: Trx
  row: EventRow
}

import type { Trx } from '#store/db.ts'
import { lockMeeting } from '#store/meetings.ts'
import * as rows from '#store/registrants.ts'
import { emit, type Cause } from '#hub/hub-events.ts'
import type { Hub } from '#hub/hub.ts'

interface Said {
  workspace_id: string
  meeting_id: string
  cause: Cause
  registrants: readonly rows.RegistrantRow[]
  /** Set when Zoom has listed everybody, and when it was asked: who is not among them has cancelled. */
  all_at?: Date
}

/** Keeps what is said of those who registered. Whose state is another one than before is told as news. */
export async function keepRegistrants(hub: Hub, trx: Trx, said: Said): Promise<void> {
  const { workspace_id, meeting_id, cause, registrants, all_at } = said
  const named = registrants.map(({ registrant_id }) => registrant_id)
  const statuses = () => rows.statusesOfMeeting(trx, meeting_id, all_at ? undefined : named)
  // Zoom's event of what was done here may be as fast as its answer: one after the other, so that it is told once.
  await lockMeeting(trx, meeting_id)
  const before = await statuses()
  await rows.upsertRegistrants(trx, registrants)
  if (all_at) await rows.cancelOthers(trx, meeting_id, named, all_at)
  const after = await statuses()
  const news = [...after].filter(([id, status]) => before.get(id) !== status)
  if (news.length === 0) return
  const payload = { registrants: news.map(([registrant_id, status]) => ({ registrant_id, status })) }
  await emit(hub, trx, workspace_id, cause, [{ type: 'registration.changed', meeting_id, payload }])
}

import { ConflictError, InputError, NotFoundError, sentenceOf } from '#core/errors.ts'
import { meetingOfWorkspace } from '#store/meetings.ts'
import * as rows from '#store/registrants.ts'
import { listRegistrants } from '#zoom/registrants.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { auditMeeting, changeable } from '#hub/meetings/changeable.ts'
import { instant } from '#hub/meetings/from-zoom.ts'
import type { RegistrantRead } from '#hub/registrants/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { translated } from '#hub/zoom-refusal.ts'
import { keepRegistrants } from './keep.ts'
import { lastRead, whereAt } from './registrants.ts'

interface Reading {
  workspace_id: string
  meeting_id: string
  connection_id: string
}

const job = (reading: Reading): Job => ({
  task: 'registrants',
  payload: { ...reading },
  key: `registrants:${reading.meeting_id}`,
})

/** Has everybody who registered read from Zoom, soon. @throws NotFoundError, ConflictError */
export async function askForRegistrants(hub: Hub, actor: Actor, meeting_id: string): Promise<RegistrantRead> {
  const { row, connection_id } = await changeable(hub, actor, meeting_id)
  await hub.db.transaction().execute(async (trx) => {
    const asked_at = new Date(hub.runtime.now())
    await rows.upsertRegistrantRead(trx, { meeting_id, state: 'reading', reason: null, asked_at })
    await addJobs(trx, [job({ workspace_id: actor.workspace_id, meeting_id, connection_id })])
    await auditMeeting(trx, actor, 'registrants.read', row, {})
  })
  return lastRead(hub, meeting_id)
}

const statuses = ['pending', 'approved', 'denied'] as const

/** The job: three lists, page by page. Who is in none of them has cancelled. */
export async function readRegistrants(payload: unknown, hub: Hub): Promise<void> {
  const { workspace_id, meeting_id, connection_id } = payload as Reading
  const asked_at = new Date(hub.runtime.now())
  const meeting = await meetingOfWorkspace(hub.db, workspace_id, meeting_id, asked_at)
  if (!meeting) return
  const listed = new Map<string, rows.RegistrantRow>()
  try {
    const client = await zoomClient(hub, connection_id)
    for (const status of statuses)
      for await (const each of listRegistrants(client, whereAt(meeting), { status })) {
        if (!each.id) continue
        listed.set(each.id, {
          workspace_id,
          meeting_id,
          registrant_id: each.id,
          email: each.email ?? '',
          first_name: each.first_name ?? '',
          last_name: each.last_name ?? '',
          status,
          registered_at: instant(each.create_time) ?? asked_at,
          changed_at: asked_at,
        })
      }
  } catch (error) {
    return notRead(hub, meeting_id, error)
  }
  await hub.db.transaction().execute(async (trx) => {
    await keepRegistrants(hub, trx, {
      workspace_id,
      meeting_id,
      cause: 'repair',
      registrants: [...listed.values()],
      all_at: asked_at,
    })
    await rows.updateRegistrantRead(trx, meeting_id, { state: 'done', reason: null, read_at: asked_at })
  })
}

/** What Zoom refuses is told and not tried again; for the rest the job comes again. */
async function notRead(hub: Hub, meeting_id: string, error: unknown): Promise<void> {
  const told = translated(error, hub.runtime.now())
  await rows.updateRegistrantRead(hub.db, meeting_id, { state: 'failed', reason: sentenceOf(told) })
  if (![InputError, ConflictError, NotFoundError].some((type) => told instanceof type)) throw error
}

import { csv } from '#core/csv.ts'
import { NotFoundError } from '#core/errors.ts'
import type { RegistrantStatus } from '#store/db.ts'
import { decodeTimeCursor, pageOf } from '#store/page.ts'
import * as rows from '#store/registrants.ts'
import { addRegistrant, setRegistrantStatus, type RegistrationOf } from '#zoom/registrants.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { auditMeeting, changeable, found } from '#hub/meetings/changeable.ts'
import type { NewRegistrant, Registrant, RegistrantFilter, RegistrantRead } from '#hub/registrants/resources.ts'
import type { Page } from '#hub/resources.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { translated } from '#hub/zoom-refusal.ts'
import { keepRegistrants } from './keep.ts'

/** Who registered, the newest first, and when Zoom was last asked for all of them. Nothing is asked of Zoom. */
export async function registrants(
  hub: Hub,
  actor: Actor,
  meeting_id: string,
  { limit, cursor, q, status }: RegistrantFilter,
): Promise<Page<Registrant> & { read: RegistrantRead }> {
  await found(hub, actor, meeting_id)
  const before = decodeTimeCursor(cursor)
  const listed = await rows.registrantsOfMeeting(hub.db, meeting_id, { q, status, limit, before })
  const page = pageOf(listed, limit, (row) => [row.registered_at.toISOString(), row.registrant_id])
  return { ...page, items: page.items.map(resource), read: await lastRead(hub, meeting_id) }
}

export async function lastRead(hub: Hub, meeting_id: string): Promise<RegistrantRead> {
  const row = await rows.registrantReadOf(hub.db, meeting_id)
  return row
    ? { state: row.state, reason: row.reason, read_at: row.read_at?.toISOString() ?? null }
    : { state: 'never', reason: null, read_at: null }
}

const columns = ['registrant_id', 'first_name', 'last_name', 'email', 'status', 'registered_at', 'changed_at'] as const

export async function registrantsCsv(
  hub: Hub,
  actor: Actor,
  meeting_id: string,
  filter: Omit<RegistrantFilter, 'limit' | 'cursor'>,
): Promise<string> {
  const items = await everyItem((page) => registrants(hub, actor, meeting_id, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

/** Registers somebody at Zoom, which writes to them. The link is theirs: it is told once, and not kept. */
export async function register(
  hub: Hub,
  actor: Actor,
  meeting_id: string,
  body: NewRegistrant,
): Promise<Registrant & { join_url: string | null }> {
  const { row, connection_id } = await changeable(hub, actor, meeting_id)
  const { registrant_id, join_url } = await atZoom(hub, async () =>
    addRegistrant(await zoomClient(hub, connection_id), whereAt(row), body),
  )
  const now = new Date(hub.runtime.now())
  const kept = await hub.db.transaction().execute(async (trx) => {
    const said: rows.RegistrantRow = {
      workspace_id: actor.workspace_id,
      meeting_id,
      registrant_id,
      email: body.email,
      first_name: body.first_name,
      last_name: body.last_name ?? '',
      // Who waits for approval is given no link.
      status: join_url ? 'approved' : 'pending',
      registered_at: now,
      changed_at: now,
    }
    await keepRegistrants(hub, trx, { workspace_id: actor.workspace_id, meeting_id, cause: 'api', registrants: [said] })
    await auditMeeting(trx, actor, 'registrant.added', row, { registrant_id })
    return (await rows.registrantOfMeeting(trx, meeting_id, registrant_id)) ?? said
  })
  return { ...resource(kept), join_url: join_url ?? null }
}

const decisions = {
  approve: { status: 'approved', action: 'registrant.approved' },
  deny: { status: 'denied', action: 'registrant.denied' },
  cancel: { status: 'cancelled', action: 'registrant.cancelled' },
} as const satisfies Record<string, { status: RegistrantStatus; action: string }>

/** Approves, denies or takes off, at Zoom first, which tells them by mail. */
export async function decide(
  hub: Hub,
  actor: Actor,
  { meeting_id, registrant_id }: { meeting_id: string; registrant_id: string },
  decision: keyof typeof decisions,
): Promise<Registrant> {
  await found(hub, actor, meeting_id)
  const before = await rows.registrantOfMeeting(hub.db, meeting_id, registrant_id)
  if (!before) throw new NotFoundError(`Nobody is registered as ${registrant_id}`)
  const { status, action } = decisions[decision]
  if (before.status === status) return resource(before)
  const { row, connection_id } = await changeable(hub, actor, meeting_id)
  await atZoom(hub, async () =>
    setRegistrantStatus(await zoomClient(hub, connection_id), whereAt(row), {
      action: decision,
      registrants: [{ id: registrant_id, ...(before.email ? { email: before.email } : {}) }],
    }),
  )
  const after = { ...before, status, changed_at: new Date(hub.runtime.now()) }
  await hub.db.transaction().execute(async (trx) => {
    await keepRegistrants(hub, trx, {
      workspace_id: actor.workspace_id,
      meeting_id,
      cause: 'api',
      registrants: [after],
    })
    await auditMeeting(trx, actor, action, row, { registrant_id })
  })
  return resource(after)
}

export const whereAt = (row: {
  kind: RegistrationOf['kind']
  zoom_meeting_id: RegistrationOf['id']
}): RegistrationOf => ({ kind: row.kind, id: row.zoom_meeting_id })

async function atZoom<Answer>(hub: Hub, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    throw translated(error, hub.runtime.now())
  }
}

const resource = (row: rows.RegistrantRow): Registrant => ({
  registrant_id: row.registrant_id,
  email: row.email,
  first_name: row.first_name,
  last_name: row.last_name,
  status: row.status,
  registered_at: row.registered_at.toISOString(),
  changed_at: row.changed_at.toISOString(),
})

import { hashOf } from '#core/hashed.ts'
import { newId } from '#core/ids.ts'
import type { PassRole, Trx } from '#store/db.ts'
import { insertPass, passByTicket, revokePasses, type PassRow } from '#store/passes.ts'
import type { Hub } from '#hub/hub.ts'

/** Whom a ticket lets in, to what, and as what. */
export interface NewTicket {
  workspace_id: string
  meeting_id: string
  placement_id?: string | undefined
  /** Absent for a guest of a public page. */
  person_id?: string | undefined
  /** What to be called in the meeting. */
  name?: string | undefined
  email?: string | undefined
  role: PassRole
  /** One link for many, as in a channel: whoever comes by it gets a ticket of their own (see `ownTicket`). */
  shared?: boolean
  expires_at?: Date
}

export interface Ticket {
  /** The address of the Door for whoever holds it. */
  url: string
  ticket: string
  /** Public; travels to Zoom as `customerKey`, so that its report says who it was. */
  pass_id: string
}

/** Issues a ticket. It is 256 random bits and is kept as a hash only: whoever has the link may come in, until it ends. */
export async function issueTicket(hub: Hub, wanted: NewTicket, trx?: Trx): Promise<Ticket> {
  const ticket = Buffer.from(hub.runtime.random(32)).toString('base64url')
  const now = hub.runtime.now()
  const pass_id = newId('pass', now)
  await insertPass(trx ?? hub.db, {
    id: pass_id,
    ticket_hash: hashOf(ticket),
    workspace_id: wanted.workspace_id,
    meeting_id: wanted.meeting_id,
    placement_id: wanted.placement_id ?? null,
    person_id: wanted.person_id ?? null,
    role: wanted.role,
    shared: wanted.shared ?? false,
    name: wanted.name ?? null,
    email: wanted.email ?? null,
    created_at: new Date(now),
    expires_at: wanted.expires_at ?? null,
    revoked_at: null,
    used_at: null,
  })
  return { url: `${hub.publicUrl}/j/${ticket}`, ticket, pass_id }
}

/** A guest's own ticket, in place of the one that many hold: the pass then stands for one who came, not for all of them. */
export const ownTicket = (hub: Hub, pass: PassRow): Promise<Ticket> =>
  issueTicket(hub, {
    workspace_id: pass.workspace_id,
    meeting_id: pass.meeting_id,
    placement_id: pass.placement_id ?? undefined,
    role: pass.role,
    ...(pass.expires_at ? { expires_at: pass.expires_at } : {}),
  })

/** The pass of a ticket; undefined when it is unknown, over or taken back (they are not told apart). */
export async function passOf(hub: Hub, ticket: string): Promise<PassRow | undefined> {
  const row = await passByTicket(hub.db, hashOf(ticket))
  if (!row || row.revoked_at) return undefined
  return row.expires_at && row.expires_at.getTime() <= hub.runtime.now() ? undefined : row
}

/** Takes tickets back: all of a placement, or a person's to one meeting. */
export const revokeTickets = (
  hub: Hub,
  workspace_id: string,
  of: { placement_id: string } | { person_id: string; meeting_id: string },
): Promise<void> => revokePasses(hub.db, workspace_id, of, new Date(hub.runtime.now()))

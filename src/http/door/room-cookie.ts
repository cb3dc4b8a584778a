import type { Hub } from '#hub/hub.ts'
import type { RouteRequest } from '#hub/integration.ts'
import { basePath } from '#hub/page/page.ts'

// The Meeting SDK tells Zoom the address of the page that it runs in. So the room's address bears the pass's public id, and the ticket, which
// lets in whoever has it, comes along in a cookie that no script can read.

/** A meeting may be long, and the page may be loaded again in it. */
const lasts_s = 24 * 3600

export const roomPath = (hub: Hub, pass_id: string): string => `${basePath(hub)}/in/${pass_id}`

/** For this room's addresses alone: one person may be in several. */
export function roomCookie(hub: Hub, pass_id: string, ticket: string): string {
  const secure = hub.publicUrl.startsWith('https:') ? '; Secure' : ''
  const path = roomPath(hub, pass_id)
  return `${nameOf(pass_id)}=${ticket}; Path=${path}; Max-Age=${lasts_s}; HttpOnly; SameSite=Lax${secure}`
}

/** The ticket that this browser came with; undefined when it did not come through the Door. */
export function ticketOf({ cookie = '' }: RouteRequest['headers'], pass_id: string): string | undefined {
  const held = String(cookie)
    .split(/; */)
    .find((each) => each.startsWith(`${nameOf(pass_id)}=`))
  return held?.slice(nameOf(pass_id).length + 1)
}

const nameOf = (pass_id: string): string => `greenroom_${pass_id}`

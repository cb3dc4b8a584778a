import { z } from 'zod'
import { parseJson } from '#core/json.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply, Route, RouteRequest } from '#hub/integration.ts'
import { placeById } from '#hub/places.ts'
import { judgeButton, pressOnce } from './button.ts'
import { carryOut } from './carry-out.ts'
import { serverById } from './servers.ts'

/** Whoever can reach us can post this: only the signed context counts. */
const press = z.object({
  user_id: z.string(),
  user_name: z.string().default(''),
  channel_id: z.string(),
  team_id: z.string().default(''),
  context: z.unknown(),
})

/** A pressed button. https://developers.mattermost.com/integrate/plugins/interactive-messages/ */
export const actionRoute: Route = {
  method: 'POST',
  path: '/mattermost/actions/:place_id',
  auth: 'public',
  rawBody: true,
  handle: (request: RouteRequest<{ place_id: string }>, hub) => answer(hub, request),
}

async function answer(hub: Hub, { params, raw }: RouteRequest<{ place_id: string }>): Promise<Reply> {
  const pressed = press.safeParse(jsonOf(raw))
  if (!pressed.success) return told(400, 'This is no press of a button.')
  const { user_id, user_name, channel_id, team_id, context } = pressed.data
  const judged = judgeButton(hub, params.place_id, { user_id, channel_id, context })
  if (judged.is === 'refused') return told(judged.status, judged.reason)
  const server = await serverById(hub, params.place_id)
  if (!server || (await placeById(hub, server.place_id))?.state !== 'on')
    return told(403, 'Greenroom is switched off for this server.')
  if (!(await pressOnce(hub, judged.nonce))) return told(200, 'This button was pressed already.')
  const { root_id, topic } = judged.wish
  const asked = { user_id, user_name, channel_id, team_id, root_id, response_id: '', direct: false }
  const { text } = await carryOut(hub, server, asked, { name: 'start', topic, another: true })
  return told(200, text)
}

/** Mattermost shows `ephemeral_text` to whoever pressed; a status other than 200 it shows as a failure. */
const told = (status: number, ephemeral_text: string): Reply => ({ status, body: { ephemeral_text } })

function jsonOf(raw: Uint8Array): unknown {
  try {
    return parseJson(Buffer.from(raw).toString('utf8'))
  } catch {
    return undefined
  }
}

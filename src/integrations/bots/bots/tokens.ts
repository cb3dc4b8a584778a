import { sentenceOf } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { sdkAppFor } from '#hub/door/sdk-app.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { getLocalRecordingJoinToken, getUserToken, type StartToken } from '#zoom/start-tokens.ts'
import type { BotConnectionRow, BotRow, JoinMode } from '#integrations/bots/tables.ts'
import { consentOf, hostConnection, type HostConnection } from './host-connection.ts'

/** What a bot joins with. A token is good for one attempt, so each attempt gets its own. */
export interface JoinTokens {
  mode: JoinMode
  /** Why not in the way that was hoped for. */
  reason: string | null
  /** Whose name signs the join; undefined when no app of the workspace carries the Meeting SDK. */
  app: Awaited<ReturnType<typeof sdkAppFor>>
  recording_token: Secret | undefined
  obf_token: Secret | undefined
  zak: Secret | undefined
}

/**
 * Asks Zoom for the tokens of one join, one call for each: to record without asking the host, where the connection allows it; to be
 * there on behalf of a user or as one, where that was asked for; on behalf of the host when the first could not be had. Without
 * any of them the bot joins as anybody may.
 */
export async function joinTokens(hub: Hub, actor: Actor, bot: BotRow): Promise<JoinTokens> {
  const reasons: string[] = []
  const asUser = bot.zak_user_id ?? bot.onbehalf_user_id
  const user = asUser === null ? undefined : (await consentOf(hub, actor, asUser))?.row
  const host = await hostConnection(hub, actor, bot, { ask: asUser === null })
  const signer = (user ?? host.row)?.connection_id ?? null
  const app = await sdkAppFor(hub, actor.workspace_id, { connection_id: signer })
  if (asUser !== null && !user) reasons.push(`no connection is of the Zoom user ${asUser}`)
  if (asUser === null && !host.row) reasons.push(host.reason)

  const recording_token = await mint('local recording token', recorderOf(host), (client) =>
    getLocalRecordingJoinToken(client, bot.zoom_meeting_id, { bypass_waiting_room: true }),
  )
  const deputy = asUser === null && !recording_token ? deputyOf(host) : undefined
  const obf_token = await mint('on-behalf token', bot.onbehalf_user_id === null ? deputy : user, (client) =>
    getUserToken(client, 'me', { type: 'onbehalf', meeting_id: bot.zoom_meeting_id }),
  )
  const signedIn = await mint('zak', bot.zak_user_id === null ? undefined : user, (client) =>
    getUserToken(client, 'me', { type: 'zak' }),
  )
  const tokens = { recording_token, obf_token, zak: signedIn }
  return { ...tokens, app, mode: modeOf(tokens), reason: reasons.join('; ') || null }

  async function mint(
    what: string,
    row: BotConnectionRow | undefined,
    ask: (client: ZoomClient) => Promise<StartToken>,
  ): Promise<Secret | undefined> {
    if (!row) return undefined
    try {
      // Zoom takes a token only beside the signature of the app that it was made for.
      if (row.zoom_app_id !== app?.id) throw new Error('the join is signed by another app')
      return (await ask(await zoomClient(hub, row.connection_id))).token
    } catch (error) {
      reasons.push(`no ${what} by ${row.connection_id}: ${sentenceOf(error)}`)
      return undefined
    }
  }
}

const recorderOf = ({ row }: HostConnection) => (row?.is_local_recording_token_supported ? row : undefined)
const deputyOf = ({ row }: HostConnection) => (row?.is_onbehalf_token_supported ? row : undefined)

function modeOf(tokens: Pick<JoinTokens, 'recording_token' | 'obf_token' | 'zak'>): JoinMode {
  if (tokens.zak) return 'zak'
  if (tokens.obf_token) return 'onbehalf'
  return tokens.recording_token ? 'local_recording' : 'standard'
}

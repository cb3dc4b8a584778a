/** A slash command as Mattermost posts it: https://developers.mattermost.com/integrate/slash-commands/custom/ */
export interface Slash {
  token: string
  team_id: string
  channel_id: string
  user_id: string
  user_name: string
  /** The root post of the thread it was typed in, or ''. */
  root_id: string
  text: string
  /** The last part of `response_url`; '' when there is none. */
  response_id: string
  /** Typed in a direct message or a group message. */
  direct: boolean
}

const id = /^[a-z0-9]{26}$/

/**
 * Reads the form. The token is also in `Authorization: Token …`; where both are, they must agree.
 * @returns undefined for what no Mattermost server sends
 */
export function readSlash(raw: Uint8Array, authorization: string | undefined): Slash | undefined {
  const form = new URLSearchParams(Buffer.from(raw).toString('utf8'))
  if ([...form.values()].some((value) => value.includes('\0'))) return undefined
  const field = (name: string): string => form.get(name) ?? ''
  const header = /^Token (\S+)$/i.exec(authorization ?? '')?.[1]
  const token = field('token') || header || ''
  if (!token || (header && header !== token)) return undefined
  const [channel_id, user_id, root_id, team_id] = ['channel_id', 'user_id', 'root_id', 'team_id'].map(field)
  if (!channel_id || !user_id || !id.test(channel_id) || !id.test(user_id)) return undefined
  return {
    token,
    team_id: team_id && id.test(team_id) ? team_id : '',
    channel_id,
    user_id,
    user_name: field('user_name').slice(0, 64),
    root_id: root_id && id.test(root_id) ? root_id : '',
    text: field('text'),
    response_id: responseId(field('response_url')),
    direct: isDirect(field('channel_name')),
  }
}

/** Direct messages are named after the two ids, group messages by 40 hex digits; people can choose neither. */
const isDirect = (channel_name: string): boolean => /^([a-z0-9]{26}__[a-z0-9]{26}|[0-9a-f]{40})$/.test(channel_name)

/** The server may know itself by another address than we do: only the path's end counts, the rest is the server's that an admin entered. */
export const responseId = (response_url: string): string =>
  /\/hooks\/commands\/(\w{1,64})$/.exec(response_url)?.[1] ?? ''

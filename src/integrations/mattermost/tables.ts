import type { Kysely, Selectable } from 'kysely'
import type { Db, Tables } from '#store/db.ts'

/** Our own tables: migrations/0001-mattermost.sql. */
// A type and not an interface: Kysely wants an index signature, which only types have.
type OwnTables = {
  mattermost_server: {
    place_id: string
    workspace_id: string
    url: string
    level: 'user' | 'account'
    meeting_ids: 'unique' | 'personal'
    trust_emails: boolean
    trigger: string
    post_type: string
    bot_token: Buffer
    bot_user_id: string
    bot_username: string
    url_secret_hash: Buffer
    connection_id: string | null
  }
  mattermost_app_url: { zoom_app_id: string; workspace_id: string; secret_hash: Buffer; made_at: Date }
  mattermost_command: { token_hash: Buffer; place_id: string; team_id: string | null; command_id: string | null }
  mattermost_user: {
    place_id: string
    user_id: string
    username: string
    connection_id: string
    zoom_user_id: string
    zoom_user_email: string
    linked_at: Date
    told_at: Date | null
  }
  mattermost_link: {
    token_hash: Buffer
    place_id: string
    user_id: string
    username: string
    asked: Buffer
    browser_hash: Buffer | null
    expires_at: Date
    used_at: Date | null
  }
  mattermost_post: {
    placement_id: string
    place_id: string
    meeting_id: string
    channel_id: string
    root_id: string
    post_id: string | null
    reply_id: string | null
    kind: 'started_here' | 'announced'
    state: PostState
    uuid: string | null
    starter_username: string | null
    topic: string
    link: Buffer
    shown: Buffer | null
    created_at: Date
  }
  mattermost_press: { nonce: string; expires_at: Date }
}

export type PostState = 'waiting' | 'live' | 'ended' | 'cancelled'
export type ServerRow = Selectable<OwnTables['mattermost_server']>
export type CommandRow = Selectable<OwnTables['mattermost_command']>
export type UserRow = Selectable<OwnTables['mattermost_user']>
export type LinkRow = Selectable<OwnTables['mattermost_link']>
export type PostRow = Selectable<OwnTables['mattermost_post']>

/** The database with our tables. */
export const own = (db: Db): Kysely<Tables & OwnTables> => db.withTables<OwnTables>()

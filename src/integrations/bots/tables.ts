import type { Generated, Selectable } from 'kysely'
import type { Db, Trx } from '#store/db.ts'
import type { BotEventType, BotState, RecordingState } from './bots/states.ts'

/** What this integration keeps: migrations/0001-bots.sql. */
export type BotTables = {
  bot_project: { workspace_id: string; place_id: string | null }
  bot_connection: {
    connection_id: string
    workspace_id: string
    zoom_app_id: string
    zoom_user_id: string
    pmi: string | null
    metadata: unknown
    is_local_recording_token_supported: boolean
    is_onbehalf_token_supported: boolean
    deduplication_key: string | null
    code_hash: Buffer | null
    last_attempted_sync_at: Date | null
    last_successful_sync_at: Date | null
    created_at: Date
    updated_at: Date
    deleted_at: Date | null
  }
  bot_bot: {
    id: string
    workspace_id: string
    meeting_url: string
    zoom_meeting_id: string
    bot_name: string
    metadata: unknown
    state: BotState
    recording_state: RecordingState
    join_at: Date | null
    deduplication_key: string | null
    connection_id: string | null
    onbehalf_user_id: string | null
    zak_user_id: string | null
    zoom_join_mode: JoinMode | null
    zoom_join_mode_reason: string | null
    report_token_hash: Buffer | null
    launches: Generated<number>
    created_at: Date
  }
  bot_event: {
    id: Generated<string>
    bot_id: string
    type: BotEventType
    sub_type: string | null
    old_state: BotState
    new_state: BotState
    created_at: Date
  }
  bot_participant: { bot_id: string; uuid: string; name: string; user_uuid: string | null; is_host: boolean }
}

/** How a bot came into its meeting: by a token of the meeting's host, for a user who is in it, as a user, or as anybody. */
export type JoinMode = 'local_recording' | 'onbehalf' | 'zak' | 'standard'

export type BotConnectionRow = Selectable<BotTables['bot_connection']>
export type BotRow = Selectable<BotTables['bot_bot']>
export type BotEventRow = Selectable<BotTables['bot_event']>
export type BotParticipantRow = Selectable<BotTables['bot_participant']>

export const tablesOf = (db: Db | Trx) => db.withTables<BotTables>()

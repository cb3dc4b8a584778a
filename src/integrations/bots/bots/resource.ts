import { z } from 'zod'
import { micros, microsOrNull } from '#integrations/bots/contract/time.ts'
import type { BotEventRow, BotRow } from '#integrations/bots/tables.ts'
import { botStates, transitions, type BotEventType } from './states.ts'

const eventTypes = Object.keys(transitions) as [BotEventType, ...BotEventType[]]

export const botObject = z.object({
  id: z.string(),
  metadata: z.record(z.string(), z.string()).nullable(),
  meeting_url: z.string(),
  state: z.enum(botStates),
  events: z.array(z.object({ type: z.enum(eventTypes), created_at: z.string(), sub_type: z.string().optional() })),
  transcription_state: z.enum(['not_started', 'in_progress', 'complete', 'failed']),
  recording_state: z.enum(['not_started', 'in_progress', 'complete', 'failed', 'paused']),
  join_at: z.string().nullable(),
  deduplication_key: z.string().nullable(),
  zoom_join_mode: z
    .enum(['local_recording', 'onbehalf', 'zak', 'standard'])
    .nullable()
    .describe('How it joined; null until it is sent to the meeting'),
  zoom_join_mode_reason: z.string().nullable().describe('Why it had to join in a lesser way than was hoped for'),
})

export const botResource = (row: BotRow, events: readonly BotEventRow[]): z.input<typeof botObject> => ({
  id: row.id,
  metadata: row.metadata as Record<string, string> | null,
  meeting_url: row.meeting_url,
  state: row.state,
  events: events
    .filter(({ bot_id }) => bot_id === row.id)
    .map(({ type, created_at, sub_type }) => ({
      type,
      created_at: micros(created_at),
      ...(sub_type === null ? {} : { sub_type }),
    })),
  transcription_state: 'not_started',
  recording_state: row.recording_state,
  join_at: microsOrNull(row.join_at),
  deduplication_key: row.deduplication_key,
  zoom_join_mode: row.zoom_join_mode,
  zoom_join_mode_reason: row.zoom_join_mode_reason,
})

import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { meetingId, text } from './wire.ts'

const part = z.looseObject({ label: text, summary: text })

/** What AI Companion wrote about one run; lists and most events tell of it without the text. */
export const meetingSummary = z.looseObject({
  meeting_id: meetingId,
  meeting_uuid: z.string().min(1),
  meeting_host_id: text,
  meeting_topic: text,
  meeting_start_time: text,
  meeting_end_time: text,
  summary_created_time: text,
  summary_last_modified_time: text,
  summary_title: text,
  summary_overview: text,
  summary_details: z.array(part).nullish(),
  next_steps: z.array(z.string()).nullish(),
  /** What a person made of it. */
  edited_summary: z
    .looseObject({
      summary_overview: text,
      summary_details: z.union([z.string(), z.array(part)]).nullish(),
      next_steps: z.array(z.string()).nullish(),
    })
    .nullish(),
  /** Markdown; it takes the place of the parts above. */
  summary_content: text,
  summary_doc_url: text,
})
export type MeetingSummary = z.output<typeof meetingSummary>

/** https://developers.zoom.us/docs/api/meetings/#tag/ai-companion/GET/meetings/{meetingId}/meeting_summary. @throws ZoomApiError (3001) where there is none. */
export const getMeetingSummary = (client: ZoomClient, uuid: string): Promise<MeetingSummary> =>
  request(client, { method: 'GET', path: path`/meetings/${uuid}/meeting_summary` }, meetingSummary)

/** Of the whole account, by when they were written; `from` and `to` are instants (`2026-03-31T09:00:00Z`), the last day when absent. */
export const listMeetingSummaries = (
  client: ZoomClient,
  query: { from?: string; to?: string } = {},
): AsyncGenerator<MeetingSummary, void, undefined> =>
  list(client, { path: path`/meetings/meeting_summaries`, query }, 'summaries', meetingSummary)

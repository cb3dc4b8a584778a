import { z } from 'zod'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { summaries } from '#hub/summaries.ts'
import { uuid } from './params.ts'

export const summaryRoutes = [
  ...listing({
    path: '/api/v1/summaries',
    auth: 'viewer',
    tags: ['Summaries'],
    summary: 'List the summaries that AI Companion wrote, newest first',
    filter: z.object({
      meeting_id: z.string().max(100).optional(),
      uuid: uuid.optional(),
      q: words.describe('Words in the summary or in the meeting’s topic'),
    }),
    item: resources.summary,
    columns: {
      id: ({ id }) => id,
      meeting_id: ({ meeting_id }) => meeting_id,
      uuid: ({ uuid: run }) => run,
      title: ({ title }) => title,
      content: ({ content }) => content,
      doc_url: ({ doc_url }) => doc_url,
      state: ({ state }) => state,
      created_at: ({ created_at }) => created_at,
      changed_at: ({ changed_at }) => changed_at,
    },
    read: summaries,
  }),
]

import { z } from 'zod'
import { listing, words } from '#hub/listing.ts'
import { gaps } from '#hub/repair/read.ts'
import * as resources from '#hub/resources.ts'

export const gapRoutes = [
  ...listing({
    path: '/api/v1/gaps',
    auth: 'viewer',
    tags: ['Events'],
    summary: 'List the times whose events may have been lost, and what was repaired',
    filter: z.object({ q: words.describe('Words in the app’s name, the cause, the state or what is unknown') }),
    item: resources.gap,
    columns: {
      id: ({ id }) => id,
      zoom_app_id: ({ zoom_app_id }) => zoom_app_id,
      since: ({ since }) => since,
      until: ({ until }) => until,
      cause: ({ cause }) => cause,
      state: ({ state }) => state,
      hosts: ({ hosts }) => hosts,
      sessions: ({ sessions }) => sessions,
      recordings: ({ recordings }) => recordings,
      unknown: ({ unknown }) => unknown.join('; '),
      repaired_at: ({ repaired_at }) => repaired_at,
    },
    read: gaps,
  }),
]

import { z } from 'zod'
import { listing, words } from '#hub/listing.ts'
import { changeRecording, recordings } from '#hub/recordings.ts'
import * as resources from '#hub/resources.ts'
import { id, uuid } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

export const recordingRoutes = [
  ...listing({
    path: '/api/v1/recordings',
    auth: 'viewer',
    tags: ['Recordings'],
    summary: 'List recordings, newest first',
    filter: z.object({
      meeting_id: z.string().max(100).optional(),
      uuid: uuid.optional(),
      q: words.describe('Words in the meeting’s topic or the kind of file'),
    }),
    item: resources.recording,
    columns: {
      id: ({ id }) => id,
      meeting_id: ({ meeting_id }) => meeting_id,
      uuid: ({ uuid: run }) => run,
      recording_type: ({ recording_type }) => recording_type,
      file_type: ({ file_type }) => file_type,
      file_size: ({ file_size }) => file_size,
      recording_start: ({ recording_start }) => recording_start,
      recording_end: ({ recording_end }) => recording_end,
      play_url: ({ play_url }) => play_url,
      share_url: ({ share_url }) => share_url,
      passcode: ({ passcode }) => passcode,
      state: ({ state }) => state,
      visibility: ({ visibility }) => visibility,
      hidden_in: ({ hidden_in }) => hidden_in.join(' '),
    },
    read: recordings,
  }),
  apiRoute({
    method: 'PATCH',
    path: '/api/v1/recordings/:id',
    auth: 'operator',
    schema: {
      summary: 'Show a recording in the places of its meeting, or hide it: in all of them or in one',
      tags: ['Recordings'],
      params: id,
      body: resources.recordingChange,
      response: { 200: resources.recording },
    },
    handle: async ({ identity, params, body }, hub) => ok(await changeRecording(hub, identity, params.id, body)),
  }),
]

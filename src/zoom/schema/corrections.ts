import type { Endpoint } from './endpoints.ts'

interface Correction {
  right: Partial<Pick<Endpoint, 'classic_scopes' | 'granular_scopes'>>
  reason: string
  /** Where the right value stands. */
  source: string
}

/** Rows of the source list that contradict Zoom's own pages, by the operation's name. Hub and simulator read the corrected rows alike. */
export const corrections: Readonly<Record<string, Correction>> = {
  'GET /meetings/{meetingId}/recordings': {
    right: { classic_scopes: ['recording:master', 'recording:read', 'recording:read:admin'] },
    reason:
      'the list names a scope of Zoom Phone, phone_recording:read:admin; classic apps read recordings with recording:read:admin',
    source: 'https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings',
  },
}

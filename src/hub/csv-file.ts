import type { Reply } from '#hub/integration.ts'

export const csvFile = { contentType: 'text/csv', description: 'A table (RFC 4180)' }

/** A table that a browser saves under `filename`. */
export const csvReply = (filename: string, body: string): Reply => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${filename}"`,
  },
  body,
})

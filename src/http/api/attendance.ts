import { z } from 'zod'
import { attendance, attendanceCsv } from '#hub/attendance/attendance.ts'
import * as resources from '#hub/resources.ts'
import { csvReply } from './csv-file.ts'
import { uuid } from './params.ts'
import { apiRoute, ok } from '#hub/api-route.ts'

const tags = ['Attendance']

export const attendanceRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/attendance',
    auth: 'viewer',
    schema: {
      summary: 'Who attended a session, each person once; JSON, or a table as text/csv',
      tags,
      query: z
        .object({ uuid, format: z.enum(['json', 'csv']).optional().describe('Or the header Accept: text/csv') })
        .strict(),
      headers: z.object({ accept: z.string().optional() }),
      response: { 200: resources.attendance },
    },
    handle: async ({ identity, query, headers }, hub) => {
      const format = query.format ?? (headers.accept?.startsWith('text/csv') ? 'csv' : 'json')
      if (format === 'csv') return csvReply('attendance.csv', await attendanceCsv(hub, identity, query.uuid))
      return ok(await attendance(hub, identity, query.uuid))
    },
  }),
]

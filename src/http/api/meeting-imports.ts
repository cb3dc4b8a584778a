import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import {
  beginImport,
  meetingImport,
  meetingImportCsv,
  meetingImportRows,
  meetingImports,
  runImport,
  stopImport,
} from '#hub/meetings/import/imports.ts'
import * as resources from '#hub/meetings/import/resources.ts'
import { pageOf, pageQuery } from '#hub/resources.ts'
import { csvReply } from '#hub/csv-file.ts'
import { id } from './params.ts'

const tags = ['Meetings']

export const meetingImportRoutes = [
  apiRoute({
    method: 'POST',
    path: '/api/v1/meeting_imports',
    auth: 'operator',
    // A megabyte of text, with JSON's own signs; what is longer is told in words.
    bodyLimit: 8 * 1024 * 1024,
    schema: {
      summary: 'Import meetings from a list: those that exist at Zoom, and new ones; a dry run asks Zoom nothing',
      tags,
      body: resources.newMeetingImport,
      response: { 202: resources.meetingImport },
    },
    handle: async ({ identity, body }, hub) => {
      const begun = await beginImport(hub, identity, body)
      return {
        status: 202,
        headers: { location: `${hub.publicUrl}/api/v1/meeting_imports/${begun.id}` },
        body: begun,
      }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meeting_imports',
    auth: 'viewer',
    schema: {
      summary: 'List imports, newest first; they are kept for 90 days',
      tags,
      query: pageQuery.strict(),
      response: { 200: pageOf(resources.meetingImport) },
    },
    handle: async ({ identity, query }, hub) => ok(await meetingImports(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meeting_imports/:id',
    auth: 'viewer',
    schema: { summary: 'How far an import is', tags, params: id, response: { 200: resources.meetingImport } },
    handle: async ({ identity, params }, hub) => ok(await meetingImport(hub, identity, params.id)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/meeting_imports/:id/rows',
    auth: 'viewer',
    schema: {
      summary: 'What becomes of each row of an import; JSON by pages, or all that fit as a table (text/csv)',
      tags,
      params: id,
      query: resources.meetingImportFilter
        .extend({ format: z.enum(['json', 'csv']).optional().describe('Or the header Accept: text/csv') })
        .strict(),
      headers: z.object({ accept: z.string().optional() }),
      response: { 200: pageOf(resources.meetingImportRow) },
    },
    handle: async ({ identity, params, query: { format, ...filter }, headers }, hub) => {
      if ((format ?? (headers.accept?.startsWith('text/csv') ? 'csv' : 'json')) === 'json')
        return ok(await meetingImportRows(hub, identity, params.id, filter))
      const { limit: _limit, cursor: _cursor, ...fits } = filter
      return csvReply('import.csv', await meetingImportCsv(hub, identity, params.id, fits))
    },
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meeting_imports/:id/run',
    auth: 'operator',
    schema: {
      summary: 'Carry an import out, or go on with one that was stopped',
      tags,
      params: id,
      response: { 202: resources.meetingImport },
    },
    handle: async ({ identity, params }, hub) => ({ status: 202, body: await runImport(hub, identity, params.id) }),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/meeting_imports/:id/stop',
    auth: 'operator',
    schema: {
      summary: 'Stop an import: no other row is begun; what is done stays',
      tags,
      params: id,
      response: { 200: resources.meetingImport },
    },
    handle: async ({ identity, params }, hub) => ok(await stopImport(hub, identity, params.id)),
  }),
]

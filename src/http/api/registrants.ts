import { z } from 'zod'
import { apiRoute, ok } from '#hub/api-route.ts'
import { askForRegistrants } from '#hub/registrants/read-from-zoom.ts'
import { decide, register, registrants, registrantsCsv } from '#hub/registrants/registrants.ts'
import * as resources from '#hub/registrants/resources.ts'
import { pageOf } from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { id } from './params.ts'

const tags = ['Registrants']
const path = '/api/v1/meetings/:id/registrants'

export const registrantRoutes = [
  apiRoute({
    method: 'GET',
    path,
    auth: 'viewer',
    schema: {
      summary: 'Who registered for a meeting or webinar, as far as Zoom has told it; Zoom is not asked',
      tags,
      params: id,
      query: resources.registrantFilter,
      response: { 200: pageOf(resources.registrant).extend({ read: resources.registrantRead }) },
    },
    handle: async ({ identity, params, query }, hub) => ok(await registrants(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'GET',
    path: `${path}.csv`,
    auth: 'viewer',
    schema: {
      summary: 'All registrants that fit, as a table',
      tags,
      params: id,
      query: resources.registrantFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, params, query }, hub) =>
      csvReply('registrants.csv', await registrantsCsv(hub, identity, params.id, query)),
  }),
  apiRoute({
    method: 'POST',
    path,
    auth: 'operator',
    schema: {
      summary: 'Register somebody, at Zoom first',
      tags,
      params: id,
      body: resources.newRegistrant,
      response: {
        201: resources.registrant.extend({
          join_url: z.string().nullable().describe('Theirs alone, told this once; null until they are approved'),
        }),
      },
    },
    handle: async ({ identity, params, body }, hub) => ({
      status: 201,
      body: await register(hub, identity, params.id, body),
    }),
  }),
  apiRoute({
    method: 'POST',
    path: `${path}/read`,
    auth: 'operator',
    schema: {
      summary: 'Have all registrants read from Zoom; the list tells when that is done',
      tags,
      params: id,
      response: { 202: resources.registrantRead },
    },
    handle: async ({ identity, params }, hub) => ({
      status: 202,
      body: await askForRegistrants(hub, identity, params.id),
    }),
  }),
  ...(
    [
      ['approve', 'Approve a registration, at Zoom first, which sends the link'],
      ['deny', 'Deny a registration, at Zoom first'],
      ['cancel', 'Take somebody off the registrants, at Zoom first'],
    ] as const
  ).map(([decision, summary]) =>
    apiRoute({
      method: 'POST',
      path: `${path}/:registrant_id/${decision}`,
      auth: 'operator',
      schema: {
        summary,
        tags,
        params: id.extend({ registrant_id: z.string().max(100) }),
        response: { 200: resources.registrant },
      },
      handle: async ({ identity, params: { id: meeting_id, registrant_id } }, hub) =>
        ok(await decide(hub, identity, { meeting_id, registrant_id }, decision)),
    }),
  ),
]

import { z } from 'zod'
import { assign } from '#hub/attendance/assign.ts'
import { attendance, attendanceCsv } from '#hub/attendance/attendance.ts'
import { unmatched, unmatchedCsv } from '#hub/attendance/unmatched.ts'
import { persons } from '#hub/persons.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { csvFile, csvReply } from '#hub/csv-file.ts'
import { id, uuid } from './params.ts'
import { mergePersons, untie } from '#hub/ties.ts'
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
  apiRoute({
    method: 'PUT',
    path: '/api/v1/attendance/assignment',
    auth: 'operator',
    schema: {
      summary: 'Say who somebody in a session is, or take that back',
      tags,
      body: resources.assignment,
      response: { 200: resources.attendance },
    },
    handle: async ({ identity, body }, hub) => ok(await assign(hub, identity, body)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/attendance/unmatched',
    auth: 'viewer',
    schema: {
      summary: 'Who in any session is known by a name alone, and has not been assigned',
      tags,
      query: resources.unmatchedFilter,
      response: { 200: resources.pageOf(resources.unmatched) },
    },
    handle: async ({ identity, query }, hub) => ok(await unmatched(hub, identity, query)),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/attendance/unmatched.csv',
    auth: 'viewer',
    schema: {
      summary: 'All who are known by a name alone and fit, as a table',
      tags,
      query: resources.unmatchedFilter.omit({ limit: true, cursor: true }).strict(),
      response: { 200: csvFile },
    },
    handle: async ({ identity, query }, hub) => csvReply('unmatched.csv', await unmatchedCsv(hub, identity, query)),
  }),
  ...listing({
    path: '/api/v1/persons',
    auth: 'viewer',
    tags,
    summary: 'The people whom the places know, with what ties each',
    filter: z.object({ q: words.describe('Words in a name or e-mail') }),
    item: resources.person,
    columns: {
      id: ({ id }) => id,
      name: ({ name, links }) => name ?? links.find((link) => link.name)?.name ?? null,
      emails: ({ links }) => [...new Set(links.flatMap(({ email }) => email ?? []))].join(' '),
      known_by: ({ links }) => [...new Set(links.map(({ source }) => source))].join(' '),
      created_at: ({ created_at }) => created_at,
    },
    read: persons,
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/persons/:id/merge',
    auth: 'operator',
    schema: {
      summary: 'Two persons are one: everything of this one goes to the other',
      tags,
      params: id,
      body: z.object({ into: z.string().max(100).describe('The person who stays') }).strict(),
      response: { 200: resources.person },
    },
    handle: async ({ identity, params, body }, hub) => ok(await mergePersons(hub, identity, params.id, body.into)),
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/persons/:id/links/untie',
    auth: 'operator',
    schema: {
      summary: 'One of a person’s ties is somebody else: it becomes a person of its own, and stays that',
      tags,
      params: id,
      body: resources.tie,
      response: { 200: z.object({ person: resources.person, untied: resources.person }) },
    },
    handle: async ({ identity, params, body }, hub) => ok(await untie(hub, identity, params.id, body)),
  }),
]

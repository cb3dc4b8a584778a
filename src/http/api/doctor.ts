import { z } from 'zod'
import { doctor } from '#hub/doctor/doctor.ts'
import { supportReport } from '#hub/doctor/support.ts'
import { deadJobs, retryJob } from '#hub/jobs/dead.ts'
import { jobsNow } from '#hub/jobs/show.ts'
import { listing, words } from '#hub/listing.ts'
import * as resources from '#hub/resources.ts'
import { apiRoute, ok } from '#hub/api-route.ts'
import { nothing } from './nothing.ts'
import { id } from './params.ts'

export const doctorRoutes = [
  apiRoute({
    method: 'GET',
    path: '/api/v1/jobs',
    auth: 'viewer',
    schema: {
      summary: 'What this server has to do, by number',
      tags: ['Doctor'],
      response: { 200: resources.jobsNow },
    },
    handle: async ({ identity }, hub) => ok(await jobsNow(hub, identity)),
  }),
  ...listing({
    path: '/api/v1/jobs/dead',
    auth: 'viewer',
    tags: ['Doctor'],
    summary: 'List what was given up after all its tries',
    filter: z.object({ q: words.describe('Words in the task, the error or the name of what it is about') }),
    item: resources.deadJob,
    columns: {
      id: ({ id }) => id,
      task: ({ task }) => task,
      about: ({ about }) => about?.name ?? null,
      tries: ({ tries }) => tries,
      last_error: ({ last_error }) => last_error,
      failed_at: ({ failed_at }) => failed_at,
    },
    read: deadJobs,
  }),
  apiRoute({
    method: 'POST',
    path: '/api/v1/jobs/dead/:id/retry',
    auth: 'admin',
    schema: {
      summary: 'Try again what was given up, with all its tries',
      tags: ['Doctor'],
      params: id,
      response: { 204: nothing },
    },
    handle: async ({ identity, params }, hub) => {
      await retryJob(hub, identity, params.id)
      return { status: 204 }
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/support_report',
    auth: 'admin',
    schema: {
      summary: 'All that somebody who helps from afar asks for, as a file without secrets',
      tags: ['Doctor'],
      response: { 200: z.record(z.string(), z.unknown()) },
    },
    handle: async ({ identity }, hub) => ({
      status: 200,
      headers: { 'content-disposition': 'attachment; filename="greenroom-support.json"' },
      body: await supportReport(hub, identity),
    }),
  }),
  apiRoute({
    method: 'GET',
    path: '/api/v1/doctor',
    auth: 'viewer',
    schema: {
      summary: 'What is well, what is not, and what mends it',
      tags: ['Doctor'],
      query: z.object({
        again: z
          .enum(['true', 'false'])
          .optional()
          .describe('true: ask Zoom about plan and licences anew; else what it said within a day counts'),
      }),
      response: { 200: resources.findings },
    },
    handle: async ({ identity, query }, hub) =>
      ok({ findings: await doctor(hub, identity, { again: query.again === 'true' }) }),
  }),
]

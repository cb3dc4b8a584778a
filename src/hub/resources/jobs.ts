import { z } from 'zod'
import { maybe, time } from './common.ts'

export const deadJob = z.object({
  id: z.string(),
  task: z.string().describe('What was to be done, for example report or licence_lend'),
  about: maybe(
    z.object({
      kind: z.enum(['meeting', 'host', 'zoom_app']),
      id: z.string(),
      name: z.string().describe('Topic, e-mail or name'),
    }),
  ),
  tries: z.number().int(),
  last_error: maybe(z.string()),
  failed_at: time.describe('When the last try failed'),
})
export type DeadJob = z.infer<typeof deadJob>

const jobsByTask = z.array(z.object({ task: z.string(), jobs: z.number().int() }))

export const jobsNow = z.object({
  running: z.number().int(),
  due: z.number().int().describe('To be done now'),
  planned: z.number().int().describe('For later'),
  parked: z.number().int().describe('Waiting for a connection that is broken'),
  dead: z.number().int().describe('Given up after all their tries'),
  oldest_due_at: maybe(time).describe('Since when the oldest that is due waits'),
  dead_by_task: jobsByTask,
  dead_here: jobsByTask.describe('Of those, the ones of this workspace; GET /api/v1/jobs/dead lists them'),
})
export type JobsNow = z.infer<typeof jobsNow>

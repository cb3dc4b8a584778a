import { z } from 'zod'
import { maybe, pageQuery, time } from './common.ts'
import { finding } from './zoom-apps.ts'

export const place = z.object({
  id: z.string(),
  integration: z.string().describe('lti, mattermost, site or bots'),
  name: z.string(),
  state: z.enum(['on', 'off']),
  zoom_app_id: maybe(z.string()).describe('The app it works with; null: the workspace’s'),
  connection_id: maybe(z.string()),
  created_at: time,
  health: maybe(
    z.object({
      state: finding.shape.state.describe('The worst of what was found'),
      checked_at: time,
      findings: z.array(finding),
      last_ok_at: maybe(time),
      last_failed_at: maybe(time),
      last_failure: maybe(z.string()),
    }),
  ).describe('As it was looked at last, by hand or once a day; null until then'),
})
export type Place = z.infer<typeof place>

export const placeChange = z
  .object({
    state: z.enum(['on', 'off']),
    name: z.string().trim().min(1).max(100).describe('What it is called here; the host system is not told'),
  })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type PlaceChange = z.infer<typeof placeChange>

export const placement = z.object({
  id: z.string(),
  place_id: z.string(),
  place_name: z.string(),
  integration: z.string(),
  meeting_id: z.string(),
  ref: z.string().describe('The place’s own name for it: a resource link, a post, a slug'),
  title: z.string(),
  url: maybe(z.string()),
  state: z.enum(['shown', 'removed']),
  created_at: time,
})
export type Placement = z.infer<typeof placement>

export const placementFilter = pageQuery
  .extend({ q: z.string().max(200).optional().describe('Words in the title') })
  .strict()
export type PlacementFilter = z.infer<typeof placementFilter>

export const putRequest = z
  .object({
    place_id: z.string(),
    target: z.record(z.string(), z.unknown()).default({}).describe('Where in the place: its own words'),
  })
  .strict()
export type PutRequest = z.infer<typeof putRequest>

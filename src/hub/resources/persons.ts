import { z } from 'zod'
import { maybe, time } from './common.ts'

export const person = z.object({
  id: z.string(),
  name: maybe(z.string()),
  created_at: time,
  links: z
    .array(
      z.object({
        source: z.string().describe('lti:…, mattermost:… or zoom'),
        source_id: z.string(),
        name: maybe(z.string()),
        email: maybe(z.string()),
        email_verified: z.boolean(),
      }),
    )
    .describe('Where they are known, and by what'),
})
export type Person = z.infer<typeof person>

export const tie = z.object({ source: z.string().max(200), source_id: z.string().max(500) }).strict()
export type Tie = z.infer<typeof tie>

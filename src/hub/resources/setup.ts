import { z } from 'zod'
import { maybe, time } from './common.ts'
import { kind, origin, purpose } from './zoom-apps.ts'

export const setupWish = z
  .object({
    purposes: z
      .string()
      .transform((text) => text.split(',').filter((name) => name !== ''))
      .pipe(z.array(purpose))
      .default([])
      .describe('What Zoom is wanted for, with commas between: lms, chat, …'),
    kind: kind.optional().describe('The kind of app; the one that fits best, unless it is told'),
    family: z.enum(['granular', 'classic']).default('granular').describe('classic for apps made before March 2024'),
    oauth_base: origin('https://zoom.us').optional(),
  })
  .strict()

export const setupGuide = z.object({
  kind,
  kinds: z.array(
    z.object({ kind, lacks: z.array(purpose).describe('What it cannot serve'), recommended: z.boolean() }),
  ),
  features: z.array(z.object({ feature: z.string(), words: z.string().describe('Stands after “the app may”') })),
  scopes: z.array(z.string()).describe('To choose on the app’s “Scopes” page'),
  events: z.array(z.string()).describe('To subscribe to'),
  meeting_sdk: z.boolean().describe('Whether the Meeting SDK is to be switched on on its page “Embed”'),
  meeting_sdk_beside: z
    .boolean()
    .describe('Whether joining in the browser takes a General App beside this one, which has no page “Embed”'),
  redirect_url: maybe(z.string()).describe('null where nobody consents'),
})
export type SetupGuide = z.infer<typeof setupGuide>

export const setupStep = z.object({
  step: z.enum([
    'credentials',
    'account',
    'activated',
    'clock',
    'consent',
    'scopes',
    'meeting_sdk',
    'secret_token',
    'address',
    'url_validated',
    'first_event',
    'events',
    'plan',
  ]),
  state: z
    .enum(['ok', 'failed', 'waiting', 'unknown'])
    .describe('waiting: somebody has to do it yet; unknown: not looked at yet'),
  message: z.string(),
  fix: z.string().optional().describe('Who must do what'),
})
export type SetupStep = z.infer<typeof setupStep>

export const setup = z.object({
  zoom_app_id: z.string(),
  steps: z.array(setupStep),
  checked_at: maybe(time).describe('When Zoom was last asked for this'),
  scopes: z.array(z.string()).describe('All that its purposes need'),
  events: z.array(z.string()).describe('All that its purposes need'),
})
export type Setup = z.infer<typeof setup>

export const trial = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  state: z.enum(['running', 'passed', 'failed']),
  host: z.string().describe('Whose meeting it was'),
  steps: z.array(
    z.object({
      step: z.enum(['make', 'hear_made', 'change', 'hear_changed', 'join_page', 'remove', 'hear_removed']),
      state: z.enum(['ok', 'failed']),
      message: z.string(),
      fix: z.string().optional(),
      took: z.number().describe('Milliseconds'),
    }),
  ),
  created_at: time,
  ended_at: maybe(time),
})
export type Trial = z.infer<typeof trial>

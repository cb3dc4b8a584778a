import { z } from 'zod'
import { maybe, time } from './common.ts'

export const origin = (example: string) =>
  z
    .url({ protocol: /^https?$/ })
    .transform((text) => new URL(text).origin)
    .describe(`Origin, for example ${example}`)

export const purpose = z.enum([
  'lms',
  'chat',
  'web_site',
  'bots',
  'reports',
  'recordings',
  'summaries',
  'webinars',
  'licences',
  'tracking_fields',
])
export type Purpose = z.infer<typeof purpose>

const scopeFamily = z
  .enum(['granular', 'classic'])
  .describe('By which names its scopes go: classic for apps made before March 2024')

export const newZoomApp = z
  .object({
    kind: z
      .enum(['server_to_server', 'user_managed', 'admin_managed'])
      .describe('What kind of Marketplace app it is: internal, or OAuth by users or by an administrator'),
    name: z.string().trim().min(1).max(100),
    client_id: z.string().trim().min(1).max(200),
    client_secret: z.string().trim().min(1).max(500).describe('Write-only'),
    secret_token: z.string().trim().min(1).max(500).optional().describe('Signs Zoom’s events. Write-only'),
    account_id: z.string().trim().min(1).max(200).optional().describe('Server-to-server apps have one'),
    meeting_sdk: z
      .boolean()
      .optional()
      .describe('The app carries the Meeting SDK (General Apps alone can): joining in the browser, and bots'),
    scope_family: scopeFamily.optional(),
    purposes: z.array(purpose).optional().describe('What it is meant for: what set-up and doctor then look for'),
    data_compliance: z
      .boolean()
      .optional()
      .describe('Tell Zoom each time the data of a user who removed the app is deleted'),
    environment: z
      .enum(['development', 'production'])
      .optional()
      .describe('Which of the Marketplace app’s two pairs of credentials this is; production unless told'),
    oauth_base: origin('https://zoom.us').default('https://zoom.us'),
    api_base: origin('https://api.zoom.us').default('https://api.zoom.us'),
  })
  .strict()
  .refine(({ kind, account_id }) => kind !== 'server_to_server' || account_id !== undefined, {
    path: ['account_id'],
    message: 'is needed for a server-to-server app',
  })
export type NewZoomApp = z.infer<typeof newZoomApp>

export const zoomApp = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['on', 'off']).describe('off: its events are kept and wait, and nothing is asked of Zoom through it'),
  kind: z.enum(['server_to_server', 'user_managed', 'admin_managed']),
  client_id: z.string(),
  account_id: maybe(z.string()),
  oauth_base: z.string(),
  api_base: z.string(),
  meeting_sdk: z.boolean(),
  data_compliance: z.boolean(),
  environment: z.enum(['development', 'production']),
  scope_family: maybe(scopeFamily).describe(
    'By which names its scopes go, as was told here; null: not told. What a consent shows counts before it',
  ),
  purposes: z.array(purpose).describe('What it is meant for'),
  has_secret_token: z.boolean(),
  has_deauthorization_url: z.boolean().describe('An address for Zoom’s older notification was made; a new one ends it'),
  earlier_secret_tokens_until: maybe(time).describe(
    'Until then events signed with a secret token from before are taken, too',
  ),
  webhook_url: z.string().describe('The event notification endpoint to enter at Zoom'),
  redirect_url: maybe(z.string()).describe('The OAuth redirect URL to enter at Zoom; null for a server-to-server app'),
  connection_id: maybe(z.string()),
  last_event_at: maybe(time),
  created_at: time,
})
export type ZoomApp = z.infer<typeof zoomApp>

export const zoomAppChange = z
  .object({
    name: z.string().trim().min(1).max(100),
    state: z.enum(['on', 'off']).describe('Switched on again, the events that wait are handled in their order'),
    client_secret: z.string().trim().min(1).max(500).describe('Write-only; proved at Zoom before it is kept'),
    secret_token: z.string().trim().min(1).max(500).describe('Write-only; the one before is taken for a day more'),
    account_id: z.string().trim().min(1).max(200).describe('Of a server-to-server app; proved at Zoom, too'),
    meeting_sdk: z.boolean(),
    scope_family: scopeFamily,
    purposes: z.array(purpose).describe('What it is meant for: what set-up and doctor then look for'),
    data_compliance: z.boolean(),
    environment: z.enum(['development', 'production']),
  })
  .partial()
  .strict()
export type ZoomAppChange = z.infer<typeof zoomAppChange>

export const finding = z.object({
  check: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  message: z.string(),
  fix: z.string().optional(),
})

export const findings = z.object({ findings: z.array(finding) })

export const kind = z.enum(['server_to_server', 'user_managed', 'admin_managed'])

const bought = { feature: z.string(), words: z.string().describe('Stands after “the app may”') }

export const appScopes = z.object({
  zoom_app_id: z.string(),
  kind: z.enum(['server_to_server', 'user_managed', 'admin_managed']),
  grants: z.array(
    z.object({
      connection_id: z.string(),
      zoom_user_email: maybe(z.string()).describe('Who consented; null for a server-to-server app'),
      family: maybe(z.enum(['classic', 'granular'])),
      works: z.array(z.object(bought)),
      lacks: z.array(
        z.object({
          ...bought,
          required: z.boolean(),
          add: z.array(z.string()).describe('Scopes to copy; with them it works'),
          missing: z.array(z.object({ operation: z.string(), any_of: z.array(z.string()) })),
        }),
      ),
      unneeded: z.array(z.string()).describe('Granted, and of use to nothing here'),
    }),
  ),
})
export type AppScopes = z.infer<typeof appScopes>

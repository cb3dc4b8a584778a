import { z } from 'zod'
import { maybe, time } from './common.ts'

export const connection = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  zoom_app_name: z.string(),
  kind: z.enum(['server_to_server', 'user_managed', 'admin_managed']),
  account_id: maybe(z.string()),
  zoom_user_id: maybe(z.string()).describe('Who consented; null for a server-to-server app'),
  zoom_user_email: maybe(z.string()),
  state: z.enum(['connected', 'disconnected']),
  failure: maybe(z.object({ code: z.string(), message: z.string(), at: time })),
  reconnect: maybe(
    z.object({
      who: z
        .enum(['user', 'account_admin', 'app_keeper'])
        .describe(
          'user: the Zoom user who consented; account_admin: an administrator of the Zoom account; app_keeper: who manages the app at Zoom’s Marketplace',
        ),
      message: z.string(),
      url: z.string().describe('Where it is done'),
    }),
  ).describe(
    'What a person has to do; null while the connection works. Also of one that is connected and whose encryption key is not here',
  ),
  next_renewal_at: maybe(time).describe(
    'When its consent is renewed though nobody used it, or, where there is none, when its token ends; null while it is broken',
  ),
  waiting_jobs: z.number().int().describe('Work that waits until the connection works again'),
  scopes: z.array(z.string()),
  created_at: time,
})
export type Connection = z.infer<typeof connection>

export const connectionsOfApp = z.object({
  zoom_app_id: z.string(),
  zoom_app_name: z.string(),
  kind: connection.shape.kind,
  connected: z.number().int(),
  disconnected: z.number().int().describe('Ended in any way'),
  failed: z.number().int().describe('Of those, the ones that nobody ended here'),
  waiting_jobs: z.number().int().describe('Work that waits for those that failed'),
  next_renewal_at: maybe(time).describe('The earliest of those that work'),
  usual: maybe(connection).describe(
    'The connection that speaks for the app: its own, or of an app of the users one that works; null while there is none',
  ),
  last_failed: z.array(connection).describe('At most five, the newest failure first'),
})
export type ConnectionsOfApp = z.infer<typeof connectionsOfApp>

export const deletion = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  client_id: z.string(),
  connection_id: z.string(),
  account_id: maybe(z.string()),
  zoom_user_id: z.string(),
  state: z.enum(['due', 'cancelled', 'done']).describe('cancelled: the user consented again in time'),
  deauthorized_at: time,
  due_at: time,
  settled_at: maybe(time),
  counts: z.record(z.string(), z.number()).describe('How many rows of what were deleted or emptied'),
  compliance: z
    .enum(['not_asked', 'due', 'done', 'app_removed'])
    .describe('Whether Zoom was told; app_removed: the app, whose credentials that takes, was removed before'),
  compliance_at: maybe(time),
})
export type Deletion = z.infer<typeof deletion>

export const gap = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  since: time,
  until: time,
  cause: z
    .enum(['away', 'silence'])
    .describe('Nobody was there to hear events, or none came although some should have'),
  state: z.enum(['found', 'repairing', 'repaired']),
  hosts: z.number().describe('Whose past meetings were listed'),
  sessions: z.number().describe('Runs that were not known, or not wholly'),
  recordings: z.number().describe('Files that were not known'),
  unknown: z.array(z.string()).describe('What Zoom does not tell (any more), in words'),
  repaired_at: maybe(time),
})
export type Gap = z.infer<typeof gap>

export const quota = z.object({
  api_base: z.string(),
  account_id: z.string(),
  labels: z.array(
    z.object({
      label: z.enum(['light', 'medium', 'heavy', 'resource-intensive']),
      requests: z.number().describe('So many requests in `seconds`, by the plan that Zoom’s replies tell of'),
      seconds: z.number(),
      left: z.number().describe('May be sent at once now'),
      per_day: maybe(z.number()).describe('null: no limit a day'),
      used_today: z.number(),
      left_today: maybe(z.number()).describe(
        'Of the day that it counts in, which heavy and resource-intensive may share',
      ),
      forecast_today: maybe(z.number()).describe(
        'So many by the end of the day, at the pace of today; null: no limit a day',
      ),
      back_at: maybe(time).describe('When the next may be sent; null: now'),
    }),
  ),
  hosts: z
    .array(
      z.object({
        host_id: z.string(),
        used_today: z.number(),
        left_today: z.number(),
        back_at: maybe(time).describe('When the next meeting may be made or changed; null: now'),
      }),
    )
    .describe('The hosts with the most meetings and webinars made or changed today'),
  resets_at: time.describe('When Zoom counts the day anew: 00:00 UTC'),
})
export type Quota = z.infer<typeof quota>

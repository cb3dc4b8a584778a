import { z } from 'zod'
import { maybe, time } from './common.ts'

export const zoomUserRead = z.object({
  state: z.enum(['never', 'reading', 'done', 'failed']),
  reason: maybe(z.string()).describe('Why it failed'),
  read_at: maybe(time).describe('When Zoom last told all users of all accounts'),
})
export type ZoomUserRead = z.infer<typeof zoomUserRead>

export const zoomUser = z.object({
  id: z.string(),
  connection_id: z.string(),
  email: z.string(),
  display_name: maybe(z.string()),
  type: maybe(z.number()).describe('1 Basic, 2 Licensed, 4 without meetings, 99 none'),
  status: maybe(z.string()).describe('active, inactive or pending'),
  timezone: maybe(z.string()),
  user_created_at: maybe(time),
  last_login_time: maybe(time).describe('As of the last time that all users were read'),
  last_client_version: maybe(z.string()).describe('Of Zoom’s client, as 6.2.0.1855(linux)'),
})
export type ZoomUser = z.infer<typeof zoomUser>

export const newZoomUser = z
  .object({
    connection_id: z.string().max(100).optional(),
    action: z
      .enum(['create', 'autoCreate', 'custCreate', 'ssoCreate'])
      .describe(
        'create: Zoom invites by e-mail; autoCreate: of a managed domain, without an invitation; custCreate: for the API alone, cannot sign in; ssoCreate: signs in by single sign-on',
      ),
    email: z.email().max(128),
    first_name: z.string().max(64).optional(),
    last_name: z.string().max(64).optional(),
    display_name: z.string().max(128).optional(),
    type: z.literal([1, 2, 4, 99]).describe('1 Basic, 2 Licensed, 4 without meetings, 99 none (for ssoCreate)'),
  })
  .strict()
  .refine(({ type, action }) => type !== 99 || action === 'ssoCreate', {
    path: ['type'],
    message: 'may be 99 (none) with ssoCreate alone',
  })
export type NewZoomUser = z.infer<typeof newZoomUser>

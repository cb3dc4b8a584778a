import { z } from 'zod'
import { days, maybe, pageQuery, role, time } from './common.ts'

export const workspaceSettings = z.object({
  id: z.string(),
  name: z.string(),
  colour: maybe(z.string()).describe('Of buttons on pages that people see; null: Greenroom’s own'),
  logo_url: maybe(z.string()),
  language: maybe(z.string()).describe(
    'What the console speaks to those who have chosen no language of their own, as a BCP 47 tag; null: what their browser asks for',
  ),
  event_days: maybe(z.number().int()).describe('How long Zoom’s events are kept; null: as the server does'),
  delivery_days: maybe(z.number().int()).describe('The same of deliveries to programs'),
  attendance_days: maybe(z.number().int()).describe(
    'After how many days attendance forgets who it was; null: never. That somebody was there, and how long, stays',
  ),
  server: z.object({ event_days: z.number(), delivery_days: z.number() }).describe('What the server keeps at the most'),
})
export type WorkspaceSettings = z.infer<typeof workspaceSettings>

export const workspaceChange = z
  .object({
    name: z.string().trim().min(1).max(100),
    colour: maybe(
      z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'must be like #17694a')
        .transform((text) => text.toLowerCase()),
    ).describe('Dark enough for white words on it'),
    language: maybe(
      z
        .string()
        .max(35)
        .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a language tag like de or en-GB'),
    ).describe('A BCP 47 tag. What the console does not speak is read in the language of each one’s browser'),
    event_days: maybe(days),
    delivery_days: maybe(days),
    attendance_days: maybe(days),
  })
  .partial()
  .strict()
export type WorkspaceChange = z.infer<typeof workspaceChange>

export const apiKey = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  role,
  created_at: time,
  last_used_at: maybe(time).describe('To the minute'),
  revoked_at: maybe(time),
})
export type ApiKey = z.infer<typeof apiKey>

export const member = z.object({
  id: z.string(),
  role,
  email: z.string(),
  name: z.string(),
  two_factor: z.boolean().describe('Whether a code is asked for beside the password'),
  last_seen_at: maybe(time),
  joined_at: time,
})
export type Member = z.infer<typeof member>

export const invitation = z.object({
  id: z.string(),
  email: z.email().max(254),
  role,
  created_at: time,
  expires_at: time,
})
export type Invitation = z.infer<typeof invitation>

export const signInSession = z.object({
  id: z.string(),
  current: z.boolean().describe('This very one'),
  created_at: time,
  seen_at: time,
  expires_at: time,
  ip_address: maybe(z.string()),
  user_agent: maybe(z.string()),
})
export type SignInSession = z.infer<typeof signInSession>

export const auditEntry = z.object({
  at: time,
  actor: z.string().describe('key:…, user:…, cli, zoom or hub'),
  actor_name: maybe(z.string()).describe('What a key is called'),
  action: z.string().describe('object.verb, for example meeting.created'),
  object_id: maybe(z.string()),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof auditEntry>

export const auditFilter = pageQuery
  .extend({
    actor: z.string().max(200).optional(),
    action: z.string().max(100).optional().describe('How the action begins: meeting, meeting.created'),
    object_id: z.string().max(200).optional(),
    q: z.string().trim().max(200).optional().describe('Words of actor, action, object or detail'),
    from: time.optional(),
    to: time.optional(),
  })
  .strict()
export type AuditFilter = Omit<z.infer<typeof auditFilter>, never>

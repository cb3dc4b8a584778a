import { z } from 'zod'
import { time } from '#hub/resources.ts'

// What the API speaks about Mattermost servers; requests and answers are checked, documented and typed by the same lines.

const id = z.string().regex(/^[a-z0-9]{26}$/, 'must be an id of Mattermost: 26 letters and digits')
const word = z.string().regex(/^[a-z0-9_-]{1,64}$/, 'must be a word of small letters and digits')
const token = z.string().trim().min(1).max(200)

export const newServer = z.strictObject({
  name: z.string().trim().min(1).max(100),
  url: z
    .url({ protocol: /^https?$/ })
    .transform((text) => text.replace(/\/+$/, ''))
    .describe('The server’s Site URL, with its sub-path if it has one'),
  bot_token: token.describe('Of a bot account. Write-only'),
  zoom_app_id: z.string().optional().describe('Not needed while one Zoom app of the workspace fits the level'),
  level: z
    .enum(['user', 'account'])
    .describe(
      'user: everybody connects their own Zoom account. account: an administrator consents once, people are found by verified e-mail',
    ),
  meeting_ids: z
    .enum(['unique', 'personal'])
    .optional()
    .describe(
      'unique: every start makes a meeting. personal: the host’s personal meeting id, if there is one. unique at level user, personal at level account',
    ),
  trust_emails: z
    .boolean()
    .default(false)
    .describe('The server’s e-mail addresses are known to be right, though it does not verify them'),
  trigger: word.default('zoom'),
  team_ids: z
    .array(id)
    .max(200)
    .optional()
    .describe('Where to make the slash command; all teams of the bot when absent'),
  url_secret: z
    .string()
    .min(8)
    .max(200)
    .optional()
    .describe('The “Webhook Secret” of the plugin that is replaced, so that its old addresses stay good. Write-only'),
})
export type NewServer = z.output<typeof newServer>

export const serverChange = z
  .strictObject({
    bot_token: token.describe('Write-only'),
    zoom_app_id: z
      .string()
      .describe(
        'Another app that fits the level. Of the account’s an administrator consents anew; people who are connected go on',
      ),
    trust_emails: z.boolean(),
    meeting_ids: z.enum(['unique', 'personal']),
    command_tokens: z
      .array(z.strictObject({ team_id: id.optional(), token }))
      .min(1)
      .max(200)
      .describe('Of slash commands that were made by hand. Write-only'),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type ServerChange = z.output<typeof serverChange>

const finding = z.object({
  check: z.string(),
  state: z.enum(['ok', 'warning', 'failed']),
  message: z.string(),
  fix: z.string().optional(),
})

export const server = z.object({
  id: z.string().describe('The id of the place'),
  name: z.string(),
  state: z.enum(['on', 'off']),
  url: z.string(),
  level: z.enum(['user', 'account']),
  meeting_ids: z.enum(['unique', 'personal']),
  trust_emails: z.boolean(),
  trigger: z.string(),
  bot_username: z.string(),
  zoom_app_id: z.string().nullable(),
  connection_id: z.string().nullable().describe('At level account: the consent that everybody works with'),
  commands: z.array(z.object({ team_id: z.string().nullable(), made: z.boolean().describe('By us, not by hand') })),
  urls: z.object({
    command: z.string().describe('“Request URL” of a slash command that is made by hand'),
    redirect: z.string().describe('“OAuth Redirect URL” and allow list of the Zoom app'),
    webhook: z.string().describe('“Event notification endpoint URL” of the Zoom app'),
  }),
})
export type Server = z.infer<typeof server>

/** The old addresses hold a secret of which only the hash is kept: they are told once. */
export const oldUrls = z.object({ redirect: z.string(), webhook: z.string(), deauthorization: z.string() })
export type OldUrls = z.infer<typeof oldUrls>

export const newAppUrls = z.object({ url_secret: newServer.shape.url_secret }).strict()
export const appUrls = z.object({ made_at: time.nullable().describe('null: never') })
export type AppUrls = z.infer<typeof appUrls>

export const createdServer = server.extend({
  old_urls: oldUrls,
  findings: z.array(finding),
})

export const checkedServer = server.extend({ findings: z.array(finding) })
export const listOfServers = z.object({ items: z.array(server) })
export const consent = z.object({
  location: z.string().describe('Zoom’s consent page, for the browser that holds the cookie of this answer'),
})

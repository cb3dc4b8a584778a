import { z } from 'zod'

// What our API speaks, as schemas: answers and requests are checked, documented and typed by the same lines. Zoom's fields
// keep Zoom's names and meaning (https://developers.zoom.us/docs/api/meetings/).

/** As the API tells times. */
export const time = z.iso.datetime().describe('ISO 8601, UTC')
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable()

export const role = z.enum(['owner', 'admin', 'operator', 'viewer'])

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('How many items at the most'),
  cursor: z.string().optional().describe('next_cursor of the page before'),
})
export type PageQuery = z.infer<typeof pageQuery>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: maybe(z.string()).describe('null at the end') })
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

const origin = (example: string) =>
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
  'webinars',
  'licences',
  'tracking_fields',
])
export type Purpose = z.infer<typeof purpose>

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
  purposes: z.array(purpose).describe('What it is meant for'),
  has_secret_token: z.boolean(),
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

const kind = z.enum(['server_to_server', 'user_managed', 'admin_managed'])

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

export const zoomUserRead = z.object({
  state: z.enum(['never', 'reading', 'done', 'failed']),
  reason: maybe(z.string()).describe('Why it failed'),
  read_at: maybe(time).describe('When Zoom last told all users of all accounts'),
})
export type ZoomUserRead = z.infer<typeof zoomUserRead>

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

export const zoomUser = z.object({
  id: z.string(),
  connection_id: z.string(),
  email: z.string(),
  display_name: maybe(z.string()),
  type: maybe(z.number()).describe('1 Basic, 2 Licensed'),
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

const recurrence = z
  .object({
    type: z.union([z.literal(1), z.literal(2), z.literal(3)]).describe('1 daily, 2 weekly, 3 monthly'),
    repeat_interval: z.number().int().min(1).max(90).optional(),
    weekly_days: z
      .string()
      .regex(/^[1-7](,[1-7])*$/, 'must be days like "1,3" (1 is Sunday)')
      .optional(),
    monthly_day: z.number().int().min(1).max(31).optional(),
    monthly_week: z.union([z.literal(-1), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).optional(),
    monthly_week_day: z.number().int().min(1).max(7).optional(),
    end_times: z.number().int().min(1).max(60).optional(),
    end_date_time: z.iso.datetime({ offset: true }).optional(),
  })
  .strict()

const meetingFields = {
  topic: z.string().trim().min(1).max(200),
  agenda: z.string().max(2000),
  start_time: z.iso.datetime({ offset: true, local: true }).describe('With Z: UTC. Without: local time in `timezone`'),
  duration: z.number().int().min(1).max(1440).describe('Minutes'),
  timezone: z.string().min(1).max(64).describe('IANA name, for example Europe/Berlin'),
  password: z
    .string()
    .max(10)
    .regex(/^[a-zA-Z0-9@\-_*]*$/, 'may hold letters, digits and @ - _ *'),
  recurrence,
  tracking_fields: z
    .array(z.object({ field: z.string().min(1).max(100), value: z.string().max(500) }).strict())
    .max(50)
    .describe('The account’s tracking fields; an empty list removes the values'),
  schedule_for: z
    .string()
    .min(1)
    .max(320)
    .describe(
      'Who becomes the host: e-mail or id of somebody who gave the host the scheduling privilege at Zoom. In a change: to whom the meeting is handed over',
    ),
  settings: z
    .record(z.string(), z.unknown())
    .describe(
      'Zoom’s own settings object. What GET /zoom_users/{id}/meeting_options lists is checked; the rest is passed on as it is',
    ),
}

export const newMeeting = z
  .object({
    kind: z.enum(['meeting', 'webinar']).default('meeting'),
    connection_id: z.string().optional().describe('Not needed while the workspace has one connection'),
    host: z.string().min(1).max(320).describe('Zoom user: e-mail or id; `me` for the one who consented'),
    topic: meetingFields.topic,
    agenda: meetingFields.agenda.optional(),
    start_time: meetingFields.start_time.optional().describe('Absent: an instant meeting'),
    duration: meetingFields.duration.optional(),
    timezone: meetingFields.timezone.optional(),
    password: meetingFields.password.optional(),
    recurrence: meetingFields.recurrence.optional(),
    type: z
      .union([z.literal(3), z.literal(6)])
      .optional()
      .describe('3: a meeting, 6: a webinar that recurs without fixed times. All other types follow from the rest'),
    schedule_for: meetingFields.schedule_for.optional(),
    tracking_fields: meetingFields.tracking_fields.optional(),
    settings: meetingFields.settings.optional(),
  })
  .strict()
export type NewMeeting = z.infer<typeof newMeeting>

export const meetingChange = z
  .object(meetingFields)
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type MeetingChange = z.infer<typeof meetingChange>

export const occurrenceChange = z
  .object({
    start_time: meetingFields.start_time,
    timezone: meetingFields.timezone,
    duration: meetingFields.duration,
    agenda: meetingFields.agenda,
    settings: meetingFields.settings,
  })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change')
export type OccurrenceChange = z.infer<typeof occurrenceChange>

export const previewRequest = z
  .object({
    start_time: meetingFields.start_time,
    timezone: meetingFields.timezone,
    duration: meetingFields.duration.optional(),
    recurrence: meetingFields.recurrence.optional(),
    zones: z.array(z.string().min(1).max(64)).max(4).default([]).describe('Others from which it shall be seen'),
  })
  .strict()
export type PreviewRequest = z.infer<typeof previewRequest>

export const meetingPreview = z.object({
  items: z.array(
    z.object({
      start_time: time,
      duration: z.number().describe('Minutes'),
      local: z.array(
        z.object({
          timezone: z.string(),
          start: z.string().describe('ISO 8601 with the offset that holds there then'),
          clocks_changed: z.boolean().describe('Between the occurrence before and this one, clocks there were changed'),
        }),
      ),
    }),
  ),
})
export type MeetingPreview = z.infer<typeof meetingPreview>

const optionValue = z.union([z.string(), z.number()])

export const meetingRule = z
  .enum(['always', 'decides', 'never'])
  .describe('always: its value holds for every meeting; decides: whoever plans decides; never: it may not be chosen')

const trackingFields = z.array(
  z.object({
    field: z.string(),
    required: z.boolean(),
    visible: z.boolean(),
    recommended_values: z.array(z.string()),
  }),
)

const optionSection = z.enum(['what', 'when', 'who', 'access', 'registration', 'media', 'more'])

export const hostOptions = z.object({
  zoom_user_id: maybe(z.string()).describe('null: of no host in particular'),
  email: maybe(z.string()),
  asked_at: maybe(time).describe('When Zoom was asked about this host; null: not yet'),
  fresh: z.boolean().describe('Whether that can be relied on: less than a day ago, and nothing was changed since'),
  unknown: z
    .array(z.object({ what: z.string(), reason: z.string() }))
    .describe('What Zoom would not tell of the host, and why'),
  timezone: maybe(z.string()),
  schedulers: z.array(z.object({ id: z.string(), email: z.string() })).describe('For whom the host may schedule'),
  tracking_fields: trackingFields,
  passcode: z.object({
    demands: z
      .array(
        z.object({
          demand: z.enum(['length', 'digits_alone', 'letter', 'both_cases', 'digit', 'special', 'no_rows']),
          number: maybe(z.number().int()),
          words: z.string(),
        }),
      )
      .describe('What the account asks of a passcode; empty: nothing'),
    suggestion: z.string().describe('A new one that keeps to it'),
  }),
  items: z
    .array(
      z.object({
        id: z.string().describe('Where it stands in the body of POST /meetings: settings.waiting_room'),
        words: z.string(),
        about: maybe(z.string()),
        section: optionSection,
        type: z.string().describe('Kind of value: flag, choice, text …'),
        kinds: z.array(z.enum(['meeting', 'webinar'])),
        choices: z.array(z.object({ value: optionValue, words: z.string(), reason: maybe(z.string()) })),
        default: z.unknown().describe('What holds when nothing is sent; null: not known'),
        reason: maybe(z.string()).describe('Why it cannot be chosen; null: it can'),
        rule: meetingRule,
        preset: z.unknown().describe('What the workspace has Greenroom send when nothing is sent; null: nothing'),
      }),
    )
    .describe('Every option of a meeting or webinar'),
})
export type HostOptions = z.infer<typeof hostOptions>

const days = z.number().int().min(1).max(36_500)

export const workspaceSettings = z.object({
  id: z.string(),
  name: z.string(),
  colour: maybe(z.string()).describe('Of buttons on pages that people see; null: Greenroom’s own'),
  logo_url: maybe(z.string()),
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
    event_days: maybe(days),
    delivery_days: maybe(days),
    attendance_days: maybe(days),
  })
  .partial()
  .strict()
export type WorkspaceChange = z.infer<typeof workspaceChange>

export const meetingDefault = z.object({
  id: z.string().describe('Where it stands in the body of POST /meetings: settings.waiting_room'),
  words: z.string(),
  about: maybe(z.string()),
  section: optionSection,
  type: z.string().describe('Kind of value: flag, choice, text …'),
  kinds: z.array(z.enum(['meeting', 'webinar'])),
  choices: z.array(z.object({ value: optionValue, words: z.string() })),
  rules: z.array(meetingRule).describe('What can be decided of it'),
  has_value: z.boolean().describe('Whether it can be given a value for all meetings'),
  rule: meetingRule,
  value: z.unknown().describe('null: none, and Zoom’s default for the host holds'),
  changed_at: maybe(time).describe('null: nobody has decided anything of it'),
})
export type MeetingDefault = z.infer<typeof meetingDefault>

export const meetingDefaults = z.object({
  items: z.array(meetingDefault),
  tracking_fields: trackingFields.describe('The account’s, as Zoom last told them'),
})
export type MeetingDefaults = z.infer<typeof meetingDefaults>

export const meetingDefaultChange = z
  .object({
    rule: meetingRule,
    value: z
      .unknown()
      .optional()
      .describe('As POST /meetings takes it. always: needed; decides: where the form begins'),
  })
  .strict()
export type MeetingDefaultChange = z.infer<typeof meetingDefaultChange>

export const cancelRequest = z
  .object({ occurrence_id: z.string().regex(/^\d+$/).optional().describe('Cancel this occurrence alone') })
  .strict()
export type CancelRequest = z.infer<typeof cancelRequest>

export const occurrence = z.object({
  occurrence_id: z.string(),
  start_time: time,
  duration: z.number().describe('Minutes'),
  status: z.enum(['available', 'deleted']),
})
export type Occurrence = z.infer<typeof occurrence>

export const meetingState = z
  .enum(['scheduled', 'started', 'ended', 'cancelled', 'gone'])
  .describe('cancelled: called off here; gone: deleted at Zoom')

export const meeting = z.object({
  id: z.string(),
  zoom_meeting_id: z.string(),
  kind: z.enum(['meeting', 'webinar']),
  connection_id: maybe(z.string()),
  state: meetingState,
  type: z
    .number()
    .describe('Zoom’s: 1 instant, 2 scheduled, 3 recurring without fixed time, 8 recurring; webinars 5, 6, 9'),
  topic: z.string(),
  agenda: maybe(z.string()),
  host_id: z.string(),
  host_email: maybe(z.string()),
  start_time: maybe(time),
  duration: maybe(z.number()).describe('Minutes'),
  timezone: maybe(z.string()),
  next_start_time: maybe(time).describe('Of the next occurrence that is not cancelled'),
  last_ended_at: maybe(time).describe('When its newest session ended'),
  join_url: maybe(z.string()),
  password: maybe(z.string()),
  recurrence: maybe(z.record(z.string(), z.unknown())),
  tracking_fields: z.array(z.object({ field: z.string(), value: z.string() })),
  settings: z.record(z.string(), z.unknown()),
  revision: z.number().int().describe('Counts changes. Sent as If-Match with a change, it keeps others’ changes safe'),
  created_at: time,
  changed_at: time,
})
export type Meeting = z.infer<typeof meeting>

export const plannedMeeting = meeting.extend({
  left_out: z
    .array(z.object({ field: z.string(), asked: z.unknown(), kept: z.unknown() }))
    .describe('Options that Zoom took and yet has otherwise, without saying why'),
})
export type PlannedMeeting = z.infer<typeof plannedMeeting>

export const meetingFilter = pageQuery.extend({
  q: z.string().max(200).optional().describe('Words in topic, host or meeting id'),
  when: z.enum(['upcoming', 'past', 'all']).default('all'),
  state: meetingState.optional(),
  kind: z.enum(['meeting', 'webinar']).optional(),
  host: z.string().max(254).optional().describe('Id or e-mail of the host'),
  place_id: z.string().max(100).optional().describe('Shown in this place'),
  from: time.optional().describe('Starts then or later; a meeting without a time counts from when it was made'),
  to: time.optional().describe('Starts then or earlier'),
})
export type MeetingFilter = z.infer<typeof meetingFilter>

const attendanceSource = z.enum(['report', 'dashboard', 'past_participants', 'events'])

export const session = z.object({
  uuid: z.string(),
  meeting_id: z.string(),
  zoom_meeting_id: z.string(),
  topic: z.string(),
  host_id: z.string(),
  state: z.enum(['started', 'ended']),
  started_at: maybe(time),
  ended_at: maybe(time),
  duration: maybe(z.number()).describe('Seconds, once it has ended'),
  attendees: z.number().describe('People, each counted once'),
  source: attendanceSource.describe('What the attendance rests on: the best that Zoom would tell'),
  report: z.object({
    state: z.enum(['none', 'waiting', 'done', 'unavailable']),
    reason: maybe(z.string()),
    at: maybe(time),
  }),
})
export type Session = z.infer<typeof session>

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

const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
  .describe('Year and month: 2026-11')

export const usageFilter = z
  .object({
    from: month,
    to: month.describe('The last month, included'),
    timezone: z.string().max(60).default('UTC').describe('IANA name of the zone that months begin in'),
    by: z.enum(['all', 'place', 'host', 'kind']).default('all'),
  })
  .strict()
export type UsageFilter = z.infer<typeof usageFilter>

export const usage = z.object({
  from: month,
  to: month,
  timezone: z.string(),
  by: z.enum(['all', 'place', 'host', 'kind']),
  items: z.array(
    z.object({
      month,
      group_id: z.string().describe('Of the place, host or kind; empty for all together'),
      group_name: z.string(),
      meetings: z.number().int(),
      sessions: z.number().int(),
      participants: z.number().int().describe('Persons; each once a month, however often they came'),
      minutes: z.number().int().describe('Of the sessions'),
      participant_minutes: z.number().int().describe('Of all persons together; two devices of one count once'),
      hosts: z.number().int(),
    }),
  ),
})
export type Usage = z.infer<typeof usage>

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

export const presence = z.object({
  id: z.string(),
  user_id: z.string().describe('Zoom’s number for this stay'),
  name: z.string(),
  email: z.string(),
  registrant_id: z.string(),
  customer_key: z.string(),
  join_time: maybe(time),
  leave_time: maybe(time),
  leave_reason: maybe(z.string()),
  duration: z.number().describe('Seconds'),
  source: attendanceSource,
})
export type Presence = z.infer<typeof presence>

export const attendee = z.object({
  key: z.string().describe('Names them within the session, to say who they are'),
  person_id: maybe(z.string()).describe(
    'The person this is known to be, by a ticket, a Zoom user or a verified e-mail',
  ),
  name: z.string(),
  other_names: z.array(z.string()),
  email: z.string(),
  zoom_user_id: z.string(),
  known_by: z
    .enum(['assigned', 'zoom_user', 'registrant', 'customer_key', 'email', 'name'])
    .describe('assigned: somebody said so; else the strongest thing that ties the presences to one person'),
  is_bot: z.boolean().describe('Sent by us; not one of the people'),
  joined_at: maybe(time),
  left_at: maybe(time).describe('null while still there'),
  duration: z.number().describe('Seconds, overlaps counted once'),
  joins: z.number(),
  presences: z.array(presence),
})
export type Attendee = z.infer<typeof attendee>

export const assignment = z
  .object({
    uuid: z.string().max(200).describe('Of the session'),
    key: z.string().max(500).describe('Of the attendee'),
    person_id: maybe(z.string().max(100)).describe('null takes it back'),
  })
  .strict()
export type Assignment = z.infer<typeof assignment>

export const unmatched = z.object({
  uuid: z.string().describe('Of the session'),
  key: z.string().describe('Names them within the session, to say who they are'),
  name: z.string(),
  meeting_id: z.string(),
  topic: z.string(),
  started_at: maybe(time).describe('Of the session'),
  joined_at: maybe(time),
  left_at: maybe(time).describe('null while still there'),
  joins: z.number().int(),
})
export type Unmatched = z.infer<typeof unmatched>

export const unmatchedFilter = pageQuery
  .extend({
    q: z.string().trim().max(200).optional().describe('Words of the name or the topic'),
    from: time.optional().describe('The session began then or later'),
    to: time.optional().describe('The session began then or earlier'),
  })
  .strict()
export type UnmatchedFilter = z.infer<typeof unmatchedFilter>

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

export const newView = z
  .object({
    page: z.enum(['meetings']).describe('Which list'),
    name: z.string().trim().min(1).max(60),
    query: z.string().max(1000).describe('What it is narrowed to, as it stands in the console’s address'),
  })
  .strict()
export type NewView = z.infer<typeof newView>

export const view = z.object({ id: z.string(), ...newView.shape, created_at: time })
export type View = z.infer<typeof view>

export const tie = z.object({ source: z.string().max(200), source_id: z.string().max(500) }).strict()
export type Tie = z.infer<typeof tie>

export const attendance = z.object({ session, attendees: z.array(attendee) })
export type Attendance = z.infer<typeof attendance>

export const recording = z.object({
  id: z.string(),
  meeting_id: z.string(),
  uuid: z.string(),
  recording_type: maybe(z.string()),
  file_type: maybe(z.string()),
  file_size: maybe(z.number()).describe('Bytes'),
  recording_start: maybe(time),
  recording_end: maybe(time),
  play_url: maybe(z.string()),
  share_url: maybe(z.string()),
  passcode: maybe(z.string()),
  state: z.enum(['ready', 'trashed', 'deleted']),
  visibility: z.enum(['shown', 'hidden']).describe('Whether places show it'),
  hidden_in: z.array(z.string()).describe('The places that do not show it although it is shown elsewhere'),
})
export type Recording = z.infer<typeof recording>

export const recordingChange = z
  .object({
    visibility: z.enum(['shown', 'hidden']),
    place_id: z.string().max(100).optional().describe('In this place alone; in all of them, unless it is told'),
  })
  .strict()
export type RecordingChange = z.infer<typeof recordingChange>

export const eventState = z.enum(['waiting', 'handled', 'ignored', 'dead'])

export const event = z.object({
  id: z.string(),
  zoom_app_id: z.string(),
  event: z.string(),
  event_ts: time,
  received_at: time,
  account_id: maybe(z.string()),
  subject: z.string().describe('Zoom meeting id, or the account for what concerns no meeting'),
  state: eventState,
  reason: maybe(z.string()),
  attempts: z.number(),
  settled_at: maybe(time),
})
export type Event = z.infer<typeof event>

export const eventWithPayload = event.extend({
  payload: z.unknown().describe('What Zoom sent, tokens and passcodes masked'),
})
export type EventWithPayload = z.infer<typeof eventWithPayload>

export const eventFilter = pageQuery.extend({
  state: eventState.optional(),
  event: z.string().max(100).optional(),
  zoom_app_id: z.string().optional(),
  meeting_id: z.string().optional(),
  q: z.string().max(200).optional().describe('Words in the body'),
})
export type EventFilter = z.infer<typeof eventFilter>

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

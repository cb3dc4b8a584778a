import assert from 'node:assert/strict'
import { until, type Answer, type World } from './world.ts'

/** What the tests read of a bot. */
export interface Bot {
  id: string
  state: string
  meeting_url: string
  recording_state: string
  zoom_join_mode: string | null
  zoom_join_mode_reason: string | null
  deduplication_key: string | null
  events: { type: string; created_at: string; sub_type?: string }[]
}

export interface Connection {
  id: string
  zoom_oauth_app_id: string
  user_id: string
  account_id: string
  state: string
  metadata: Record<string, string> | null
  deduplication_key: string | null
  connection_failure_data: { error: string; timestamp: string } | null
  created_at: string
  updated_at: string
}

export interface Listing<T> {
  next: string | null
  previous: string | null
  results: T[]
}

/** An app developer who follows the guide: everything by REST, with a key and nothing else. */
export interface Developer {
  ask<T = Record<string, never>>(method: string, path: string, body?: unknown): Promise<Answer<T>>
  /** Registers the simulator's app, or another one of it. */
  register(app?: Record<string, unknown>): Promise<string>
  /** Sends a user through consent; the code that Zoom sends back. */
  consent(user: string, client_id?: string): Promise<string>
  connect(user: string, more?: Record<string, unknown>): Promise<Answer<Connection>>
  bot(body: Record<string, unknown>): Promise<Answer<Bot>>
  /** Waits until the bot is in that state. */
  becomes(id: string, state: string): Promise<Bot>
}

export const redirect_uri = 'https://app.example/zoom/callback'
export const ada = 'ada@school.example'
export const adaId = 'simAdaAAAAAAAAAAAAAAAA'
export const grace = 'grace@school.example'

export async function developer(w: World, key?: string): Promise<Developer> {
  await w.zoom('PATCH', '/apps/sim-user-app', { redirect_uris: [redirect_uri] })
  const authorization = `Token ${key ?? (await w.key('admin'))}`
  const ask: Developer['ask'] = (method, path, body) => w.api(method, path, body, { authorization })
  const consent = async (user: string, client_id = 'sim-user-app') => {
    const { location } = await w.zoom<{ location: string }>('POST', '/consent', { client_id, redirect_uri, user })
    return new URL(location).searchParams.get('code') ?? ''
  }
  return {
    ask,
    consent,
    async register(app = {}) {
      const { body, text } = await ask<{ zoom_oauth_app_id: string }>('POST', '/zoom_oauth_apps', {
        ...userApp(w.simulatorUrl),
        ...app,
      })
      assert.ok(body.zoom_oauth_app_id, text)
      return body.zoom_oauth_app_id
    },
    connect: async (user, more = {}) =>
      ask('POST', '/zoom_oauth_connections', { authorization_code: await consent(user), redirect_uri, ...more }),
    bot: (body) => ask('POST', '/bots', { bot_name: 'Note taker', ...body }),
    async becomes(id, state) {
      let seen: Bot | undefined
      await until(
        async () => {
          seen = (await ask<Bot>('GET', `/bots/${id}`)).body
          return seen.state === state
        },
        () => `the bot to become ${state}; it is ${JSON.stringify(seen)}`,
      )
      assert.ok(seen)
      return seen
    },
  }
}

export const userApp = (simulatorUrl: string) => ({
  client_id: 'sim-user-app',
  client_secret: 'sim-user-secret',
  webhook_secret: 'sim-user-app-webhook',
  oauth_base: simulatorUrl,
  api_base: simulatorUrl,
})

export interface PlayedMeeting {
  id: number
  join_url: string
  password: string
}

/** A meeting that was planned in Zoom's portal: the hub hears of it by events alone, if at all. */
export const plannedMeeting = (w: World, host: string, more: Record<string, unknown> = {}): Promise<PlayedMeeting> =>
  w.zoom('POST', '/meetings', { host, topic: 'Stand-up', ...more })

/** Calls under /v2, in words; but for the report that attendance takes when a meeting has ended, which has nothing to do with bots. */
export const callsMade = async (w: World): Promise<string[]> =>
  (await w.zoom<{ calls: { operation: string; path: string; method: string }[] }>('GET', '/calls?last=200')).calls
    .filter(({ path, operation }) => path.startsWith('/v2/') && !/^(report|past)MeetingParticipants$/.test(operation))
    .map(({ method, operation }) => `${method} ${operation}`)

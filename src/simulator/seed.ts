import { randomBytes } from 'node:crypto'
import type { Log } from '#core/log.ts'
import { endpoints } from '#zoom/schema/endpoints.ts'
import { events } from '#zoom/schema/events.ts'
import { newClock, now, type Clock } from './clock.ts'
import { newPmi } from './ids.ts'
import { defaultSettings } from './settings.ts'
import type { App, Person, World } from './state.ts'

const account_id = 'sim-account'

/** A fresh world with the documented seed: docs/simulator.md. */
export function newWorld(log: Log | undefined, clock: Clock = newClock()): World {
  return {
    log,
    base: 'http://localhost',
    settings: defaultSettings(),
    clock,
    account: { id: account_id, number: 10_009_239, settings: {}, lock_settings: {}, domains: ['school.example'] },
    tracking_fields: new Map(),
    groups: new Map(),
    former: new Map(),
    people: new Map(people.map((seed) => [seed.id, newPerson(seed, now(clock))])),
    apps: new Map(apps.map((seed) => [seed.client_id, newApp(seed)])),
    access_tokens: new Map(),
    grants: new Map(),
    codes: new Map(),
    start_tokens: new Map(),
    meetings: new Map(),
    sessions: new Map(),
    recordings: new Map(),
    page_tokens: new Map(),
    buckets: new Map(),
    day_counts: new Map(),
    faults: [],
    calls: [],
    call_counts: { total: 0, oauth: 0, v2: 0, by_label: {} },
    deliveries: [],
    over: new AbortController(),
    in_flight: new Set(),
    last_user_id: 16_778_240,
    download_tokens: new Map(),
    key: randomBytes(32).toString('hex'),
    bots: new Map(),
    stays: new Map(),
    watchers: new Set(),
    stand_ins: [],
  }
}

type PersonSeed = Pick<Person, 'id' | 'email' | 'first_name' | 'last_name'> & Partial<Person>

const people: PersonSeed[] = [
  {
    id: 'simAdaAAAAAAAAAAAAAAAA',
    email: 'ada@school.example',
    first_name: 'Ada',
    last_name: 'Lovelace',
    type: 2,
    role: 'owner',
  },
  { id: 'simGraceAAAAAAAAAAAAAA', email: 'grace@school.example', first_name: 'Grace', last_name: 'Hopper', type: 2 },
  { id: 'simAlanAAAAAAAAAAAAAAA', email: 'alan@school.example', first_name: 'Alan', last_name: 'Turing', type: 1 },
]

/** A user with what a new one has; the seed says what is different. */
export const newPerson = (seed: PersonSeed, created_at: number): Person => ({
  display_name: `${seed.first_name} ${seed.last_name}`.trim(),
  type: 1,
  status: 'active',
  verified: true,
  role: 'member',
  pmi: newPmi(),
  timezone: 'Europe/Berlin',
  dept: '',
  language: 'en-US',
  created_at,
  last_login_time: created_at,
  signings: [],
  creation_type: 'create',
  on_premise: false,
  profile: {},
  templates: [],
  settings: {},
  assistants: new Set(),
  ...seed,
})

type AppSeed = Pick<App, 'client_id' | 'client_secret' | 'name' | 'type'> & Partial<App>

const apps: AppSeed[] = [
  { client_id: 'sim-s2s', client_secret: 'sim-s2s-secret', name: 'Server-to-server app', type: 'server_to_server' },
  {
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    name: 'User-managed app',
    type: 'user_managed',
    meeting_sdk: true,
  },
  {
    client_id: 'sim-admin-app',
    client_secret: 'sim-admin-secret',
    name: 'Admin-managed app',
    type: 'admin_managed',
    meeting_sdk: true,
  },
]

/** An app with every scope of its kind, and a webhook secret token named after it; the seed says what is different. */
export const newApp = (seed: AppSeed): App => ({
  activated: true,
  approved: true,
  scope_family: 'granular',
  scopes: allScopes(seed.type, seed.scope_family ?? 'granular'),
  secret_token: `${seed.client_id}-webhook`,
  meeting_sdk: false,
  old_secret: undefined,
  redirect_uris: [],
  account_id,
  published: true,
  public_client: false,
  subscriptions: [],
  ...seed,
})

/** All scopes an app of this kind can have: those of one's own data for a user-managed app, the account's for the others. */
export function allScopes(type: App['type'], family: App['scope_family']): string[] {
  const known = endpoints.flatMap((endpoint) => endpoint[`${family}_scopes`])
  const ofEvents = family === 'granular' ? [...events.values()].flatMap(({ granular_scopes }) => granular_scopes) : []
  const level = type === 'user_managed' ? isOwn : isAccount
  return [...new Set([...known, ...ofEvents])].filter(level).toSorted()
}

const isMaster = (scope: string): boolean => scope.endsWith(':master')
const isAccount = (scope: string): boolean => /:admin(:|$)/.test(scope)
const isOwn = (scope: string): boolean => !isMaster(scope) && !isAccount(scope)

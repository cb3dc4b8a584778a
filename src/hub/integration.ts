import type { z } from 'zod'
import type { Secret } from '#core/secret.ts'
import type { Role } from '#store/db.ts'
import type { HubEvent, HubEventOf } from './hub-events.ts'
import type { Actor, Hub } from './hub.ts'
import type { Place, Placement } from './resources.ts'

/** What came of an event: it changed something, or it did not and the reason says why. Failure throws. */
export type Outcome = { outcome: 'handled' } | { outcome: 'ignored'; reason: string }

/** The signed-in person or API key behind a request; `undefined` fields do not exist for a public route. */
export interface Identity extends Actor {
  role: Role
}

export interface RouteRequest<Params = unknown, Query = unknown, Body = unknown> {
  params: Params
  query: Query
  body: Body
  headers: Record<string, string | string[] | undefined>
  /** The exact bytes of the body, for routes that ask for them with `rawBody`. */
  raw: Uint8Array
  /** Present unless the route is public. */
  identity: Identity | undefined
  ip: string
}

export interface Reply {
  status: number
  /** Several of one name, as of `set-cookie`, are a list. */
  headers?: Record<string, string | string[]>
  /** An object is sent as JSON, text as it is. */
  body?: unknown
}

export interface RouteSchema {
  summary: string
  tags?: string[]
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  headers?: z.ZodType
  /** By status; what is not listed is documented as a problem. */
  response: Record<number, z.ZodType | { contentType: string; description: string }>
}

/** Plain data: no web framework's type leaves http/. `auth` names who may call: anybody, any member, or the least role. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  auth: 'public' | 'signed_in' | Role
  schema?: RouteSchema
  rawBody?: boolean
  /** Bytes that a body may have, where 1 MiB is too little. */
  bodyLimit?: number
  /** May be shown in another site's frame; the reply then brings its own content-security-policy. */
  frame?: boolean
  /** Another product's contract is kept here: whatever was thrown, told in its shape; undefined leaves it to ours. */
  problem?(error: unknown, hub: Hub, headers: RouteRequest['headers']): Reply | undefined
  handle(request: RouteRequest<never, never, never>, hub: Hub): Promise<Reply>
}

export type JobHandler = (payload: unknown, hub: Hub) => Promise<void>

export interface CronItem {
  name: string
  /** Five fields, UTC, as in crontab(5). */
  schedule: string
  run(hub: Hub): Promise<void>
}

/** Something that was looked at: well, or not, and then which click or setting mends it. */
export interface Finding {
  check: string
  state: 'ok' | 'warning' | 'failed'
  message: string
  fix?: string
}

/** A consent that an integration began, and what it said about it then. */
export interface Grant {
  workspace_id: string
  connection_id: string
  data: unknown
}

/** Put a meeting somewhere: `target` is the place's own way to say where, and checked by its integration. */
export interface Put {
  place: Place
  meeting_id: string
  target: unknown
}

/** One message as it goes out: `timestamp` is this try's, in seconds since 1970. */
export interface OutgoingMessage {
  id: string
  timestamp: number
  body: string
}

/** How a consumer knows that a message is ours: a scheme of secrets and headers. */
export interface Signer {
  /** A new secret as the consumer enters it, made of 32 random bytes. */
  secretOf(random: Uint8Array): Secret
  /** The headers of one message, signed with every secret that is good now. */
  headers(message: OutgoingMessage, secrets: readonly Secret[]): Record<string, string>
}

/** The seam: a host system is one value of this type, in one folder, named once in server.ts. */
export interface Integration {
  name: string
  routes?(hub: Hub): Route[]
  on?: { [Type in HubEvent['type']]?: (event: HubEventOf<Type>, hub: Hub) => Promise<Outcome> }
  jobs?: Record<string, JobHandler>
  cron?: CronItem[]
  migrations?: URL
  /** Where its tables hold values sealed with the encryption key. */
  sealed?: readonly SealedColumn[]
  /** What is wrong with its places of one workspace. */
  doctor?(hub: Hub, workspace_id: string): Promise<Finding[]>
  /** How one of its places is, asked of the host system itself; Zoom is not asked. */
  checkPlace?(hub: Hub, place: Place): Promise<Finding[]>
  /** By the name that a subscription chooses one by. */
  signers?: Record<string, Signer>
  /** What the browser sees after a consent that this integration began. */
  granted?(grant: Grant, hub: Hub): Promise<Reply>
  /** Puts a meeting into one of its places. @throws InputError when `target` is not for this kind of place. */
  put?(hub: Hub, actor: Actor, put: Put): Promise<Placement>
  /** Takes a meeting away from one of its places: nothing of it is there afterwards. @throws ConflictError when that cannot be now. */
  take?(hub: Hub, actor: Actor, placement: Placement): Promise<void>
}

/** A column of sealed values (`seal`): its table, the table's key, and what a value is bound to; a key of bytes comes in hex. */
export interface SealedColumn {
  table: string
  key: string
  column: string
  boundTo: (key: string) => string
}

/** Adds work in the caller's transaction: it exists exactly when what it is about was committed. */
export interface Job {
  task: string
  payload: Record<string, unknown>
  /** Jobs of one queue run one after another. */
  queue?: string
  /** A waiting job with the same key is replaced, so that work is never queued twice. */
  key?: string
  run_at?: Date
  max_attempts?: number
}

import type { Log } from '#core/log.ts'
import type { Runtime } from '#core/runtime.ts'
import type { Db } from '#store/db.ts'
import type { KeyRing } from './encryption.ts'
import type { Integration } from './integration.ts'
import type { Metrics } from './metrics.ts'
import type { Mail } from './notices/mail.ts'
import type { Outgoing } from './outgoing.ts'
import type { Retention } from './retention.ts'
import type { Quota } from './quota/quota.ts'
import type { Waiting } from './quota/share.ts'
import type { Renewals } from './tokens.ts'
import type { Intake } from './inbox/intake.ts'

/** What every hub function is handed: a plain record, made once in server.ts. */
export interface Hub {
  db: Db
  /** Its `fetch` reaches public addresses alone; `outgoing` makes one for origins that an administrator entered. */
  runtime: Runtime
  outgoing: Outgoing
  log: Log
  keys: KeyRing
  metrics: Metrics
  intake: Intake
  renewals: Renewals
  quota: Quota
  errand: Errand
  /** Where people and Zoom reach us, without a slash at the end: `https://greenroom.school.example` or with a sub-path. */
  publicUrl: string
  /** The origin of the simulator that the operator named: what it serves may run on our pages. */
  simulatorUrl?: string | undefined
  /** Where the bots' runner answers, without a slash at the end. */
  botRunnerUrl?: string | undefined
  /** Absent: no mail is sent. */
  mail?: Mail | undefined
  integrations: readonly Integration[]
  retention: Retention
}

/** For whom Zoom is asked: places among Zoom's limits are shared out by integration (`hub` itself is one), to persons before jobs. */
export interface Errand {
  integration: string
  waiting: Waiting
}

/** Who asks: the workspace that everything is checked against, and the words for the audit. */
export interface Actor {
  workspace_id: string
  /** `key:key_…`, `user:…`, `cli`, `zoom` or `hub`. */
  name: string
}

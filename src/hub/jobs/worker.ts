import { EventEmitter } from 'node:events'
import { Logger, run, runMigrations, type JobHelpers, type Task, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from '#core/log.ts'
import type { Hub } from '#hub/hub.ts'
import type { CronItem, Integration, JobHandler } from '#hub/integration.ts'
import { cronItems, jobs } from './tables.ts'
import { DisconnectedError } from '#hub/token-outcome.ts'
import { SwitchedOffError } from '#hub/switched-off.ts'
import { withoutRight } from '#hub/zoom-refusal.ts'
import { keepLease } from './lease.ts'
import { park } from './park.ts'
import { resumeAt, timeTold } from './resume.ts'

/** Jobs that run at once in one process: enough that a slow call to Zoom does not hold the events of other meetings. */
const concurrency = 6

export const migrateJobs = (pool: pg.Pool, log: Log): Promise<void> =>
  runMigrations({ pgPool: pool, logger: loggerOf(log) })

export interface Worker {
  /** Lets the running jobs end, and takes no others. */
  stop(): Promise<void>
}

/** Takes jobs from the database until it is stopped. Any number of processes may do so on one database. */
export async function startWorker(hub: Hub, pool: pg.Pool): Promise<Worker> {
  const events = new EventEmitter() as WorkerEvents
  const lease = keepLease(hub, pool, events)
  const { handlers, cron } = table(hub)
  const runner = await run({
    pgPool: pool,
    concurrency,
    // A job that a dead worker held is announced to nobody: it is found by looking.
    pollInterval: 1000,
    noHandleSignals: true,
    events,
    logger: loggerOf(hub.log),
    taskList: Object.fromEntries(Object.entries(handlers).map(([name, handle]) => [name, taskOf(hub, name, handle)])),
    crontab: cron.map((item) => `${item.schedule} ${cronTask(item)}`).join('\n'),
  })
  return {
    async stop() {
      await runner.stop()
      await lease.end()
    },
  }
}

const cronTask = (item: CronItem): string => `cron_${item.name}`

/** Jobs ask Zoom in the name of the integration that they belong to, and let persons go first. */
function table(hub: Hub): { handlers: Record<string, JobHandler>; cron: CronItem[] } {
  const handlers: Record<string, JobHandler> = {}
  const cron: CronItem[] = []
  const add = (owner: Partial<Pick<Integration, 'jobs' | 'cron'>>, integration: string): void => {
    const own = (): Hub => ({ ...hub, errand: { integration, waiting: 'job' } })
    for (const [name, handle] of Object.entries(owner.jobs ?? {})) handlers[name] = (payload) => handle(payload, own())
    for (const item of owner.cron ?? []) handlers[cronTask(item)] = () => item.run(own())
    cron.push(...(owner.cron ?? []))
  }
  add({ jobs, cron: cronItems }, 'hub')
  for (const integration of hub.integrations) add(integration, integration.name)
  return { handlers, cron }
}

const taskOf =
  (hub: Hub, name: string, handle: JobHandler): Task =>
  async (payload, helpers) => {
    try {
      await handle(payload, hub)
    } catch (error) {
      hub.log.warn({ err: error, job: name, payload }, 'a job failed and will be tried again')
      await putOff(hub, error, helpers).catch((cause: unknown) =>
        hub.log.warn({ err: cause, job: name }, 'a job keeps its own pause'),
      )
      // What is kept of a failed job is this sentence.
      throw withoutRight(error) ?? error
    }
  }

/** A try that could only fail is not counted: Zoom's limits are used up, or somebody has to connect or switch on first. */
async function putOff(hub: Hub, error: unknown, helpers: JobHelpers): Promise<void> {
  if (error instanceof DisconnectedError || error instanceof SwitchedOffError)
    return park(hub, helpers, error.connection_id)
  const at = timeTold(error, hub.runtime.now())
  if (at !== undefined) await resumeAt(at, helpers)
}

/** graphile-worker's own words are for its developers: only its troubles are passed on. */
const loggerOf = (log: Log): Logger =>
  new Logger(() => (level, message, meta) => {
    if (level === 'error' || level === 'warning') log.warn({ meta }, message)
  })

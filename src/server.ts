import { hkdfSync } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Log } from '#core/log.ts'
import { realWorld } from '#core/runtime.ts'
import { Secret } from '#core/secret.ts'
import { startSender } from '#hub/deliveries/sender.ts'
import type { Hub } from '#hub/hub.ts'
import { openIntake } from '#hub/inbox/intake.ts'
import { admit, isInvited } from '#hub/invitations.ts'
import type { Integration, Route } from '#hub/integration.ts'
import { openKeyRing } from '#hub/key-file.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { migrateJobs, startWorker, type Worker } from '#hub/jobs/worker.ts'
import { findGapsJob } from '#hub/repair/find.ts'
import { createMetrics } from '#hub/metrics.ts'
import { openMail } from '#hub/notices/mail.ts'
import { createQuota } from '#hub/quota/quota.ts'
import { createRenewals } from '#hub/tokens.ts'
import { createOutgoing } from '#hub/outgoing.ts'
import { bots } from '#integrations/bots/integration.ts'
import { mail } from '#integrations/mail/integration.ts'
import { lti } from '#integrations/lti/integration.ts'
import { mattermost } from '#integrations/mattermost/integration.ts'
import { site } from '#integrations/site/integration.ts'
import { webhooks } from '#integrations/webhooks/integration.ts'
import { createHttp } from '#http/server.ts'
import { openSignIn, type SignIn } from '#http/sign-in.ts'
import { openDb, openPool, type Address } from '#store/db.ts'
import { openEmbeddedPostgres } from '#store/embedded/postgres.ts'
import { coreMigrations, migrate } from '#store/migrate.ts'
import { ensurePartitions } from '#store/partitions.ts'
import type pg from 'pg'
import { encryptionKeyFile, type Config } from './config.ts'

/** The host systems that are served; a new one is one folder and one line here. */
export const integrations: readonly Integration[] = [lti, mattermost, site, bots, webhooks, mail]

/** The hub on its database, without doors: what commands work with. */
export interface OpenHub extends AsyncDisposable {
  hub: Hub
  pool: pg.Pool
  address: Address
  /** Where the embedded PostgreSQL had to go, when its user may not enter the data folder. */
  movedTo: string | undefined
}

export interface OpenOptions {
  /** False for a command that visits the database beside a server that may be running. */
  serve: boolean
}

/** Opens the database, brings its tables up to date and makes the hub on it. Closed by its scope. */
export async function openHub(config: Config, log: Log, { serve }: OpenOptions): Promise<OpenHub> {
  await using opened = new AsyncDisposableStack()
  const embedded = config.databaseUrl
    ? undefined
    : opened.use(await openEmbeddedPostgres({ data: config.data, log, serve }))
  const address: Address = embedded ? embedded.connection : { connectionString: config.databaseUrl ?? '' }
  const pool = openPool(address, {
    max: 20,
    onError: (error) => log.warn({ err: error }, 'a database connection broke'),
  })
  opened.defer(() => pool.end())
  const ran = await migrate(pool, [
    coreMigrations,
    ...integrations.flatMap((each) => (each.migrations ? [{ owner: each.name, folder: each.migrations }] : [])),
  ])
  await migrateJobs(pool, log)
  const keys = await openKeyRing(config.encryptionKey, encryptionKeyFile(config))
  const db = openDb(pool)
  await ensurePartitions(db, new Date(), 3)
  // Else a crash soon after would have to repeat the making of every table, and the next start wait for it.
  if (embedded && ran.length > 0) await pool.query('checkpoint')
  const outgoing = createOutgoing(config.proxies)
  const runtime = realWorld(outgoing([]))
  const intake = openIntake({ db, pool, keys, log, now: () => runtime.now() })
  const hub: Hub = {
    db,
    runtime,
    outgoing,
    log,
    keys,
    metrics: createMetrics(),
    intake,
    renewals: createRenewals(),
    quota: createQuota(),
    errand: { integration: 'hub', waiting: 'person' },
    publicUrl: config.publicUrl,
    simulatorUrl: config.simulatorUrl,
    botRunnerUrl: config.botRunnerUrl,
    mail: config.mail && openMail(config.mail),
    integrations,
    retention: { event_days: config.eventRetentionDays, delivery_days: config.deliveryRetentionDays },
  }
  const rest = opened.move()
  return {
    hub,
    pool,
    address,
    movedTo: embedded?.where.moved ? embedded.where.data : undefined,
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  }
}

export interface Server extends AsyncDisposable {
  hub: Hub
  signIn: SignIn
  /** Where it listens, on this machine. */
  url: string
  movedTo: string | undefined
}

/** The hub with its doors open and a worker behind them. */
export async function startServer(config: Config, log: Log): Promise<Server> {
  await using opened = new AsyncDisposableStack()
  const { hub, pool, address, movedTo } = opened.use(await openHub(config, log, { serve: true }))
  const signIn = await openSignIn({
    address,
    publicUrl: config.publicUrl,
    secret: signInSecret(hub),
    log,
    sso: config.oidc && {
      ...config.oidc,
      fetch: hub.outgoing([config.oidc.issuer]),
      isInvited: (email) => isInvited(hub, email),
      admit: (person) => admit(hub, person),
    },
  })
  opened.defer(() => signIn.close())
  const worker = await startWorker(hub, pool)
  await addJobs(hub.db, [findGapsJob])
  opened.defer(() => worker.stop())
  const sender = startSender(hub)
  opened.defer(() => sender.stop())
  const http = await createHttp(hub, {
    routes: integrations.flatMap((each) => routesOf(each, hub)),
    signIn,
    console: consoleFolder,
  })
  opened.defer(() => http.close())
  const { url } = await http.listen(config.port, config.host)
  const rest = opened.move()
  return { hub, signIn, url, movedTo, [Symbol.asyncDispose]: () => rest.disposeAsync() }
}

/** An integration's routes ask Zoom in its name. */
function routesOf(integration: Integration, hub: Hub): Route[] {
  const own = (): Hub => ({ ...hub, errand: { integration: integration.name, waiting: 'person' } })
  return (integration.routes?.(own()) ?? []).map((route) => ({
    ...route,
    handle: (request) => route.handle(request, own()),
  }))
}

/** A worker alone, on a database that servers share. */
export async function startWorkerAlone(config: Config, log: Log): Promise<AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const { hub, pool } = opened.use(await openHub(config, log, { serve: false }))
  const worker: Worker = await startWorker(hub, pool)
  await addJobs(hub.db, [findGapsJob])
  opened.defer(() => worker.stop())
  const sender = startSender(hub)
  opened.defer(() => sender.stop())
  const rest = opened.move()
  return { [Symbol.asyncDispose]: () => rest.disposeAsync() }
}

const consoleFolder = fileURLToPath(new URL('../dist/console', import.meta.url))

/** Sign-in cookies are signed with a key of their own, made from the oldest encryption key (HKDF, RFC 5869): a new one signs nobody out. */
function signInSecret({ keys }: Hub): Secret {
  const { key } = [...keys.all.values()].at(-1) ?? keys.current
  const derived = hkdfSync('sha256', Buffer.from(key.reveal(), 'base64'), '', 'greenroom sign-in', 32)
  return new Secret(Buffer.from(derived).toString('base64'))
}

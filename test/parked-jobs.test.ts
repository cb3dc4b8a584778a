import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { addJobs } from '#hub/jobs/add.ts'
import { sql } from 'kysely'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

const w = await world({ after })
const { db } = w.server.hub

interface Connection {
  id: string
  state: string
  failure: { code: string } | null
  reconnect: { who: string; message: string; url: string } | null
  waiting_jobs: number
}

const app = await w.api<{ id: string }>('POST', '/zoom_apps', {
  kind: 'admin_managed',
  name: 'For the account',
  client_id: 'sim-admin-app',
  client_secret: 'sim-admin-secret',
  oauth_base: w.simulatorUrl,
  api_base: w.simulatorUrl,
})

/** An administrator consents, in a browser of their own. */
const consent = () => consented<Connection>(w, app.body.id, 'ada@school.example')

const connectionNow = async (id: string): Promise<Connection> =>
  (await w.api<Connection>('GET', `/connections/${id}`)).body

const jobsOf = async (key: string): Promise<{ attempts: number; run_at: Date }[]> =>
  (
    await sql<{
      attempts: number
      run_at: Date
    }>`select attempts, run_at from graphile_worker.jobs where key = ${key}`.execute(db)
  ).rows

test('work of a connection that is over waits, untried, until somebody connects again under the same id, and is then done once', async () => {
  const { id, reconnect } = await consent()
  assert.equal(reconnect, null)
  await w.api('POST', `/connections/${id}/disconnect`)
  await addJobs(db, [{ task: 'zoom_users', payload: { connection_id: id }, key: 'users again' }])
  await until(async () => (await connectionNow(id)).waiting_jobs === 1, 'the job to be put aside')

  const broken = await connectionNow(id)
  assert.equal(broken.failure?.code, 'disconnected')
  assert.equal(broken.reconnect?.who, 'account_admin')
  assert.match(
    broken.reconnect?.message ?? '',
    /An administrator of the Zoom account .*ada@school\.example.* presses “Connect”/,
  )
  assert.ok(broken.reconnect?.url.startsWith(`${w.hubUrl}/console/`))
  const [parked] = await jobsOf('users again')
  assert.equal(parked?.attempts, 0)
  assert.ok((parked?.run_at.getTime() ?? 0) > Date.now() + 86_400_000)

  const users = async () => {
    const { calls } = await w.zoom<{ calls: { method: string; path: string }[] }>('GET', '/calls')
    return calls.filter(({ method, path }) => method === 'GET' && path === '/v2/users').length
  }
  const before = await users()
  const again = await consent()
  assert.equal(again.id, id)
  await until(async () => (await jobsOf('users again')).length === 0, 'the job to be done')
  // Connecting reads the users by a job of its own.
  await until(async () => (await users()) === before + 2, 'both jobs to have asked')
  assert.equal((await connectionNow(id)).waiting_jobs, 0)
})

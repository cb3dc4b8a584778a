import { z } from 'zod'
import { ConflictError, NotFoundError, sentenceOf } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import { connectedOfApp } from '#store/connections.ts'
import type { TrialStep } from '#store/db.ts'
import { eventsOfWorkspace } from '#store/events.ts'
import { insertTrial, lastTrialOfApp, trialOfWorkspace, updateTrial, type TrialRow } from '#store/trials.ts'
import { zoomAppOfWorkspace, zoomAppsOfWorkspace, type ZoomAppRow } from '#store/zoom-apps.ts'
import { hostOfConnection } from '#store/zoom-users.ts'
import { issueTicket } from '#hub/door/ticket.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { deleteMeeting } from '#hub/meetings/call-off.ts'
import { createMeeting, updateMeeting } from '#hub/meetings/schedule.ts'
import type { Meeting, Trial } from '#hub/resources.ts'
import { mustBeOn, switchedOff } from '#hub/switched-off.ts'
import { isForSdkAlone } from './steps.ts'

/** Zoom sends an event within seconds; what has not come by then was not sent. */
const patience_ms = 20_000
const look_ms = 250
const page_ms = 10_000

/** A test is over by then, or whoever carried it out is gone. */
const longest_ms = 5 * 60_000

/**
 * Begins to test everything with a meeting of its own, in the background: it is made, changed, opened at the Door and removed, and each
 * event of it is waited for. Costs four calls to Zoom. With `run_at` the caller carries it out, and a worker looks after it then.
 * @throws NotFoundError for an app of another workspace; ConflictError while it is off, nobody is connected, or one test still runs.
 */
export async function beginTrial(hub: Hub, actor: Actor, zoom_app_id: string, run_at?: Date): Promise<Trial> {
  const { workspace_id } = actor
  const app = await zoomAppOfWorkspace(hub.db, workspace_id, zoom_app_id)
  if (!app) throw new NotFoundError(`There is no Zoom app ${zoom_app_id}`)
  mustBeOn(app)
  const [connection] = await connectedOfApp(hub.db, app.id)
  if (!connection) throw new ConflictError(`${app.name} is not connected to Zoom: connect it first`)
  const host = connection.zoom_user_email ?? (await hostOfConnection(hub.db, connection.id))?.email
  if (!host) throw new ConflictError('The hosts of the Zoom account are not known yet: try again in a minute')
  const now = hub.runtime.now()
  const last = await lastTrialOfApp(hub.db, app.id)
  if (last?.state === 'running' && now - last.created_at.getTime() < longest_ms)
    throw new ConflictError('A test of this app is running already')
  const id = newId('trial', now)
  await hub.db.transaction().execute(async (trx) => {
    await insertTrial(trx, { id, workspace_id, zoom_app_id, host, created_at: new Date(now), ended_at: null })
    const payload = { trial_id: id, workspace_id }
    await addJobs(trx, [{ task: 'trial', payload, max_attempts: 2, ...(run_at ? { run_at } : {}) }])
    await insertAudit(trx, { workspace_id, actor: actor.name, action: 'trial.begun', object_id: id })
  })
  return trial(hub, actor, id)
}

/** Tests each app of a workspace here and now, one after the other, and tells it as the doctor does. */
export async function testEverything(hub: Hub, actor: Actor): Promise<Finding[]> {
  const found: Finding[] = []
  for (const app of await zoomAppsOfWorkspace(hub.db, actor.workspace_id, { limit: 200, after: undefined }))
    if (!(await isForSdkAlone(hub, app))) found.push(...(await testApp(hub, actor, app)))
  return found
}

async function testApp(hub: Hub, actor: Actor, app: ZoomAppRow): Promise<Finding[]> {
  const check = `zoom app ${app.name}: test`
  if (app.state === 'off')
    return [{ check, state: 'warning', message: 'It was not tested: it is switched off', fix: switchedOff(app) }]
  try {
    const { id } = await beginTrial(hub, actor, app.id, new Date(hub.runtime.now() + longest_ms))
    await runTrial({ trial_id: id, workspace_id: actor.workspace_id }, hub)
    const { steps } = await trial(hub, actor, id)
    return steps.map(({ step, state, message, fix }) => ({
      check: `${check}, ${step.replace('_', ' ')}`,
      state,
      message,
      ...(fix ? { fix } : {}),
    }))
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return [{ check, state: 'failed', message: sentenceOf(error) }]
  }
}

/** @throws NotFoundError, also for one of another workspace. */
export async function trial(hub: Hub, { workspace_id }: Actor, id: string): Promise<Trial> {
  const row = await trialOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw new NotFoundError(`There is no test ${id}`)
  return resource(row)
}

/** The newest test of an app. @throws NotFoundError for an app of another workspace. */
export async function lastTrial(hub: Hub, { workspace_id }: Actor, zoom_app_id: string): Promise<Trial | null> {
  if (!(await zoomAppOfWorkspace(hub.db, workspace_id, zoom_app_id)))
    throw new NotFoundError(`There is no Zoom app ${zoom_app_id}`)
  const row = await lastTrialOfApp(hub.db, zoom_app_id)
  return row ? resource(row) : null
}

const payloadOf = z.object({ trial_id: z.string(), workspace_id: z.string() })

/** Carries out a test, as a job. One that was broken off (the process died) says so, and removes its meeting. */
export async function runTrial(payload: unknown, hub: Hub): Promise<void> {
  const { trial_id, workspace_id } = payloadOf.parse(payload)
  const row = await trialOfWorkspace(hub.db, workspace_id, trial_id)
  if (row?.state !== 'running') return
  const actor: Actor = { workspace_id, name: 'hub' }
  const steps: TrialStep[] = [...row.steps]
  const step = async <T>(name: TrialStep['step'], fix: string, run: () => Promise<[message: string, result: T]>) => {
    const began = hub.runtime.now()
    const took = () => hub.runtime.now() - began
    try {
      const [message, result] = await run()
      steps.push({ step: name, state: 'ok', message, took: took() })
      return result
    } catch (error) {
      steps.push({ step: name, state: 'failed', message: sentenceOf(error), fix, took: took() })
      return undefined
    } finally {
      await updateTrial(hub.db, row.id, { steps })
    }
  }
  const brokenOff = row.meeting_id !== null || row.steps.length > 0
  const made = brokenOff
    ? undefined
    : await step('make', 'See what Zoom says above, and the app’s scopes', () => make(hub, actor, row))
  if (made) {
    await step('change', 'Add the scope to change meetings', async () => {
      await updateMeeting(hub, actor, made.id, { topic: `${made.topic}, changed` })
      return ['Zoom took the change', undefined]
    })
    await step('join_page', 'Let the proxy hand everything below PUBLIC_URL to Greenroom, the path unchanged', () =>
      openJoinPage(hub, actor, made),
    )
  }
  const meeting_id = made?.id ?? row.meeting_id
  if (meeting_id)
    await step('remove', 'Delete it at Zoom by hand', async () => {
      await deleteMeeting(hub, actor, meeting_id)
      return ['The meeting was deleted at Zoom', undefined]
    })
  if (made) await hear(hub, row, made, steps)
  if (brokenOff)
    steps.push({
      step: 'make',
      state: 'failed',
      message: 'Greenroom was stopped amid this test; its meeting was removed',
      fix: 'Test again',
      took: 0,
    })
  const state = steps.every((each) => each.state === 'ok') ? 'passed' : 'failed'
  await updateTrial(hub.db, row.id, { steps, state, ended_at: new Date(hub.runtime.now()) })
}

async function make(hub: Hub, actor: Actor, row: TrialRow): Promise<[string, Meeting]> {
  const [connection] = await connectedOfApp(hub.db, row.zoom_app_id)
  const made = await createMeeting(
    hub,
    actor,
    {
      kind: 'meeting',
      connection_id: connection?.id,
      host: row.host,
      topic: 'Greenroom looks whether everything works',
      // Far enough away that nobody is in it, and that no reminder goes out.
      start_time: new Date(hub.runtime.now() + 86_400_000).toISOString().replace(/\.\d+/, ''),
      duration: 15,
    },
    row.id,
  )
  await updateTrial(hub.db, row.id, { meeting_id: made.id })
  return [`Zoom made the meeting ${made.zoom_meeting_id} of ${row.host}`, made]
}

/** The Door's page, by the address that people get, so that the proxy before us is tried, too. */
async function openJoinPage(hub: Hub, { workspace_id }: Actor, { id }: Meeting): Promise<[string, undefined]> {
  const { url } = await issueTicket(hub, {
    workspace_id,
    meeting_id: id,
    role: 'guest',
    name: 'Greenroom',
    expires_at: new Date(hub.runtime.now() + page_ms * 6),
  })
  const answer = await hub.outgoing([hub.publicUrl])(url, { redirect: 'manual', signal: AbortSignal.timeout(page_ms) })
  const body = await answer.text()
  if (answer.status !== 200 || !body.includes('Greenroom'))
    throw new Error(`${hub.publicUrl}/j/… answered ${answer.status}, and not with the page of the meeting`)
  return ['The page to join by opens at its public address', undefined]
}

const heard = {
  hear_made: 'meeting.created',
  hear_changed: 'meeting.updated',
  hear_removed: 'meeting.deleted',
} as const

/** Waits for the events of all that was done, together. */
async function hear(hub: Hub, row: TrialRow, made: Meeting, steps: TrialStep[]): Promise<void> {
  const done = new Set(steps.filter(({ state }) => state === 'ok').map(({ step }) => step))
  const awaited = new Set<keyof typeof heard>(['hear_made'])
  if (done.has('change')) awaited.add('hear_changed')
  if (done.has('remove')) awaited.add('hear_removed')
  const began = hub.runtime.now()
  while (awaited.size > 0 && hub.runtime.now() - began < patience_ms) {
    const events = await eventsOfWorkspace(hub.db, row.workspace_id, {
      subject: made.zoom_meeting_id,
      zoom_app_id: row.zoom_app_id,
      limit: 50,
    })
    for (const step of awaited) {
      if (!events.some(({ event }) => event === heard[step])) continue
      awaited.delete(step)
      steps.push({ step, state: 'ok', message: `${heard[step]} arrived`, took: hub.runtime.now() - began })
      await updateTrial(hub.db, row.id, { steps })
    }
    if (awaited.size > 0) await hub.runtime.sleep(look_ms)
  }
  for (const step of awaited)
    steps.push({
      step,
      state: 'failed',
      message: `${heard[step]} did not arrive within ${patience_ms / 1000} seconds`,
      fix: `Subscribe the app to ${heard[step]} on its “Feature” page at Zoom, “Event Subscriptions”; if no event arrives at all, look at the address and the secret token there`,
      took: patience_ms,
    })
}

const resource = ({ id, zoom_app_id, state, host, steps, created_at, ended_at }: TrialRow): Trial => ({
  id,
  zoom_app_id,
  state,
  host,
  steps,
  created_at: created_at.toISOString(),
  ended_at: ended_at?.toISOString() ?? null,
})

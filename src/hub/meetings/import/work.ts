import { z } from 'zod'
import { UnavailableError, sentenceOf } from '#core/errors.ts'
import {
  firstOpenRow,
  importById,
  moveImport,
  nextImportRows,
  postponeImportRows,
  settleImportRow,
  type ImportLine,
  type ImportRow,
} from '#store/meeting-imports.ts'
import { ZoomApiError, ZoomOAuthError, ZoomUnreachableError } from '#zoom/errors.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import type { Job } from '#hub/integration.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { UnderWayError } from '#hub/meetings/idempotency.ts'
import { DisconnectedError } from '#hub/token-outcome.ts'
import { carryOut, inWords } from './carry-out.ts'
import { isRefusal } from './find.ts'
import { judge } from './judge.ts'

/** A job works so long before the next one goes on: a server that stops need not wait for a long list. */
const slice_ms = 10_000
const batch = 50
const judgedTogether = 5

/** How often a row is tried that fails for no reason of its own; the pauses between grow to an hour in all. */
const mostTries = 8
/** So many in a row, and it is not the rows: the rest waits. */
const mostStumbles = 3
const outage_ms = 30_000
/** How soon is looked again whether somebody has connected to Zoom, or whether the request of a killed process is given up. */
const disconnected_ms = 60_000
const underWay_ms = 61_000

export const importJob = (import_id: string, run_at?: Date): Job => ({
  task: 'meeting_import',
  payload: { import_id },
  // One worker at a time: two would tell of one row what the other does.
  queue: `meeting_import:${import_id}`,
  key: `meeting_import:${import_id}`,
  ...(run_at ? { run_at } : {}),
})

const payloadOf = z.object({ import_id: z.string() })

/** Works on an import for a while, as a job: judges its rows, then, when somebody said so, carries them out. */
export async function workImport(payload: unknown, hub: Hub): Promise<void> {
  const { import_id } = payloadOf.parse(payload)
  const end = hub.runtime.now() + slice_ms
  let stumbles = 0
  while (hub.runtime.now() < end) {
    const row = await workable(hub, import_id)
    if (!row) return
    const checking = row.state === 'checking'
    const lines = await nextImportRows(hub.db, import_id, { checking, now: new Date(hub.runtime.now()), limit: batch })
    if (lines.length === 0 && !(await isNextStage(hub, row))) return
    // Zoom is asked for one thing after the other, in the order of the list.
    const together = checking ? judgedTogether : 1
    for (let at = 0; at < lines.length; at += together) {
      if (hub.runtime.now() >= end || (await workable(hub, import_id))?.state !== row.state) break
      const worked = await Promise.all(lines.slice(at, at + together).map((line) => workRow(hub, row, line)))
      stumbles = worked.every(Boolean) ? 0 : stumbles + 1
      if (stumbles === mostStumbles) return later(hub, import_id, new Date(hub.runtime.now() + outage_ms))
    }
  }
  return later(hub, import_id)
}

const later = (hub: Hub, import_id: string, at?: Date): Promise<void> => addJobs(hub.db, [importJob(import_id, at)])

async function workable(hub: Hub, import_id: string): Promise<ImportRow | undefined> {
  const row = await importById(hub.db, import_id)
  return row && ['checking', 'running'].includes(row.state) ? row : undefined
}

/** Nothing may be tried at the moment: either rows wait, or the stage is over. True when the next one begins at once. */
async function isNextStage(hub: Hub, { id, state, dry_run }: ImportRow): Promise<boolean> {
  const checking = state === 'checking'
  const left = await firstOpenRow(hub.db, id, { checking })
  const now = new Date(hub.runtime.now())
  if (left) await later(hub, id, left.not_before ?? now)
  else if (!checking) await moveImport(hub.db, id, ['running'], { state: 'done', ended_at: now })
  else if (dry_run) await moveImport(hub.db, id, ['checking'], { state: 'checked' })
  else return moveImport(hub.db, id, ['checking'], { state: 'running', run_at: now })
  return false
}

/** False when it failed for a reason that may not be the row's own. */
async function workRow(hub: Hub, { workspace_id, actor: name, state }: ImportRow, row: ImportLine): Promise<boolean> {
  const actor: Actor = { workspace_id, name }
  try {
    const verdict = state === 'checking' ? await judge(hub, actor, row.asked) : await carryOut(hub, actor, row)
    await settleImportRow(hub.db, row, verdict)
    return true
  } catch (error) {
    const wait = waitOf(error, row, hub.runtime.now())
    if (wait) {
      await postponeImportRows(hub.db, row, wait)
      return true
    }
    if (isRefusal(error)) {
      await refuse(hub, row, inWords(error))
      return true
    }
    await stumble(hub, row, error)
    return false
  }
}

const refuse = (hub: Hub, row: ImportLine, message: string): Promise<void> =>
  settleImportRow(hub.db, row, { ...row, state: 'refused', message })

/** What only time mends, and whom else it concerns: a limit of Zoom’s or a lost consent is the host's, with all rows of that host. */
function waitOf(
  error: unknown,
  { asked }: ImportLine,
  now: number,
): { until: Date; message: string; host?: string | null } | undefined {
  const message = sentenceOf(error)
  if (error instanceof UnderWayError) return { until: new Date(now + underWay_ms), message }
  const host = asked.host ?? null
  if (error instanceof DisconnectedError) return { until: new Date(now + disconnected_ms), message, host }
  if (error instanceof UnavailableError && error.retryAfter !== undefined)
    return { until: new Date(now + error.retryAfter * 1000), message, host }
  return undefined
}

async function stumble(hub: Hub, row: ImportLine, error: unknown): Promise<void> {
  const message = isForeseen(error)
    ? sentenceOf(error)
    : 'Something went wrong here. The log of the server says more: an administrator looks there'
  hub.log.warn({ err: error, import_id: row.import_id, line: row.line }, 'a row of an import failed')
  if (row.tries + 1 >= mostTries) return refuse(hub, row, message)
  const until = new Date(hub.runtime.now() + Math.exp(row.tries + 1) * 1000)
  return postponeImportRows(hub.db, row, { until, message, tries: 1 })
}

const isForeseen = (error: unknown): boolean =>
  [UnavailableError, ZoomApiError, ZoomOAuthError, ZoomUnreachableError].some((type) => error instanceof type)

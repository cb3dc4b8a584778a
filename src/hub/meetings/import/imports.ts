import { csv } from '#core/csv.ts'
import { ConflictError, InputError, NotFoundError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { insertAudit } from '#store/audit.ts'
import type { Trx } from '#store/db.ts'
import * as rows from '#store/meeting-imports.ts'
import { decodeCursor, pageOf } from '#store/page.ts'
import { everyItem } from '#hub/every-item.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import type {
  MeetingImport,
  MeetingImportFilter,
  MeetingImportRow,
  NewMeetingImport,
} from '#hub/meetings/import/resources.ts'
import type { Page, PageQuery } from '#hub/resources.ts'
import { readRows } from './read.ts'
import { importJob } from './work.ts'

/**
 * Takes a list in. Its rows are judged in the background; a dry run ends there.
 * @throws InputError for what is no list.
 */
export async function beginImport(
  hub: Hub,
  actor: Actor,
  { content, format, dry_run }: NewMeetingImport,
): Promise<MeetingImport> {
  const { workspace_id } = actor
  const lines = readRows(content, format).map(({ line, asked, problem }) => ({
    line,
    asked,
    state: problem === undefined ? ('waiting' as const) : ('refused' as const),
    message: problem === undefined ? null : `This row ${problem}`,
  }))
  const now = hub.runtime.now()
  const id = newId('meetingImport', now)
  await hub.db.transaction().execute(async (trx) => {
    const row = { id, workspace_id, format, dry_run, actor: actor.name, created_at: new Date(now) }
    await rows.insertImport(trx, row, lines)
    await addJobs(trx, [importJob(id)])
    await audit(trx, actor, 'meeting_import.begun', id, { format, dry_run, rows: lines.length })
  })
  return meetingImport(hub, actor, id)
}

/**
 * Carries out what was judged, or goes on with what was stopped.
 * @throws NotFoundError for an import of another workspace; ConflictError while it is at work, or when nothing is left.
 */
export async function runImport(hub: Hub, actor: Actor, id: string): Promise<MeetingImport> {
  const now = await meetingImport(hub, actor, id)
  if (now.state === 'checking' || now.state === 'running') throw new ConflictError('This import is at work already')
  if (now.left === 0) throw new ConflictError('Nothing is left to do of this import')
  await hub.db.transaction().execute(async (trx) => {
    const change = { state: 'running' as const, actor: actor.name, run_at: new Date(hub.runtime.now()), ended_at: null }
    if (!(await rows.moveImport(trx, id, ['checked', 'stopped'], change)))
      throw new ConflictError('This import is at work already')
    await addJobs(trx, [importJob(id)])
    await audit(trx, actor, 'meeting_import.run', id, { rows: now.left })
  })
  return meetingImport(hub, actor, id)
}

/**
 * Stops it: a row that is under way is ended, no other is begun.
 * @throws NotFoundError for an import of another workspace; ConflictError when it is not at work.
 */
export async function stopImport(hub: Hub, actor: Actor, id: string): Promise<MeetingImport> {
  await meetingImport(hub, actor, id)
  await hub.db.transaction().execute(async (trx) => {
    const change = { state: 'stopped' as const, ended_at: new Date(hub.runtime.now()) }
    if (!(await rows.moveImport(trx, id, ['checking', 'running'], change)))
      throw new ConflictError('This import is not at work')
    await audit(trx, actor, 'meeting_import.stopped', id, {})
  })
  return meetingImport(hub, actor, id)
}

const audit = (trx: Trx, actor: Actor, action: string, id: string, detail: Record<string, unknown>): Promise<void> =>
  insertAudit(trx, { workspace_id: actor.workspace_id, actor: actor.name, action, object_id: id, detail })

/** @throws NotFoundError, also for one of another workspace. */
export async function meetingImport(hub: Hub, actor: Actor, id: string): Promise<MeetingImport> {
  const [told] = await resources(hub, [await importRow(hub, actor, id)])
  if (!told) throw notFound(id)
  return told
}

/** Newest first. */
export async function meetingImports(
  hub: Hub,
  { workspace_id }: Actor,
  { limit, cursor }: PageQuery,
): Promise<Page<MeetingImport>> {
  const before = decodeCursor(cursor, 1)?.[0]
  const page = pageOf(await rows.importsOfWorkspace(hub.db, workspace_id, { limit, before }), limit, (row) => [row.id])
  return { ...page, items: await resources(hub, page.items) }
}

/** The rows in the order of the list. @throws NotFoundError */
export async function meetingImportRows(
  hub: Hub,
  actor: Actor,
  id: string,
  { limit, cursor, ...filter }: MeetingImportFilter,
): Promise<Page<MeetingImportRow>> {
  await importRow(hub, actor, id)
  const found = await rows.importRows(hub.db, id, { ...filter, limit, after: lineIn(cursor) })
  const page = pageOf(found, limit, ({ line }) => [line])
  return { ...page, items: page.items.map(rowResource) }
}

function lineIn(cursor: string | undefined): number | undefined {
  const line = decodeCursor(cursor, 1)?.[0]
  if (line === undefined) return undefined
  if (/^\d{1,9}$/.test(line)) return Number(line)
  throw new InputError('The cursor is not one that this list gave out', [
    { field: 'cursor', message: 'must be next_cursor of the page before' },
  ])
}

const columns = [
  'line',
  'state',
  'message',
  'kind',
  'zoom_meeting_id',
  'topic',
  'host',
  'start_time',
  'timezone',
  'duration',
  'place_id',
  'meeting_id',
  'join_url',
] as const

/** All rows that fit, as a table. */
export async function meetingImportCsv(
  hub: Hub,
  actor: Actor,
  id: string,
  filter: Omit<MeetingImportFilter, 'limit' | 'cursor'>,
): Promise<string> {
  const items = await everyItem((page) => meetingImportRows(hub, actor, id, { ...filter, ...page }))
  return csv(
    columns,
    items.map((item) => columns.map((column) => item[column])),
  )
}

async function importRow(hub: Hub, { workspace_id }: Actor, id: string): Promise<rows.ImportRow> {
  const row = await rows.importOfWorkspace(hub.db, workspace_id, id)
  if (!row) throw notFound(id)
  return row
}

const notFound = (id: string): NotFoundError => new NotFoundError(`There is no import ${id}`)

async function resources(hub: Hub, page: readonly rows.ImportRow[]): Promise<MeetingImport[]> {
  const counts = await rows.countImportRows(
    hub.db,
    page.map(({ id }) => id),
  )
  return Promise.all(
    page.map(async (row) => {
      const mine = Object.fromEntries(
        counts.filter(({ import_id }) => import_id === row.id).map((each) => [each.state, each.rows]),
      )
      return resource(row, { ...noRows, ...mine }, await waitOf(hub, row))
    }),
  )
}

const noRows: MeetingImport['rows'] = {
  waiting: 0,
  will_create: 0,
  will_find: 0,
  will_place: 0,
  created: 0,
  found: 0,
  already_here: 0,
  refused: 0,
}

/** Why nothing goes on at the moment, and until when. */
async function waitOf(hub: Hub, { id, state }: rows.ImportRow): Promise<MeetingImport['waits']> {
  if (state !== 'checking' && state !== 'running') return null
  const first = await rows.firstOpenRow(hub.db, id, { checking: state === 'checking' })
  if (!first?.not_before || first.not_before.getTime() <= hub.runtime.now()) return null
  return { until: first.not_before.toISOString(), reason: first.message ?? '' }
}

function resource(
  { id, format, state, created_at, run_at, ended_at }: rows.ImportRow,
  counts: MeetingImport['rows'],
  waits: MeetingImport['waits'],
): MeetingImport {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const left = rows.openStates.reduce((sum, each) => sum + counts[each], 0)
  return {
    id,
    format,
    state,
    total,
    done: total - (run_at ? left : counts.waiting),
    left,
    rows: counts,
    waits,
    created_at: created_at.toISOString(),
    run_at: run_at?.toISOString() ?? null,
    ended_at: ended_at?.toISOString() ?? null,
  }
}

const rowResource = ({ asked, ...row }: rows.ImportLineWithMeeting): MeetingImportRow => ({
  line: row.line,
  state: row.state,
  message: row.message,
  kind: asked.kind ?? null,
  zoom_meeting_id: row.zoom_meeting_id ?? asked.zoom_meeting_id ?? null,
  topic: row.topic ?? asked.topic ?? null,
  host: row.host_email ?? asked.host ?? null,
  start_time: asked.start_time ?? null,
  timezone: asked.timezone ?? null,
  duration: asked.duration ?? null,
  place_id: asked.place_id ?? null,
  meeting_id: row.meeting_id,
  join_url: row.join_url,
})

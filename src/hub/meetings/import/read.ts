import { CsvError, parse } from 'csv-parse/sync'
import { InputError } from '#core/errors.ts'
import type { ImportAsked } from '#store/db.ts'
import { askedOf, columnOf, columnNames } from './columns.ts'

/** One row of a list: what it asks for, or why that cannot be understood. */
export interface ReadRow {
  /** As an editor or a spreadsheet counts lines. */
  line: number
  asked: ImportAsked
  problem?: string
}

export const mostRows = 5_000
export const mostBytes = 1_000_000

/**
 * The rows of a list. What is wrong with one row is told at the row.
 * @throws InputError for what is no list at all: too long, empty, no CSV, or with columns that nothing is made of.
 */
export function readRows(content: string, format: 'ids' | 'csv'): ReadRow[] {
  if (Buffer.byteLength(content) > mostBytes)
    throw refused('is larger than 1 MB: split the list, and import one part after the other')
  // Half a character is no text for PostgreSQL.
  const text = content.toWellFormed()
  if (text.trim() === '') throw refused('is empty')
  const rows = format === 'ids' ? rowsOfIds(text) : rowsOfCsv(text)
  if (rows.length === 0) throw refused('holds no row below its header')
  if (rows.length > mostRows)
    throw refused(
      `holds ${rows.length.toLocaleString('en')} rows, and an import takes ${mostRows.toLocaleString('en')} at the most: split the list`,
    )
  return withoutDoubles(rows)
}

const refused = (message: string): InputError => new InputError(`The list ${message}`, [{ field: 'content', message }])

const rowsOfIds = (content: string): ReadRow[] =>
  content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((text, at) => (text.trim() === '' ? [] : [{ line: at + 1, ...askedOf({ zoom_meeting_id: text.trim() }) }]))

function rowsOfCsv(content: string): ReadRow[] {
  const [header = [], ...records] = recordsOf(content)
  const columns = columnsOf(header)
  return records.flatMap((record, at) => {
    const cells = record.map((cell) => cell.trim())
    if (cells.every((cell) => cell === '')) return []
    const line = at + 2
    const given = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
    const row = { line, ...askedOf(given) }
    if (cells.slice(columns.length).every((cell) => cell === '')) return [row]
    return [{ ...row, problem: 'has more cells than the header: a cell with the separator in it needs quotes' }]
  })
}

function recordsOf(content: string): string[][] {
  try {
    return parse(content, {
      bom: true,
      delimiter: delimiterOf(content),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw refused(`is no CSV that can be read: ${error.message}`)
  }
}

/** Spreadsheets of many countries write semicolons; the header tells. */
function delimiterOf(content: string): string {
  const [header = ''] = content.split(/\r\n|\n|\r/, 1)
  const [most = ','] = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)
  return most
}

function columnsOf(header: readonly string[]): string[] {
  const named = header.map((name) => name.trim())
  while (named.at(-1) === '') named.pop()
  const columns = named.map(columnOf)
  const unknown = named.filter((_, at) => columns[at] === undefined)
  if (unknown.length > 0)
    throw refused(
      `has columns that are not known here: ${unknown.map((name) => `“${name}”`).join(', ')}. Remove or rename them; known are ${columnNames.join(', ')}`,
    )
  const known = columns.filter((column) => column !== undefined)
  const twice = known.find((column, at) => known.indexOf(column) !== at)
  if (twice) throw refused(`has the column ${twice} twice`)
  if (!known.includes('zoom_meeting_id') && !known.includes('topic'))
    throw refused(
      'has neither the column meeting_id, for meetings that exist at Zoom, nor topic, for new ones: its first line must name the columns',
    )
  return known
}

/** Of rows that ask for the same the first counts. */
function withoutDoubles(rows: ReadRow[]): ReadRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    if (row.problem !== undefined) return row
    const { zoom_meeting_id, kind, host, topic, start_time, timezone } = row.asked
    const what = JSON.stringify(
      zoom_meeting_id ? [zoom_meeting_id] : [kind ?? 'meeting', host?.toLowerCase(), topic, start_time, timezone],
    )
    const line = first.get(what)
    if (line !== undefined) return { ...row, problem: `asks for the same as line ${line}` }
    first.set(what, row.line)
    return row
  })
}

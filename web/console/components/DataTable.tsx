import type { ReactNode } from 'react'
import classes from './DataTable.module.css'

export interface Column<Row> {
  /** Stands above the column, and beside the value when the rows become cards. */
  header: string
  cell: (row: Row) => ReactNode
  align?: 'end'
  /** For columns that only carry a button: the header is spoken but not shown. */
  quiet?: boolean
  width?: string
}

interface DataTableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  /** A second, wide row under the row, when it is open. */
  below?: (row: Row) => ReactNode
  dim?: (row: Row) => boolean
}

/**
 * A table that becomes a stack of cards on narrow screens. The first column is the card's title. A link in it with the class of
 * `rowLink` makes the whole row a target. Roles are written out, because `display: block` takes them from table elements.
 */
export function DataTable<Row>({ label, columns, rows, keyOf, below, dim }: DataTableProps<Row>) {
  return (
    <table className={classes['table']} aria-label={label} role="table">
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.header}
              role="columnheader"
              scope="col"
              data-align={column.align}
              style={{ width: column.width }}
            >
              <span className={column.quiet ? classes['quiet'] : undefined}>{column.header}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Rows key={keyOf(row)} row={row} columns={columns} below={below?.(row)} dim={dim?.(row) ?? false} />
        ))}
      </tbody>
    </table>
  )
}

interface RowsProps<Row> {
  row: Row
  columns: Column<Row>[]
  below: ReactNode
  dim: boolean
}

function Rows<Row>({ row, columns, below, dim }: RowsProps<Row>) {
  return (
    <>
      <tr role="row" className={classes['row']} data-dim={dim || undefined}>
        {columns.map((column) => (
          <td
            key={column.header}
            role="cell"
            data-label={column.quiet ? undefined : column.header}
            data-align={column.align}
          >
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {below && (
        <tr role="row" className={classes['below']}>
          <td role="cell" colSpan={columns.length}>
            {below}
          </td>
        </tr>
      )}
    </>
  )
}

/** Class of the one link or button whose target is the whole row. */
export const rowLink = classes['rowLink']

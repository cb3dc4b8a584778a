import { sql } from 'kysely'
import { DecryptionError, seal, unseal } from './encryption.ts'
import type { Hub } from './hub.ts'
import type { SealedColumn } from './integration.ts'

/** The hub's own columns that hold sealed values; integrations name theirs. */
const own = [
  { table: 'zoom_app', key: 'id', column: 'client_secret', boundTo: (id) => `${id}:client_secret` },
  { table: 'zoom_app', key: 'id', column: 'secret_token', boundTo: (id) => `${id}:secret_token` },
  { table: 'zoom_app', key: 'id', column: 'previous_secret_token', boundTo: (id) => `${id}:secret_token` },
  { table: 'connection', key: 'id', column: 'access_token', boundTo: (id) => id },
  { table: 'connection', key: 'id', column: 'refresh_token', boundTo: (id) => `${id}:refresh_token` },
  { table: 'connection', key: 'id', column: 'unrevoked_token', boundTo: (id) => `${id}:refresh_token` },
  { table: 'grant_request', key: 'state_hash', column: 'code_verifier', boundTo: (hash) => hash },
  { table: 'subscription', key: 'id', column: 'secret', boundTo: (id) => id },
  { table: 'subscription', key: 'id', column: 'previous_secret', boundTo: (id) => id },
] as const satisfies readonly SealedColumn[]

export const sealedColumns = (hub: Hub): readonly SealedColumn[] => [
  ...own,
  ...hub.integrations.flatMap((each) => each.sealed ?? []),
]

/** What was done; `unreadable` are values whose key is not here, as `table.column row`. They stay as they are. */
export interface Resealed {
  values: number
  unreadable: string[]
}

/** Seals every value with the current key that another one had sealed, row by row, while the hub goes on working. */
export async function resealAll(hub: Hub): Promise<Resealed> {
  const done: Resealed = { values: 0, unreadable: [] }
  for (const sealed of sealedColumns(hub)) await resealColumn(hub, sealed, done)
  return done
}

const atOnce = 200

async function resealColumn(hub: Hub, sealed: SealedColumn, done: Resealed): Promise<void> {
  const [table, key, column] = [sql.table(sealed.table), sql.ref(sealed.key), sql.ref(sealed.column)]
  const current = hub.keys.current.id
  let after: string | Buffer | undefined
  for (;;) {
    const { rows } = await sql<{ key: string | Buffer; value: Buffer }>`
      select ${key} as key, ${column} as value from ${table}
      where encode(substring(${column} from 2 for 4), 'hex') <> ${current}
        ${after === undefined ? sql`` : sql`and ${key} > ${after}`}
      order by ${key} limit ${atOnce}`.execute(hub.db)
    for (const row of rows) {
      const id = typeof row.key === 'string' ? row.key : row.key.toString('hex')
      const value = sealedAnew(hub, sealed.boundTo(id), row.value)
      if (!value) {
        done.unreadable.push(`${sealed.table}.${sealed.column} ${id}`)
        continue
      }
      // Whoever changed it meanwhile has sealed it with the current key.
      const { numAffectedRows } = await sql`
        update ${table} set ${column} = ${value} where ${key} = ${row.key} and ${column} = ${row.value}`.execute(hub.db)
      done.values += Number(numAffectedRows ?? 0)
    }
    after = rows.at(-1)?.key
    if (rows.length < atOnce) return
  }
}

function sealedAnew(hub: Hub, row: string, value: Buffer): Buffer | undefined {
  try {
    return seal(hub.keys, row, unseal(hub.keys, row, value))
  } catch (error) {
    if (error instanceof DecryptionError) return undefined
    throw error
  }
}

import { pid } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { ConflictError } from '#core/errors.ts'

/** First halves of our advisory locks' keys; the second is which. */
const locks = 0x6772656e
const inUse = 1
const serving = 2

/** A connection with this name in `pg_stat_activity` belongs to the process with that number. */
export const applicationName = `greenroom ${pid}`

/** Tells the others on this database, for as long as the client is connected, that somebody needs the server. */
export const use = async (client: Client): Promise<void> => {
  await client.query('select pg_advisory_lock_shared($1, $2)', [locks, inUse])
}

/** Ends our own use; true when nobody else is left. */
export async function lastToLeave(client: Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1, $2)', [locks, inUse])
  const { rows } = await client.query<{ last: boolean }>('select pg_try_advisory_lock($1, $2) as last', [locks, inUse])
  return rows[0]?.last === true
}

/**
 * Makes the client's process the one server on this database, for as long as the client is connected.
 * @throws ConflictError when another process is; it and PostgreSQL go on undisturbed.
 */
export async function claimServer(client: Client): Promise<void> {
  // The backend of a server that was killed a moment ago may not have noticed yet.
  for (let attempt = 0; attempt < 20; attempt++, await sleep(50)) {
    const { rows } = await client.query<{ ours: boolean }>('select pg_try_advisory_lock($1, $2) as ours', [
      locks,
      serving,
    ])
    if (rows[0]?.ours) return
  }
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name from pg_locks join pg_stat_activity using (pid)
     where locktype = 'advisory' and granted and classid = $1 and objid = $2`,
    [locks, serving],
  )
  const holder = rows[0]?.application_name.replace('greenroom ', '') ?? 'unknown'
  throw new ConflictError(
    `Another Greenroom (pid ${holder}) is running on this data folder. Stop it, or start with another GREENROOM_DATA and PORT`,
  )
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '#core/log.ts'
import { openEmbeddedPostgres } from '#store/embedded/postgres.ts'

export type DatabaseEnv = Record<'DATABASE_URL' | 'GREENROOM_DATA' | 'HOST', string>

/** A PostgreSQL in a folder of its own, both gone with the scope. @returns the environment of programs that work on it. */
export async function ownDatabase(opened: AsyncDisposableStack): Promise<DatabaseEnv> {
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  opened.defer(() => rm(data, { recursive: true, force: true }))
  const postgres = opened.use(await openEmbeddedPostgres({ data, log: createLog({ level: 'error' }) }))
  const DATABASE_URL = `postgresql://greenroom@localhost/greenroom?host=${encodeURIComponent(postgres.connection.host)}`
  return { DATABASE_URL, GREENROOM_DATA: data, HOST: '127.0.0.1' }
}

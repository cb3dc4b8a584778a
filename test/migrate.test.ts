import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { openPool } from '#store/db.ts'
import { migrate, MigrationError, type Migrations } from '#store/migrate.ts'
import { testDatabase } from './database.ts'

const { connection, drop } = await testDatabase({ after: () => {} })
const pool = openPool(connection, { onError: () => {} })
after(async () => {
  await pool.end()
  await drop()
})

async function folder(files: Record<string, string>): Promise<Migrations> {
  const path = await mkdtemp(join(tmpdir(), 'greenroom-migrations-'))
  for (const [name, sql] of Object.entries(files)) await writeFile(join(path, name), sql)
  return { owner: path.split('-').at(-1) ?? '', folder: pathToFileURL(`${path}/`) }
}

test('migrations run in order, once, and many processes may start at once', async () => {
  const source = await folder({
    '0002-b.sql': 'insert into many values (1)',
    '0001-a.sql': 'create table many (n int)',
  })
  const ran = (await Promise.all([1, 2, 3, 4].map(() => migrate(pool, [source])))).flat()
  assert.deepEqual(
    ran.map((name) => name.split('/')[1]),
    ['0001-a.sql', '0002-b.sql'],
  )
  const { rows } = await pool.query('select * from many')
  assert.equal(rows.length, 1)
})

test('a migration that fails leaves nothing of itself, and the next start tries it again', async () => {
  const source = await folder({ '0001-a.sql': 'create table half (n int); select nonsense' })
  await assert.rejects(migrate(pool, [source]), /nonsense/)
  const { rows } = await pool.query("select to_regclass('half') as half")
  assert.equal(rows[0].half, null)
  await writeFile(new URL('0001-a.sql', source.folder), 'create table half (n int)')
  assert.equal((await migrate(pool, [source])).length, 1)
})

test('a migration that was edited after it ran is refused', async () => {
  const source = await folder({ '0001-a.sql': 'create table edited (n int)' })
  await migrate(pool, [source])
  await writeFile(new URL('0001-a.sql', source.folder), 'create table edited (n bigint)')
  await assert.rejects(migrate(pool, [source]), MigrationError)
})

test('a database that a newer release has migrated is refused', async () => {
  const newer = await folder({ '0001-a.sql': 'select 1', '0002-b.sql': 'select 2' })
  await migrate(pool, [newer])
  const older = { ...(await folder({ '0001-a.sql': 'select 1' })), owner: newer.owner }
  await assert.rejects(migrate(pool, [older]), /newer release/)
})

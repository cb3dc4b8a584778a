import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test from 'node:test'
import pg from 'pg'
import { ConflictError } from '#core/errors.ts'
import { createLog } from '#core/log.ts'
import { inhabitantsOf } from '#store/embedded/inhabitants.ts'
import { exclusively } from '#store/embedded/lock.ts'
import { openEmbeddedPostgres, type EmbeddedOptions, type EmbeddedPostgres } from '#store/embedded/postgres.ts'

const asRoot = process.getuid?.() === 0
const log = createLog({ level: 'silent' })

test('a first start makes a database, and a second one finds what was written', async () => {
  using folder = dataFolder()
  const data = folder.path
  await using first = await open(data)
  await query(first, "create table kept as select 'word' as word")
  await first.stop()
  await using second = await open(data)
  assert.deepEqual(await query(second, 'select word from kept'), [{ word: 'word' }])
  assert.deepEqual([first.adopted, second.adopted], [false, false])
})

test('stop leaves no process and no socket', async () => {
  using folder = dataFolder()
  await using postgres = await open(folder.path)
  await postgres.stop()
  assert.deepEqual((await inhabitantsOf(postgres.where.data)).processes, [])
  assert.ok(!readdirSync(postgres.where.data).includes('.s.PGSQL.5432'))
})

test('after kill -9 of the server PostgreSQL is adopted with all that was committed', async () => {
  using folder = dataFolder()
  const data = folder.path
  const server = await serverProcess(data)
  await kill(server)
  await using next = await open(data)
  assert.equal(next.adopted, true)
  assert.deepEqual(await query(next, 'select word from committed'), [{ word: 'committed' }])
})

for (const [what, alsoServer] of [
  ['PostgreSQL', false],
  ['everything', true],
] as const)
  test(`after kill -9 of ${what} the next start recovers what was committed`, async () => {
    using folder = dataFolder()
    const data = folder.path
    const server = await serverProcess(data)
    const { postmaster, processes } = await inhabitantsOf(join(data, 'postgres'))
    for (const pid of alsoServer ? processes : [postmaster ?? Number.NaN]) process.kill(pid, 'SIGKILL')
    await kill(server)
    await using next = await open(data)
    assert.equal(next.adopted, false)
    assert.deepEqual(await query(next, 'select word from committed'), [{ word: 'committed' }])
  })

test('kill -9 while the database is being made leaves nothing half made', async () => {
  using folder = dataFolder()
  const data = folder.path
  const server = start(data)
  while (!readdirSync(data).some((name) => name.startsWith('postgres.init-'))) await pause(5)
  await pause(150)
  await kill(server)
  await using next = await open(data)
  assert.deepEqual(await query(next, 'select 1 as one'), [{ one: 1 }])
})

test('a postmaster.pid that names a program of somebody else is no riddle', async () => {
  using folder = dataFolder()
  const data = folder.path
  await using first = await open(data)
  await first.stop()
  writeFileSync(join(first.where.data, 'postmaster.pid'), `${process.pid}\n${first.where.data}\n`)
  await using next = await open(data)
  assert.deepEqual(await query(next, 'select 1 as one'), [{ one: 1 }])
})

test('a lock whose holder is dead is taken over at once', async () => {
  using folder = dataFolder()
  const file = join(folder.path, 'a.lock')
  const gone = spawn('true')
  await once(gone, 'exit')
  writeFileSync(file, `${gone.pid} 0123456789abcdef\n`)
  const began = performance.now()
  assert.equal(await exclusively(file, async () => 'done'), 'done')
  assert.ok(performance.now() - began < 2_000)
})

test('a lock whose number belongs to another program is taken over when nobody touches it', async () => {
  using folder = dataFolder()
  const file = join(folder.path, 'a.lock')
  writeFileSync(file, `${process.ppid} 0123456789abcdef\n`)
  const began = performance.now()
  assert.equal(await exclusively(file, async () => 'done', 1_500), 'done')
  assert.ok(performance.now() - began > 1_400)
})

test('a lock whose holder lives is waited for, however long its work takes', async () => {
  using folder = dataFolder()
  const file = join(folder.path, 'a.lock')
  const order: string[] = []
  const first = exclusively(file, () => pause(2_500).then(() => order.push('first')), 1_000)
  await pause(100)
  await Promise.all([first, exclusively(file, async () => order.push('second'), 1_000)])
  assert.deepEqual(order, ['first', 'second'])
})

test('of many who want a stale lock each has it alone', async () => {
  using folder = dataFolder()
  const file = join(folder.path, 'a.lock')
  writeFileSync(file, '99999999 0123456789abcdef\n')
  let [inside, most] = [0, 0]
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await pause(20)
    inside--
  }
  await Promise.all(Array.from({ length: 5 }, () => exclusively(file, work)))
  assert.equal(most, 1)
})

test('three that start at once share one PostgreSQL, and the last to leave stops it', async () => {
  using folder = dataFolder()
  const data = folder.path
  const three = await Promise.all([1, 2, 3].map(() => open(data, { serve: false })))
  assert.deepEqual(three.map(({ adopted }) => adopted).filter(Boolean), [true, true])
  const [one, two, last] = three as [EmbeddedPostgres, EmbeddedPostgres, EmbeddedPostgres]
  await Promise.all([one.stop(), two.stop()])
  assert.deepEqual(await query(last, 'select 1 as one'), [{ one: 1 }])
  await last.stop()
  assert.deepEqual((await inhabitantsOf(last.where.data)).processes, [])
})

test('stop leaves no process even if somebody has deleted the data folder', async () => {
  using folder = dataFolder()
  await using postgres = await open(folder.path)
  const { postmaster = Number.NaN } = await inhabitantsOf(postgres.where.data)
  rmSync(folder.path, { recursive: true })
  await postgres.stop()
  assert.throws(() => process.kill(postmaster, 0), { code: 'ESRCH' })
})

test('a second server on the same data folder is refused by a sentence with the number of the first', async () => {
  using folder = dataFolder()
  const data = folder.path
  await using first = await open(data)
  await assert.rejects(open(data), (error) => {
    assert.ok(error instanceof ConflictError)
    assert.ok(error.message.includes(`Greenroom (pid ${process.pid}) is running on this data folder`), error.message)
    return true
  })
  assert.deepEqual(await query(first, 'select 1 as one'), [{ one: 1 }])
})

test('a command visits the database of a running server and leaves it running', async () => {
  using folder = dataFolder()
  const data = folder.path
  await using server = await open(data)
  await using visitor = await open(data, { serve: false })
  await visitor.stop()
  assert.equal(visitor.adopted, true)
  assert.deepEqual(await query(server, 'select 1 as one'), [{ one: 1 }])
})

test('a path with a space and one that is too long for a socket both work', async () => {
  for (const name of ['with a space', 'long'.repeat(30)]) {
    using folder = dataFolder()
    await using postgres = await open(join(folder.path, name))
    assert.deepEqual(await query(postgres, 'select 1 as one'), [{ one: 1 }])
  }
})

test('a folder that holds something else is left alone', async () => {
  using folder = dataFolder()
  const data = folder.path
  mkdirSync(join(data, 'postgres'))
  writeFileSync(join(data, 'postgres', 'novel.txt'), 'Call me Ishmael.')
  await assert.rejects(open(data), /holds something else: novel\.txt/)
  assert.equal(readFileSync(join(data, 'postgres', 'novel.txt'), 'utf8'), 'Call me Ishmael.')
})

test('a database that cannot start says so with the last words of its log', async () => {
  using folder = dataFolder()
  const data = folder.path
  await using first = await open(data)
  await first.stop()
  writeFileSync(join(first.where.data, 'PG_VERSION'), '9\n')
  await assert.rejects(open(data), /could not start in .*The data directory was initialized by PostgreSQL version 9/s)
})

test('a data folder that cannot be made is named, with the variable that names another', async () => {
  using folder = dataFolder()
  writeFileSync(join(folder.path, 'file'), '')
  await assert.rejects(open(join(folder.path, 'file', 'data')), /data folder .*file\/data .*GREENROOM_DATA/)
})

if (asRoot)
  test('for root it runs as another user, and moves where that user can go if he may not enter', async () => {
    using folder = dataFolder()
    chmodSync(folder.path, 0o700)
    const data = join(folder.path, 'data')
    await using first = await open(data)
    const moved = readlinkSync(join(data, 'postgres'))
    using _elsewhere = { [Symbol.dispose]: () => rmSync(dirname(moved), { recursive: true, force: true }) }
    assert.deepEqual([first.where.moved, first.where.data], [true, moved])
    assert.match(moved, /^\/var\/lib\/greenroom\//)
    await query(first, "create table kept as select 'word' as word")
    await first.stop()
    chmodSync(folder.path, 0o755)
    await using second = await open(data)
    assert.deepEqual(await query(second, 'select word from kept'), [{ word: 'word' }], 'the link leads there for good')
    await second.stop()
  })
else
  test('an ordinary user runs it himself', async () => {
    using folder = dataFolder()
    await using postgres = await open(folder.path)
    assert.equal(postgres.where.moved, false)
  })

/** Named like the folder in database.ts, so that the next run stops and removes what a killed one has left. */
function dataFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), `greenroom-test-${process.pid}-`))
  chmodSync(path, 0o755)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const open = (data: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedPostgres> =>
  openEmbeddedPostgres({ data, log, fsync: false, ...more })

async function query(postgres: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(postgres.connection)
  await client.connect()
  try {
    return (await client.query(text)).rows as unknown[]
  } finally {
    await client.end()
  }
}

/** A process of its own that opens the database, commits a row and says so. */
async function serverProcess(data: string): Promise<ChildProcess> {
  const server = start(data)
  await once(server.stdout ?? server, 'data')
  return server
}

const start = (data: string): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '--eval', program, data], { stdio: ['ignore', 'pipe', 'inherit'] })

const program = `
  import pg from 'pg'
  import { openEmbeddedPostgres } from '#store/embedded/postgres.ts'
  const log = { info() {}, warn() {} }
  const { connection } = await openEmbeddedPostgres({ data: process.argv[1], log, fsync: false })
  const client = new pg.Client(connection)
  client.on('error', () => {})
  await client.connect()
  await client.query("create table committed as select 'committed' as word")
  console.log('committed')
`

async function kill(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

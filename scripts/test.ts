// `npm test`, `npm run test:browser`, `npm run test:cluster`: node's own test runner on one PostgreSQL for the whole run.
// More arguments go to it: files to run instead of all, or options such as --test-name-pattern=….
import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'

const kinds = { '': 'test/*.test.ts', browser: 'test/browser/*.test.ts', cluster: 'test/cluster/*.test.ts' }

const [first = '', ...rest] = process.argv.slice(2)
const kind = first in kinds ? (first as keyof typeof kinds) : ''
const more = kind === first ? rest : [first, ...rest]

const chosen = more.filter((argument) => !argument.startsWith('-'))
const files = chosen.length > 0 ? chosen : globSync(kinds[kind]).toSorted()
if (files.length === 0) {
  console.log(`There are no tests yet in ${kinds[kind]}.`)
  process.exit(0)
}

// What runs on real time has the machine to itself.
const beside = kind === 'cluster' ? 1 : 2
const options = [
  '--test',
  '--test-global-setup=test/database.ts',
  `--test-concurrency=${beside}`,
  '--test-reporter=spec',
]
const runner = spawn(process.execPath, [...options, ...more.filter((argument) => argument.startsWith('-')), ...files], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal))
runner.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

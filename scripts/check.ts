// `npm run check`: everything that can be known without running the product. Exits with 1 when any of it is wrong.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

interface Check {
  name: string
  command: string[]
  /** The check is made only when this file exists. */
  of?: string
}

const checks: Check[] = [
  { name: 'types', command: ['tsc', '-p', '.'] },
  { name: 'types of the web console', command: ['tsc', '-p', 'web/console'], of: 'web/console/tsconfig.json' },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'generated files are fresh', command: ['node', 'scripts/generate.ts', '--check'], of: 'scripts/generate.ts' },
]

const failed = checks.filter(({ of }) => !of || existsSync(of)).filter((check) => !passes(check))
if (failed.length > 0) {
  console.error(`\nNot right: ${failed.map(({ name }) => name).join(', ')}`)
  process.exit(1)
}

function passes({ name, command: [program = '', ...args] }: Check): boolean {
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✖'} ${name} (${seconds} s)`)
  if (status !== 0) console.log([stdout, stderr, error?.message].filter(Boolean).join('\n').trimEnd())
  return status === 0
}

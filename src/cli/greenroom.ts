import { ConfigError, sentenceOf } from '#core/errors.ts'
import { createLog } from '#core/log.ts'
import { readConfig, type Config } from '#config.ts'
import { helpOf, runCommand, UsageError, type Command, type Io } from './command.ts'
import { doctor } from './doctor.ts'
import { encryptionKeyRotate } from './encryption-key-rotate.ts'
import { eventsReplay } from './events-replay.ts'
import { keyCreate } from './key-create.ts'
import { serve } from './serve.ts'
import { simulator } from './simulator.ts'
import { start } from './start.ts'
import { tour } from './tour.ts'
import { worker } from './worker.ts'

/** What `greenroom` can do. A new command is a file and a word here. */
const commands: readonly Command[] = [
  start,
  serve,
  worker,
  simulator,
  tour,
  keyCreate,
  doctor,
  eventsReplay,
  encryptionKeyRotate,
]

/** Exit codes: 0 done, 1 it did not work, 2 called wrongly, 78 (EX_CONFIG of sysexits.h) the configuration is wrong. */
async function main(words: string[]): Promise<number> {
  const found = commands.find(({ name }) => name === words.slice(0, name.split(' ').length).join(' '))
  if (!found) return unknown(words)
  try {
    return await runCommand(found, words.slice(found.name.split(' ').length), () => ioOf(readConfig(process.env)))
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n\n${helpOf(found)}\n`)
      return 2
    }
    process.stderr.write(`${sentenceOf(error)}\n`)
    if (process.env['LOG_LEVEL'] === 'debug' && error instanceof Error) process.stderr.write(`${error.stack}\n`)
    return error instanceof ConfigError ? 78 : 1
  }
}

function unknown(words: string[]): number {
  const asked = words.length === 0 || words[0] === '--help' || words[0] === 'help'
  if (!asked) process.stderr.write(`There is no command ${words.join(' ')}.\n`)
  const near = commands.filter(({ name }) => name.split(' ')[0] === words[0])
  const listed = near.length > 0 ? near : commands
  const width = Math.max(...listed.map(({ name }) => name.length))
  const list = listed.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')
  process[asked ? 'stdout' : 'stderr'].write(`greenroom COMMAND [--help]\n\n${list}\n`)
  return asked ? 0 : 2
}

function ioOf(config: Config): Io {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  return {
    config,
    log: createLog({ level: config.logLevel }),
    print: (line = '') => void process.stdout.write(`${line}\n`),
    progress: (line) => void (process.stderr.isTTY && process.stderr.write(`${line}\n`)),
    stopped: stop.signal,
  }
}

process.exitCode = await main(process.argv.slice(2))

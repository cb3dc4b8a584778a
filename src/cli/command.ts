import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { Config } from '#config.ts'
import type { Log } from '#core/log.ts'

/** What a command is handed instead of the process. */
export interface Io {
  config: Config
  log: Log
  /** What the command answers: standard output, one line a call. */
  print: (line?: string) => void
  /** How far long work is: standard error, and only where somebody looks. */
  progress: (line: string) => void
  /** Aborted by Ctrl-C and by SIGTERM. */
  stopped: AbortSignal
}

export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  /** `key create`: the words that call it. */
  name: string
  summary: string
  /** What follows the name. */
  usage: string
  /** One line for each option, in the order of `options`. */
  help: Record<keyof Options & string, string>
  options: Options
  /** Whether words may follow that are no options. */
  takesWords?: true
  /** The exit code. */
  run(values: OptionValues<Options>, io: Io, words: string[]): Promise<number>
}

type OptionValues<Options extends ParseArgsOptionsConfig> = {
  [Name in keyof Options]?: Options[Name]['type'] extends 'boolean' ? boolean : string
}

export const command = <const Options extends ParseArgsOptionsConfig>(definition: Command<Options>): Command =>
  definition as unknown as Command

/** The command was called wrongly: exit code 2 and how to call it. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** `world` is asked for only when the command runs: help is to be had even while the environment is wrong. */
export async function runCommand(definition: Command, words: string[], world: () => Io): Promise<number> {
  const options = { ...definition.options, help: { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig
  const { values, positionals } = parse(words, options, definition.takesWords ?? false)
  if (values['help']) {
    process.stdout.write(`${helpOf(definition)}\n`)
    return 0
  }
  return definition.run(values as never, world(), positionals)
}

function parse(
  words: string[],
  options: ParseArgsOptionsConfig,
  allowPositionals: boolean,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: words, options, allowPositionals })
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0], { cause: error })
  }
}

export function helpOf({ name, summary, usage, help, options }: Command): string {
  const names = Object.keys(options).map((option) => `--${option}${options[option]?.type === 'string' ? ' …' : ''}`)
  const width = Math.max(0, ...names.map((each) => each.length))
  const lines = Object.keys(options).map(
    (option, index) => `  ${(names[index] ?? '').padEnd(width)}  ${help[option] ?? ''}`,
  )
  return [
    `${summary}`,
    '',
    `  greenroom ${[name, usage].filter(Boolean).join(' ')}`,
    ...(lines.length > 0 ? ['', ...lines] : []),
  ].join('\n')
}

/** @throws UsageError when the option is missing. */
export function needed(value: string | undefined, option: string): string {
  if (value) return value
  throw new UsageError(`--${option} is needed`)
}

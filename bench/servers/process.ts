import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

/** A program of ours in a process of its own, stopped by its scope. */
export interface Running extends AsyncDisposable {
  child: ChildProcess
  /** Everything it has printed. */
  printed: string[]
  /** Resolves when the process is gone. */
  ended: Promise<unknown>
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Runs a program and waits for the line that says it is ready. @throws what it printed, when it ends before. */
export async function runProgram(
  script: URL,
  args: readonly string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<Running> {
  const child = spawn(process.execPath, [script.pathname, ...args], {
    env: { ...process.env, LOG_LEVEL: 'error', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const printed: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      printed.push(line)
      if (ready.test(line)) resolve()
    })
    child.on('exit', (code) => reject(new Error(`${script.pathname} ended with ${code}: ${printed.join('\n')}`)))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal)
    await ended
  }
  return { child, printed, ended, stop, [Symbol.asyncDispose]: () => stop() }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

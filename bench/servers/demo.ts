import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, runProgram, type Running } from './process.ts'

export const greenroom = new URL('../../src/cli/greenroom.ts', import.meta.url)

/** `npm start` with a data folder and ports of its own; all of it is gone with its scope. */
export async function demoRunning(
  options: readonly string[] = [],
  ready = /^Zoom /,
): Promise<{ running: Running; env: Record<string, string> } & AsyncDisposable> {
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  const env = { GREENROOM_DATA: data, PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()) }
  const running = await runProgram(greenroom, ['start', ...options], env, ready)
  return {
    running,
    env,
    async [Symbol.asyncDispose]() {
      await running.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

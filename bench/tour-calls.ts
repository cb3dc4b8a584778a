import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from './run.ts'
import { freePort, runProgram } from './servers/process.ts'

/** Calls to Zoom of the tour, from the schedule to the attendance table: one to create, one for the report. */
export async function tourCalls(): Promise<Finding> {
  const data = await mkdtemp(join(tmpdir(), 'greenroom-bench-'))
  const env = { GREENROOM_DATA: data, PORT: String(await freePort()), SIMULATOR_PORT: String(await freePort()) }
  const said = /Zoom calls used: (\d+)/
  const greenroom = new URL('../src/cli/greenroom.ts', import.meta.url)
  await using tour = await runProgram(greenroom, ['start', '--tour', '--exit'], env, said)
  await tour.ended
  await rm(data, { recursive: true, force: true })
  console.log(tour.printed.join('\n'))
  const value = Number(said.exec(tour.printed.join('\n'))?.[1])
  return { bench: 'tour-calls', value, goal: 2, better: 'lower' }
}

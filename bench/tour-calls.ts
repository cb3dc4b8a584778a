import type { Finding } from './run.ts'
import { demoRunning, greenroom } from './servers/demo.ts'
import { runProgram } from './servers/process.ts'

/** Calls to Zoom of the tour of one class, from the schedule to the attendance table: one to create, one for the report. */
export async function tourCalls(): Promise<Finding> {
  await using demo = await demoRunning()
  await using keys = await runProgram(greenroom, ['key', 'create', '--workspace', 'Demo'], demo.env, /^gr_/)
  await keys.ended
  const key = keys.printed.at(-1) ?? ''
  const said = /Zoom calls used: (\d+)/
  await using tour = await runProgram(greenroom, ['tour', '--key', key], demo.env, said)
  await tour.ended
  console.log(tour.printed.join('\n'))
  const value = Number(said.exec(tour.printed.join('\n'))?.[1])
  return { bench: 'tour-calls', value, goal: 2, better: 'lower' }
}

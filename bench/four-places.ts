import type { Finding } from './run.ts'
import { demoRunning } from './servers/demo.ts'

/**
 * Calls to Zoom of the whole tour of four places, tokens apart; each is printed with its reason. One without a reason is one that
 * a stored row or an event could have answered.
 */
export async function fourPlaces(): Promise<Finding> {
  const said = /Zoom calls used: (\d+)/
  await using demo = await demoRunning(['--tour', '--exit'], /See it in the console/)
  await demo.running.ended
  const printed = demo.running.printed.join('\n')
  console.log(printed)
  const value = Number(said.exec(printed)?.[1])
  const unexplained = demo.running.printed.filter((line) => line.includes('no reason is known')).length
  return { bench: 'four-places', value, goal: 8, better: 'lower', unexplained }
}

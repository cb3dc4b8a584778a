// `npm run bench -- NAME`: one benchmark, with its peer beside it in the same run. The last line is one line of JSON.
import { consoleReactions } from './console.ts'
import { fanOut } from './fan-out.ts'
import { fourPlaces } from './four-places.ts'
import { intake } from './intake.ts'
import { outage } from './outage.ts'
import { refresh } from './refresh.ts'
import { refreshKill } from './refresh-kill.ts'
import { quota } from './quota.ts'
import { tourCalls } from './tour-calls.ts'

/** What a benchmark has found: `value` is held against `goal`, the rest is how it came about. */
export interface Finding {
  bench: string
  value: number
  goal: number
  better: 'higher' | 'lower'
  [more: string]: string | number
}

const benchmarks: Record<string, () => Promise<Finding>> = {
  console: consoleReactions,
  intake,
  outage,
  'tour-calls': tourCalls,
  refresh,
  'refresh-kill': refreshKill,
  'four-places': fourPlaces,
  'fan-out': fanOut,
  quota,
}

const [name = ''] = process.argv.slice(2)
const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined
if (benchmark) console.log(JSON.stringify(await benchmark()))
else {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benchmarks).join(', ')}`)
  process.exitCode = 2
}

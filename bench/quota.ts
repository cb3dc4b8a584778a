import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { openHub } from '#server.ts'
import { startSimulator } from '#simulator/simulator.ts'
import type { Finding } from './run.ts'
import { ownDatabase, type DatabaseEnv } from './servers/database.ts'
import { runProgram } from './servers/process.ts'
import { connectSimulatorApp } from './servers/simulator-app.ts'

const seconds = 30
/** Zoom's limit for light calls of a business account, a second; as many may go at once at the start. */
const limit = 80
/** Light calls a second that each integration wants, together 400: one of them is greedy. */
const wants = { lti: 280, mattermost: 40, site: 40, bots: 40 }

interface Counts {
  answered: number
  refused: number
  failed: number
}

/**
 * Four integrations in four processes want five times what Zoom allows. How much of it is used, how evenly it is shared (Jain's
 * index), and how many calls Zoom turned away; then the same with processes that sleep on their own 429s.
 */
export async function quota(): Promise<Finding> {
  const shared = await measured('hub')
  const alone = await measured('alone')
  return {
    bench: 'quota',
    value: round(shared.used),
    goal: 0.95,
    better: 'higher',
    jain: round(shared.jain),
    refused: shared.refused,
    failed: shared.failed,
    alone_value: round(alone.used),
    alone_jain: round(alone.jain),
    alone_refused: alone.refused,
  }
}

async function measured(how: 'hub' | 'alone') {
  await using opened = new AsyncDisposableStack()
  const env = await ownDatabase(opened)
  const simulator = await startSimulator({ port: 0 })
  opened.defer(() => simulator.close())
  const connection_id = await connect(env, simulator.url)
  const callers = await Promise.all(
    Object.entries(wants).map(async ([name, wanted]) => {
      const args = [connection_id, name, wanted, seconds, how].map(String)
      return opened.use(await runProgram(new URL('servers/zoom-caller.ts', import.meta.url), args, env, /^ready/))
    }),
  )
  for (const { child } of callers) child.kill('SIGUSR2')
  await Promise.all(callers.map(({ ended }) => ended))
  const counts = callers.map(({ printed }) => JSON.parse(printed.at(-1) ?? '') as Counts)
  console.log(
    how,
    Object.keys(wants)
      .map((name, index) => `${name} ${counts[index]?.answered}`)
      .join(', '),
  )
  const answered = counts.map((count) => count.answered)
  const sum = answered.reduce((total, each) => total + each, 0)
  return {
    used: sum / (limit * seconds + limit),
    jain: sum ** 2 / (answered.length * answered.reduce((total, each) => total + each ** 2, 0)),
    refused: counts.reduce((total, { refused }) => total + refused, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  }
}

async function connect(env: DatabaseEnv, simulatorUrl: string): Promise<string> {
  await using open = await openHub(readConfig(env), createLog({ level: 'error' }), { serve: false })
  return (await connectSimulatorApp(open.hub, simulatorUrl)).connection_id
}

const round = (value: number): number => Math.round(value * 1000) / 1000

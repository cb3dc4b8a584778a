import { sentenceOf } from '#core/errors.ts'
import { connectedOfApp, type ConnectionRow } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { hostOfConnection, licensedHosts } from '#store/zoom-users.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'
import { askForDashboards, askForReports, hasWebinars } from '#zoom/plan.ts'
import { endpointOf, type Endpoint } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import { openPlanMemory, type Answer, type PlanMemory } from './plan-memory.ts'

interface Probe {
  of: string
  operation: Endpoint
  /** Where the plan must be at least. */
  plan: string
  ask(client: ZoomClient, host: { id: string }, day: string): Promise<unknown>
}

const probes: readonly Probe[] = [
  {
    of: 'reports',
    operation: endpointOf('GET /report/users/{userId}/meetings'),
    plan: 'Pro or higher',
    ask: (client, { id }, day) => askForReports(client, id, day),
  },
  {
    of: 'dashboards',
    operation: endpointOf('GET /metrics/meetings'),
    plan: 'Business or higher',
    ask: (client, _, day) => askForDashboards(client, day),
  },
]

/**
 * Whether the account's plan has reports, dashboards and webinars, where the app has the scope: one call each, and one for each host
 * with a licence. What Zoom said is kept for a day, unless it is to be asked `again`. A user's own app is only asked for the webinars of
 * those who consented: the account's reports and dashboards are not its.
 */
export async function checkPlan(hub: Hub, about: string, app: ZoomAppRow, again: boolean): Promise<Finding[]> {
  if (app.kind === 'user_managed') return checkWebinarsOfUsers(hub, about, app, again)
  const [connection] = await connectedOfApp(hub.db, app.id)
  const host = connection && (await hostOfConnection(hub.db, connection.id))
  if (!host) return []
  const client = await zoomClient(hub, connection.id)
  const memory = await openPlanMemory(hub, connection.id, again)
  const day = new Date(hub.runtime.now()).toISOString().slice(0, 10)
  const ofAccount = probes
    .filter(({ operation }) => isGranted(operation, connection.scope))
    .map(async (probe) => {
      const ask = () => probe.ask(client, host, day).then(() => true)
      const { answer, asked_at } = await memory.answer(probe.of, '', ask)
      return { check: `${about}: plan, ${probe.of}`, ...dated(judgePlan(probe, host.email, answer), asked_at) }
    })
  return [...(await Promise.all(ofAccount)), ...(await checkWebinars(hub, about, connection, client, memory))]
}

const dated = (finding: Omit<Finding, 'check'>, asked_at: Date): Omit<Finding, 'check'> => ({
  ...finding,
  message: `${finding.message.replace(/\.$/, '')}. Zoom was asked at ${asked_at.toISOString()}`,
})

/** What an answer says of the plan; Zoom's code for a plan that is too small is 200, in several wordings. */
export function judgePlan(
  { of, plan }: Pick<Probe, 'of' | 'plan'>,
  host: string,
  answer: Answer,
): Omit<Finding, 'check'> {
  if (answer === true) return { state: 'ok', message: `Zoom allows ${of} (asked for ${host})` }
  if (answer === false)
    return {
      state: 'warning',
      message: `Zoom does not allow ${of} for ${host}`,
      fix: `If they are wanted: they need ${plan}`,
    }
  if (answer === undefined) return { state: 'warning', message: `Zoom did not say whether the plan has ${of}` }
  const { error } = answer
  if (error instanceof ZoomRateLimitError)
    return {
      state: 'warning',
      message: `Whether the plan has ${of} is not known: Zoom asks to wait (${error.reason})`,
      fix: 'Ask the doctor again later',
    }
  const lack = lackOf(error)
  if (lack)
    return {
      state: 'warning',
      message: `${of} are not to be had. ${lack.words}`.replace(/^./, (first) => first.toUpperCase()),
      fix: `If they are wanted: they need ${plan}, and a role at Zoom that may see them`,
    }
  return { state: 'warning', message: `Whether the plan has ${of} is not known: ${sentenceOf(error)}` }
}

/** So many hosts are asked about in one look; the next look goes on. */
const hostsPerLook = 30

const userSettings = endpointOf('GET /users/{userId}/settings')

async function checkWebinars(
  hub: Hub,
  about: string,
  connection: ConnectionRow,
  client: ZoomClient,
  memory: PlanMemory,
): Promise<Finding[]> {
  if (!isGranted(userSettings, connection.scope)) return []
  const hosts = await licensedHosts(hub.db, connection.id)
  const known = hosts.filter(({ id }) => memory.knows('webinars', id))
  const looked = [...known, ...hosts.filter((host) => !known.includes(host)).slice(0, hostsPerLook)]
  const answers = await Promise.all(
    looked.map(async ({ id, email }) => ({
      email,
      answer: (await memory.answer('webinars', id, () => hasWebinars(client, id))).answer,
    })),
  )
  return [{ check: `${about}: plan, webinars`, ...judgeWebinars('licensed', hosts.length, answers) }]
}

/** Each who consented tells of themselves alone. */
async function checkWebinarsOfUsers(hub: Hub, about: string, app: ZoomAppRow, again: boolean): Promise<Finding[]> {
  const consented = (await connectedOfApp(hub.db, app.id)).filter(({ scope }) => isGranted(userSettings, scope))
  if (consented.length === 0) return []
  const users = await Promise.all(
    consented.map(async (connection) => ({ connection, memory: await openPlanMemory(hub, connection.id, again) })),
  )
  const known = users.filter(({ memory }) => memory.knows('webinars', 'me'))
  const looked = [...known, ...users.filter((user) => !known.includes(user)).slice(0, hostsPerLook)]
  const answers = await Promise.all(
    looked.map(async ({ connection: { id, zoom_user_id, zoom_user_email }, memory }) => ({
      email: zoom_user_email ?? zoom_user_id ?? id,
      answer: (await memory.answer('webinars', 'me', async () => hasWebinars(await zoomClient(hub, id), 'me'))).answer,
    })),
  )
  return [{ check: `${about}: plan, webinars`, ...judgeWebinars('consented', consented.length, answers) }]
}

/** Who is asked about: the hosts with a licence of an account, or those who consented for themselves. */
const webinarWords = {
  licensed: {
    able: (able: number, all: number, who: string) =>
      `${able} of ${all} hosts with a licence may hold webinars: ${who}`,
    none: (all: number, rest: string) => `None of ${all} hosts with a licence may hold webinars${rest}`,
  },
  consented: {
    able: (able: number, all: number, who: string) => `${able} of ${all} who consented may hold webinars: ${who}`,
    none: (all: number, rest: string) => `None of ${all} who consented may hold webinars${rest}`,
  },
}

/** How many may hold webinars, of so many as there are. `answers` are those of the ones that were looked at. */
export function judgeWebinars(
  of: keyof typeof webinarWords,
  all: number,
  answers: readonly { email: string; answer: Answer }[],
): Omit<Finding, 'check'> {
  const fix =
    'If webinars are wanted: an administrator of the Zoom account gives the add-on Webinars to a host under “User Management”, “Users”'
  if (all === 0) return { state: 'warning', message: 'No host has a licence, so none may hold webinars', fix }
  const able = answers.filter(({ answer }) => answer === true).map(({ email }) => email)
  const unable = answers.filter(({ answer }) => answer === false || isRefused(answer))
  const unknown = all - able.length - unable.length
  const rest = unknown === 0 ? '' : `; of ${unknown} it is not known yet: ask the doctor again`
  const words = webinarWords[of]
  if (able.length > 0) return { state: 'ok', message: words.able(able.length, all, `${some(able)}${rest}`) }
  return { state: 'warning', message: words.none(unable.length, rest), fix }
}

const isRefused = (answer: Answer): boolean => typeof answer === 'object' && lackOf(answer.error) !== undefined

const some = (names: readonly string[]): string =>
  names.length <= 5 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`

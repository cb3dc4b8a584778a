import { sentenceOf } from '#core/errors.ts'
import { connectedOfApp } from '#store/connections.ts'
import type { ZoomAppRow } from '#store/zoom-apps.ts'
import { hostOfConnection } from '#store/zoom-users.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomRateLimitError } from '#zoom/errors.ts'
import { askForDashboards, askForReports, hasWebinars } from '#zoom/plan.ts'
import { endpointOf, type Endpoint } from '#zoom/schema/endpoints.ts'
import { isGranted } from '#zoom/scopes.ts'
import type { Hub } from '#hub/hub.ts'
import type { Finding } from '#hub/integration.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { lackOf } from '#hub/zoom-rights.ts'

interface Probe {
  of: string
  operation: Endpoint
  /** Where the plan must be at least. */
  plan: string
  /** False or a refusal: the plan does not have it. undefined: Zoom did not say. */
  ask(client: ZoomClient, host: { id: string }, day: string): Promise<boolean | undefined>
}

const granted = (): true => true

const probes: readonly Probe[] = [
  {
    of: 'reports',
    operation: endpointOf('GET /report/users/{userId}/meetings'),
    plan: 'Pro or higher',
    ask: (client, { id }, day) => askForReports(client, id, day).then(granted),
  },
  {
    of: 'dashboards',
    operation: endpointOf('GET /metrics/meetings'),
    plan: 'Business or higher',
    ask: (client, _, day) => askForDashboards(client, day).then(granted),
  },
  {
    of: 'webinars',
    operation: endpointOf('GET /users/{userId}/settings'),
    plan: 'Webinars, an add-on that is given to a host',
    ask: (client, { id }) => hasWebinars(client, id),
  },
]

/**
 * Whether the account's plan has reports, dashboards and webinars: one call each, where the app has the scope. A user's own app is
 * not asked: the account's reports are not its.
 */
export async function checkPlan(hub: Hub, about: string, app: ZoomAppRow): Promise<Finding[]> {
  const [connection] = app.kind === 'user_managed' ? [] : await connectedOfApp(hub.db, app.id)
  const host = connection && (await hostOfConnection(hub.db, connection.id))
  if (!host) return []
  const client = await zoomClient(hub, connection.id)
  const day = new Date(hub.runtime.now()).toISOString().slice(0, 10)
  const able = probes.filter(({ operation }) => isGranted(operation, connection.scope))
  return Promise.all(
    able.map(async (probe) => ({
      check: `${about}: plan, ${probe.of}`,
      ...judgePlan(probe, host.email, await probe.ask(client, host, day).catch((error: unknown) => ({ error }))),
    })),
  )
}

/** What an answer says of the plan; Zoom's code for a plan that is too small is 200, in several wordings. */
export function judgePlan(
  { of, plan }: Pick<Probe, 'of' | 'plan'>,
  host: string,
  answer: boolean | undefined | { error: unknown },
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

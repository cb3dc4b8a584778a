import type { z } from 'zod'
import { settle } from '#simulator/deliveries.ts'
import type { Incoming, Reply } from '#simulator/http.ts'
import type { World } from '#simulator/state.ts'
import { answerControls } from './answers.ts'
import { appControls } from './apps.ts'
import { botControls } from './bots.ts'
import { faultControls } from './faults.ts'
import { groupControls } from './groups.ts'
import { inMeetingControls } from './in-meeting.ts'
import { meetingControls } from './meetings.ts'
import { openapi } from './openapi.ts'
import { peopleControls } from './people.ts'
import { ControlError, ok, route, type ControlRoute } from './route.ts'
import { tokenControls } from './tokens.ts'
import { recordingControls } from './recordings.ts'
import { summaryControls } from './summaries.ts'
import { webhookControls } from './webhooks.ts'
import { worldControls } from './world.ts'

/** All that can be done to the simulated Zoom from outside. */
const routes: ControlRoute[] = [
  ...worldControls,
  ...peopleControls,
  ...groupControls,
  ...appControls,
  ...tokenControls,
  ...meetingControls,
  ...summaryControls,
  ...answerControls,
  ...inMeetingControls,
  ...recordingControls,
  ...botControls,
  ...webhookControls,
  ...faultControls,
  route({
    method: 'GET',
    path: '/openapi.json',
    summary: 'This description',
    handle: ({ world }) => ok(openapi(routes, world.base)),
  }),
]

/** Answers what is asked under `/_`. With `?wait=1` the answer comes when no webhook is on its way any more. */
export async function answerControl(world: World, incoming: Incoming): Promise<Reply> {
  try {
    const { found, params } = match(incoming)
    const body = found.body ? parse(found, incoming) : undefined
    const reply = await found.handle({ world, params, query: incoming.query, body })
    if (incoming.query.get('wait') === '1') await settle(world)
    return reply
  } catch (error) {
    if (error instanceof ControlError) return { status: error.status, body: { error: error.message } }
    throw error
  }
}

function match({ method, path }: Incoming): { found: ControlRoute; params: Record<string, string> } {
  const parts = path.slice('/_'.length).split('/').map(decode)
  const here = routes.filter((candidate) => fits(candidate.path.split('/'), parts))
  const found = here.find((candidate) => candidate.method === method)
  if (!found) {
    const methods = here.map((candidate) => candidate.method).join(', ')
    throw methods
      ? new ControlError(405, `${path} knows ${methods}`)
      : new ControlError(404, `there is no ${path}; see /_/openapi.json`)
  }
  const names = found.path.split('/')
  const params = Object.fromEntries(
    names.flatMap((name, i) => (name.startsWith('{') ? [[name.slice(1, -1), parts[i] ?? '']] : [])),
  )
  return { found, params }
}

const fits = (names: string[], parts: string[]): boolean =>
  names.length === parts.length &&
  names.every((name, i) => (name.startsWith('{') ? parts[i] !== '' : name === parts[i]))

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new ControlError(400, `${part} is not percent-encoded`)
  }
}

function parse({ body: schema }: ControlRoute, { body }: Incoming): unknown {
  const result = schema?.safeParse(readJson(body))
  if (!result?.error) return result?.data
  throw new ControlError(422, problemsOf(result.error.issues).join('; '))
}

/** Where one of several forms would do, the form that is nearest is the one that was meant. */
const problemsOf = (issues: z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) => {
    const [nearest] = issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => distance(a) - distance(b)) : []
    return nearest?.length ? problemsOf(nearest) : [`${issue.path.join('.') || 'the body'}: ${issue.message}`]
  })

/** A form that is ruled out by one of its constants is farther than one with many wrong fields. */
const distance = (issues: z.core.$ZodIssue[]): number =>
  issues.length + (issues.some(({ code }) => code === 'invalid_value') ? 100 : 0)

function readJson(body: Buffer): unknown {
  if (body.byteLength === 0) return {}
  try {
    return JSON.parse(body.toString())
  } catch {
    throw new ControlError(400, 'the body is not JSON')
  }
}

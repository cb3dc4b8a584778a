import { endpoints } from '#zoom/schema/endpoints.ts'
import { events } from '#zoom/schema/events.ts'
import { apiRoutes } from './api/routes.ts'
import { emittedEvents } from './emitted-events.ts'
import { notCovered } from './not-covered.ts'

/** One operation or event of Zoom's, and whether the simulator has it. */
export interface CoverageRow {
  /** `GET /users/{userId}` or `meeting.started`. */
  name: string
  covered: boolean
  /** Why not; none though not covered means that a reason is owed, one though covered that it is out of date. */
  reason: string | undefined
}

/** Answered beside `/v2`: oauth.ts and consent/. */
const oauthOperations = ['POST /oauth/token', 'POST /oauth/revoke', 'GET /oauth/authorize']

/** All that Zoom has by its lists, in their order, held against what the simulator plays and sends. */
export function coverage(): { operations: CoverageRow[]; events: CoverageRow[] } {
  const played = new Set([...Object.keys(apiRoutes), ...oauthOperations])
  const sent = new Set<string>(emittedEvents)
  const reasons = new Map<string, string>(
    notCovered.flatMap(({ reason, rows }) => rows.map((name) => [name, reason] as const)),
  )
  const rowOf = (name: string, covered: boolean): CoverageRow => ({ name, covered, reason: reasons.get(name) })
  return {
    operations: endpoints.map(({ method, path }) => `${method} ${path}`).map((name) => rowOf(name, played.has(name))),
    events: [...events.keys()].map((name) => rowOf(name, sent.has(name))),
  }
}

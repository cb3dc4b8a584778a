import { z } from 'zod'
import type { Incoming, Reply } from './http.ts'
import type { App } from './state.ts'

/** Zoom's data compliance call: an app says that it has deleted the data of a user who removed it. */
export function takeDataCompliance(app: App, { body, headers }: Incoming): Reply {
  if (!/^basic /i.test(headers.authorization ?? '')) return refused('Invalid client_id or client_secret', 401)
  const report = compliance.safeParse(jsonOf(body))
  if (!report.success || report.data.client_id !== app.client_id) return refused('Bad Request')
  return { status: 200, body: { status: 'success' } }
}

const compliance = z.object({
  client_id: z.string(),
  user_id: z.string().min(1),
  account_id: z.string().min(1),
  deauthorization_event_received: z.looseObject({ user_id: z.string(), client_id: z.string() }),
  compliance_completed: z.literal(true),
})

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const refused = (reason: string, status = 400): Reply => ({ status, body: { reason, error: 'invalid_request' } })

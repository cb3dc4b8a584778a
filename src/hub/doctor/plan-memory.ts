import { keepPlanAnswer, planAnswers, type PlanAnswerRow } from '#store/plan-answers.ts'
import { ZoomApiError } from '#zoom/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { lackOf } from '#hub/zoom-rights.ts'

/** Whether something is allowed; undefined: Zoom did not say; or what it threw. */
export type Answer = boolean | undefined | { error: unknown }

export interface PlanMemory {
  knows(about: string, host_id: string): boolean
  /** What Zoom said about it less than a day ago; else it is asked now. Never throws what Zoom throws. */
  answer(
    about: string,
    host_id: string,
    ask: () => Promise<boolean | undefined>,
  ): Promise<{ answer: Answer; asked_at: Date }>
}

/** Plans change seldom, and somebody who has changed one asks again by hand. */
const keep_ms = 86_400_000

/** What Zoom has said to one connection about plan and licences. With `again` nothing that was said before counts. */
export async function openPlanMemory(hub: Hub, connection_id: string, again: boolean): Promise<PlanMemory> {
  const now = hub.runtime.now()
  const rows = again ? [] : await planAnswers(hub.db, connection_id, new Date(now - keep_ms))
  const find = (about: string, host_id: string) => rows.find((row) => row.about === about && row.host_id === host_id)
  return {
    knows: (about, host_id) => find(about, host_id) !== undefined,
    async answer(about, host_id, ask) {
      const known = find(about, host_id)
      if (known) return { answer: answerOf(known), asked_at: known.asked_at }
      const asked_at = new Date(now)
      const answer: Answer = await ask().catch((error: unknown) => ({ error }))
      const kept = columnsOf(answer)
      if (kept) await keepPlanAnswer(hub.db, { connection_id, about, host_id, asked_at, ...kept })
      return { answer, asked_at }
    },
  }
}

function answerOf({ allowed, refusal_code, refusal_reason }: PlanAnswerRow): Answer {
  if (refusal_code === null) return allowed ?? undefined
  const refusal = { status: 400, code: refusal_code, reason: refusal_reason ?? '', errors: [], tracking_id: undefined }
  return { error: new ZoomApiError(refusal) }
}

/** Only a want of right is kept of what was thrown: a limit, trouble or silence says nothing about the plan. */
function columnsOf(answer: Answer): Pick<PlanAnswerRow, 'allowed' | 'refusal_code' | 'refusal_reason'> | undefined {
  if (typeof answer !== 'object') return { allowed: answer ?? null, refusal_code: null, refusal_reason: null }
  const { error } = answer
  if (!(error instanceof ZoomApiError) || !lackOf(error)) return undefined
  return { allowed: null, refusal_code: error.code, refusal_reason: error.reason }
}

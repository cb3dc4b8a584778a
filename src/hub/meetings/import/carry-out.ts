import { InputError, UnavailableError, sentenceOf } from '#core/errors.ts'
import { isClaimed } from '#store/idempotency.ts'
import { settleImportRow, type ImportLine } from '#store/meeting-imports.ts'
import type { Actor, Hub } from '#hub/hub.ts'
import { createMeeting } from '#hub/meetings/schedule.ts'
import { place } from '#hub/places.ts'
import { putMeeting } from '#hub/placements.ts'
import { findAtZoom } from './find.ts'
import { isIn, judge, requestOf, type Verdict } from './judge.ts'

/**
 * Carries a row out. Tried again after a crash it makes nothing twice: it is the same request with the same key.
 * @throws what `judge` throws, and what keeps Zoom from answering.
 */
export async function carryOut(hub: Hub, actor: Actor, row: ImportLine): Promise<Verdict> {
  const key = `import:${row.import_id}:${row.line}`
  const begun = await isClaimed(hub.db, actor.workspace_id, key)
  const verdict: Verdict = begun
    ? { state: 'will_create', message: null, asked: row.asked, meeting_id: null }
    : await judge(hub, actor, row.asked)
  const { asked } = verdict
  switch (verdict.state) {
    case 'will_create': {
      // What is asked for now, with the host's zone of today, must be what a later try asks for.
      if (!begun) await settleImportRow(hub.db, row, verdict)
      const { id } = await createMeeting(hub, actor, requestOf(asked), key)
      return put(hub, actor, { ...verdict, state: 'created', message: null, meeting_id: id }, id)
    }
    case 'will_find': {
      const { id } = await findAtZoom(hub, actor, asked.zoom_meeting_id ?? '', asked.kind)
      return put(hub, actor, { ...verdict, state: 'found', message: null, meeting_id: id }, id)
    }
    case 'will_place':
      return put(hub, actor, { ...verdict, state: 'already_here', message: null }, verdict.meeting_id ?? '')
    case 'waiting':
    case 'created':
    case 'found':
    case 'already_here':
    case 'refused':
      return verdict
  }
}

/** Puts what is here now into the row's place. That it cannot be is told, and takes nothing back. */
async function put(hub: Hub, actor: Actor, verdict: Verdict, meeting_id: string): Promise<Verdict> {
  const { place_id, target = {} } = verdict.asked
  if (place_id === undefined) return verdict
  try {
    const { name } = await place(hub, actor, place_id)
    if (!(await isIn(hub, actor, meeting_id, place_id))) await putMeeting(hub, actor, meeting_id, { place_id, target })
    return { ...verdict, message: `Is in ${name}` }
  } catch (error) {
    if (error instanceof UnavailableError) throw error
    return { ...verdict, message: `Is here, but could not be put into its place: ${inWords(error)}` }
  }
}

/** What was thrown, with what is wrong in which field. */
export function inWords(error: unknown): string {
  const sentence = sentenceOf(error)
  const more = error instanceof InputError ? error.problems.filter(({ message }) => !sentence.includes(message)) : []
  return [sentence, ...more.map(({ field, message }) => `${field} ${message}`)].join('; ')
}

import type { AttendanceSource, MeetingKind } from '#store/db.ts'
import type { ZoomClient } from '#zoom/client.ts'
import { ZoomApiError, ZoomRateLimitError } from '#zoom/errors.ts'
import { lackOf } from '#hub/zoom-rights.ts'
import type { Stay } from './presences.ts'
import { mayAsk, type Source } from './sources.ts'

interface Question {
  client: ZoomClient
  /** What the connection was granted. */
  scope: string
  kind: MeetingKind
  uuid: string
  /** How many people are known to have been there. */
  seen: number
  /** Nobody but one person can have been there: of such a run Zoom has no report. */
  isAlone: boolean
  /** The last time that it is asked: what names fewer people than were seen is better than nothing, as nobody is lost by it. */
  isLast: boolean
  /** How many people these stays are. */
  people: (stays: readonly Stay[]) => number
}

export interface Found {
  source: AttendanceSource
  stays: Stay[]
}

export interface Answer {
  found: Found | undefined
  /** A source that is better than what was found had nothing yet, or too little: it is worth asking again. */
  later: boolean
  /** Which source refused or had too little, in words; '' when the first of all answered. */
  reason: string
}

/**
 * Asks one source after another until one tells of all who are known to have been there. An emptier answer counts as none.
 * @throws what says nothing of the source: a rate limit, a Zoom that is in trouble or out of reach.
 */
export async function bestAnswer(sources: readonly Source[], question: Question): Promise<Answer> {
  const { client, scope, kind, uuid, seen, isAlone, isLast, people } = question
  const enough = isLast ? 1 : Math.max(seen, 1)
  const reasons: string[] = []
  let later = false
  const answer = (found?: Found): Answer => ({ found, later, reason: reasons.join('; ') })
  for (const { name, plan, ways } of sources) {
    const way = ways[kind]
    if (!mayAsk(way, scope)) {
      reasons.push(`${name}: the app has no scope for ${way.operation} (plan ${plan} or above)`)
      continue
    }
    const stays = await read(way.stays(client, uuid))
    if (Array.isArray(stays) && people(stays) >= enough) return answer({ source: name, stays })
    const isMissing = Array.isArray(stays) || stays.status === 404
    if (isMissing && isAlone) {
      reasons.push('Zoom reports only meetings of two or more people')
      return answer()
    }
    later ||= isMissing
    reasons.push(
      `${name}: ${Array.isArray(stays) ? tooLittle(people(stays), seen) : (lackOf(stays)?.words ?? stays.message)}`,
    )
  }
  return answer()
}

const tooLittle = (told: number, seen: number): string =>
  told === 0 ? 'Zoom has nothing yet' : `Zoom tells of ${told} people, but ${seen} were seen`

/** All stays, or Zoom's refusal. */
async function read(lines: AsyncGenerator<Stay, void, undefined>): Promise<Stay[] | ZoomApiError> {
  try {
    return await Array.fromAsync(lines)
  } catch (error) {
    if (!(error instanceof ZoomApiError) || error instanceof ZoomRateLimitError || error.status >= 500) throw error
    return error
  }
}

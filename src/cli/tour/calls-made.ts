import type { Call } from '#cli/call.ts'

/** A request under /v2 that Zoom received, tokens apart. */
export interface ZoomCall {
  method: string
  path: string
  operation?: string
}

/** Why each kind of call is made: no stored row and no event could have answered it. */
const reasons: Record<string, string> = {
  meetingCreate: 'the meeting is made',
  user: 'who consented: the code does not say',
  meetingLocalRecordingJoinToken: 'the bot’s token, good for this meeting and two minutes',
  userToken: 'the bot’s token, good for this meeting',
  reportMeetingParticipants: 'the report that corrects the attendance',
}

export const reasonOf = ({ operation, method, path }: ZoomCall): string =>
  reasons[operation ?? ''] ?? `no reason is known for ${operation ?? `${method} ${path}`}`

/** Counts what Zoom is asked, from one look to the next. */
export function callCounter(zoom: Call): { since(): Promise<ZoomCall[]> } {
  let seen: number | undefined
  const v2 = async () =>
    (await zoom<{ calls: ZoomCall[] }>('GET', '/_/calls')).calls.filter(({ path }) => path.startsWith('/v2/'))
  return {
    async since() {
      const calls = await v2()
      const fresh = seen === undefined ? [] : calls.slice(seen)
      seen = calls.length
      return fresh
    },
  }
}

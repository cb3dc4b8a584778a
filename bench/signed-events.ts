import { createHmac, randomUUID } from 'node:crypto'

/** One event, signed and ready to be sent; `participant_uuid` is its own and tells it from all others. */
export interface SignedEvent {
  participant_uuid: string
  body: string
  headers: Record<string, string>
}

const meetings = Array.from({ length: 500 }, (_, index) => ({ id: String(85_000_000_000 + index), uuid: randomUUID() }))

/** People who join 500 meetings, spread over the minutes of this month that have passed. */
export function signedEvents(count: number, secret_token: string): SignedEvent[] {
  const now = Date.now()
  const month = new Date(now)
  const begin = Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)
  const timestamp = String(Math.floor(now / 1000))
  return Array.from({ length: count }, (_, index) => {
    const { id, uuid } = meetings[index % meetings.length] ?? { id: '', uuid: '' }
    const participant_uuid = randomUUID()
    const body = JSON.stringify({
      event: 'meeting.participant_joined',
      event_ts: Math.max(begin, now - ((index * 7919) % 3_600_000)),
      payload: {
        account_id: 'sim-account',
        object: {
          id,
          uuid,
          host_id: 'x1yCzABCDEfg23HiJKl4mN',
          topic: 'Algebra I',
          type: 2,
          start_time: new Date(now).toISOString(),
          timezone: 'Europe/Berlin',
          duration: 45,
          participant: {
            user_id: String(16_778_240 + index),
            user_name: `Student ${index}`,
            id: '',
            participant_uuid,
            join_time: new Date(now).toISOString(),
            email: `student-${index}@school.example`,
            participant_user_id: '',
          },
        },
      },
    })
    const signature = createHmac('sha256', secret_token).update(`v0:${timestamp}:${body}`).digest('hex')
    return {
      participant_uuid,
      body,
      headers: {
        'content-type': 'application/json',
        'x-zm-request-timestamp': timestamp,
        'x-zm-signature': `v0=${signature}`,
      },
    }
  })
}

import { useRef } from 'react'
import type { NewMeeting } from '../../api.d.ts'

/** One key for one body: the same form sent again after a lost answer makes no second meeting, a changed one is a new wish. */
export function useIdempotencyKey(): (body: NewMeeting) => string {
  const last = useRef({ body: '', key: '' })
  return (body) => {
    const sent = JSON.stringify(body)
    if (last.current.body !== sent) last.current = { body: sent, key: randomKey() }
    return last.current.key
  }
}

/** randomUUID exists on HTTPS and localhost alone. */
const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')

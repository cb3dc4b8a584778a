import { ZoomUnreachableError } from './errors.ts'

/** What `fetch` threw, as an error that tells whether Zoom may have seen the request. */
export function unreachable(origin: string, error: unknown, timeout_ms: number): ZoomUnreachableError {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new ZoomUnreachableError(`${origin} did not answer within ${timeout_ms / 1000} seconds`, 'unknown', {
      cause: error,
    })
  }
  const causes = causesOf(error)
  const why = causes.map(({ message, code }) => message || code).findLast((words) => words !== '')
  const outcome = causes.some(wasNeverSent) ? 'not_sent' : 'unknown'
  return new ZoomUnreachableError(`${origin} cannot be reached (${why ?? 'no reason given'})`, outcome, {
    cause: error,
  })
}

/** Failures from before the first byte of a request: no address, no connection, no tunnel through the proxy, no trust in the certificate. */
const neverSent = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'ERR_ADDRESS_REFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_PRX',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_',
]

/** undici's words where its codes say nothing: a proxy that answers CONNECT with anything but 200, a port that fetch forbids. */
const neverSentWords = /when HTTP Tunneling$|^bad port$/

interface Cause {
  /** '' for an AggregateError, which several addresses of one name make. */
  message: string
  code: string
}

const wasNeverSent = ({ message, code }: Cause): boolean =>
  neverSent.some((start) => code.startsWith(start)) || neverSentWords.test(message)

/** `fetch` wraps what happened, once or twice; the innermost comes last. */
function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = []
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push({ message: cause.message, code: 'code' in cause && typeof cause.code === 'string' ? cause.code : '' })
  }
  return causes
}

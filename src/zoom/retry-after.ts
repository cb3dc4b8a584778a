/**
 * When a `Retry-After` header allows the next try, in epoch ms: seconds or one of HTTP's three dates (RFC 9110 sections
 * 10.2.3 and 5.6.7), or an ISO date, which is what Zoom sends with its daily limits. Undefined for anything else.
 */
export function retryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (/^\d+$/.test(text)) return instant(now + Number(text) * 1000)
  if (isoDate.test(text)) return instant(Date.parse(zone.test(text) ? text : `${text}Z`))
  if (httpDate.test(text)) return instant(Date.parse(text))
  if (asctimeDate.test(text)) return instant(Date.parse(`${text} GMT`))
  return undefined
}

// Date.parse alone would take "5 apples" for the first of May.
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/
const zone = /(Z|[+-]\d\d:?\d\d)$/
const httpDate = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -](\d{4}|\d\d) \d\d:\d\d:\d\d GMT$/
const asctimeDate = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/

const furthest = 8.64e15 // the last instant that a Date can hold
const instant = (ms: number): number | undefined => (Math.abs(ms) <= furthest ? ms : undefined)

/** What came of one try. `status` is absent when no answer came. */
export type Tried =
  | { result: 'delivered'; status: number }
  | { result: 'gone'; status: number; error: string }
  | { result: 'failed'; status: number | null; error: string; not_before?: number | undefined }

const minute_ms = 60_000
const hour_ms = 60 * minute_ms

/** A message is tried for this long … */
export const tried_for_ms = 72 * hour_ms

/** … with these pauses between the tries; the last one goes on. */
const pauses_ms = [
  5_000,
  minute_ms,
  5 * minute_ms,
  30 * minute_ms,
  2 * hour_ms,
  5 * hour_ms,
  10 * hour_ms,
  14 * hour_ms,
] as const

/** The times of what is to be sent again, as if it were new. */
export const anew = (now: number): { now: Date; give_up_at: Date } => ({
  now: new Date(now),
  give_up_at: new Date(now + tried_for_ms),
})

/** A destination that failed this often in a row is left alone … */
export const failures_to_open = 5

/** … for so long, longer with each probe that fails; then one delivery tries whether it is back. */
const open_for_ms = [30_000, minute_ms, 2 * minute_ms, 5 * minute_ms, 10 * minute_ms] as const

/**
 * When a delivery is tried again, in epoch ms; undefined: it is dead. `random` is 0 to 1 and moves a pause by a fifth either
 * way, so that what failed together does not come back together.
 */
export function nextTry(
  delivery: { attempts: number; give_up_at: number },
  tried: Extract<Tried, { result: 'failed' }>,
  now: number,
  random: number,
): number | undefined {
  if (now >= delivery.give_up_at) return undefined
  const at = Math.max(now + jittered(pauses_ms, delivery.attempts - 1, random), tried.not_before ?? 0)
  return Math.min(at, delivery.give_up_at)
}

export interface Circuit {
  failures: number
  open_until: number | null
}

/** The circuit after tries that ended together: one success closes it. */
export function circuitAfter(circuit: Circuit, tries: readonly Tried[], now: number, random: number): Circuit {
  if (tries.some((tried) => tried.result === 'delivered')) return { failures: 0, open_until: null }
  const failures = circuit.failures + tries.length
  if (failures < failures_to_open) return { failures, open_until: null }
  // Tries that were under way when it opened say nothing new.
  const opened = circuit.open_until !== null && circuit.open_until > now
  if (opened) return circuit
  const probes = circuit.failures < failures_to_open ? 0 : circuit.failures - failures_to_open + 1
  return { failures: failures_to_open + probes, open_until: now + jittered(open_for_ms, probes, random) }
}

/** A destination whose circuit was open is asked with one delivery, any other with as many as may be under way. */
export const atOnce = ({ failures }: Pick<Circuit, 'failures'>, most: number): number =>
  failures >= failures_to_open ? 1 : most

const jittered = (list: readonly number[], index: number, random: number): number =>
  Math.round((list[Math.min(Math.max(index, 0), list.length - 1)] ?? 0) * (0.8 + 0.4 * random))

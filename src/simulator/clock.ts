/**
 * The simulator's clock: the machine's, moved by `offset_ms`. What waits for a time (retries of webhooks, the free plan's
 * forty minutes) is an alarm; moving the clock forward rings the alarms on the way, each at its own time.
 */
export interface Clock {
  offset_ms: number
  alarms: Alarm[]
  timer: NodeJS.Timeout | undefined
  /** Ends when the moves so far have: one begins after the other. */
  moves: Promise<void>
}

interface Alarm {
  /** Epoch milliseconds of the simulator's time. */
  due: number
  ring(): Promise<void> | void
}

export const newClock = (): Clock => ({ offset_ms: 0, alarms: [], timer: undefined, moves: Promise.resolve() })

/** Epoch milliseconds in the simulator's world. */
export const now = (clock: Clock): number => Date.now() + clock.offset_ms

/** The same, the second that has begun: Zoom writes when somebody came and went in whole seconds. */
export const nowInSeconds = (clock: Clock): number => Math.floor(now(clock) / 1000) * 1000

/** Rings once at `due`, by itself or when the clock is moved past it. The answer takes the alarm back. */
export function setAlarm(clock: Clock, due: number, ring: () => Promise<void> | void): () => void {
  const alarm = { due, ring }
  clock.alarms.push(alarm)
  watch(clock)
  return () => remove(clock, alarm)
}

/** Moves the clock by `ms` (back, when negative) and waits for what rang on the way. */
export function advance(clock: Clock, ms: number): Promise<void> {
  const moved = clock.moves.then(() => move(clock, ms))
  clock.moves = moved.catch(() => {})
  return moved
}

async function move(clock: Clock, ms: number): Promise<void> {
  const offset = clock.offset_ms + ms
  const target = now(clock) + ms
  for (let alarm = firstDue(clock, target); alarm; alarm = firstDue(clock, target)) {
    remove(clock, alarm)
    clock.offset_ms = Math.max(clock.offset_ms, alarm.due - Date.now())
    await alarm.ring()
  }
  clock.offset_ms = offset
  watch(clock)
}

export function stopClock(clock: Clock): void {
  clearTimeout(clock.timer)
  clock.alarms = []
}

const firstDue = (clock: Clock, by: number): Alarm | undefined =>
  clock.alarms.filter(({ due }) => due <= by).sort((a, b) => a.due - b.due)[0]

function remove(clock: Clock, alarm: Alarm): void {
  clock.alarms = clock.alarms.filter((other) => other !== alarm)
}

/** setTimeout cannot wait longer than this; then it looks again. */
const longestTimeout = 2 ** 31 - 1

function watch(clock: Clock): void {
  clearTimeout(clock.timer)
  const [next] = clock.alarms.toSorted((a, b) => a.due - b.due)
  if (!next) return
  const wait = Math.min(Math.max(0, next.due - now(clock)), longestTimeout)
  clock.timer = setTimeout(() => void advance(clock, 0), wait).unref()
}

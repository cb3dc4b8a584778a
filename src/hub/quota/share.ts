/** Why a call is made: somebody sits before it, or a job does it by itself. */
export type Waiting = 'person' | 'job'

/** Calls of one integration that wait in one process. */
export interface Demand {
  process_id: string
  integration: string
  waiting: Waiting
  wants: number
  /** Epoch ms since which the first of them waits. */
  since: number
}

/** Start-time fair queueing: how far each integration was served, on a clock that the least served one moves. */
export interface Turns {
  clock: number
  served: Record<string, number>
}

/**
 * Deals places out: persons before jobs; among the same, to the integration that was served least while it wanted something; within
 * it, to the process that got least in this round, then to who waits longest. Who wanted nothing for a while does not save it up.
 * @returns how many each demand gets, in the order of `demands`; together at most `places`.
 */
export function deal(places: number, demands: readonly Demand[], turns: Turns): number[] {
  const given = demands.map(() => 0)
  const served = startOf(demands, turns)
  for (let left = Math.floor(places); left > 0; left--) {
    const next = demands
      .map((demand, index) => ({ ...demand, index, got: given[index] ?? 0 }))
      .filter(({ wants, got }) => got < wants)
      .sort(
        (a, b) =>
          rank[a.waiting] - rank[b.waiting] ||
          (served[a.integration] ?? 0) - (served[b.integration] ?? 0) ||
          a.got - b.got ||
          a.since - b.since,
      )[0]
    if (!next) break
    given[next.index] = next.got + 1
    served[next.integration] = (served[next.integration] ?? 0) + 1
  }
  return given
}

const rank = { person: 0, job: 1 } satisfies Record<Waiting, number>

const startOf = (demands: readonly Demand[], { clock, served }: Turns): Record<string, number> =>
  Object.fromEntries(demands.map(({ integration }) => [integration, Math.max(clock, served[integration] ?? 0)]))

/** The turns after places were taken (`taken` in the order of `demands`). Who wants nothing is forgotten. */
export function advance(demands: readonly Demand[], taken: readonly number[], turns: Turns): Turns {
  const served = startOf(demands, turns)
  const clock = Math.max(turns.clock, Math.min(...Object.values(served)))
  for (const [index, { integration }] of demands.entries())
    served[integration] = (served[integration] ?? 0) + (taken[index] ?? 0)
  return { clock: Number.isFinite(clock) ? clock : turns.clock, served }
}

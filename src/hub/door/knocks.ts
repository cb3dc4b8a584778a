/** How often somebody has knocked in this minute. A process counts for itself: it is a brake, not a right. */
export class Knocks {
  readonly #counts = new Map<string, number>()
  #minute = 0

  /** Counts, and says whether it is still within `limit`; `now` is epoch ms. */
  admit(key: string, limit: number, now: number): boolean {
    const minute = Math.floor(now / 60_000)
    if (minute !== this.#minute) this.#counts.clear()
    this.#minute = minute
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return count <= limit
  }
}

/** Asks a JSON API. @throws when it does not answer with 2xx, with what it said. */
export type Call = <T>(method: string, path: string, body?: object) => Promise<T>

export const caller =
  (network: typeof fetch, base: string, headers: Record<string, string> = {}): Call =>
  async <T>(method: string, path: string, body?: object) => {
    const answer = await network(`${base}${path}`, {
      method,
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${base}${path} answered ${answer.status}: ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

/** What this program reads of Greenroom's answers; the whole of it is at {GREENROOM_URL}/api/docs. */
export interface Bot {
  id: string
  state: string
  events: { type: string; sub_type?: string; created_at: string }[]
  zoom_join_mode: string | null
  zoom_join_mode_reason: string | null
}

/** Greenroom's REST API, as one key may use it. @throws Error in the words of the API when it refuses. */
export const greenroom =
  (base: string, key: string) =>
  async <Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Token ${key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`)
    return JSON.parse(text) as Answer
  }

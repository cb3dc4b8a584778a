export interface Seen {
  status: number
  text: string
  body: never
  location: string
}

/** A browser, as far as signing in goes: it keeps its cookies, of each site its own, and follows nothing by itself. */
export function cookieBrowser(home: string) {
  const jars = new Map<string, Map<string, string>>()
  return async (address: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Seen> => {
    const url = new URL(address, home)
    const jar = jars.get(url.origin) ?? new Map<string, string>()
    jars.set(url.origin, jar)
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(method === 'GET' ? { accept: 'text/html' } : { origin: url.origin }),
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1)
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(set)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    const text = await answer.text()
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined
    }
    const to = answer.headers.get('location')
    return { status: answer.status, text, body: json as never, location: to ? new URL(to, url).href : '' }
  }
}

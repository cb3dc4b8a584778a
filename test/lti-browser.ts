/** A page as a browser has it after redirects and forms that sent themselves. */
export interface Shown {
  url: string
  status: number
  headers: Headers
  text: string
}

/**
 * As much of a browser as a launch needs: cookies per host, redirects, forms that send themselves. Cookies that are `SameSite=Lax`
 * stay at home when another site's page sends the request, as they do in a frame.
 */
export class Browser {
  readonly #cookies = new Map<string, { value: string; lax: boolean }>()
  /** Every address asked, for tests that look at the way. */
  readonly visited: string[] = []

  setCookie(origin: string, cookie: string, lax = true): void {
    const [name = '', value = ''] = cookie.split(/=(.*)/s)
    this.#cookies.set(`${new URL(origin).host} ${name}`, { value, lax })
  }

  cookiesOf(origin: string): string[] {
    const prefix = `${new URL(origin).host} `
    return [...this.#cookies]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { value }]) => `${key.slice(prefix.length)}=${value}`)
  }

  open(url: string): Promise<Shown> {
    return this.#go(url, undefined, undefined)
  }

  post(url: string, fields: Record<string, string | string[]>, from = url): Promise<Shown> {
    return this.#go(url, formOf(fields), from)
  }

  /** Sends the first form of a page as a person does who fills in these fields. */
  submit(shown: Shown, fields: Record<string, string | string[]> = {}): Promise<Shown> {
    const form = firstForm(shown.text)
    return this.post(new URL(form.action, shown.url).href, { ...form.hidden, ...fields }, shown.url)
  }

  async #go(url: string, body: URLSearchParams | undefined, from: string | undefined): Promise<Shown> {
    let [address, form, initiator] = [url, body, from]
    for (let step = 0; step < 20; step++) {
      const answer = await this.#ask(address, form, initiator)
      this.visited.push(address)
      const location = answer.headers.get('location')
      if (answer.status >= 300 && answer.status < 400 && location) {
        await answer.body?.cancel()
        // A redirect is asked for by whoever began.
        initiator ??= address
        ;[address, form] = [new URL(location, address).href, undefined]
        continue
      }
      const text = await answer.text()
      if (!/\.submit\(\)\s*<\/script>/.test(text))
        return { url: address, status: answer.status, headers: answer.headers, text }
      const next = firstForm(text)
      ;[initiator, address, form] = [address, new URL(next.action, address).href, formOf(next.hidden)]
    }
    throw new Error(`${url} leads round and round: ${this.visited.slice(-5).join(' → ')}`)
  }

  async #ask(url: string, body: URLSearchParams | undefined, initiator: string | undefined): Promise<Response> {
    const { host } = new URL(url)
    const foreign = initiator !== undefined && siteOf(initiator) !== siteOf(url)
    const cookie = [...this.#cookies]
      .filter(([key, { lax }]) => key.startsWith(`${host} `) && !(lax && foreign))
      .map(([key, { value }]) => `${key.split(' ')[1]}=${value}`)
      .join('; ')
    const answer = await fetch(url, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
      ...(body ? { body } : {}),
    })
    for (const set of answer.headers.getSetCookie())
      this.setCookie(url, set.split(';')[0] ?? '', !/SameSite=None/i.test(set))
    return answer
  }
}

/** Ports do not make a site. */
const siteOf = (url: string): string => new URL(url).hostname

const formOf = (fields: Record<string, string | string[]>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each): [string, string] => [name, each])),
  )

/** Where a page's first form leads, and its hidden fields. */
export function firstForm(text: string): { action: string; hidden: Record<string, string> } {
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(text) ?? []
  const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    attribute(input, 'name'),
    attribute(input, 'value'),
  ])
  return { action: attribute(form, 'action'), hidden: Object.fromEntries(hidden) as Record<string, string> }
}

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')

const unescaped = (text: string): string =>
  text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** What a person reads on a page. */
export const wordsOf = (text: string): string =>
  unescaped(
    text
      .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' '),
  ).trim()

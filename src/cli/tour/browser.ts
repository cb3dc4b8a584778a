/** What a person sees in the browser, as far as the tour looks: the address, the text, and the forms in it. */
export interface Page {
  url: string
  status: number
  html: string
}

/** A browser with cookies and without scripts, for the journeys that people make on pages. */
export interface Browser {
  visit(url: string): Promise<Page>
  /** Sends the first form of the page whose action holds `action`, with what it has and what is filled in. */
  submit(page: Page, filled?: Record<string, string>, action?: string): Promise<Page>
  /** Has a cookie already, as after a sign-in. */
  bring(url: string, cookie: string): void
  /** What it would send there as `Cookie`. */
  cookies(url: string): string
  /** Sends these fields where a form would. */
  post(url: string, fields: Record<string, string>, from?: string): Promise<Page>
}

const mostRedirects = 10

export function openBrowser(network: typeof fetch): Browser {
  const jar = new Map<string, Map<string, string>>()

  const cookiesOf = (host: string): string =>
    [...(jar.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')

  function keepCookies(host: string, answer: Response): void {
    const held = jar.get(host) ?? new Map<string, string>()
    jar.set(host, held)
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */)
      const at = pair.indexOf('=')
      const gone = attributes.some((each) => /^max-age=0$/i.test(each))
      if (gone) held.delete(pair.slice(0, at))
      else held.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  async function go(url: string, init: { method: string; body?: string; from?: string }): Promise<Page> {
    let [at, method, body] = [url, init.method, init.body]
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const { host, origin } = new URL(at)
      const cookie = cookiesOf(host)
      const answer = await network(at, {
        method,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          ...(cookie ? { cookie } : {}),
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(init.from ?? origin).origin }),
        },
        ...(body === undefined ? {} : { body }),
      })
      keepCookies(host, answer)
      const location = answer.headers.get('location')
      if (!location || answer.status < 300 || answer.status >= 400)
        return { url: at, status: answer.status, html: await answer.text() }
      at = new URL(location, at).href
      if (answer.status !== 307 && answer.status !== 308) [method, body] = ['GET', undefined]
    }
    throw new Error(`${url} redirects without end`)
  }

  const post: Browser['post'] = (url, fields, from) =>
    go(url, { method: 'POST', body: new URLSearchParams(fields).toString(), ...(from ? { from } : {}) })

  /** Pages that hand over to another site by a form send it by a script, which this browser has not. */
  async function settled(page: Page): Promise<Page> {
    let at = page
    for (let forms = 0; forms < mostRedirects && /\bforms\[0\]\.submit\(\)/.test(at.html); forms++)
      at = await submit(at)
    return at
  }

  const submit: Browser['submit'] = (page, filled = {}, action = '') => {
    const form = formsOf(page.html).find((each) => each.action.includes(action))
    if (!form) throw new Error(`${page.url} (${page.status}) has no form to send: ${textOf(page.html).slice(0, 200)}`)
    const fields = { ...form.fields, ...filled }
    const target = new URL(form.action || page.url, page.url)
    if (form.method === 'POST') return post(target.href, fields, page.url)
    target.search = new URLSearchParams(fields).toString()
    return go(target.href, { method: 'GET' })
  }

  return {
    cookies: (url) => cookiesOf(new URL(url).host),
    visit: async (url) => settled(await go(url, { method: 'GET' })),
    post: async (url, fields, from) => settled(await post(url, fields, from)),
    submit: async (page, filled, action) => settled(await submit(page, filled, action)),
    bring(url, cookie) {
      const at = cookie.indexOf('=')
      const { host } = new URL(url)
      jar.set(host, (jar.get(host) ?? new Map<string, string>()).set(cookie.slice(0, at), cookie.slice(at + 1)))
    },
  }
}

interface Form {
  action: string
  method: string
  fields: Record<string, string>
}

const formsOf = (html: string): Form[] =>
  [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi)].map(([, attributes = '', inside = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    method: (attribute(attributes, 'method') ?? 'GET').toUpperCase(),
    fields: Object.fromEntries(
      [...inside.matchAll(/<input\b([^>]*)>/gi)].flatMap(([, input = '']) => {
        const name = attribute(input, 'name')
        const unticked = /type="?(?:checkbox|radio)/i.test(input) && !/\bchecked\b/i.test(input)
        return name === undefined || unticked ? [] : [[name, attribute(input, 'value') ?? '']]
      }),
    ),
  }))

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)
  return value ? unescaped(value[1] ?? value[2] ?? value[3] ?? '') : undefined
}

/** The words of a page, without its tags. */
export const textOf = (html: string): string =>
  unescaped(
    html
      .replaceAll(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' '),
  ).trim()

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return entities[name ?? ''] ?? whole
  })

/** What a browser does in which this user is signed in at Zoom: opens the page, presses Allow, and is led back. */
export async function allow(authorizeUrl: URL | string, user: string): Promise<URL> {
  const page = await (await fetch(authorizeUrl)).text()
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  const form = new URLSearchParams(
    fields.map(([, name = '', value = '']): [string, string] => [name, unescaped(value)]),
  )
  form.set('user', user)
  form.set('decision', 'allow')
  const { origin } = new URL(authorizeUrl)
  const response = await fetch(`${origin}/oauth/authorize`, { method: 'POST', body: form, redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '')
}

const unescaped = (text: string): string => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))

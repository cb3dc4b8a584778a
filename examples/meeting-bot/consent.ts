import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'

export interface Consent {
  /** Zoom's page that asks the user; to be opened in a browser. */
  url: string
  redirect_uri: string
  /** The code that Zoom sends the browser back with: good for five minutes, once. */
  code: Promise<string>
}

/**
 * Sends a user through Zoom's consent and waits for the way back, https://developers.zoom.us/docs/integrations/oauth/. `state` is what
 * ties the answer to this question: an answer with another one is somebody else's.
 */
export async function askForConsent(oauth_base: string, client_id: string, port: number): Promise<Consent> {
  const state = randomBytes(16).toString('hex')
  const redirect_uri = `http://localhost:${port}/zoom/callback`
  const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri, state })
  const server = createServer()
  const code = new Promise<string>((resolve, reject) => {
    server.on('request', (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', redirect_uri)
      if (pathname !== '/zoom/callback') return void response.writeHead(404).end('There is nothing here.')
      if (searchParams.get('state') !== state) return void response.writeHead(400).end('This was not asked for here.')
      const given = searchParams.get('code')
      response.end(given ? 'Thank you. You can close this page.' : 'Nothing was connected. You can close this page.')
      server.close()
      if (given) resolve(given)
      else reject(new Error('The user declined.'))
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, 'localhost', resolve))
  return { url: `${oauth_base}/oauth/authorize?${query.toString()}`, redirect_uri, code }
}

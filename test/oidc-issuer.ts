import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export interface Person {
  email: string
  email_verified: boolean
  name?: string
}

export interface Issuer {
  url: string
  /** What a hub is started with to use it. */
  settings: Record<string, string>
  /** Who can sign in at it, by the name that they type. */
  people: Map<string, Person>
  /** Answers from now on; before, nobody listens to what is asked. */
  open(hubUrl: string): void
  /** Answers nothing any more, as a machine that is off. */
  down(): void
  close(): Promise<void>
}

const client = { client_id: 'greenroom', client_secret: 'a secret of the client, long enough' }

/** An organisation's own provider: the npm package `oidc-provider`, certified by the OpenID Foundation, on this machine. */
export async function openIssuer(): Promise<Issuer> {
  let answer: RequestListener | undefined
  const server = createServer((request, response) => (answer ? answer(request, response) : request.socket.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const people = new Map<string, Person>()
  return {
    url,
    people,
    settings: {
      GREENROOM_OIDC_ISSUER: url,
      GREENROOM_OIDC_CLIENT_ID: client.client_id,
      GREENROOM_OIDC_CLIENT_SECRET: client.client_secret,
      GREENROOM_OIDC_NAME: 'School account',
    },
    open(hubUrl) {
      answer = provider(url, hubUrl, people)
    },
    down() {
      answer = undefined
      server.closeAllConnections()
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function provider(url: string, hubUrl: string, people: Map<string, Person>): RequestListener {
  const made = new Provider(url, {
    clients: [{ ...client, redirect_uris: [`${hubUrl}/api/auth/callback/oidc`] }],
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['a key of the cookies'] },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    // Nobody is asked what the client may know: it is the organisation's own.
    async loadExistingGrant({ oidc }) {
      const grant = new made.Grant({ clientId: client.client_id, accountId: oidc.session?.accountId ?? '' })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const others = made.callback()
  return (request, response) => {
    const asked = new URL(request.url ?? '/', url)
    if (!asked.pathname.startsWith('/interaction/')) return void others(request, response)
    const login = asked.searchParams.get('login')
    if (login === null) return void response.setHeader('content-type', 'text/html').end(form)
    const result = people.has(login) ? { login: { accountId: login } } : { error: 'access_denied' }
    return void made.interactionFinished(request, response, result)
  }
}

const form =
  '<!doctype html><title>School account</title><form><label>Login at the school <input name="login"></label><button>Continue</button></form>'

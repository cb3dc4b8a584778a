// https://better-auth.com/docs/authentication/zoom: a web site on which people sign in by Zoom. Prints what it learnt.
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import type { Json } from '../simulator-client.ts'
import { allow } from './consent.ts'

const site = 'http://localhost:3000'
const auth = betterAuth({
  baseURL: site,
  secret: 'a secret of thirty-two characters or more',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  socialProviders: { zoom: { clientId: 'sim-user-app', clientSecret: 'sim-user-secret' } },
})

const cookies = new Map<string, string>()
async function visit(path: string, body?: object): Promise<{ location: string | null; body: Json }> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, origin: site, 'content-type': 'application/json' }
  const response = await auth.handler(
    new Request(new URL(path, site), { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) }),
  )
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    cookies.set(name, value)
  }
  const text = await response.text()
  return { location: response.headers.get('location'), body: text && JSON.parse(text) }
}

const begun = (await visit('/api/auth/sign-in/social', { provider: 'zoom', callbackURL: '/signed-in' })).body
const back = await allow(begun.url, 'grace@school.example')
const landed = (await visit(back.pathname + back.search)).location
const session = (await visit('/api/auth/get-session')).body
const [account] = (await visit('/api/auth/list-accounts')).body
const refresh = async () => (await visit('/api/auth/refresh-token', { accountId: account.id })).body
const [first, second] = [await refresh(), await refresh()]
const challenged = new URL(begun.url).searchParams.get('code_challenge_method')
const rotated = first.refreshToken !== second.refreshToken
console.log(JSON.stringify({ challenged, landed, user: session.user, rotated, accessToken: second.accessToken }))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { createLog } from '#core/log.ts'
import { Secret } from '#core/secret.ts'
import { oidcProvider } from '#http/oidc.ts'

// What a provider that errs, or somebody in its place, may answer: nothing of it signs anybody in.

const issuer = 'https://login.school.example'
const client_id = 'greenroom'
const client_secret = 'a secret of the client, long enough'
const [own, foreign] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
const now = Math.floor(Date.now() / 1000)
const good = {
  iss: issuer,
  aud: client_id,
  sub: '42',
  iat: now,
  exp: now + 60,
  nonce: 'the nonce',
  email: 'grace@school.example',
  email_verified: true,
}
const metadata = {
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  userinfo_endpoint: `${issuer}/me`,
}

function provider(answers: Record<string, unknown> = {}) {
  const asked: string[] = []
  const lines: string[] = []
  const fetch = async (asking: string | URL | Request): Promise<Response> => {
    const { url } = new Request(asking)
    asked.push(url)
    const path = url.slice(issuer.length)
    const answer =
      answers[path] ?? { '/jwks': { keys: [publicKey] }, '/.well-known/openid-configuration': metadata }[path]
    return answer === undefined ? new Response('nothing', { status: 404 }) : Response.json(answer)
  }
  const log = createLog({ level: 'warn', write: (line) => void lines.push(line) })
  const settings = { issuer, client_id, client_secret: new Secret(client_secret), name: 'School account' }
  return { asked, lines, made: oidcProvider(settings, fetch, log) }
}
const publicKey = { ...(await exportJWK(own.publicKey)), alg: 'RS256', kid: 'own' }

const signed = (claims: object, key = own.privateKey, alg = 'RS256') =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: 'own' }).sign(key)
const who = async (idToken: string, answers: Record<string, unknown> = {}, nonce: string | undefined = 'the nonce') =>
  provider(answers).made.getUserInfo({ idToken, accessToken: 'at', expectedIdTokenNonce: nonce })

test('an ID token that is right names the person', async () => {
  const info = await who(await signed(good))
  assert.deepEqual([info?.user.email, info?.user.emailVerified, info?.data.sub], ['grace@school.example', true, '42'])
})

for (const [what, claims] of [
  ['of another issuer', { ...good, iss: 'https://login.other.example' }],
  ['for another client', { ...good, aud: 'another' }],
  ['that another client asked for', { ...good, aud: [client_id, 'another'], azp: 'another' }],
  ['that is over', { ...good, iat: now - 7200, exp: now - 3600 }],
  ['without an end', { ...good, exp: undefined }],
  ['that answers another sign-in', { ...good, nonce: 'another' }],
  ['that answers no sign-in', { ...good, nonce: undefined }],
  ['without a subject', { ...good, sub: undefined }],
] as const)
  test(`an ID token ${what} names nobody`, async () => assert.equal(await who(await signed(claims)), null))

test('an ID token that the provider did not sign names nobody', async () => {
  assert.equal(await who(await signed(good, foreign.privateKey)), null)
  assert.equal(await who(new UnsecuredJWT(good).encode()), null)
  const symmetric = new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'own' })
  assert.equal(await who(await symmetric.sign(new TextEncoder().encode(client_secret))), null)
  assert.equal(await who('no token'), null)
})

test('without a nonce of ours no ID token counts', async () => {
  assert.equal(await provider().made.getUserInfo({ idToken: await signed(good), accessToken: 'at' }), null)
})

test('the address may stand in the user info alone, when that is about the same person', async () => {
  const { email, email_verified, ...bare } = good
  const me = { sub: '42', email, email_verified }
  assert.equal((await who(await signed(bare), { '/me': me }))?.user.email, email)
  assert.equal(await who(await signed(bare), { '/me': { ...me, sub: '43' } }), null)
})

for (const email_verified of [false, undefined, 'false', 'perhaps', 1])
  test(`an address whose email_verified is ${String(email_verified)} is refused by name`, async () => {
    await assert.rejects(who(await signed({ ...good, email_verified })), /has not verified/)
  })

test('a provider that calls itself otherwise, or names an address without TLS, is not used', async () => {
  const ask = async (found: object) => {
    const { made } = provider({ '/.well-known/openid-configuration': { ...metadata, ...found } })
    return made.createAuthorizationURL({ state: 's', codeVerifier: 'v'.repeat(43), redirectURI: 'https://x.example/' })
  }
  await assert.rejects(ask({ issuer: `${issuer}/` }), /set GREENROOM_OIDC_ISSUER to that/)
  await assert.rejects(ask({ token_endpoint: 'http://login.school.example/token' }), /without TLS/)
  const url = new URL(String(await ask({})))
  assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
})

test('nothing is asked of the provider before somebody signs in, and its metadata once', async () => {
  const { made, asked } = provider()
  assert.deepEqual(asked, [])
  for (let times = 0; times < 2; times++)
    await made.createAuthorizationURL({ state: 's', codeVerifier: 'v'.repeat(43), redirectURI: 'https://x.example/' })
  assert.deepEqual(asked, [`${issuer}/.well-known/openid-configuration`])
})

// https://arcticjs.dev/providers/zoom with PKCE: prints what it was answered.
import { generateCodeVerifier, OAuth2RequestError, Zoom } from 'arctic'
import { allow } from './consent.ts'

const zoom = new Zoom('sim-user-app', 'sim-user-secret', 'http://localhost:3000/callback')
const verifier = generateCodeVerifier()
const back = await allow(zoom.createAuthorizationURL('a state', verifier, []), 'grace@school.example')
const code = back.searchParams.get('code') ?? ''
const errorOf = (error: unknown) => (error instanceof OAuth2RequestError ? error.code : String(error))
const me = async (token: string): Promise<number> =>
  (await fetch('https://api.zoom.us/v2/users/me', { headers: { authorization: `Bearer ${token}` } })).status

const otherVerifier = await zoom.validateAuthorizationCode(code, generateCodeVerifier()).catch(errorOf)
const again = await allow(zoom.createAuthorizationURL('a state', verifier, []), 'grace@school.example')
const first = await zoom.validateAuthorizationCode(again.searchParams.get('code') ?? '', verifier)
const expires_in = Math.round((first.accessTokenExpiresAt().getTime() - Date.now()) / 1000)
const before = await me(first.accessToken())
const second = await zoom.refreshAccessToken(first.refreshToken())
const after = await me(second.accessToken())
const reused = await zoom.refreshAccessToken(first.refreshToken()).catch(errorOf)
const rotated = first.refreshToken() !== second.refreshToken()
await zoom.revokeToken(second.accessToken())
const revoked = await me(second.accessToken())
const state = back.searchParams.get('state')
console.log(JSON.stringify({ state, otherVerifier, expires_in, before, after, rotated, reused, revoked }))

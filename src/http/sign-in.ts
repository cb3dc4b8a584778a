import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'
import { passkey } from '@better-auth/passkey'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink, twoFactor } from 'better-auth/plugins'
import type pg from 'pg'
import type { Log } from '#core/log.ts'
import { ForbiddenError, InputError, UnauthorizedError } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { openPool, type Address } from '#store/db.ts'
import { oidc, type OidcSettings } from './oidc.ts'
import { clientAddressHeader, webHeaders } from './web-request.ts'

export interface User {
  id: string
  email: string
  name: string
  /** The session that they came with. */
  session_id: string
}

/** The organisation's own sign-in, and who may come in by it. */
export interface SingleSignOn extends OidcSettings {
  /** The way out to the provider. */
  fetch: typeof fetch
  isInvited: (email: string) => Promise<boolean>
  /** Lets in who belongs here, or is invited by this address. False for everybody else. */
  admit: (person: { user_id: string; email: string }) => Promise<boolean>
}

/** How one can sign in here, beside password and printed link. */
export interface Ways {
  /** Absent: there is no provider. */
  oidc: { name: string } | null
  passkeys: boolean
}

/** Who is signed in to the console, and everything about getting there. */
export interface SignIn {
  readonly ways: Ways
  /** Answers what comes to `/api/auth/*`. */
  handle(request: Request): Promise<Response>
  identify(headers: IncomingHttpHeaders): Promise<User | undefined>
  /**
   * Gives whoever signed in within the last hour a password, or another one. @throws UnauthorizedError for nobody,
   * ForbiddenError for a sign-in that is older, InputError for a password that is too short.
   */
  setPassword(headers: IncomingHttpHeaders, password: string): Promise<void>
  /** The id of the account with this e-mail address. */
  accountOf(email: string): Promise<string | undefined>
  /** Makes an account for somebody whose address another has vouched for. @throws InputError for a password of a wrong length. */
  createAccount(account: { email: string; name: string; password: string }): Promise<string>
  /** A link that signs the owner in once, within an hour; the owner is made when there is none yet. */
  printOwnerLink(): Promise<{ url: string; user_id: string }>
  /** Where better-auth takes the token of such a link. */
  verifyPath(token: string): string
  close(): Promise<void>
}

/** A sign-in link is the address, this and the token. */
export const linkPath = '/sign-in/'

const owner = { email: 'owner@greenroom.local', name: 'Owner' }
const linkLasts_s = 3600

/** A session that somebody left open is no proof of who sits there. */
const freshFor_ms = 3_600_000

/** NIST SP 800-63B asks for eight characters at least and long ones to be allowed; better-auth takes up to 128. */
const [shortest, longest] = [10, 128]

/**
 * Sign-in by better-auth, with its tables in the schema `auth` of the same database. Nobody can sign themselves up, and links
 * are made by whoever runs the server, never on request of a browser.
 */
export async function openSignIn(options: {
  address: Address
  publicUrl: string
  secret: Secret
  log: Log
  sso?: SingleSignOn | undefined
}): Promise<SignIn> {
  const { publicUrl, log, sso } = options
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection of the sign-in broke')
  const address = { ...options.address, options: '-c search_path=auth' }
  const pool = openPool(address, { max: 4, onError })
  const settings = authSettings(pool, options)
  await alone(pool, async () => {
    await pool.query('create schema if not exists auth')
    const { runMigrations } = await getMigrations(settings)
    await runMigrations()
  })
  const auth = betterAuth(settings)
  const { internalAdapter, password: passwords } = await auth.$context

  return {
    ways: { oidc: sso ? { name: sso.name } : null, passkeys: mayHavePasskeys(publicUrl) },
    handle: (request) => auth.handler(request),
    async identify(headers) {
      const session = await auth.api.getSession({ headers: webHeaders(headers) })
      if (!session) return undefined
      const { id, email, name } = session.user
      return { id, email, name, session_id: session.session.id }
    },
    async setPassword(headers, password) {
      const session = await auth.api.getSession({ headers: webHeaders(headers) })
      if (!session) throw new UnauthorizedError('Sign in first')
      if (Date.now() - session.session.createdAt.getTime() > freshFor_ms)
        throw new ForbiddenError('You signed in too long ago to set a password: sign in again, then set it')
      checkLength(password)
      const { id: userId } = session.user
      const hash = await passwords.hash(password)
      const accounts = await internalAdapter.findAccounts(userId)
      if (accounts.some(({ providerId }) => providerId === 'credential'))
        await internalAdapter.updatePassword(userId, hash)
      else await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash })
    },
    async accountOf(email) {
      return (await internalAdapter.findUserByEmail(email.toLowerCase()))?.user.id
    },
    async createAccount({ email, name, password }) {
      checkLength(password)
      const hash = await passwords.hash(password)
      const user = await internalAdapter.createUser(
        { email: email.toLowerCase(), name, emailVerified: true },
        { method: 'admin' },
      )
      await internalAdapter.linkAccount({
        userId: user.id,
        providerId: 'credential',
        accountId: user.id,
        password: hash,
      })
      return user.id
    },
    async printOwnerLink() {
      const user = await alone(pool, async () => {
        const known = await internalAdapter.findUserByEmail(owner.email)
        return known?.user ?? (await internalAdapter.createUser({ ...owner, emailVerified: true }, { method: 'admin' }))
      })
      const link = Promise.withResolvers<string>()
      await auth.api.signInMagicLink({
        headers: new Headers(),
        body: {
          email: owner.email,
          metadata: { deliver: link.resolve },
        },
      })
      const token = new URL(await link.promise).searchParams.get('token') ?? ''
      return { url: `${publicUrl}${linkPath}${token}`, user_id: user.id }
    },
    verifyPath: (token) =>
      `/api/auth/magic-link/verify?${new URLSearchParams({
        token,
        callbackURL: `${publicUrl}/console/`,
        errorCallbackURL: `${publicUrl}/console/sign-in`,
      }).toString()}`,
    close: () => pool.end(),
  }
}

function checkLength(password: string): void {
  if (password.length < shortest || password.length > longest)
    throw new InputError('This cannot be a password', [
      { field: 'password', message: `must have ${shortest} to ${longest} characters` },
    ])
}

/** Browsers make passkeys for names, on pages that nobody on the way can change. https://www.w3.org/TR/webauthn-3/#relying-party-identifier */
function mayHavePasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  return hostname === 'localhost' || (protocol === 'https:' && isIP(hostname.replace(/^\[(.*)\]$/, '$1')) === 0)
}

const authSettings = (
  pool: pg.Pool,
  { publicUrl, secret, log, sso }: { publicUrl: string; secret: Secret; log: Log; sso?: SingleSignOn | undefined },
) =>
  ({
    appName: 'Greenroom',
    baseURL: `${publicUrl}/api/auth`,
    secret: secret.reveal(),
    database: pool,
    trustedOrigins: [new URL(publicUrl).origin],
    emailAndPassword: { enabled: true, disableSignUp: true },
    plugins: [
      magicLink({
        expiresIn: linkLasts_s,
        storeToken: 'hashed',
        rateLimit: { window: 60, max: 30 },
        disableSignUp: true,
        sendMagicLink: ({ url, metadata }) => (metadata as { deliver(url: string): void }).deliver(url),
      }),
      // Codes by RFC 6238; ten single-use codes for who lost the device.
      twoFactor({ issuer: 'Greenroom' }),
      passkeys(publicUrl),
      ...(sso ? [oidc(sso, sso.fetch, log)] : []),
    ],
    // Links are handed to `deliver`, which only printOwnerLink brings along. The provider's tokens are kept nowhere, and an account
    // is tied to it by signing in with it.
    disabledPaths: [
      '/sign-in/magic-link',
      '/link-social',
      '/unlink-account',
      '/get-access-token',
      '/refresh-token',
      '/account-info',
    ],
    session: { freshAge: freshFor_ms / 1000 },
    account: { updateAccountOnSignIn: false },
    ...(sso ? { databaseHooks: admission(sso) } : {}),
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/sign-in/social': { window: 60, max: 30 },
        '/two-factor/*': { window: 60, max: 10 },
        '/passkey/verify-*': { window: 60, max: 30 },
      },
    },
    advanced: {
      cookiePrefix: 'greenroom',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { path: new URL(publicUrl).pathname, sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    onAPIError: { errorURL: `${publicUrl}/console/sign-in` },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message, ...details) =>
        log[level === 'error' || level === 'warn' ? level : 'debug']({ details }, `sign-in: ${message}`),
    },
  }) satisfies BetterAuthOptions

/** A passkey replaces password and second factor at once, so what unlocks it (a finger, a PIN) must have been asked for. */
function passkeys(publicUrl: string) {
  const { hostname, origin } = new URL(publicUrl)
  const verified = (info: { userVerified: boolean } | undefined): void => {
    if (!info?.userVerified)
      throw new APIError('FORBIDDEN', {
        code: 'PASSKEY_NOT_UNLOCKED',
        message: 'This passkey was used without a PIN, a finger or a face: set one up on its device, then try again',
      })
  }
  return passkey({
    rpID: hostname,
    rpName: 'Greenroom',
    origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: { afterVerification: ({ verification }) => verified(verification.registrationInfo) },
    authentication: { afterVerification: ({ verification }) => verified(verification.authenticationInfo) },
    advanced: { webAuthnChallengeCookie: 'passkey' },
  })
}

/** Being known to the provider makes nobody a member: they are one already, or hold an invitation for the address it vouches for. */
function admission({ isInvited, admit }: SingleSignOn) {
  const refusal = () => new APIError('FORBIDDEN', { code: 'not_invited', message: 'Nobody has invited this address' })
  return {
    user: {
      create: {
        async before({ email }, context) {
          if (context?.path === callbackPath && !(await isInvited(email))) throw refusal()
        },
      },
    },
    account: { create: { before: async () => ({ data: { accessToken: null, refreshToken: null, idToken: null } }) } },
    session: {
      create: {
        async before({ userId }, context) {
          if (context?.path !== callbackPath) return
          const user = await context.context.internalAdapter.findUserById(userId)
          if (!user || !(await admit({ user_id: userId, email: user.email }))) throw refusal()
        },
      },
    },
  } satisfies BetterAuthOptions['databaseHooks']
}

/** better-auth's name for the way back from the provider. */
const callbackPath = '/callback/:id'

/** One process at a time, of all that share the database. */
async function alone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => {})
    client.release()
  }
}

const lock = 7_246_002

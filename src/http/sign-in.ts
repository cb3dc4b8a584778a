import type { IncomingHttpHeaders } from 'node:http'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { magicLink, twoFactor } from 'better-auth/plugins'
import type pg from 'pg'
import type { Log } from '#core/log.ts'
import { ForbiddenError, InputError, UnauthorizedError } from '#core/errors.ts'
import type { Secret } from '#core/secret.ts'
import { openPool, type Address } from '#store/db.ts'
import { clientAddressHeader, webHeaders } from './web-request.ts'

export interface User {
  id: string
  email: string
  name: string
  /** The session that they came with. */
  session_id: string
}

/** Who is signed in to the console, and everything about getting there. */
export interface SignIn {
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
}): Promise<SignIn> {
  const { publicUrl, log } = options
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection of the sign-in broke')
  const address = { ...options.address, options: '-c search_path=auth' }
  const pool = openPool(address, { max: 4, onError })
  const settings = authSettings(pool, publicUrl, options.secret, log)
  await alone(pool, async () => {
    await pool.query('create schema if not exists auth')
    const { runMigrations } = await getMigrations(settings)
    await runMigrations()
  })
  const auth = betterAuth(settings)
  const { internalAdapter, password: passwords } = await auth.$context

  return {
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

const authSettings = (pool: pg.Pool, publicUrl: string, secret: Secret, log: Log) =>
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
    ],
    // Links are handed to `deliver`, which only printOwnerLink brings along.
    disabledPaths: ['/sign-in/magic-link'],
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': { window: 60, max: 10 }, '/two-factor/*': { window: 60, max: 10 } },
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

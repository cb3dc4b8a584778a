import { join, resolve } from 'node:path'
import { ConfigError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'

/** Everything that can be set from outside; docs/operating.md explains each. */
export interface Config {
  /** Where the hub listens. */
  host: string
  port: number
  simulatorPort: number
  /** Where people and Zoom reach the hub; no slash at the end. */
  publicUrl: string
  /** The data folder: embedded PostgreSQL, the encryption key. */
  data: string
  /** Absent: PostgreSQL is embedded. */
  databaseUrl: string | undefined
  encryptionKey: Secret | undefined
  /** A simulator that this hub is operated with: only its stand-in of the Meeting SDK may run on our pages. */
  simulatorUrl: string | undefined
  /** The runner that carries bots into meetings; absent: there are no bots. */
  botRunnerUrl: string | undefined
  /** The mail server that news is handed to, and whom it is from; absent: no mail is sent. */
  mail: { url: Secret; from: string } | undefined
  /** The organisation's own sign-in by OpenID Connect; absent: there is none. */
  oidc: { issuer: string; client_id: string; client_secret: Secret; name: string } | undefined
  /** Days that Zoom's events are kept, at the least. */
  eventRetentionDays: number
  /** Days that outgoing deliveries are kept, at the least. */
  deliveryRetentionDays: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  proxies: { https_proxy: string | undefined; http_proxy: string | undefined; no_proxy: string | undefined }
}

type Environment = Record<string, string | undefined>

const lastPort = 65_535
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

/** Reads the environment once, whole. @throws ConfigError that lists everything that is wrong with it. */
export function readConfig(env: Environment): Config {
  const problems: string[] = []
  const port = portOf(env, 'PORT', 8080, problems)
  const simulatorPort = portOf(env, 'SIMULATOR_PORT', port < lastPort ? port + 1 : port - 1, problems)
  if (port === simulatorPort) problems.push('PORT and SIMULATOR_PORT must differ')
  const logLevel = logLevels.find((level) => level === (env['LOG_LEVEL'] || 'info'))
  if (!logLevel) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`)
  const publicUrl = env['PUBLIC_URL'] || `http://localhost:${port}`
  if (!isPublicUrl(publicUrl))
    problems.push(
      'PUBLIC_URL must be an absolute http or https URL without query or fragment, for example https://greenroom.school.example',
    )
  const databaseUrl = env['DATABASE_URL'] || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push('DATABASE_URL must begin with postgresql://')
  const simulatorUrl = env['SIMULATOR_URL'] || undefined
  if (simulatorUrl && !isPublicUrl(simulatorUrl))
    problems.push('SIMULATOR_URL must be an absolute http or https URL, for example http://localhost:8081')
  const botRunnerUrl = env['BOT_RUNNER_URL'] || undefined
  if (botRunnerUrl && !isPublicUrl(botRunnerUrl))
    problems.push('BOT_RUNNER_URL must be an absolute http or https URL, for example http://bots.internal:9000')
  const mail = mailOf(env, problems)
  const oidc = oidcOf(env, problems)
  const eventRetentionDays = daysOf(env, 'EVENT_RETENTION_DAYS', 90, problems)
  const deliveryRetentionDays = daysOf(env, 'DELIVERY_RETENTION_DAYS', 30, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return {
    host: env['HOST'] || 'localhost',
    port,
    simulatorPort,
    publicUrl: publicUrl.replace(/\/+$/, ''),
    data: resolve(env['GREENROOM_DATA'] || 'data'),
    databaseUrl,
    encryptionKey: env['GREENROOM_ENCRYPTION_KEY'] ? new Secret(env['GREENROOM_ENCRYPTION_KEY']) : undefined,
    simulatorUrl: simulatorUrl && new URL(simulatorUrl).origin,
    botRunnerUrl: botRunnerUrl?.replace(/\/+$/, ''),
    mail,
    oidc,
    eventRetentionDays,
    deliveryRetentionDays,
    logLevel: logLevel ?? 'info',
    proxies: {
      https_proxy: env['HTTPS_PROXY'] ?? env['https_proxy'],
      http_proxy: env['HTTP_PROXY'] ?? env['http_proxy'],
      no_proxy: env['NO_PROXY'] ?? env['no_proxy'],
    },
  }
}

export const encryptionKeyFile = (config: Config): string => join(config.data, 'encryption-key')

function portOf(env: Environment, name: string, otherwise: number, problems: string[]): number {
  const text = env[name] || String(otherwise)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > lastPort) problems.push(`${name} must be a whole number from 1 to ${lastPort}, not ${text}`)
  return port
}

function daysOf(env: Environment, name: string, otherwise: number, problems: string[]): number {
  const text = env[name] || String(otherwise)
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1) problems.push(`${name} must be a whole number of days from 1 to 9999, not ${text}`)
  return days
}

/** `smtp://` or `smtps://`, and an address as RFC 5322 writes it: `Greenroom <greenroom@school.example>`. */
function mailOf(env: Environment, problems: string[]): Config['mail'] {
  const [url, from] = [env['SMTP_URL'] || undefined, env['MAIL_FROM'] || undefined]
  if (!url && !from) return undefined
  if (!url || !from) problems.push(`SMTP_URL and MAIL_FROM go together; missing: ${url ? 'MAIL_FROM' : 'SMTP_URL'}`)
  // What is wrong with it is not shown: there is a password in it.
  if (url && (!/^smtps?:\/\//.test(url) || !URL.canParse(url) || !new URL(url).hostname))
    problems.push('SMTP_URL must look like smtp://user:password@mail.school.example:587 or smtps://…:465')
  if (from && !/^([^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(from))
    problems.push('MAIL_FROM must be an address, for example Greenroom <greenroom@school.example>')
  return url && from ? { url: new Secret(url), from } : undefined
}

const oidcNames = ['GREENROOM_OIDC_ISSUER', 'GREENROOM_OIDC_CLIENT_ID', 'GREENROOM_OIDC_CLIENT_SECRET'] as const

function oidcOf(env: Environment, problems: string[]): Config['oidc'] {
  const [issuer, client_id, client_secret] = oidcNames.map((name) => env[name] || undefined)
  if (!issuer && !client_id && !client_secret) return undefined
  const absent = oidcNames.filter((name) => !env[name])
  if (absent.length > 0) problems.push(`${oidcNames.join(', ')} go together; missing: ${absent.join(', ')}`)
  if (issuer && !isIssuer(issuer))
    problems.push('GREENROOM_OIDC_ISSUER must be an https URL, or one of this machine, without query or fragment')
  if (!issuer || !client_id || !client_secret || !isIssuer(issuer)) return undefined
  const name = env['GREENROOM_OIDC_NAME'] || new URL(issuer).hostname
  return { issuer, client_id, client_secret: new Secret(client_secret), name }
}

const isIssuer = (text: string): boolean =>
  isPublicUrl(text) &&
  (new URL(text).protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname))

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && search === '' && hash === ''
}

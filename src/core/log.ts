import { pino } from 'pino'

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child' | 'level'>

export interface LogOptions {
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Where lines go; standard error when absent, because standard output belongs to what a command answers. */
  write?: (line: string) => void
}

/** A structured log, one line of JSON each. Header and body fields that may hold secrets are cut out by path. */
export const createLog = ({ level, write }: LogOptions): Log =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: secretPaths, censor: '[secret]' } },
    write ? { write } : pino.destination({ fd: 2, sync: true }),
  )

const secretPaths = [
  'authorization',
  'cookie',
  'client_secret',
  'secret_token',
  'access_token',
  'refresh_token',
  'download_token',
  'password',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

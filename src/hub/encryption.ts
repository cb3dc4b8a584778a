import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'

/** Keys by id; new values are sealed with `current`, old ones are opened with whichever key sealed them. */
export interface KeyRing {
  current: EncryptionKey
  all: ReadonlyMap<string, EncryptionKey>
}

export interface EncryptionKey {
  /** The first four bytes of the key's SHA-256, in hex: enough to name it, useless to guess it. */
  id: string
  key: Secret
}

/** A sealed value cannot be opened: the key is lost, or the bytes belong to another row. */
export class DecryptionError extends Error {
  override name = 'DecryptionError'
}

export function keyRing(keys: readonly [Secret, ...Secret[]]): KeyRing {
  const named = keys.map((key) => ({ id: keyId(bytesOf(key)), key }))
  return { current: named[0]!, all: new Map(named.map((entry) => [entry.id, entry])) }
}

/**
 * Seals a secret with AES-256-GCM (NIST SP 800-38D). `row` is the id of the row that holds it: bound in as associated data,
 * so that a value copied to another row does not open. Layout: version, key id (4), nonce (12), tag (16), ciphertext.
 */
export function seal(ring: KeyRing, row: string, plain: Secret): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytesOf(ring.current.key), nonce).setAAD(Buffer.from(row))
  const sealed = Buffer.concat([cipher.update(plain.reveal(), 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), Buffer.from(ring.current.id, 'hex'), nonce, cipher.getAuthTag(), sealed])
}

/** Opens what `seal` closed for the same row. @throws DecryptionError that names the key it would need. */
export function unseal(ring: KeyRing, row: string, sealed: Buffer): Secret {
  const id = sealed.subarray(1, 5).toString('hex')
  const entry = ring.all.get(id)
  if (sealed[0] !== version || !entry) throw new DecryptionError(`sealed with encryption key ${id}, which is not here`)
  const decipher = createDecipheriv('aes-256-gcm', bytesOf(entry.key), sealed.subarray(5, 17))
  decipher.setAAD(Buffer.from(row)).setAuthTag(sealed.subarray(17, 33))
  try {
    return new Secret(Buffer.concat([decipher.update(sealed.subarray(33)), decipher.final()]).toString('utf8'))
  } catch (error) {
    throw new DecryptionError(`the value of ${row} was altered or belongs to another row`, { cause: error })
  }
}

/** A refresh token is sealed apart from the access token in the same row: one cannot stand in for the other. */
export const refreshTokenOf = (connection_id: string): string => `${connection_id}:refresh_token`

/**
 * The encryption key: the one that was configured, else the one in the data folder, which is made at the first start
 * (mode 0600) and never again.
 * @throws ConfigError when a key is there but is not 32 bytes in base64.
 */
export async function readEncryptionKey(configured: Secret | undefined, file: string): Promise<Secret> {
  if (configured) return checked(configured, 'GREENROOM_ENCRYPTION_KEY')
  await mkdir(dirname(file), { recursive: true })
  try {
    await using handle = await open(file, 'wx', 0o600)
    await handle.writeFile(`${randomBytes(32).toString('base64')}\n`)
    await handle.sync()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return checked(new Secret((await readFile(file, 'utf8')).trim()), file)
}

function checked(key: Secret, where: string): Secret {
  if (bytesOf(key).length === 32) return key
  throw new ConfigError([`${where} must hold 32 bytes in base64 (openssl rand -base64 32)`])
}

const version = 1
const bytesOf = (key: Secret): Buffer => Buffer.from(key.reveal(), 'base64')
const keyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Secret } from '#core/secret.ts'

/** Keys by id; new values are sealed with `current`, old ones are opened with whichever key sealed them. */
export interface KeyRing {
  readonly current: EncryptionKey
  readonly all: ReadonlyMap<string, EncryptionKey>
}

/** The current one first. */
export type Keys = readonly [Secret, ...Secret[]]

export interface EncryptionKey {
  /** The first four bytes of the key's SHA-256, in hex: enough to name it, useless to guess it. */
  id: string
  key: Secret
}

/** A sealed value cannot be opened: the key is lost, or the bytes belong to another row. */
export class DecryptionError extends Error {
  override name = 'DecryptionError'
}

/** The key that sealed it is not here. Whoever puts it back has everything again. */
export class MissingKeyError extends DecryptionError {
  override name = 'MissingKeyError'
}

/** `changed` is asked whenever a key is wanted: the keys as they are now, or undefined when they are the same. */
export function keyRing(keys: Keys, changed: () => Keys | undefined = () => undefined): KeyRing {
  let held = named(keys)
  const newest = (): Pick<KeyRing, 'current' | 'all'> => {
    const now = changed()
    if (now) held = named(now)
    return held
  }
  return {
    get current() {
      return newest().current
    },
    get all() {
      return newest().all
    },
  }
}

function named(keys: Keys): { current: EncryptionKey; all: Map<string, EncryptionKey> } {
  const [current, ...older] = keys.map((key) => ({ id: keyId(bytesOf(key)), key }))
  if (!current) throw new RangeError('a key ring has at least one key')
  return { current, all: new Map([current, ...older].map((entry) => [entry.id, entry])) }
}

export const isKey = (key: Secret): boolean => bytesOf(key).length === 32

/**
 * Seals a secret with AES-256-GCM (NIST SP 800-38D). `row` is the id of the row that holds it: bound in as associated data,
 * so that a value copied to another row does not open. Layout: version, key id (4), nonce (12), tag (16), ciphertext.
 */
export function seal(ring: KeyRing, row: string, plain: Secret): Buffer {
  const nonce = randomBytes(12)
  const { id, key } = ring.current
  const cipher = createCipheriv('aes-256-gcm', bytesOf(key), nonce).setAAD(Buffer.from(row))
  const sealed = Buffer.concat([cipher.update(plain.reveal(), 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(version), Buffer.from(id, 'hex'), nonce, cipher.getAuthTag(), sealed])
}

/** Whether the key that sealed it is here. */
export const isKeyHere = (ring: KeyRing, sealed: Buffer): boolean => ring.all.has(keyIdOf(sealed))

const keyIdOf = (sealed: Buffer): string => sealed.subarray(1, 5).toString('hex')

/** Opens what `seal` closed for the same row. @throws MissingKeyError that names the key it would need; DecryptionError */
export function unseal(ring: KeyRing, row: string, sealed: Buffer): Secret {
  const id = keyIdOf(sealed)
  const entry = ring.all.get(id)
  if (sealed[0] !== version || !entry) throw new MissingKeyError(`sealed with encryption key ${id}, which is not here`)
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

const version = 1
const bytesOf = (key: Secret): Buffer => Buffer.from(key.reveal(), 'base64')
const keyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8)

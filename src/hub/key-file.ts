import { randomBytes } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ConfigError } from '#core/errors.ts'
import { Secret } from '#core/secret.ts'
import { isKey, keyRing, type Keys, type KeyRing } from './encryption.ts'

/**
 * The encryption keys, the current one first: those that were configured, else those in the data folder, where the first is made
 * at the first start (mode 0600). The file is looked at whenever a key is wanted, so that a new one counts at once in all
 * processes that share it.
 * @throws ConfigError when one is there but is not 32 bytes in base64.
 */
export async function openKeyRing(configured: Secret | undefined, file: string): Promise<KeyRing> {
  if (configured) return keyRing(keysIn(configured.reveal(), 'GREENROOM_ENCRYPTION_KEY'))
  await mkdir(dirname(file), { recursive: true })
  try {
    await using handle = await open(file, 'wx', 0o600)
    await handle.writeFile(`${newKey()}\n`)
    await handle.sync()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const first = keysIn(await readFile(file, 'utf8'), file)
  let seen = versionOf(file)
  return keyRing(first, () => {
    const version = versionOf(file)
    if (version === undefined || version === seen) return undefined
    seen = version
    return keysIn(readFileSync(file, 'utf8'), file)
  })
}

/** Puts a new key before those in the file; the old ones stay, for what they sealed and for backups. All or nothing. */
export async function addEncryptionKey(file: string): Promise<void> {
  const before = await readFile(file, 'utf8')
  const beside = `${file}.new`
  {
    await using handle = await open(beside, 'w', 0o600)
    await handle.writeFile(`${newKey()}\n${before}`)
    await handle.sync()
  }
  await rename(beside, file)
}

function keysIn(text: string, where: string): Keys {
  const [first, ...rest] = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((word) => new Secret(word))
  if (first && [first, ...rest].every(isKey)) return [first, ...rest]
  throw new ConfigError([
    `${where} must hold 32 bytes in base64 (openssl rand -base64 32); of several such keys the first is the current one`,
  ])
}

const newKey = (): string => randomBytes(32).toString('base64')

/** Another one after each change of the file; undefined while it cannot be seen, which changes nothing. */
function versionOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`
}

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { ConfigError } from '#core/errors.ts'
import { createLog } from '#core/log.ts'
import { Secret } from '#core/secret.ts'
import { DecryptionError, keyRing, seal, unseal } from '#hub/encryption.ts'
import { addEncryptionKey, openKeyRing } from '#hub/key-file.ts'

const key = (): Secret => new Secret(randomBytes(32).toString('base64'))

test('what is sealed opens for its own row alone', () => {
  const ring = keyRing([key()])
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (plain, row) => {
      const sealed = seal(ring, row, new Secret(plain))
      assert.equal(unseal(ring, row, sealed).reveal(), plain)
      assert.throws(() => unseal(ring, `${row}x`, sealed), DecryptionError)
    }),
  )
})

test('a sealed value in which any bit was changed does not open', () => {
  const ring = keyRing([key()])
  const sealed = seal(ring, 'zoc_1', new Secret('token'))
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const altered = Buffer.from(sealed)
    altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.throws(() => unseal(ring, 'zoc_1', altered), DecryptionError)
  }
})

test('after a change of keys old values open and new ones use the new key', () => {
  const [old, next] = [key(), key()]
  const sealed = seal(keyRing([old]), 'r', new Secret('x'))
  const ring = keyRing([next, old])
  assert.equal(unseal(ring, 'r', sealed).reveal(), 'x')
  assert.throws(() => unseal(keyRing([next]), 'r', sealed), /sealed with encryption key [0-9a-f]{8}, which is not here/)
  assert.throws(() => unseal(keyRing([old]), 'r', seal(ring, 'r', new Secret('y'))), DecryptionError)
})

const fileOf = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'greenroom-key-')), 'encryption-key')

test('the key is made once, readable by its owner alone, and used again', async () => {
  const file = join(await fileOf(), 'deep', 'encryption-key')
  const { current } = await openKeyRing(undefined, file)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal((await openKeyRing(undefined, file)).current.id, current.id)
  assert.equal((await readFile(file, 'utf8')).trim(), current.key.reveal())
  const configured = key()
  assert.equal((await openKeyRing(configured, file)).current.key.reveal(), configured.reveal())
})

test('a key that is added to the file counts at once for whoever has it open, and the old one still opens', async () => {
  const file = await fileOf()
  const ring = await openKeyRing(undefined, file)
  const before = ring.current.id
  const sealed = seal(ring, 'r', new Secret('x'))
  await addEncryptionKey(file)
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.notEqual(ring.current.id, before)
  assert.equal(unseal(ring, 'r', sealed).reveal(), 'x')
  assert.deepEqual([...ring.all.keys()], [ring.current.id, before])
  await rm(file)
  assert.equal(unseal(ring, 'r', sealed).reveal(), 'x')
})

test('several keys may be configured, the current one first', async () => {
  const [next, old] = [key(), key()]
  const ring = await openKeyRing(new Secret(`${next.reveal()},${old.reveal()}`), '/nowhere')
  assert.equal(ring.current.key.reveal(), next.reveal())
  assert.equal(unseal(ring, 'r', seal(keyRing([old]), 'r', new Secret('x'))).reveal(), 'x')
})

test('a key that is no key is refused with a sentence', async () => {
  const file = await fileOf()
  await writeFile(file, 'short\n')
  await assert.rejects(openKeyRing(undefined, file), ConfigError)
  await assert.rejects(openKeyRing(new Secret('no'), file), /GREENROOM_ENCRYPTION_KEY must hold 32 bytes/)
})

test('a secret cannot be printed', () => {
  const secret = new Secret('hunter2')
  const lines: string[] = []
  createLog({ level: 'info', write: (line) => void lines.push(line) }).info(
    { secret, nested: { client_secret: 'hunter2' } },
    `it is ${secret.toString()}`,
  )
  for (const printed of [JSON.stringify({ secret }), inspect(secret), String(secret), ...lines])
    assert.doesNotMatch(printed, /hunter2/)
})

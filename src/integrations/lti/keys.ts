import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK, type JWTPayload } from 'jose'
import { sql } from 'kysely'
import { Secret } from '#core/secret.ts'
import { seal, unseal } from '#hub/encryption.ts'
import type { Hub } from '#hub/hub.ts'
import { tables } from './tables.ts'

/** What platforms verify our messages by. The first key is made when somebody first asks for it. */
export async function publicKeys(hub: Hub): Promise<{ keys: JWK[] }> {
  await signingKey(hub)
  const rows = await tables(hub.db).selectFrom('lti_key').select('public_jwk').orderBy('created_at', 'desc').execute()
  return { keys: rows.map((row) => row.public_jwk) }
}

/** Signs a message of ours with the newest key; it is good for five minutes from now. */
export async function signed(hub: Hub, claims: JWTPayload): Promise<string> {
  const { kid, private_jwk } = await signingKey(hub)
  const jwk = JSON.parse(unseal(hub.keys, kid, private_jwk).reveal()) as JWK
  const now = Math.floor(hub.runtime.now() / 1000)
  return new SignJWT({ ...claims, iat: now, exp: now + 300 })
    .setProtectedHeader({ typ: 'JWT', alg, kid })
    .sign(await importJWK(jwk, alg))
}

/** The one that every platform must support: https://www.imsglobal.org/spec/security/v1p0/#rsa-key */
const alg = 'RS256'

async function signingKey(hub: Hub): Promise<{ kid: string; private_jwk: Buffer }> {
  return (await newestKey(hub)) ?? makeKey(hub)
}

const newestKey = (hub: Hub): Promise<{ kid: string; private_jwk: Buffer } | undefined> =>
  tables(hub.db)
    .selectFrom('lti_key')
    .select(['kid', 'private_jwk'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

async function makeKey(hub: Hub): Promise<{ kid: string; private_jwk: Buffer }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  const kid = crypto.randomUUID()
  const public_jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  const private_jwk = seal(hub.keys, kid, new Secret(JSON.stringify(await exportJWK(privateKey))))
  return hub.db.transaction().execute(async (trx) => {
    // Of several processes that found none, one makes it.
    await sql`select pg_advisory_xact_lock(${keyLock})`.execute(trx)
    const other = await newestKey({ ...hub, db: trx })
    if (other) return other
    const created_at = new Date(hub.runtime.now())
    await tables(trx)
      .insertInto('lti_key')
      .values({ kid, private_jwk, public_jwk: JSON.stringify(public_jwk) as unknown as JWK, created_at })
      .execute()
    return { kid, private_jwk }
  })
}

const keyLock = 7_246_013

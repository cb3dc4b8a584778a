import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'

export interface Key {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  jwk: JWK
}

export async function newKey(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } }
}

/** A platform that signs whatever a test wants: no more than keys on HTTP. */
export interface TestPlatform {
  issuer: string
  /** What it publishes now. */
  keys: Key[]
}

export async function testPlatform(
  scope: { after(close: () => Promise<void>): void },
  keys: Key[],
): Promise<TestPlatform> {
  const platform = { issuer: '', keys }
  const server = createServer((_request, response) => {
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ keys: platform.keys.map(({ jwk }) => jwk) }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  scope.after(async () => {
    server.closeAllConnections()
    server.close()
  })
  platform.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return platform
}

export const signedBy = (key: Key, claims: Record<string, unknown>): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid }).sign(key.privateKey)

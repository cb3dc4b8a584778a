import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { createServer, request as forward } from 'node:http'
import { realWorld } from '#core/runtime.ts'
import { createNetwork } from '#zoom/network.ts'
import { getUser } from '#zoom/users.ts'
import { answering, clientOf, listen } from './zoom-server.ts'

const ada = { status: 200, body: { id: 'usrAda0', email: 'ada@school.example', type: 2 } }

/** A proxy as small as it gets: forwards what is asked for in full, tunnels what is asked for by CONNECT. */
async function proxy(t: TestContext, tunnel: 'opens' | 'refuses' = 'opens'): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const { method, headers, url = '' } = incoming
    incoming.pipe(
      forward(url, { method, headers }, (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
      }),
    )
  })
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    socket.on('error', () => {})
    if (tunnel === 'refuses') return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    const [host, port] = (incoming.url ?? '').split(':')
    const upstream = connect(Number(port), host)
    upstream.on('error', () => socket.destroy())
    upstream.on('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
  })
  return { url: await listen(t, server), asked }
}

const clientThrough = (origin: string, options: Parameters<typeof createNetwork>[0]) => {
  const client = clientOf(origin)
  return { ...client, runtime: { ...client.runtime, fetch: realWorld(createNetwork(options)).fetch } }
}

test('without a proxy calls go straight to Zoom', async (t) => {
  const zoom = await answering(t, ada)
  assert.equal((await getUser(clientThrough(zoom.origin, {}), 'me')).email, 'ada@school.example')
})

test('HTTP goes through HTTP_PROXY', async (t) => {
  const zoom = await answering(t, ada)
  const { url, asked } = await proxy(t)
  await getUser(clientThrough(zoom.origin, { http_proxy: url }), 'me')
  assert.deepEqual(asked, [`GET ${zoom.origin}/v2/users/me`])
  assert.equal(zoom.received.length, 1)
})

test('HTTPS goes through a tunnel of HTTPS_PROXY', async (t) => {
  const zoom = await answering(t, ada)
  const { url, asked } = await proxy(t)
  // What answers at the end of the tunnel speaks no TLS; that the tunnel leads to it is what is seen here.
  await assert.rejects(getUser(clientThrough(zoom.origin.replace('http:', 'https:'), { https_proxy: url }), 'me'), {
    name: 'ZoomUnreachableError',
  })
  assert.equal(asked[0], `CONNECT ${new URL(zoom.origin).host}`)
})

test('a proxy that refuses the tunnel has kept the request from Zoom', async (t) => {
  const { url, asked } = await proxy(t, 'refuses')
  await assert.rejects(getUser(clientThrough('https://zoom.invalid', { https_proxy: url }), 'me'), {
    name: 'ZoomUnreachableError',
    outcome: 'not_sent',
    message: /Proxy response \(403\)/,
  })
  assert.equal(asked[0], 'CONNECT zoom.invalid:443')
})

test('a port that fetch forbids was not sent to', async () => {
  await assert.rejects(getUser(clientThrough('http://127.0.0.1:9', {}), 'me'), {
    name: 'ZoomUnreachableError',
    outcome: 'not_sent',
    message: /bad port/,
  })
})

test('a proxy that is not there has kept the request from Zoom', async () => {
  await assert.rejects(getUser(clientThrough('https://zoom.invalid', { https_proxy: 'http://127.0.0.1:1' }), 'me'), {
    name: 'ZoomUnreachableError',
    outcome: 'not_sent',
  })
})

test('what NO_PROXY names is called straight', async (t) => {
  const zoom = await answering(t, ada)
  const { url, asked } = await proxy(t)
  await getUser(clientThrough(zoom.origin, { http_proxy: url, no_proxy: 'localhost,127.0.0.1' }), 'me')
  assert.deepEqual(asked, [])
  assert.equal(zoom.received.length, 1)
})

test('a forbidden address is refused before a byte is sent, as a name and as it stands', async (t) => {
  const zoom = await answering(t, ada)
  const judged: string[] = []
  const allow = (host: string, address: string) => {
    judged.push(`${host} ${address}`)
    return false
  }
  for (const host of ['127.0.0.1', 'localhost']) {
    const origin = zoom.origin.replace('127.0.0.1', host)
    await assert.rejects(getUser(clientThrough(origin, { allow }), 'me'), {
      name: 'ZoomUnreachableError',
      outcome: 'not_sent',
      message: new RegExp(`${host} is not an address that may be called`),
    })
  }
  assert.equal(zoom.received.length, 0)
  assert.equal(judged[0], '127.0.0.1 127.0.0.1')
  assert.ok(judged.includes('localhost 127.0.0.1'))
})

test('an IPv6 address in a URL is judged without its brackets', async () => {
  const judged: string[] = []
  const allow = (host: string, address: string) => judged.push(`${host} ${address}`) < 0
  await assert.rejects(getUser(clientThrough('http://[::1]:8081', { allow }), 'me'), { outcome: 'not_sent' })
  assert.equal(judged[0], '::1 ::1')
})

test('an allowed address is called', async (t) => {
  const zoom = await answering(t, ada)
  const client = clientThrough(zoom.origin.replace('127.0.0.1', 'localhost'), {
    allow: (_, address) => address === '127.0.0.1',
  })
  await getUser(client, 'me')
  assert.equal(zoom.received.length, 1)
})

test('behind a proxy the name is judged before the proxy hears of it', async (t) => {
  const { url, asked } = await proxy(t)
  const refuse = clientThrough('http://localhost:8081', { http_proxy: url, allow: () => false })
  await assert.rejects(getUser(refuse, 'me'), { name: 'ZoomUnreachableError', outcome: 'not_sent' })
  assert.deepEqual(asked, [])
})

test('a name that the proxy alone can resolve is judged without an address', async (t) => {
  const { url, asked } = await proxy(t, 'refuses')
  const judged: string[] = []
  const allow = (host: string, address: string) => judged.push(`${host} '${address}'`) > 0
  await assert.rejects(
    getUser(clientThrough('https://zoom.invalid', { https_proxy: url, allow }), 'me'),
    /Proxy response/,
  )
  assert.equal(judged[0], "zoom.invalid ''")
  assert.equal(asked[0], 'CONNECT zoom.invalid:443')
})

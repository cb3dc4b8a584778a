import assert from 'node:assert/strict'
import dns from 'node:dns'
import { createServer } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { test, type TestContext } from 'node:test'
import { createOutgoing } from '#hub/outgoing.ts'
import { listen } from './zoom-server.ts'

/** A name server of one name: each question gets the next answer, and the last one again and again. */
function answersOf(t: TestContext, name: string, ...answers: string[][]): string[] {
  const asked: string[] = []
  const real = dns.lookup
  const played = ((host: string, options: dns.LookupAllOptions, callback: (...result: unknown[]) => void) => {
    if (host !== name) return real(host, options, callback)
    asked.push(host)
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? []
    callback(
      null,
      addresses.map((address) => ({ address, family: 4 })),
    )
  }) as typeof dns.lookup
  t.mock.method(dns, 'lookup', played)
  syncBuiltinESMExports()
  t.after(() => {
    t.mock.restoreAll()
    syncBuiltinESMExports()
  })
  return asked
}

async function inside(t: TestContext): Promise<{ port: string; heard: number }> {
  const seen = { port: '', heard: 0 }
  const origin = await listen(
    t,
    createServer((_, response) => {
      seen.heard++
      response.end('a secret of the house')
    }),
  )
  seen.port = new URL(origin).port
  return seen
}

const refusal = (error: unknown): string => String((error as { cause?: unknown }).cause ?? error)

test('a name that leads outside when it is looked at and inside when it is called is not called', async (t) => {
  const server = await inside(t)
  const asked = answersOf(t, 'rebinds.example', ['1.1.1.1'], ['127.0.0.1'])
  // What a check before the call would have seen.
  const first = await new Promise<unknown>((resolve) => {
    dns.lookup('rebinds.example', { all: true }, (_, found) => resolve(found))
  })
  assert.deepEqual(first, [{ address: '1.1.1.1', family: 4 }])
  const out = createOutgoing({})([])
  await assert.rejects(out(`http://rebinds.example:${server.port}/`), (error) =>
    /rebinds\.example is not an address that may be called \(127\.0\.0\.1\)/.test(refusal(error)),
  )
  assert.equal(asked.length, 2, 'the address that was judged is the one of the connection')
  assert.equal(server.heard, 0)
})

test('an allowance is for the host that was entered, not for where it redirects', async (t) => {
  const server = await inside(t)
  answersOf(t, 'allowed.example', ['127.0.0.1'])
  answersOf(t, 'other.example', ['127.0.0.1'])
  const out = createOutgoing({})([`http://allowed.example:${server.port}`])
  assert.equal((await out(`http://allowed.example:${server.port}/`)).status, 200)
  await assert.rejects(out(`http://other.example:${server.port}/`), (error) => refusal(error).includes('may be called'))
  assert.equal(server.heard, 1)
})

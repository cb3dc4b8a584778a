import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { firstForm, wordsOf } from './lti-browser.ts'
import { world } from './world.ts'

const w = await world({ after }, { connected: false })

/** An LMS that answers whatever a test wants, and remembers what it was asked. */
const answers = new Map<string, { status?: number; body: unknown }>()
const asked: { path: string; authorization: string | undefined; body: string }[] = []
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const path = request.url ?? ''
  asked.push({ path, authorization: request.headers.authorization, body: Buffer.concat(chunks).toString() })
  const { status = 200, body } = answers.get(path) ?? { status: 404, body: 'an inside secret' }
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
}).listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => void server.close())
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

const configuration = (more: object = {}) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/certs`,
  registration_endpoint: `${issuer}/register`,
  ...more,
})

const newUrl = async (): Promise<string> =>
  (await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name: 'LMS' })).body.registration_url

async function register(url: string, openid_configuration = `${issuer}/configuration`) {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ openid_configuration, registration_token: 'their-token' }),
  })
  return { status: answer.status, words: wordsOf(await answer.text()) }
}

const platforms = async (): Promise<{ client_id: string }[]> =>
  (await w.api<{ items: { client_id: string }[] }>('GET', '/lti/platforms')).body.items

test('opening the URL asks, and sends nothing to anybody', async () => {
  answers.set('/configuration', { body: configuration() })
  const query = new URLSearchParams({ openid_configuration: `${issuer}/configuration`, registration_token: 't"<' })
  const shown = await fetch(`${await newUrl()}?${query.toString()}`)
  assert.equal(shown.status, 200)
  assert.equal(firstForm(await shown.text()).hidden['registration_token'], 't"<')
  assert.deepEqual(asked, [])
})

test('opened by hand, outside of an LMS, it says where it belongs', async () => {
  const shown = await fetch(await newUrl())
  assert.equal(shown.status, 422)
  assert.match(wordsOf(await shown.text()), /Paste this URL into your LMS/)
})

const refusals: [string, () => void, RegExp][] = [
  [
    'the configuration of somebody else',
    () => answers.set('/configuration', { body: configuration({ issuer: 'https://lms.example' }) }),
    /not where its configuration came from/,
  ],
  [
    'an answer that is no configuration',
    () => answers.set('/configuration', { body: { issuer } }),
    /did not answer as LTI says/,
  ],
  ['an answer that is no JSON', () => answers.set('/configuration', { body: '<html>' }), /did not answer as LTI says/],
  ['nothing at that address', () => answers.delete('/configuration'), /answered 404/],
  [
    'a registration that the LMS refuses',
    () =>
      answers
        .set('/configuration', { body: configuration() })
        .set('/register', { status: 400, body: 'an inside secret' }),
    /answered 400/,
  ],
  [
    'a registration without a client id',
    () => answers.set('/configuration', { body: configuration() }).set('/register', { body: {} }),
    /client_id/,
  ],
]
for (const [what, prepare, reason] of refusals)
  test(`nothing is registered, in words, and the URL stays good: ${what}`, async () => {
    prepare()
    const url = await newUrl()
    const refused = await register(url)
    assert.equal(refused.status, 422, refused.words)
    assert.match(refused.words, reason)
    assert.ok(!refused.words.includes('inside secret'), 'what is at an address is not told to who chose it')
    assert.deepEqual(await platforms(), [])
    assert.equal((await fetch(`${url}?openid_configuration=${issuer}/configuration`)).status, 200)
  })

test('an LMS that cannot be reached is to be tried again', async () => {
  const refused = await register(await newUrl(), 'http://127.0.0.1:1/configuration')
  assert.equal(refused.status, 503)
  assert.match(refused.words, /cannot be reached/)
})

test('a URL that was never made, or is a week old, registers nothing', async () => {
  assert.equal((await register(`${w.hubUrl}/lti/register/${'x'.repeat(43)}`)).status, 404)
  const url = await newUrl()
  const { runtime } = w.server.hub
  const { now } = runtime
  runtime.now = () => now() + 8 * 86_400_000
  assert.equal((await register(url)).status, 404)
  runtime.now = now
})

test('of two clicks at once one registers, with the LMS’s own token', async () => {
  answers.set('/configuration', { body: configuration() })
  answers.set('/register', { body: { client_id: 'given' } })
  asked.length = 0
  const url = await newUrl()
  const both = await Promise.all([register(url), register(url)])
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 404],
  )
  const registered = asked.filter(({ path }) => path === '/register')
  assert.deepEqual(
    registered.map(({ authorization }) => authorization),
    ['Bearer their-token'],
  )
  const told = JSON.parse(registered[0]?.body ?? '') as Record<string, unknown>
  assert.deepEqual(told['redirect_uris'], [`${w.server.hub.publicUrl}/lti/launch`])
  assert.deepEqual(
    (await platforms()).map(({ client_id }) => client_id),
    ['given'],
  )
})

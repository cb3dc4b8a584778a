import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiRoutes } from '#simulator/api/routes.ts'
import { endpoints, type Endpoint } from '#zoom/schema/endpoints.ts'
import { gatewayErrors } from '#zoom/schema/errors.ts'
import { simulate } from './simulator-client.ts'

/** A path of what does not exist. */
const unknown = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => (name === 'userId' ? 'nobody' : '81234567890'))

const played = endpoints.filter(({ method, path }) => `${method} ${path}` in apiRoutes)
const named = ({ method, path }: Endpoint): string => `${method} ${path}`

/** A documented message with its placeholders open: Zoom writes them as `{userId}` and `{0}`. */
const patternOf = (message: string): RegExp =>
  new RegExp(
    `^${message
      .split(/\{\w+\}/)
      .map((part) => RegExp.escape(part))
      .join('.*')}$`,
  )

test('what does not exist is refused by every operation, and in its own documented words where it has any', async (t) => {
  const { api, control } = await simulate(t)
  await control('PATCH', '/settings', { rate_limits: false })
  await control('PATCH', '/people/ada@school.example', { webinar: true })
  const wrong: string[] = []
  for (const endpoint of played.filter(({ path }) => path.includes('{'))) {
    const { status, body } = await api(
      endpoint.method,
      unknown(endpoint.path),
      endpoint.method === 'GET' ? undefined : {},
    )
    if (status < 400 || typeof body.code !== 'number') wrong.push(`${named(endpoint)} answered ${status}`)
    const row = endpoint.errors.filter(({ http, code }) => http === status && code === body.code)
    if (row.length > 0 && !row.some(({ message }) => patternOf(message).test(body.message))) {
      wrong.push(`${named(endpoint)} said ${body.message}, not ${row[0]?.message}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('every operation is refused alike without a token, and names its scopes to a token that has none of them', async (t) => {
  const { send, control, accessToken } = await simulate(t)
  await control('POST', '/apps', { client_id: 'bare', client_secret: 'x', type: 'server_to_server', scopes: ['none'] })
  const authorization = `Bearer ${await accessToken(['bare', 'x'])}`
  for (const endpoint of played) {
    const path = `/v2${unknown(endpoint.path)}`
    const none = await send(endpoint.method, path)
    assert.deepEqual([none.status, none.body.code], [401, gatewayErrors.invalid_access_token.code], named(endpoint))
    const bare = await send(endpoint.method, path, undefined, { authorization })
    assert.deepEqual([bare.status, bare.body.code], [400, gatewayErrors.missing_scopes.code], named(endpoint))
    for (const scope of endpoint.granular_scopes) assert.ok(bare.body.message.includes(scope), named(endpoint))
  }
})

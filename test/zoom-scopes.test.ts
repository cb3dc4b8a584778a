import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corrections } from '#zoom/schema/corrections.ts'
import { endpointOf, endpoints, matchEndpoint } from '#zoom/schema/endpoints.ts'
import { errorMessage, errorOf, gatewayErrors } from '#zoom/schema/errors.ts'
import { events } from '#zoom/schema/events.ts'
import list from '#zoom/schema/source/zoom-endpoints.json' with { type: 'json' }
import { isGranted, missingScopes, scopeFamily, scopesThatDo } from '#zoom/scopes.ts'

const create = endpointOf('POST /users/{userId}/meetings')
const report = endpointOf('GET /report/meetings/{meetingId}/participants')

test("the family of a token's scopes is seen", () => {
  for (const [scope, family] of [
    ['meeting:read:admin user:read:admin', 'classic'],
    ['meeting:read:list_meetings:admin user:read:user:admin', 'granular'],
    ['meeting:read user_profile', 'classic'],
    ['meeting_token:read:admin:local_recording', 'classic'],
    ['newservice:read:something_new:admin', 'granular'],
    ['newservice:read:admin', 'classic'],
    ['', undefined],
  ] as const) {
    assert.equal(scopeFamily(scope), family, scope)
  }
})

test('any one scope of an operation is enough, of either family', () => {
  assert.ok(isGranted(create, 'user:read:user:admin meeting:write:meeting:admin'))
  assert.ok(isGranted(create, 'meeting:write:admin'))
  assert.ok(isGranted(create, 'meeting:write'))
  assert.ok(!isGranted(create, 'meeting:read:admin meeting:write:meeting:admins'))
  assert.ok(!isGranted(create, ''))
})

test('the level of the scopes that do goes by the kind of app', () => {
  assert.deepEqual(scopesThatDo(create, 'user_managed', 'granular'), ['meeting:write:meeting'])
  assert.deepEqual(scopesThatDo(create, 'server_to_server', 'granular'), ['meeting:write:meeting:admin'])
  assert.deepEqual(scopesThatDo(create, 'admin_managed', 'classic'), ['meeting:write:admin'])
  assert.deepEqual(scopesThatDo(report, 'user_managed', 'granular'), [], 'reports are for whole accounts')
})

test("what a token lacks is told in the token's family", () => {
  assert.deepEqual(missingScopes([create, report], 'server_to_server', 'meeting:write:meeting:admin'), [
    {
      operation: 'GET /report/meetings/{meetingId}/participants',
      any_of: ['report:read:list_meeting_participants:admin'],
    },
  ])
  assert.deepEqual(missingScopes([create, report], 'server_to_server', 'meeting:write:admin'), [
    { operation: 'GET /report/meetings/{meetingId}/participants', any_of: ['report:read:admin'] },
  ])
})

test('an operation is found by a path with its parameters, and a literal segment wins', () => {
  const found = (method: string, path: string) => {
    const match = matchEndpoint(method, path)
    return match && { name: `${match.endpoint.method} ${match.endpoint.path}`, params: match.params }
  }
  assert.deepEqual(found('GET', '/users/usrAda0'), { name: 'GET /users/{userId}', params: { userId: 'usrAda0' } })
  assert.deepEqual(found('GET', '/users/summary'), { name: 'GET /users/summary', params: {} })
  assert.deepEqual(found('GET', '/users/me/zak'), { name: 'GET /users/me/zak', params: {} })
  assert.deepEqual(found('GET', '/meetings/meeting_summaries'), { name: 'GET /meetings/meeting_summaries', params: {} })
  assert.equal(found('GET', '/users/'), undefined)
  assert.equal(found('GET', '/nowhere'), undefined)
  assert.equal(found('POST', '/users/usrAda0'), undefined)
})

test('every operation is found by its own path, under its own name', () => {
  for (const endpoint of endpoints) {
    assert.equal(matchEndpoint(endpoint.method, endpoint.path)?.endpoint, endpoint)
    assert.equal(endpointOf(`${endpoint.method} ${endpoint.path}`), endpoint)
  }
  assert.equal(endpoints.length, 214)
  assert.equal(events.size, 142)
})

test('a correction of the source list is of a row that is there, and still wrong in the source', () => {
  for (const [name, { right, reason, source }] of Object.entries(corrections)) {
    const [method, path] = name.split(' ')
    const row = list.find((each) => each.method === method && each.path === path)
    assert.ok(row, name)
    for (const [field, value] of Object.entries(right)) {
      assert.notDeepEqual(row[field as keyof typeof right], value, `${name}: ${field} is right in the source`)
      assert.deepEqual(endpointOf(name)[field as keyof typeof right], value)
    }
    assert.ok(reason !== '' && source.startsWith('https://developers.zoom.us/'), name)
  }
})

test('an operation that does not exist is noticed', () => {
  assert.throws(() => endpointOf('GET /no/such'), /no operation GET \/no\/such/)
})

test('an error text has its values filled in, and keeps the names that have none', () => {
  assert.equal(
    errorMessage(errorOf(endpointOf('GET /meetings/{meetingId}'), 3001)?.message ?? '', { meetingId: '123' }),
    'Meeting does not exist: 123.',
  )
  assert.match(errorMessage(gatewayErrors.missing_scopes.message, { scopes: 'a, b' }), /\[a, b\]\.$/)
  assert.equal(errorMessage('{unknown}', {}), '{unknown}')
})

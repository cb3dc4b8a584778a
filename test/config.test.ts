import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from '#config.ts'
import { ConfigError } from '#core/errors.ts'

test('without anything set the hub is on port 8080, the simulator beside it, the data in ./data', () => {
  const config = readConfig({})
  assert.deepEqual(
    [config.port, config.simulatorPort, config.publicUrl, config.host],
    [8080, 8081, 'http://localhost:8080', 'localhost'],
  )
  assert.ok(config.data.endsWith('/data'))
})

test('another port moves the simulator and the public address along', () => {
  const config = readConfig({ PORT: '9000' })
  assert.deepEqual([config.simulatorPort, config.publicUrl], [9001, 'http://localhost:9000'])
})

test('a public address keeps its sub-path and loses its last slash', () => {
  assert.equal(
    readConfig({ PUBLIC_URL: 'https://school.example/greenroom/' }).publicUrl,
    'https://school.example/greenroom',
  )
})

test('everything that is wrong is said at once', () => {
  const wrong = {
    PORT: 'eighty',
    PUBLIC_URL: 'school.example',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://x',
    SIMULATOR_PORT: '70000',
  }
  assert.throws(
    () => readConfig(wrong),
    (error) => {
      assert.ok(error instanceof ConfigError)
      assert.equal(error.problems.length, 5)
      for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(name))
      return true
    },
  )
})

test('events are kept for 90 days and deliveries for 30, unless it says otherwise', () => {
  const config = readConfig({ DELIVERY_RETENTION_DAYS: '7' })
  assert.deepEqual([config.eventRetentionDays, config.deliveryRetentionDays], [90, 7])
  assert.throws(() => readConfig({ EVENT_RETENTION_DAYS: '0' }), /EVENT_RETENTION_DAYS must be/)
})

test('the encryption key cannot be printed from the configuration', () => {
  assert.doesNotMatch(JSON.stringify(readConfig({ GREENROOM_ENCRYPTION_KEY: 'hunter2' })), /hunter2/)
})

test('the organisation’s sign-in is entered whole, with TLS, and its secret cannot be printed', () => {
  const whole = {
    GREENROOM_OIDC_ISSUER: 'https://login.school.example/realms/school',
    GREENROOM_OIDC_CLIENT_ID: 'greenroom',
    GREENROOM_OIDC_CLIENT_SECRET: 'hunter2',
  }
  const { oidc } = readConfig(whole)
  assert.deepEqual([oidc?.client_id, oidc?.name], ['greenroom', 'login.school.example'])
  assert.doesNotMatch(JSON.stringify(readConfig(whole)), /hunter2/)
  assert.equal(readConfig({}).oidc, undefined)
  assert.throws(
    () => readConfig({ GREENROOM_OIDC_CLIENT_ID: 'greenroom' }),
    /missing: GREENROOM_OIDC_ISSUER, GREENROOM_OIDC_CLIENT_SECRET/,
  )
  assert.throws(
    () => readConfig({ ...whole, GREENROOM_OIDC_ISSUER: 'http://login.school.example' }),
    /must be an https URL/,
  )
})

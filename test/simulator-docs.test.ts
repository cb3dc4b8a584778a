import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apiRoutes } from '#simulator/api/routes.ts'
import { simulate } from './simulator-client.ts'

const docs = readFileSync(new URL('../docs/simulator.md', import.meta.url), 'utf8')
const quoted = new Set([...docs.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text))
const missing = (names: string[]): string[] => names.filter((name) => !quoted.has(name))

test('docs/simulator.md names every operation that is played, and no other', () => {
  const named = [...quoted].filter((text) => /^(GET|POST|PUT|PATCH|DELETE) \/(?!_)/.test(text ?? ''))
  assert.deepEqual(new Set(named), new Set(Object.keys(apiRoutes)))
})

test('docs/simulator.md names every switch with the value that it has at first', async (t) => {
  const { control } = await simulate(t)
  const settings: object = await control('GET', '/settings')
  for (const [name, value] of Object.entries(settings)) {
    const shown = JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ')
    assert.ok(docs.includes(`| \`${name}\` | \`${shown}\` |`), `${name} is ${shown}`)
  }
})

test('docs/simulator.md names every route of the control API', async (t) => {
  const { control } = await simulate(t)
  const { paths } = (await control('GET', '/openapi.json')) as { paths: Record<string, object> }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  assert.deepEqual(missing(routes), [])
})

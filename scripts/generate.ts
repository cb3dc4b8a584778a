import { readFile, writeFile } from 'node:fs/promises'
import type { Hub } from '#hub/hub.ts'
import { apiRoutes } from '#http/api/routes.ts'
import { openApi } from '#http/openapi.ts'
import { integrations } from '#server.ts'
import { coveragePage } from './coverage-page.ts'
import { hubSentences } from './hub-sentences.ts'
import { typesOf } from './types-of-openapi.ts'

// Writes what is made from the routes: openapi.json, the types that the console asks by, what the simulator covers; and from
// the sources, what the hub says. With --check it writes nothing
// and fails when a file is not what it would write.

// Routes are data: to list them takes no hub.
const ofIntegrations = integrations.flatMap((each) => each.routes?.({ publicUrl: '' } as Hub) ?? [])
const document = openApi([...apiRoutes, ...ofIntegrations], '/')
const files = {
  'openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'web/console/api.d.ts': typesOf(document),
  'web/console/languages/hub/sentences.json': `${JSON.stringify(hubSentences(), null, 2)}\n`,
  'docs/simulator-coverage.md': coveragePage(),
} satisfies Record<string, string>

const check = process.argv.includes('--check')
for (const [name, text] of Object.entries(files)) {
  const path = new URL(`../${name}`, import.meta.url)
  const old = await readFile(path, 'utf8').catch(() => '')
  if (old === text) continue
  if (check) {
    console.error(`${name} is stale: run npm run generate`)
    process.exitCode = 1
    continue
  }
  await writeFile(path, text)
  console.log(`wrote ${name}`)
}

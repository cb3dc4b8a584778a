import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Who may import whom: this table is the architecture page. A name with a slash is a folder or file below a top folder. */
const mayImport: Record<string, readonly string[]> = {
  core: [],
  zoom: ['core'],
  store: ['core'],
  hub: ['core', 'zoom', 'store'],
  integrations: ['core', 'zoom', 'hub', 'store/db.ts'],
  http: ['core', 'zoom', 'hub', 'store/db.ts'],
  simulator: ['core', 'zoom/schema'],
  cli: ['core', 'hub', 'simulator', 'config.ts', 'server.ts'],
  'config.ts': ['core'],
  'server.ts': ['core', 'zoom', 'store', 'hub', 'integrations', 'http', 'config.ts'],
}

/** Types cost nothing at run time and may be known where the code may not. */
const mayImportTypesOf: Record<string, readonly string[]> = {
  store: ['zoom'],
  cli: ['store', 'zoom'],
}

interface Import {
  specifier: string
  typeOnly: boolean
}

const importsOf = (source: string): Import[] => [
  ...[...source.matchAll(/(?:import|export)\s+(type\s+)?(?:[^'"();]*?\sfrom\s+)?'([^']+)'/g)].map((match) => ({
    specifier: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  })),
  ...[...source.matchAll(/import\(\s*'([^']+)'\s*\)/g)].map((match) => ({
    specifier: match[1] ?? '',
    typeOnly: false,
  })),
]

const files = globSync('src/**/*.ts')

test('the files of the tree are found', () => {
  assert.ok(files.length > 100, `${files.length} files`)
})

for (const file of files) {
  const [, top = '', second = ''] = file.split('/')
  test(`${file} imports only what ${top} may`, () => {
    for (const { specifier, typeOnly } of importsOf(readFileSync(file, 'utf8'))) {
      assert.ok(!specifier.startsWith('../'), `${specifier}: write it from the top, with #`)
      if (!specifier.startsWith('#')) continue
      const target = specifier.slice(1)
      const [targetTop = '', targetSecond = ''] = target.split('/')
      const allowed = [...(mayImport[top] ?? []), ...(typeOnly ? (mayImportTypesOf[top] ?? []) : [])]
      const sameFolder = targetTop === top && (top !== 'integrations' || targetSecond === second)
      assert.ok(sameFolder || allowed.some((each) => target === each || target.startsWith(`${each}/`)), specifier)
    }
  })
}

test('integrations’ tables carry their prefix, and their queries touch no table of the hub', () => {
  const migrations = globSync('src/store/migrations/*.sql').map((file) => readFileSync(file, 'utf8'))
  const hubTables = migrations.flatMap((sql) => [...sql.matchAll(/create table (\w+)/g)].map((match) => match[1]))
  assert.ok(hubTables.length > 10)
  const prefixes: Record<string, string> = { bots: 'bot_' }
  for (const file of globSync('src/integrations/**/*.sql')) {
    const folder = file.split('/')[2] ?? ''
    const prefix = prefixes[folder] ?? `${folder}_`
    const sql = readFileSync(file, 'utf8')
    for (const [, table] of sql.matchAll(/create table (\w+)/g))
      assert.ok(table?.startsWith(prefix), `${file} makes ${table}`)
    for (const [, table] of sql.matchAll(/(?:join|from|alter table|update|into)\s+(\w+)/gi))
      assert.ok(!hubTables.includes(table), `${file} touches ${table}`)
  }
  for (const file of globSync('src/integrations/**/*.ts')) {
    const code = readFileSync(file, 'utf8')
    for (const [, table] of code.matchAll(/(?:selectFrom|insertInto|updateTable|deleteFrom|[jJ]oin)\('(\w+)/g))
      assert.ok(!hubTables.includes(table), `${file} asks ${table}, a table of the hub`)
  }
})

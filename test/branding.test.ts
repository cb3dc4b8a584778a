import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { contrastWithWhite } from '#hub/brand.ts'
import type { WorkspaceSettings } from '#hub/resources.ts'
import { world } from './world.ts'

const w = await world({ after })
const authorization = `Bearer ${await w.key('admin')}`
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const upload = async (bytes: Buffer) => {
  const answer = await fetch(`${w.hubUrl}/api/v1/workspace/logo`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  return { status: answer.status, body: (await answer.json()) as WorkspaceSettings & { detail?: string } }
}
const change = (body: object) =>
  w.api<WorkspaceSettings & { errors: { field: string }[]; detail: string }>('PATCH', '/workspace', body)

const meeting = (await w.api<{ id: string }>('POST', '/meetings', { host: 'ada@school.example', topic: 'Algebra' }))
  .body
const site = (await w.api<{ id: string }>('POST', '/site/places', { name: 'Site' })).body
await w.api('POST', `/meetings/${meeting.id}/placements`, { place_id: site.id, target: { slug: 'algebra' } })
const pageOf = async (path: string) => (await fetch(`${w.hubUrl}${path}`)).text()

test('a workspace without looks of its own looks like Greenroom', async () => {
  const text = await pageOf('/m/algebra')
  assert.match(text, /<title>Algebra · Greenroom<\/title>/)
  assert.ok(!text.includes('/logos/'))
})

test('a colour that white words cannot be read on is refused, one that they can be read on stands on the pages', async () => {
  const light = await change({ colour: '#ffcc00' })
  assert.deepEqual([light.status, light.body.errors[0]?.field], [422, 'colour'])
  assert.match(light.body.detail, /contrast of 1\.5 to 1/)
  assert.equal((await change({ colour: 'red' })).status, 422)
  assert.equal((await change({ colour: '#123A8C' })).body.colour, '#123a8c')
  const text = await pageOf('/m/algebra')
  assert.match(text, /--button:#123a8c/)
  assert.match(text, /<title>Algebra · School<\/title>/)
  assert.ok(!(await pageOf('/embed/m/algebra')).includes('#123a8c'), 'a card stays plain')
})

test('contrast with white is as WCAG has it', () => {
  assert.equal(contrastWithWhite('#ffffff'), 1)
  assert.equal(contrastWithWhite('#000000'), 21)
  assert.equal(contrastWithWhite('#777777'), 4.47)
  assert.equal(contrastWithWhite('#767676'), 4.54)
})

test('a logo is a picture by its bytes, small, and served as nothing else', async () => {
  const { status, body } = await upload(png)
  assert.equal(status, 200)
  const { logo_url } = body
  assert.ok(logo_url)
  const answer = await fetch(logo_url)
  assert.deepEqual(
    ['content-type', 'x-content-type-options', 'content-security-policy'].map((name) => answer.headers.get(name)),
    ['image/png', 'nosniff', "default-src 'none'; sandbox"],
  )
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()), png)
  assert.ok((await pageOf('/m/algebra')).includes(`<img src="${logo_url}" alt="" />`))
  const me = (await w.api<{ workspace: object }>('GET', '/me')).body.workspace
  assert.deepEqual(me, { id: w.workspace_id, name: 'School', demo: false, colour: '#123a8c', logo_url, language: null })
})

test('a language is a tag, and stands beside who one is', async () => {
  const { status, body } = await change({ language: 'German' })
  assert.deepEqual([status, body.errors[0]?.field], [422, 'language'])
  assert.equal((await change({ language: 'de' })).body.language, 'de')
  const language = async () => (await w.api<{ workspace: { language: string } }>('GET', '/me')).body.workspace.language
  assert.equal(await language(), 'de')
  assert.equal((await change({ language: null })).status, 200)
  assert.equal(await language(), null)
})

const others: [what: string, bytes: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['a page that says it is a picture', Buffer.from('<!doctype html>')],
  ['a sound', Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1')],
  ['a picture that is too large', Buffer.concat([png, Buffer.alloc(200_000)])],
]
for (const [what, bytes] of others)
  test(`${what} is no logo`, async () => {
    assert.equal((await upload(bytes)).status, 422)
  })

test('JPEG and WebP are logos, too, and a logo can be taken away', async () => {
  for (const start of ['\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF', 'RIFF\0\0\0\0WEBPVP8 '])
    assert.equal((await upload(Buffer.from(start, 'latin1'))).status, 200)
  const { logo_url } = (await w.api<WorkspaceSettings>('GET', '/workspace')).body
  assert.equal((await w.api('DELETE', '/workspace/logo')).status, 204)
  assert.equal((await fetch(logo_url ?? '')).status, 404)
  assert.equal((await w.api<WorkspaceSettings>('GET', '/workspace')).body.logo_url, null)
})

test('the page to join by and the web site’s list look like the workspace', async () => {
  const answer = await fetch(`${w.hubUrl}/m/algebra/join`, { method: 'POST', redirect: 'manual' })
  const door = answer.headers.get('location')
  assert.ok(door, `${answer.status}`)
  assert.match(await (await fetch(new URL(door, w.hubUrl))).text(), /--button:#123a8c/)
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import type { Role } from '#store/db.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { personFor } from '#hub/people.ts'
import { addMember, ensureWorkspace } from '#hub/workspaces.ts'
import { ada, developer } from './bots-world.ts'
import { until, world } from './world.ts'

// Every route of the API as its documentation has it: a new one is tried without a line here, and one about an object that is not
// among `objects` fails until it is.

interface Operation {
  description?: string
  security?: unknown[]
}
const api = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, Record<string, Operation>> }
const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { description = '', security = [] }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    isPublic: security.length === 0,
    needs: (/Needs the role (\w+)/.exec(description)?.[1] ?? 'viewer') as Role,
  })),
)
const guarded = operations.filter(({ isPublic }) => !isPublic)

const w = await world({ after })
const roles = ['viewer', 'operator', 'admin', 'owner'] as const
const keys = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await w.key(role)])))
await ensureWorkspace(w.server.hub, 'Elsewhere')
const elsewhere = await w.key('owner', 'Elsewhere')

const ask = async (
  method: string,
  path: string,
  key?: string,
  body?: unknown,
): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${w.hubUrl}${path}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, text: await answer.text() }
}
const withNobody = (path: string) => path.replaceAll(/\{\w+\}/g, 'nobody_1')

test('the documentation names routes that are not for everybody', () => {
  assert.ok(guarded.length > 80)
})

for (const { name, method, path, needs } of guarded)
  test(`${name} is for ${needs} and above`, async () => {
    const url = withNobody(path)
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    assert.equal((await ask(method, url, undefined, body)).status, 401, 'without a key')
    assert.equal((await ask(method, url, 'gr_nobody', body)).status, 401, 'with a key that is nobody’s')
    for (const role of roles) {
      const { status, text } = await ask(method, url, keys[role], body)
      const may = roles.indexOf(role) >= roles.indexOf(needs)
      assert.equal([401, 403].includes(status), !may, `${role}: ${status} ${text}`)
    }
  })

const made = async <T = { id: string }>(path: string, body: unknown): Promise<T> => {
  const answer = await w.api<T>('POST', path, body)
  assert.ok(answer.status < 300, `${path}: ${answer.text}`)
  return answer.body
}
await until(
  async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
  'the hosts to be known',
)
const meeting = await made<{ id: string; zoom_meeting_id: string }>('/meetings', {
  host: 'ada@school.example',
  topic: 'Ours',
})
const site = await made('/site/places', { name: 'Ours' })
const placed = await made(`/meetings/${meeting.id}/placements`, { place_id: site.id, target: { slug: 'ours' } })
const subscription = await made('/subscriptions', { url: 'https://hooks.example/ours' })
const mattermost = await made<{ id: string }>('/mattermost/servers', {
  name: 'Ours',
  url: `${w.simulatorUrl}/hosts/mattermost`,
  bot_token: 'mm-token-greenroom',
  level: 'account',
  zoom_app_id: w.zoom_app_id,
})
await w.zoom('POST', '/meetings', { host: 'ada@school.example', topic: 'Ours, too' })
for (const [what, body] of [
  ['start', {}],
  ['recording', { action: 'start' }],
  ['end', {}],
] as const)
  await w.zoom('POST', `/meetings/${meeting.zoom_meeting_id}/${what}`, body)
await w.settled()
const first = async (path: string): Promise<string> =>
  (await w.api<{ items: { id: string }[] }>('GET', path)).body.items[0]?.id ?? ''

await until(async () => (await first('/recordings')) !== '', 'the recording')

const guide = await developer(w)
const oauth_app = await guide.register()
const oauth_connection = (await guide.connect(ada)).body.id
const bot = (await guide.bot({ meeting_url: 'https://zoom.us/j/81234567890' })).body.id

const owner = await w.server.signIn.printOwnerLink()
await addMember(w.server.hub, w.workspace_id, owner.user_id, 'owner')

async function lent(): Promise<string> {
  await w.api('PATCH', `/licences/${w.connection_id}`, { state: 'on' })
  return (await made(`/licences/${w.connection_id}/leases`, { zoom_user: 'alan@school.example' })).id
}

const person = await personFor(w.server.hub, w.workspace_id, { source: 'lti:plc_1', id: 'ours', email_verified: false })

/** Work of the first workspace that nobody can do, given up. */
async function givenUp(): Promise<string> {
  const { db } = w.server.hub
  await addJobs(db, [
    { task: 'of_nobody', payload: { workspace_id: w.workspace_id }, max_attempts: 1, key: 'given up' },
  ])
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'Ours' where key = 'given up'`.execute(
    db,
  )
  return first('/jobs/dead')
}

/** By how a route begins, an object of the first workspace. */
const objects: Record<string, string> = {
  '/api/v1/zoom_apps': w.zoom_app_id,
  '/api/v1/trials': (await made(`/zoom_apps/${w.zoom_app_id}/trials`, undefined)).id,
  '/api/v1/connections': w.connection_id,
  '/api/v1/licences': w.connection_id,
  '/api/v1/leases': await lent(),
  '/api/v1/zoom_users': await first('/zoom_users'),
  '/api/v1/meetings': meeting.id,
  '/api/v1/meeting_imports': (await made('/meeting_imports', { format: 'ids', content: '812 3456 7890' })).id,
  '/api/v1/replays': (await made('/events/replay', { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' })).id,
  '/api/v1/jobs/dead': await givenUp(),
  '/api/v1/recordings': await first('/recordings'),
  '/api/v1/persons': person,
  '/api/v1/views': (await made('/views', { page: 'meetings', name: 'Ours', query: 'when=all' })).id,
  '/api/v1/places': site.id,
  '/api/v1/placements': placed.id,
  '/api/v1/events': await first('/events'),
  '/api/v1/api_keys': await first('/api_keys'),
  '/api/v1/mattermost/servers': mattermost.id,
  '/api/v1/site/pages': await first('/site/pages'),
  '/api/v1/subscriptions': subscription.id,
  '/api/v1/zoom_oauth_apps': oauth_app,
  '/api/v1/zoom_oauth_connections': oauth_connection,
  '/api/v1/bots': bot,
  '/api/v1/members': owner.user_id,
  '/api/v1/invitations': (await made('/invitations', { email: 'ours@school.example', role: 'viewer' })).id,
  '/api/v1/me/sessions': 'of_nobody',
  '/api/v1/meeting_defaults': 'settings.of_nobody',
  '/api/v1/deliveries': (await made(`/subscriptions/${subscription.id}/test`, '')).id,
}

/** What a route must be sent for its object to be looked for at all. */
const bodies: Record<string, unknown> = {
  'PATCH /api/v1/meetings/{id}': { topic: 'Theirs' },
  'PATCH /api/v1/meetings/{id}/occurrences/{occurrence_id}': { duration: 30 },
  'PUT /api/v1/meeting_defaults/{option}': { rule: 'never' },
  'PATCH /api/v1/recordings/{id}': { visibility: 'hidden' },
  'POST /api/v1/persons/{id}/merge': { into: person },
  'POST /api/v1/persons/{id}/links/untie': { source: 'lti:plc_1', source_id: 'ours' },
  'PATCH /api/v1/places/{id}': { state: 'off' },
  'POST /api/v1/meetings/{id}/placements': { place_id: site.id, target: { slug: 'theirs' } },
  'POST /api/v1/meetings/{id}/registrants': { email: 'them@school.example', first_name: 'Them' },
  'PATCH /api/v1/mattermost/servers/{id}': { trust_emails: true },
  'PATCH /api/v1/site/pages/{id}': { visibility: 'unlisted' },
  'PATCH /api/v1/subscriptions/{id}': { name: 'Theirs' },
  'PATCH /api/v1/members/{id}': { role: 'viewer' },
  'POST /api/v1/licences/{id}/leases': { zoom_user: 'alan@school.example' },
  'POST /api/v1/subscriptions/{id}/replay': { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
}

const aboutOne = guarded.filter(({ path }) => path.includes('{'))
for (const { name, method, path } of aboutOne)
  test(`${name} finds nothing of another workspace`, async () => {
    const kind = Object.keys(objects)
      .filter((start) => path.startsWith(`${start}/{`))
      .at(0)
    assert.ok(kind, 'which object is this about? Add it to `objects`')
    const id = objects[kind]
    assert.ok(id)
    const url = path.replace('{id}', encodeURIComponent(id)).replaceAll(/\{\w+\}/g, '1')
    const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[name] ?? {})
    const { status, text } = await ask(method, url, elsewhere, body)
    assert.equal(status, 404, text)
    assert.ok(!text.includes('Ours'))
  })

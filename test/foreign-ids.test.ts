import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { personFor } from '#hub/people.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { ada, developer, grace, redirect_uri } from './bots-world.ts'
import { connect, until, world, type World } from './world.ts'

// Ids of another workspace in queries and bodies; those in paths are tried in roles.test.ts. Which parameters there are is read from the
// API's documentation: a new one fails until it is tried here.

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}
interface Operation {
  security?: unknown[]
  parameters?: { in: string; name: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}
const api = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

function* fieldsOf(schema: Schema): Generator<string> {
  const named = schema.$ref ? api.components.schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined
  if (named) yield* fieldsOf(named)
  for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]) yield* fieldsOf(each)
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    yield name
    yield* fieldsOf(value)
  }
  if (schema.items) yield* fieldsOf(schema.items)
}

const w = await world({ after })
await ensureWorkspace(w.server.hub, 'Elsewhere')
const elsewhere = await w.key('owner', 'Elsewhere')

/** What somebody has in one workspace, by the names under which the API asks for it. */
async function furnish(
  of: Pick<World, 'api' | 'key'>,
  zoom_app_id: string,
  connection_id: string,
  name: string,
  key: string,
) {
  const made = async <T = { id: string }>(path: string, body: unknown): Promise<T> => {
    const answer = await of.api<T>('POST', path, body)
    assert.ok(answer.status < 300, `${path}: ${answer.text}`)
    return answer.body
  }
  const { id, zoom_meeting_id } = await made<{ id: string; zoom_meeting_id: string }>('/meetings', {
    host: ada,
    topic: name,
  })
  for (const [what, body] of [
    ['start', {}],
    ['join', { name }],
    ['recording', { action: 'start' }],
    ['end', {}],
  ] as const)
    await w.zoom('POST', `/meetings/${zoom_meeting_id}/${what}`, body)
  await w.settled()
  const sessions = () => of.api<{ items: { uuid: string }[] }>('GET', `/meetings/${id}/sessions`)
  const recordings = () => of.api<{ items: { id: string }[] }>('GET', `/recordings?meeting_id=${id}`)
  await until(async () => (await recordings()).body.items.length > 0, 'the recording')
  const uuid = (await sessions()).body.items[0]?.uuid ?? ''
  const { attendees } = (
    await of.api<{ attendees: { key: string; name: string }[] }>('GET', `/attendance?uuid=${encodeURIComponent(uuid)}`)
  ).body
  const bots = await developer(w, key)
  const workspace_id = (await of.api<{ workspace: { id: string } }>('GET', '/me')).body.workspace.id
  const person = (source_id: string) =>
    personFor(w.server.hub, workspace_id, { source: 'lti:plc_1', id: source_id, name, email_verified: false })
  return {
    api: of.api,
    bots,
    attendee: attendees.find((each) => each.name === name)?.key ?? '',
    recording_id: (await recordings()).body.items[0]?.id ?? '',
    other_person: await person('other'),
    ids: {
      zoom_app_id,
      connection_id,
      meeting_id: id,
      uuid,
      person_id: await person('one'),
      into: await person('two'),
      place_id: (await made('/site/places', { name })).id,
      subscription_id: (await made('/subscriptions', { url: 'https://hooks.example/' })).id,
      zoom_oauth_app_id: await bots.register(),
      zoom_oauth_connection_id: (await bots.connect(name === 'Ours' ? ada : grace)).body.id,
    },
  }
}
type Furnished = Awaited<ReturnType<typeof furnish>>
type Name = keyof Furnished['ids']

const ours = await furnish(w, w.zoom_app_id, w.connection_id, 'Ours', await w.key('owner'))
// What ours is about was told before anybody there listened.
const api_there: World['api'] = (method, path, body) =>
  w.api(method, path, body, { authorization: `Bearer ${elsewhere}` })
const there = await connect({ ...w, api: api_there })
const theirs = await furnish({ ...w, api: api_there }, there.zoom_app_id, there.connection_id, 'Theirs', elsewhere)

const guarded = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, { security = [] }]) => security.length > 0)
    .map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, path, method, operation })),
)
const isName = (name: string): name is Name => name in ours.ids

const asked = guarded.flatMap(({ name, path, operation }) =>
  (operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query' && isName(parameter.name))
    .map((parameter) => ({ name, path, parameter: parameter.name as Name })),
)
test('there are lists that are narrowed by ids', () => assert.ok(asked.length > 8))

for (const { name, path, parameter } of asked)
  test(`${name}?${parameter}= of another workspace shows nothing`, async () => {
    const url = `${path.replace('/api/v1', '')}?${parameter}=`
    const own = await ours.api('GET', url + encodeURIComponent(ours.ids[parameter]))
    assert.equal(own.status, 200, 'to whom it belongs it is shown')
    const { status, text, body } = await theirs.api<{ items?: unknown[]; meetings?: number }>(
      'GET',
      url + encodeURIComponent(ours.ids[parameter]),
    )
    assert.ok([200, 404].includes(status), text)
    assert.ok(!text.includes('Ours'), text)
    if (status === 200 && body.items) assert.deepEqual(body.items, [])
  })

/** For each field of a body that is an id: a request with it, made by the other workspace. */
const requests: Record<string, (id: string) => Promise<{ status: number; text: string }>> = {
  'POST /api/v1/zoom_users connection_id': (connection_id) =>
    theirs.api('POST', '/zoom_users', {
      connection_id,
      action: 'create',
      email: 'new@school.example',
      first_name: 'New',
      last_name: 'One',
      type: 1,
    }),
  'POST /api/v1/meetings connection_id': (connection_id) =>
    theirs.api('POST', '/meetings', { host: ada, topic: 'Planned', connection_id }),
  'PUT /api/v1/attendance/assignment uuid': (uuid) =>
    theirs.api('PUT', '/attendance/assignment', { uuid, key: theirs.attendee, person_id: theirs.ids.person_id }),
  'PUT /api/v1/attendance/assignment person_id': (person_id) =>
    theirs.api('PUT', '/attendance/assignment', { uuid: theirs.ids.uuid, key: theirs.attendee, person_id }),
  'POST /api/v1/persons/{id}/merge into': (into) =>
    theirs.api('POST', `/persons/${theirs.other_person}/merge`, { into }),
  'PATCH /api/v1/recordings/{id} place_id': (place_id) =>
    theirs.api('PATCH', `/recordings/${theirs.recording_id}`, { visibility: 'hidden', place_id }),
  'POST /api/v1/meetings/{id}/placements place_id': (place_id) =>
    theirs.api('POST', `/meetings/${theirs.ids.meeting_id}/placements`, { place_id, target: { slug: 'placed' } }),
  'POST /api/v1/mattermost/servers zoom_app_id': (zoom_app_id) =>
    theirs.api('POST', '/mattermost/servers', {
      name: 'Chat',
      url: `${w.simulatorUrl}/hosts/mattermost`,
      bot_token: 'mm-token-greenroom',
      level: 'account',
      zoom_app_id,
    }),
  'PATCH /api/v1/mattermost/servers/{id} zoom_app_id': async (zoom_app_id) => {
    const { body } = await theirs.api<{ id: string }>('POST', '/mattermost/servers', {
      name: 'Chat',
      url: `${w.simulatorUrl}/hosts/mattermost`,
      bot_token: 'mm-token-greenroom',
      level: 'account',
      zoom_app_id: theirs.ids.zoom_app_id,
    })
    assert.ok(body.id)
    const answer = await theirs.api('PATCH', `/mattermost/servers/${body.id}`, { zoom_app_id })
    assert.equal((await theirs.api('DELETE', `/mattermost/servers/${body.id}`)).status, 204)
    return answer
  },
  'POST /api/v1/site/pages meeting_id': (meeting_id) =>
    theirs.api('POST', '/site/pages', { meeting_id, place_id: theirs.ids.place_id, slug: 'paged' }),
  'POST /api/v1/site/pages place_id': (place_id) =>
    theirs.api('POST', '/site/pages', { meeting_id: theirs.ids.meeting_id, place_id, slug: 'paged-too' }),
  'POST /api/v1/site/lists place_id': (place_id) =>
    theirs.api('POST', '/site/lists', { slug: 'listed', title: 'Listed', place_id }),
  'POST /api/v1/zoom_oauth_connections zoom_oauth_app_id': async (zoom_oauth_app_id) =>
    theirs.bots.ask('POST', '/zoom_oauth_connections', {
      zoom_oauth_app_id,
      authorization_code: await theirs.bots.consent(grace),
      redirect_uri,
    }),
  'POST /api/v1/bots zoom_oauth_connection_id': (zoom_oauth_connection_id) =>
    theirs.bots.bot({ meeting_url: 'https://zoom.us/j/81234567890', zoom_oauth_connection_id }),
}

const inBodies = guarded.flatMap(({ name, operation }) => {
  const schemas = Object.values(operation.requestBody?.content ?? {}).map(({ schema }) => schema)
  const fields = new Set(schemas.flatMap((schema) => [...fieldsOf(schema)]).filter(isName))
  return [...fields].map((field) => ({ name: `${name} ${field}`, field }))
})

for (const { name, field } of inBodies)
  test(`${name}: one of another workspace is refused`, async () => {
    const request = requests[name]
    assert.ok(request, 'how is this asked? Add it to `requests`')
    const refused = await request(ours.ids[field])
    assert.ok([400, 404, 409, 422].includes(refused.status), `${refused.status} ${refused.text}`)
    assert.ok(!refused.text.includes('Ours'), refused.text)
    const own = await request(theirs.ids[field])
    assert.ok(own.status < 300, `with one of their own it is done: ${own.status} ${own.text}`)
  })

test('no request is tried that the API does not know', () => {
  const known = new Set(inBodies.map(({ name }) => name))
  assert.deepEqual(
    Object.keys(requests).filter((name) => !known.has(name)),
    [],
  )
})

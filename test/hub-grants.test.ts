import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { workingConnections } from '#hub/connections.ts'
import { renewIdleGrants } from '#hub/grants/renew.ts'
import { sayYes } from './at-zoom.ts'
import { until, world, type Answer } from './world.ts'

const w = await world({ after })

interface App {
  id: string
  connection_id: string | null
}
interface Connection {
  id: string
  state: string
  zoom_user_email: string | null
  failure: { code: string; message: string } | null
}

const app = async (kind: 'user_managed' | 'admin_managed'): Promise<App> => {
  const client = kind === 'user_managed' ? 'user' : 'admin'
  const { body, text } = await w.api<App>('POST', '/zoom_apps', {
    kind,
    name: client,
    client_id: `sim-${client}-app`,
    client_secret: `sim-${client}-secret`,
    secret_token: `sim-${client}-app-webhook`,
    meeting_sdk: kind === 'admin_managed',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.ok(body.id, text)
  return body
}

const userApp = await app('user_managed')

interface Begun {
  /** What the consent page at Zoom was asked. */
  query: URLSearchParams
  cookie: string
}

const begin = async (zoom_app_id = userApp.id): Promise<Begun> => {
  const answer = await w.api<{ location: string }>('POST', `/zoom_apps/${zoom_app_id}/consent`)
  assert.equal(answer.status, 200, answer.text)
  const cookie = answer.headers.get('set-cookie') ?? ''
  assert.match(cookie, /HttpOnly; SameSite=Lax/)
  return { query: new URL(answer.body.location).searchParams, cookie: cookie.split(';', 1)[0] ?? '' }
}

/** The user says yes at Zoom; the answer is where Zoom would send the browser. */
const consent = ({ query }: Begun, user = 'grace@school.example'): Promise<string> =>
  sayYes(w, `${w.simulatorUrl}/oauth/authorize?${query.toString()}`, user)

const back = (location: string, cookie = ''): Promise<Response> => {
  const { pathname, search } = new URL(location)
  return fetch(`${w.hubUrl}${pathname}${search}`, { headers: cookie ? { cookie } : {}, redirect: 'manual' })
}

const connections = async (): Promise<Connection[]> =>
  (await w.api<{ items: Connection[] }>('GET', '/connections')).body.items
const of = async (email: string): Promise<Connection | undefined> =>
  (await connections()).find((each) => each.zoom_user_email === email)

test('an app that needs consent is kept without a connection, and a wrong secret is refused', async () => {
  assert.equal(userApp.connection_id, null)
  const wrong = await w.api('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'wrong',
    client_id: 'sim-admin-app',
    client_secret: 'guess',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  assert.equal(wrong.status, 422)
})

test('a consent makes a connection, with one call to Zoom', async () => {
  const before = await w.calls()
  const begun = await begin()
  assert.equal(begun.query.get('code_challenge_method'), 'S256')
  const page = await back(await consent(begun), begun.cookie)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /Zoom is connected/)
  assert.equal((await of('grace@school.example'))?.state, 'connected')
  assert.equal((await w.calls()) - before, 1)
})

test('the same user’s second consent renews the connection', async () => {
  const first = await of('grace@school.example')
  const begun = await begin()
  assert.equal((await back(await consent(begun), begun.cookie)).status, 200)
  const again = (await connections()).filter((each) => each.zoom_user_email === 'grace@school.example')
  assert.deepEqual(
    again.map((each) => each.id),
    [first?.id],
  )
})

test('a grant that nobody used for a week is renewed by night, once; a younger one is left alone', async () => {
  const { db } = w.server.hub
  const grace = await of('grace@school.example')
  const age = (days: number) =>
    sql`update connection set refresh_token_at = now() - make_interval(days => ${days}) where id = ${grace?.id}`.execute(
      db,
    )
  const kept = async () =>
    (
      await db
        .selectFrom('connection')
        .selectAll()
        .where('id', '=', grace?.id ?? '')
        .executeTakeFirstOrThrow()
    ).refresh_token
  const asked = async () => (await w.zoom<{ counts: { oauth: number } }>('GET', '/calls')).counts.oauth
  const [first, before] = [await kept(), await asked()]
  await age(6)
  await renewIdleGrants(w.server.hub)
  assert.deepEqual([await kept(), await asked()], [first, before])

  await age(8)
  await renewIdleGrants(w.server.hub)
  await renewIdleGrants(w.server.hub)
  assert.notDeepEqual(await kept(), first)
  assert.equal((await asked()) - before, 1)
  assert.equal((await of('grace@school.example'))?.state, 'connected')
})

const callback = `http://x/zoom/oauth/callback/${new URL(w.simulatorUrl).host}`

const comebacks: [string, () => Promise<Response>, number, RegExp][] = [
  [
    'in another browser',
    async () => back(await consent(await begin()), 'greenroom_grant_00000000=other'),
    400,
    /another browser/,
  ],
  ['without any cookie', async () => back(await consent(await begin())), 400, /another browser/],
  [
    'a second time',
    async () => {
      const begun = await begin()
      const location = await consent(begun)
      await back(location, begun.cookie)
      return back(location, begun.cookie)
    },
    400,
    /used already/,
  ],
  [
    'with a state that was never given',
    () => back('http://x/zoom/oauth/callback?code=c&state=made-up'),
    400,
    /not known/,
  ],
  ['from “Install” at Zoom, without a state', () => back('http://x/zoom/oauth/callback?code=c'), 200, /Install/],
  [
    'with a code that Zoom never gave',
    async () => {
      const begun = await begin()
      return back(`${callback}?code=forged&state=${begun.query.get('state')}`, begun.cookie)
    },
    400,
    /did not take the code/,
  ],
  [
    'at the address of another Zoom (mix-up)',
    async () => {
      const begun = await begin()
      const { search } = new URL(await consent(begun))
      return back(`http://x/zoom/oauth/callback/zoom.evil.example${search}`, begun.cookie)
    },
    400,
    /another Zoom/,
  ],
  [
    'with a code that was given to another app (mix-up)',
    async () => {
      const begun = await begin()
      const { location } = await w.zoom<{ location: string }>('POST', '/consent', {
        client_id: 'sim-admin-app',
        redirect_uri: begun.query.get('redirect_uri'),
        code_challenge: begun.query.get('code_challenge'),
        user: 'ada@school.example',
      })
      const code = new URL(location).searchParams.get('code')
      return back(`${callback}?code=${code}&state=${begun.query.get('state')}`, begun.cookie)
    },
    400,
    /did not take the code/,
  ],
  [
    'after Decline',
    async () => {
      const begun = await begin()
      return back(`${callback}?state=${begun.query.get('state')}`, begun.cookie)
    },
    200,
    /declined/,
  ],
]
for (const [how, come, status, words] of comebacks) {
  test(`whoever comes back ${how} gets a page that explains, and nothing is connected`, async () => {
    const before = (await connections()).length
    const answer = await come()
    assert.equal(answer.status, status)
    assert.match(answer.headers.get('content-type') ?? '', /text\/html/)
    assert.match(await answer.text(), words)
    assert.equal((await connections()).length, before)
  })
}

test('development and production credentials of one app stand side by side, each with consents of its own', async () => {
  const development = await app('admin_managed')
  const changed = await w.api<{ environment: string }>('PATCH', `/zoom_apps/${development.id}`, {
    environment: 'development',
  })
  assert.equal(changed.body.environment, 'development')
  const ada = 'ada@school.example'
  for (const zoom_app_id of [userApp.id, development.id]) {
    const begun = await begin(zoom_app_id)
    assert.equal((await back(await consent(begun, ada), begun.cookie)).status, 200)
  }
  const ofAda = async () =>
    (await w.api<{ items: (Connection & { zoom_app_id: string })[] }>('GET', '/connections')).body.items
      .filter((each) => each.zoom_user_email === ada)
      .map(({ zoom_app_id, state }) => ({ zoom_app_id, state }))
  const ofUserApp = { zoom_app_id: userApp.id, state: 'connected' }
  assert.deepEqual(await ofAda(), [ofUserApp, { zoom_app_id: development.id, state: 'connected' }])
  await w.api('DELETE', `/zoom_apps/${development.id}`)
  assert.deepEqual(await ofAda(), [ofUserApp])
})

test('many that need a token at once cause one refresh, and the pair that Zoom gave is the one that is kept', async () => {
  const { id } = (await of('grace@school.example')) ?? {}
  await w.zoom('POST', '/clock', { advance_s: 2 * 3600 })
  await w.server.hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', id ?? '')
    .execute()
  const before = await tokenCalls()
  const plan = (topic: string): Promise<Answer> =>
    w.api('POST', '/meetings', {
      connection_id: id,
      host: 'me',
      topic,
      start_time: '2027-01-05T09:00:00Z',
      duration: 30,
    })
  const made = await Promise.all(['A', 'B', 'C', 'D', 'E'].map(plan))
  assert.deepEqual(
    made.map((answer) => answer.status),
    [201, 201, 201, 201, 201],
  )
  assert.equal((await tokenCalls()) - before, 1)
  await w.server.hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', id ?? '')
    .execute()
  assert.equal((await plan('F')).status, 201)
  await w.zoom('POST', '/clock', { advance_s: -2 * 3600 })
})

test('a user’s own connection plans for nobody else', async () => {
  const { id } = (await of('grace@school.example')) ?? {}
  const answer = await w.api('POST', '/meetings', { connection_id: id, host: 'ada@school.example', topic: 'No' })
  assert.equal(answer.status, 422)
  assert.match(answer.text, /grace@school\.example/)
})

test('tokens are never in the database in clear', async () => {
  const rows = await w.server.hub.db.selectFrom('connection').selectAll().execute()
  for (const row of rows) {
    for (const sealed of [row.access_token, row.refresh_token]) assert.ok(!sealed?.toString('latin1').includes('eyJ'))
  }
})

test('a grant that is taken back at Zoom ends the connection', async () => {
  await w.zoom('POST', '/apps/sim-user-app/subscriptions', {
    url: `${w.hubUrl}/zoom/webhooks/${userApp.id}`,
    events: ['*'],
  })
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'grace@school.example' })
  await w.zoom('POST', '/settle')
  await until(
    async () => (await of('grace@school.example'))?.state === 'disconnected',
    'the connection to be disconnected',
  )
  const { failure, id } = (await of('grace@school.example')) ?? {}
  assert.equal(failure?.code, 'app_deauthorized')
  const answer = await w.api('POST', '/meetings', { connection_id: id, host: 'me', topic: 'Too late' })
  assert.equal(answer.status, 503)
  assert.match(answer.text, /connects to Zoom again/)
})

test('a connection that is ended here is revoked at Zoom', async () => {
  const begun = await begin()
  await back(await consent(begun, 'alan@school.example'), begun.cookie)
  const { id } = (await of('alan@school.example')) ?? {}
  const answer = await w.api<Connection>('POST', `/connections/${id}/disconnect`)
  assert.equal(answer.body.state, 'disconnected')
  assert.equal(answer.body.failure?.message, 'The connection was ended here')
  const { calls } = await w.zoom<{ calls: { path: string; status: number }[] }>('GET', '/calls')
  assert.ok(calls.some((call) => call.path === '/oauth/revoke' && call.status === 200))
})

/** Ends the connection of alan while Zoom cannot be asked to take the consent back; what comes back lets Zoom answer again. */
async function endedWhileZoomIsAway(): Promise<{ id: string; isBack: () => Promise<unknown> }> {
  const begun = await begin()
  await back(await consent(begun, 'alan@school.example'), begun.cookie)
  const { id = '' } = (await of('alan@school.example')) ?? {}
  const fault = await w.zoom<{ id: string }>('POST', '/faults', {
    match: { path: '/oauth/revoke' },
    action: { status: 503 },
    times: 100,
  })
  const { body } = await w.api<Connection>('POST', `/connections/${id}/disconnect`)
  assert.equal(body.state, 'disconnected')
  assert.equal(body.failure?.code, 'disconnected')
  assert.match(body.failure?.message ?? '', /ended here, but Zoom has not taken the consent back yet/)
  const failed = sql`select from graphile_worker.jobs where key = ${`revoke:${id}`} and last_error is not null`
  await until(async () => (await failed.execute(w.server.hub.db)).rows.length > 0, 'the job to have failed')
  return { id, isBack: () => w.zoom('DELETE', `/faults/${fault.id}`) }
}

async function liveTokens(): Promise<number> {
  type Live = Record<'refresh_tokens' | 'access_tokens', unknown[]>
  const { refresh_tokens, access_tokens } = await w.zoom<Live>('GET', '/tokens')
  return refresh_tokens.length + access_tokens.length
}

test('a consent that could not be taken back at Zoom is taken back when Zoom answers again', async () => {
  const before = await liveTokens()
  const { id, isBack } = await endedWhileZoomIsAway()
  assert.equal((await w.api('POST', `/connections/${id}/disconnect`)).status, 200, 'to end it once more is no harm')
  await isBack()
  await until(
    async () => (await of('alan@school.example'))?.failure?.message === 'The connection was ended here',
    'Zoom to have taken it back',
  )
  assert.equal(await liveTokens(), before)
  const { unrevoked_token } = await w.server.hub.db
    .selectFrom('connection')
    .select('unrevoked_token')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  assert.equal(unrevoked_token, null)
})

test('a consent that is given anew is not taken back with the one that was ended', async () => {
  const { id, isBack } = await endedWhileZoomIsAway()
  const again = await begin()
  await back(await consent(again, 'alan@school.example'), again.cookie)
  await isBack()
  const waiting = sql`select from graphile_worker.jobs where key = ${`revoke:${id}`}`
  await until(async () => (await waiting.execute(w.server.hub.db)).rows.length === 0, 'the job to have looked')
  assert.equal((await of('alan@school.example'))?.state, 'connected')
  assert.equal((await w.api('POST', `/connections/${id}/disconnect`)).status, 200)
})

test('a consent whose token Zoom takes no more says who takes it back', async () => {
  const { id, isBack } = await endedWhileZoomIsAway()
  await w.zoom('POST', '/faults', {
    match: { path: '/oauth/token' },
    action: { status: 400, body: { reason: 'Invalid Token!', error: 'invalid_grant' } },
    times: 1,
  })
  await isBack()
  await until(
    async () =>
      /did not take the consent back: whoever/.test((await of('alan@school.example'))?.failure?.message ?? ''),
    'the connection to say so',
  )
  assert.equal((await of('alan@school.example'))?.id, id)
})

test('the foreign ids of apps and connections are unknown', async () => {
  await w.server.hub.db.insertInto('workspace').values({ id: 'ws_other', name: 'Other' }).execute()
  const key = await w.key('owner', 'Other')
  const { id } = (await of('alan@school.example')) ?? {}
  const as = { authorization: `Bearer ${key}` }
  assert.equal((await w.api('POST', `/zoom_apps/${userApp.id}/consent`, undefined, as)).status, 404)
  assert.equal((await w.api('POST', `/connections/${id}/disconnect`, undefined, as)).status, 404)
})

async function tokenCalls(): Promise<number> {
  const { calls } = await w.zoom<{ calls: { path: string }[] }>('GET', '/calls')
  return calls.filter((call) => call.path === '/oauth/token').length
}

test('a new pair that the database could not keep at first is not lost', async () => {
  const begun = await begin()
  await back(await consent(begun, 'alan@school.example'), begun.cookie)
  const { id = '' } = (await of('alan@school.example')) ?? {}
  await expire(id)
  const { db } = w.server.hub
  // A sequence counts also what is rolled back.
  await sql`create sequence refused`.execute(db)
  await sql`create function refuse() returns trigger language plpgsql as
    'begin perform nextval(''refused''); raise exception ''the database is moving''; end'`.execute(db)
  await sql`create trigger refuse before update of access_token on connection for each row execute function refuse()`.execute(
    db,
  )
  const asked = w.api('POST', '/meetings', { connection_id: id, host: 'me', topic: 'Kept' })
  await until(async () => (await refusals()) > 0, 'the new pair to be refused by the database')
  await sql`drop trigger refuse on connection`.execute(db)
  assert.equal((await asked).status, 201)
  await expire(id)
  assert.equal((await w.api('POST', '/meetings', { connection_id: id, host: 'me', topic: 'Next' })).status, 201)
})

async function expire(id: string): Promise<void> {
  await w.server.hub.db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', id)
    .execute()
}

async function refusals(): Promise<number> {
  const { rows } = await sql<{ is_called: boolean }>`select is_called from refused`.execute(w.server.hub.db)
  return rows.filter(({ is_called }) => is_called).length
}

test('however many people consented, the connections that see an account come first, then the newest', async () => {
  await sql`insert into connection (id, workspace_id, zoom_app_id, state, zoom_user_id, scope)
    select 'zoc_many_' || lpad(i::text, 3, '0'), ${w.workspace_id}, ${userApp.id}, 'connected', 'many_' || i, ''
    from generate_series(1, 205) i`.execute(w.server.hub.db)
  const [widest, newest, ...others] = await workingConnections(w.server.hub, {
    workspace_id: w.workspace_id,
    name: 'test',
  })
  assert.deepEqual([widest?.id, newest?.id, others.length], [w.connection_id, 'zoc_many_205', 198])
})

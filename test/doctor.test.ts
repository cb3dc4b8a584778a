import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { linesOfFindings } from '#cli/findings.ts'
import { checkPublicUrl } from '#hub/doctor/address.ts'
import { judgePlan, judgeWebinars } from '#hub/doctor/plan.ts'
import { ensureWorkspace } from '#hub/workspaces.ts'
import { sawEvent, eventsOfApp } from '#store/app-events.ts'
import { licensedHosts } from '#store/zoom-users.ts'
import { ZoomApiError, ZoomRateLimitError } from '#zoom/errors.ts'
import { consented } from './at-zoom.ts'
import { until, world } from './world.ts'

interface Scopes {
  kind: string
  grants: {
    connection_id: string
    family: string
    works: { feature: string }[]
    lacks: { feature: string; add: string[] }[]
    unneeded: string[]
  }[]
}
interface Findings {
  findings: { check: string; state: string; message: string; fix?: string }[]
}

const w = await world({ after })
const scopes = () => w.api<Scopes>('GET', `/zoom_apps/${w.zoom_app_id}/scopes`)

test('what an app may do is told without asking Zoom', async () => {
  const before = await w.calls()
  const { status, body } = await scopes()
  assert.equal(status, 200)
  assert.equal(body.kind, 'server_to_server')
  const [grant] = body.grants
  assert.equal(grant?.connection_id, w.connection_id)
  assert.equal(grant?.family, 'granular')
  assert.deepEqual(grant?.lacks, [], 'the simulator grants everything')
  assert.ok(grant?.works.some(({ feature }) => feature === 'plan_meetings'))
  assert.ok(grant?.unneeded.includes('meeting:read:list_upcoming_meetings:admin'))
  assert.equal(await w.calls(), before)
})

test('an app of another workspace is not found', async () => {
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const other = await w.key('owner', 'Elsewhere')
  const { status } = await w.api('GET', `/zoom_apps/${w.zoom_app_id}/scopes`, undefined, {
    authorization: `Bearer ${other}`,
  })
  assert.equal(status, 404)
})

test('the plan is asked once a day with one call for each thing and each host with a licence, and again when somebody wants that', async () => {
  const plan = async (query = '') => {
    const before = await w.calls()
    const { findings } = (await w.api<Findings>('GET', `/doctor${query}`)).body
    const found = Object.fromEntries(
      findings.flatMap(({ check, state, message }) =>
        check.includes('plan, ') ? [[check.split('plan, ')[1], { state, message }]] : [],
      ),
    )
    return { calls: (await w.calls()) - before, ...found } as { calls: number } & Record<
      string,
      Findings['findings'][0]
    >
  }
  await until(
    async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
    'the hosts to be known',
  )
  const licensed = (await licensedHosts(w.server.hub.db, w.connection_id)).length
  assert.ok(licensed > 1)
  const business = await plan()
  assert.equal(business.calls, 2 + licensed)
  assert.equal(business['reports']?.state, 'ok')
  assert.equal(business['dashboards']?.state, 'ok')
  assert.match(business['webinars']?.message ?? '', new RegExp(`of ${licensed} hosts with a licence`))

  await w.zoom('PATCH', '/settings', { plan: 'free' })
  const remembered = await plan()
  assert.equal(remembered.calls, 0)
  assert.equal(remembered['reports']?.message, business['reports']?.message)
  const free = await plan('?again=true')
  assert.equal(free.calls, 2 + licensed)
  assert.match(
    free['reports']?.message ?? '',
    /^Reports are not to be had\. The plan of the Zoom account does not have this/,
  )
  assert.match(free['dashboards']?.message ?? '', /^Dashboards are not to be had\. By its role .* or the plan /)
  assert.equal((await plan()).calls, 0)
  await w.zoom('PATCH', '/settings', { plan: 'business' })
})

test('of an app to which each consents for themselves it is told who of them may hold webinars, with one call each', async () => {
  const { body: own } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    kind: 'user_managed',
    name: 'Each for themselves',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    oauth_base: w.simulatorUrl,
    api_base: w.simulatorUrl,
  })
  const webinars = async () => {
    const before = await w.calls('userSettings')
    const { findings } = (await w.api<Findings>('GET', `/doctor`)).body
    return {
      calls: (await w.calls('userSettings')) - before,
      found: findings.find(({ check }) => check.includes('Each for themselves') && check.endsWith('plan, webinars')),
    }
  }
  assert.deepEqual(await webinars(), { calls: 0, found: undefined })
  await consented(w, own.id, 'ada@school.example')
  await consented(w, own.id, 'grace@school.example')
  const { calls, found } = await webinars()
  assert.equal(calls, 2)
  assert.match(found?.message ?? '', /of 2 who consented may hold webinars/)
  assert.equal((await webinars()).calls, 0)
  assert.equal((await w.api('DELETE', `/zoom_apps/${own.id}`)).status, 204)
})

test('the events that came are remembered, and the doctor names those that never did with what they cost', async () => {
  await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
  await w.settled()
  const seen = await eventsOfApp(w.server.hub.db, w.zoom_app_id)
  assert.deepEqual(
    seen.map(({ event }) => event),
    ['meeting.created'],
  )
  const { body } = await w.api<Findings>('GET', '/doctor')
  const never = body.findings.find(({ check }) => check.endsWith('events that never arrived'))
  assert.equal(never?.state, 'warning')
  assert.match(never?.message ?? '', /see which meetings run \(meeting\.started, meeting\.ended\)/)
  assert.doesNotMatch(never?.message ?? '', /meeting\.created/)
})

test('the time of an event moves on by whole minutes, and never back', async () => {
  const { db } = w.server.hub
  const at = async () => (await eventsOfApp(db, w.zoom_app_id)).find(({ event }) => event === 'user.updated')?.last_at
  const [first, soon, later] = ['12:00:00', '12:00:59', '12:02:00'].map((time) => new Date(`2026-05-01T${time}Z`))
  for (const [time, expected] of [
    [first, first],
    [soon, first],
    [later, later],
    [first, later],
  ]) {
    await sawEvent(db, w.zoom_app_id, 'user.updated', time ?? new Date(0))
    assert.deepEqual(await at(), expected)
  }
})

test('events of one kind do not wait for each other', async () => {
  const { db } = w.server.hub
  const at = new Date('2026-05-01T13:00:00Z')
  await sawEvent(db, w.zoom_app_id, 'user.updated', at)
  await db.transaction().execute(async (first) => {
    await first.selectFrom('app_event').selectAll().where('event', '=', 'user.updated').forUpdate().execute()
    await db.transaction().execute(async (second) => {
      await sql`set local lock_timeout = '2s'`.execute(second)
      await sawEvent(second, w.zoom_app_id, 'user.updated', new Date(at.getTime() + 1000))
    })
  })
})

test('the doctor says what works, what is lacking and what is of no use, by the scopes of now', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', {
    scopes: ['meeting:read:meeting:admin', 'user:read:list_users:admin', 'user:delete:user:admin'],
  })
  const { findings } = (await w.api<Findings>('GET', '/doctor')).body
  const of = (end: string) => findings.find(({ check }) => check.endsWith(end))
  assert.match(of(': features')?.message ?? '', /^The app may .*pick hosts/)
  assert.deepEqual(
    [of(': scopes')?.state, of(': scopes')?.message, of(': scopes')?.fix],
    [
      'failed',
      'The app may not plan meetings',
      'Add on its “Scopes” page at Zoom: meeting:write:meeting:admin meeting:update:meeting:admin meeting:delete:meeting:admin',
    ],
  )
  assert.match(of('scopes to add')?.fix ?? '', /to use tracking fields: tracking_field:read:list_tracking_fields:admin/)
  assert.equal(of('scopes to remove')?.message, 'Nothing here needs user:delete:user:admin')
})

const https = 'https://greenroom.example'
const failing = (code: string) => (): Promise<Response> =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }))
const answering =
  (body: string, status = 200) =>
  (): Promise<Response> =>
    Promise.resolve(new Response(body, { status }))

const addresses: [string, typeof fetch, 'ok' | 'failed', RegExp][] = [
  ['that answers as we do', answering('{"status":"ok"}'), 'ok', /valid certificate and leads here\. Whether Zoom can/],
  ['where something else stands', answering('<h1>Welcome to nginx!</h1>'), 'failed', /something else stands there/],
  ['whose proxy has nobody behind it', answering('', 502), 'failed', /answers 502/],
  ['with an expired certificate', failing('CERT_HAS_EXPIRED'), 'failed', /has expired/],
  ['with a certificate of its own making', failing('DEPTH_ZERO_SELF_SIGNED_CERT'), 'failed', /not trusted here/],
  ['with a certificate for another name', failing('ERR_TLS_CERT_ALTNAME_INVALID'), 'failed', /for another name/],
  ['inside a network', failing('ERR_ADDRESS_REFUSED'), 'failed', /inside a network/],
  ['without a name in the DNS', failing('ENOTFOUND'), 'failed', /name that is not known/],
  ['that is closed', failing('ECONNREFUSED'), 'failed', /does not answer this machine/],
]
for (const [what, reply, state, message] of addresses)
  test(`a public address ${what} is told as that`, async () => {
    const found = await checkPublicUrl({ ...w.server.hub, publicUrl: https, outgoing: () => reply }, undefined)
    assert.equal(found.state, state)
    assert.match(found.message, message)
  })

test('an address that does not answer this machine, but at which Zoom has been, is a warning', async () => {
  const hub = { ...w.server.hub, publicUrl: https, outgoing: () => failing('ETIMEDOUT') }
  const found = await checkPublicUrl(hub, new Date('2026-05-01T10:00:00Z'))
  assert.equal(found.state, 'warning')
  assert.match(found.message, /Zoom reached it at 2026-05-01T10:00:00\.000Z/)
})

test('an address that is not https is never asked', async () => {
  const outgoing = () => () => Promise.reject(new Error('asked'))
  const found = await checkPublicUrl({ ...w.server.hub, publicUrl: 'http://greenroom.example', outgoing }, undefined)
  assert.match(found.message, /not https/)
})

test('a plan that is too small is told from an answer that says nothing', () => {
  const webinars = { of: 'webinars', plan: 'Webinars' }
  const refusal = { status: 429, code: 429, reason: 'slow down', errors: [], tracking_id: undefined }
  const said = (answer: Parameters<typeof judgePlan>[2]) => judgePlan(webinars, 'ada@school.example', answer).message
  assert.equal(said(true), 'Zoom allows webinars (asked for ada@school.example)')
  assert.equal(said(false), 'Zoom does not allow webinars for ada@school.example')
  assert.match(said(undefined), /did not say/)
  assert.match(said({ error: new ZoomRateLimitError(refusal, 'per_day', undefined) }), /not known: Zoom asks to wait/)
  assert.match(said({ error: new ZoomApiError({ ...refusal, status: 500, code: 0 }) }), /is not known/)
})

test('in a terminal what is of one app stands under its name', () => {
  assert.deepEqual(
    linesOfFindings([
      { check: 'database', state: 'ok', message: 'answers' },
      { check: 'zoom app A', state: 'ok', message: 'accepted' },
      { check: 'zoom app A: clock', state: 'failed', message: 'wrong', fix: 'Set it' },
    ]),
    ['  ✔ database: answers', '  zoom app A', '    ✔ credentials: accepted', '    ✘ clock: wrong', '        → Set it'],
  )
})

test('webinars are judged by all hosts with a licence, not by one', () => {
  const refused = {
    error: new ZoomApiError({
      status: 400,
      code: 200,
      reason: 'Webinar plan is missing',
      errors: [],
      tracking_id: undefined,
    }),
  }
  const trouble = {
    error: new ZoomRateLimitError(
      { status: 429, code: 429, reason: '', errors: [], tracking_id: undefined },
      'per_second',
      undefined,
    ),
  }
  for (const [licensed, answers, state, message] of [
    [0, [], 'warning', /^No host has a licence/],
    [3, [true, false, refused], 'ok', /^1 of 3 hosts with a licence may hold webinars: 0@school\.example$/],
    [3, [true, trouble], 'ok', /of 2 it is not known yet/],
    [2, [false, refused], 'warning', /^None of 2 hosts with a licence may hold webinars$/],
    [9, [false, undefined], 'warning', /^None of 1 hosts .*; of 8 it is not known yet/],
    [7, [true, true, true, true, true, true, true], 'ok', /4@school\.example and 2 more$/],
  ] as const) {
    const judged = judgeWebinars(
      'licensed',
      licensed,
      answers.map((answer, index) => ({ email: `${index}@school.example`, answer })),
    )
    assert.equal(judged.state, state)
    assert.match(judged.message, message)
  }
})

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { adviseKind, purposes } from '#hub/setup/purposes.ts'
import type { Connection, ConnectionsOfApp, Purpose, Setup, SetupGuide, Trial, ZoomApp } from '#hub/resources.ts'
import { consented } from './at-zoom.ts'
import { simApp, until, world } from './world.ts'

const w = await world({ after })
const app = `/zoom_apps/${w.zoom_app_id}`
await until(
  async () => (await w.api<{ items: unknown[] }>('GET', '/zoom_users')).body.items.length > 0,
  'the hosts to be known',
)

const guide = async (query: string) => (await w.api<SetupGuide>('GET', `/zoom_app_guide?${query}`)).body
const setup = async (check = false) =>
  (await w.api<Setup>(check ? 'POST' : 'GET', `${app}/setup${check ? '/check' : ''}`)).body
const stepIn = ({ steps }: Setup, name: string) => steps.find(({ step }) => step === name)
const atZoom = (change: object) => w.zoom('PATCH', '/apps/sim-s2s', change)

async function tried(): Promise<Trial> {
  const begun = await w.api<Trial>('POST', `${app}/trials`)
  assert.equal(begun.status, 202, begun.text)
  let now = begun.body
  await until(async () => {
    now = (await w.api<Trial>('GET', `/trials/${begun.body.id}`)).body
    return now.state !== 'running'
  }, 'the test to end')
  return now
}

const all = Object.keys(purposes) as Purpose[]

test('the kind that serves the most of what is wanted is recommended, and what each cannot do is said', () => {
  const kindFor = (...wanted: Purpose[]) => adviseKind(wanted).find(({ recommended }) => recommended)?.kind
  assert.equal(kindFor('lms', 'reports'), 'server_to_server')
  assert.equal(kindFor('chat'), 'user_managed')
  assert.equal(kindFor('bots'), 'user_managed')
  assert.equal(kindFor('bots', 'reports'), 'admin_managed')
  assert.equal(kindFor('licences', 'tracking_fields', 'lms'), 'server_to_server')
  assert.deepEqual(adviseKind(['bots']).find(({ kind }) => kind === 'server_to_server')?.lacks, ['bots'])
})

test('one kind is recommended for whatever is wanted, and none of the others serves more', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...all)), (wanted) => {
      const advice = adviseKind(wanted)
      const [chosen, ...more] = advice.filter(({ recommended }) => recommended)
      assert.equal(more.length, 0)
      assert.ok(advice.every(({ lacks }) => lacks.length >= (chosen?.lacks.length ?? Infinity)))
    }),
  )
})

test('the guide names scopes and events to copy, of either family, for the kind of app', async () => {
  const granular = await guide('purposes=lms,reports')
  assert.equal(granular.kind, 'server_to_server')
  assert.ok(granular.scopes.includes('meeting:write:meeting:admin'))
  assert.ok(granular.scopes.includes('report:read:list_meeting_participants:admin'))
  assert.ok(granular.events.includes('meeting.participant_joined'))
  assert.equal(granular.redirect_url, null)
  assert.equal(granular.meeting_sdk, false)

  const classic = await guide('purposes=lms,reports&family=classic')
  assert.ok(classic.scopes.includes('meeting:write:admin') && classic.scopes.includes('report:read:admin'))
  assert.ok(classic.scopes.every((scope) => !scope.includes('list_')))

  const bots = await guide('purposes=bots')
  assert.equal(bots.kind, 'user_managed')
  assert.ok(bots.scopes.every((scope) => !scope.endsWith(':admin')))
  assert.equal(bots.meeting_sdk, true)
  assert.equal(bots.redirect_url, `${w.hubUrl}/zoom/oauth/callback`)
  for (const wanted of ['lms', 'chat', 'web_site']) {
    const { events } = await guide(`purposes=${wanted}&kind=server_to_server`)
    for (const event of ['user.created', 'user.activated', 'user.deleted'])
      assert.ok(events.includes(event), `${wanted}: ${event}`)
  }
  assert.ok(
    !(await guide('purposes=chat&kind=user_managed')).events.some((event) => event.startsWith('user.')),
    'one’s own consent hears of nobody else',
  )

  const site = await guide('purposes=web_site')
  assert.equal(site.kind, 'server_to_server')
  assert.deepEqual([site.meeting_sdk, site.meeting_sdk_beside], [false, true], 'it has no page Embed')
  const general = await guide('purposes=web_site&kind=admin_managed')
  assert.deepEqual([general.meeting_sdk, general.meeting_sdk_beside], [true, false])
  const gov = await guide('purposes=bots&oauth_base=https://zoomgov.com')
  assert.equal(gov.redirect_url, `${w.hubUrl}/zoom/oauth/callback/zoomgov.com`)
  assert.equal((await w.api('GET', '/zoom_app_guide?purposes=coffee')).status, 422)
})

test('a look at the set-up asks Zoom nothing, a check asks, and what it said is still there later', async () => {
  await w.api('PATCH', app, { purposes: ['lms', 'reports'] })
  const before = await w.calls()
  assert.equal(stepIn(await setup(), 'clock')?.state, 'unknown')
  assert.equal(await w.calls(), before)
  const checked = await setup(true)
  for (const step of [
    'credentials',
    'account',
    'activated',
    'clock',
    'scopes',
    'secret_token',
    'url_validated',
    'plan',
  ])
    assert.equal(stepIn(checked, step)?.state, 'ok', JSON.stringify(stepIn(checked, step)))
  assert.equal(stepIn(checked, 'address')?.state, 'waiting', 'the address of this test is not https')
  const asked = await w.calls()
  const later = await setup()
  assert.deepEqual(later, checked)
  assert.equal(await w.calls(), asked)
})

const broken: [what: string, step: string, broken: object, well: object, message: RegExp, fix: RegExp][] = [
  [
    'another client secret',
    'credentials',
    { client_secret: 'x' },
    { client_secret: 'sim-s2s-secret' },
    /invalid_client/,
    /Copy Client ID/,
  ],
  [
    'an app that is not activated',
    'activated',
    { activated: false },
    { activated: true },
    /disabled/,
    /Activate the app/,
  ],
]
for (const [what, step, change, well, message, fix] of broken)
  test(`${what} is told at its step`, async () => {
    await atZoom(change)
    try {
      const found = stepIn(await setup(true), step)
      assert.equal(found?.state, 'failed')
      assert.match(found.message, message)
      assert.match(found.fix ?? '', fix)
    } finally {
      await atZoom(well)
    }
    assert.equal(stepIn(await setup(true), step)?.state, 'ok')
  })

test('a scope that is lacking is told with its name to copy, for what is wanted alone', async () => {
  const { apps } = await w.zoom<{ apps: { client_id: string; scopes: string[] }[] }>('GET', '/apps')
  const scopes = apps.find(({ client_id }) => client_id === 'sim-s2s')?.scopes ?? []
  await atZoom({ scopes: scopes.filter((name) => !name.startsWith('report:') && !name.startsWith('cloud_recording:')) })
  try {
    const found = stepIn(await setup(true), 'scopes')
    assert.equal(found?.state, 'failed')
    assert.match(found.fix ?? '', /report:read:list_meeting_participants:admin/)
    assert.doesNotMatch(found.fix ?? '', /cloud_recording/)
  } finally {
    await atZoom({ scopes })
    await setup(true)
  }
})

test('a plan that is too small is told', async () => {
  await w.zoom('PATCH', '/settings', { plan: 'free' })
  try {
    const found = stepIn(await setup(true), 'plan')
    assert.equal(found?.state, 'failed')
    assert.match(found.message, /plan of the Zoom account does not have this/)
  } finally {
    await w.zoom('PATCH', '/settings', { plan: 'business' })
  }
})

test('everything is tested with a meeting that is gone afterwards, for four calls', async () => {
  const before = await w.calls()
  const { state, steps, host } = await tried()
  assert.equal(state, 'passed', JSON.stringify(steps))
  assert.deepEqual(steps.map(({ step }) => step).toSorted(), [
    'change',
    'hear_changed',
    'hear_made',
    'hear_removed',
    'join_page',
    'make',
    'remove',
  ])
  assert.match(host, /@school\.example$/)
  assert.ok((await w.calls()) - before <= 4)
  const { meetings } = await w.zoom<{ meetings: { topic: string }[] }>('GET', '/meetings')
  assert.deepEqual(
    meetings.filter(({ topic }) => topic.startsWith('Greenroom looks')),
    [],
  )
  const listed = (await w.api<{ items: { topic: string }[] }>('GET', '/meetings?limit=200')).body.items
  assert.ok(!listed.some(({ topic }) => topic.startsWith('Greenroom looks')), 'it is on no list here either')
})

test('an event that is not subscribed is told by its name, and set-up names it too', async () => {
  const { apps } = await w.zoom<{ apps: { client_id: string; subscriptions: { id: string }[] }[] }>('GET', '/apps')
  const subscriptions = apps.find(({ client_id }) => client_id === 'sim-s2s')?.subscriptions ?? []
  for (const { id } of subscriptions) await w.zoom('DELETE', `/apps/sim-s2s/subscriptions/${id}`)
  const url = `${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`
  await w.zoom('POST', '/apps/sim-s2s/subscriptions', { url, events: ['meeting.created', 'meeting.deleted'] })
  await w.server.hub.db.deleteFrom('app_event').where('event', '=', 'meeting.updated').execute()
  const { state, steps } = await tried()
  assert.equal(state, 'failed')
  const missed = steps.filter((each) => each.state === 'failed')
  assert.deepEqual(
    missed.map(({ step }) => step),
    ['hear_changed'],
    JSON.stringify(steps),
  )
  assert.match(missed[0]?.fix ?? '', /Subscribe the app to meeting\.updated/)
  assert.match(stepIn(await setup(), 'events')?.message ?? '', /meeting\.updated did not arrive/)
})

test('new credentials are proved before they are kept, and mend the connection under its own id', async () => {
  const connection = async () =>
    (await w.api<{ id: string; state: string }>('GET', `/connections/${w.connection_id}`)).body
  await atZoom({ client_secret: 'renewed-at-zoom' })
  await w.server.hub.db
    .updateTable('connection')
    .set({
      state: 'disconnected',
      failure_code: 'invalid_client',
      failure_message: 'Zoom refused',
      failed_at: new Date(),
    })
    .where('id', '=', w.connection_id)
    .execute()
  const refused = await w.api<{ errors: { field: string }[] }>('PATCH', app, { client_secret: 'mistyped' })
  assert.equal(refused.status, 422)
  assert.ok(refused.body.errors.some(({ field }) => field === 'client_secret'))
  assert.equal((await connection()).state, 'disconnected')

  const mended = await w.api<ZoomApp>('PATCH', app, { client_secret: 'renewed-at-zoom', name: 'School’s Zoom' })
  assert.equal(mended.status, 200, mended.text)
  assert.equal(mended.body.name, 'School’s Zoom')
  assert.equal((await connection()).state, 'connected')
  const audit = await w.server.hub.db.selectFrom('audit').selectAll().where('action', '=', 'zoom_app.changed').execute()
  assert.ok(!JSON.stringify(audit).includes('renewed-at-zoom'))
  assert.ok(!mended.text.includes('renewed-at-zoom'))
})

test('a refusal that broke the app’s connection after the last check is told at its step, and Zoom is not asked', async () => {
  await setup(true)
  const { db } = w.server.hub
  const was = await db.selectFrom('connection').selectAll().where('id', '=', w.connection_id).executeTakeFirstOrThrow()
  const broken = { state: 'disconnected', failure_code: 'invalid_client', failure_message: 'Zoom refused' } as const
  await db
    .updateTable('connection')
    .set({ ...broken, failed_at: new Date() })
    .where('id', '=', w.connection_id)
    .execute()
  const before = await w.calls()
  const found = stepIn(await setup(), 'credentials')
  assert.equal(found?.state, 'failed')
  assert.match(found.message, /^Zoom refused at .*: Zoom refused$/)
  assert.match(found.fix ?? '', /Copy Client ID/)
  assert.equal(await w.calls(), before)
  await db.updateTable('connection').set(was).where('id', '=', w.connection_id).execute()
  assert.equal(stepIn(await setup(), 'credentials')?.state, 'ok')
})

test('the step Consent counts the consents that ended by themselves, until they are given again', async () => {
  const { body: made } = await w.api<ZoomApp>('POST', '/zoom_apps', {
    ...simApp(w.simulatorUrl),
    kind: 'user_managed',
    client_id: 'sim-user-app',
    client_secret: 'sim-user-secret',
    secret_token: 'sim-user-app-webhook',
    account_id: undefined,
  })
  await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: made.webhook_url, events: ['*'] })
  const consent = async () => {
    const step = stepIn((await w.api<Setup>('GET', `/zoom_apps/${made.id}/setup`)).body, 'consent')
    return `${step?.state}: ${step?.message}`
  }
  const counted = async () =>
    (await w.api<{ items: ConnectionsOfApp[] }>('GET', '/connections/summary')).body.items.find(
      ({ zoom_app_id }) => zoom_app_id === made.id,
    )
  assert.equal(await consent(), 'waiting: Nobody has consented yet')
  assert.equal((await counted())?.next_renewal_at, null)
  const grace = await consented<Connection>(w, made.id, 'grace@school.example')
  await consented<Connection>(w, made.id, 'alan@school.example')
  assert.equal(await consent(), 'ok: 2 consented')
  assert.equal((await counted())?.next_renewal_at, grace.next_renewal_at, 'the first of them')
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'alan@school.example' })
  await until(async () => (await consent()) === 'failed: 1 of 2 consents work no more', 'the step to tell')
  const alan = await consented<Connection>(w, made.id, 'alan@school.example')
  assert.equal(await consent(), 'ok: 2 consented')
  await w.api('POST', `/connections/${alan.id}/disconnect`)
  assert.equal(await consent(), 'ok: 1 consented', 'what was ended here is not to be mended')
})

test('the scopes of an app that was added as an old one go by classic names, unless its consent shows others', async () => {
  const scope_family = 'classic'
  const old = { client_id: 'old-app', client_secret: 'old-secret' }
  await w.zoom('POST', '/apps', { ...old, type: 'user_managed', scope_family })
  const added = { ...simApp(w.simulatorUrl), ...old, kind: 'user_managed', account_id: undefined, purposes: ['chat'] }
  const { body: made, text } = await w.api<ZoomApp>('POST', '/zoom_apps', { ...added, scope_family })
  assert.equal(made.scope_family, scope_family, text)
  const isClassic = async () =>
    (await w.api<Setup>('GET', `/zoom_apps/${made.id}/setup`)).body.scopes.includes('meeting:write')
  assert.equal(await isClassic(), true)
  const changed = await w.api<ZoomApp>('PATCH', `/zoom_apps/${made.id}`, { scope_family: 'granular' })
  assert.equal(changed.body.scope_family, 'granular', changed.text)
  assert.equal(await isClassic(), false)
  await consented(w, made.id, 'grace@school.example')
  assert.equal(await isClassic(), true, 'the consent has classic ones')
  assert.equal((await w.api('PATCH', `/zoom_apps/${made.id}`, { scope_family: 'old' })).status, 422)
})

test('a secret token that was changed at Zoom is changed here, too, and events count again', async () => {
  await atZoom({ secret_token: 'another-token' })
  assert.equal((await w.api('PATCH', app, { secret_token: 'another-token' })).status, 200)
  await w.zoom('POST', '/meetings', { host: 'ada@school.example', topic: 'Signed with another token' })
  await w.settled()
  const { items } = (await w.api<{ items: unknown[] }>('GET', '/meetings?q=another+token')).body
  assert.equal(items.length, 1)
})

test('nobody else’s app is looked at, changed or tried', async () => {
  const { ensureWorkspace } = await import('#hub/workspaces.ts')
  await ensureWorkspace(w.server.hub, 'Elsewhere')
  const headers = { authorization: `Bearer ${await w.key('owner', 'Elsewhere')}` }
  for (const [method, path] of [
    ['GET', `${app}/setup`],
    ['POST', `${app}/setup/check`],
    ['POST', `${app}/trials`],
    ['PATCH', app],
  ] as const)
    assert.equal((await w.api(method, path, method === 'PATCH' ? { name: 'Mine' } : undefined, headers)).status, 404)
})

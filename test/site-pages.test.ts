import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { until, world } from './world.ts'

const w = await world({ after })

interface Page {
  id: string
  place_id: string
  slug: string
  list: string | null
  visibility: string
  url: string
  card_url: string
}
interface Placement {
  id: string
  integration: string
  ref: string
  url: string
  state: string
}

const minutes = (from_now: number) => new Date(Date.now() + from_now * 60_000).toISOString()
const hostile = '<script>alert(1)</script> "onx=`1` ]]>\r\nATTACH:evil'

test('a page is made by an operator, read by a viewer, and one place for the web site comes with the first', async () => {
  const { id } = await meeting('Office hours')
  const denied = await w.api('POST', '/site/pages', { meeting_id: id }, await as('viewer'))
  assert.equal(denied.status, 403)
  const made = await w.api<Page>('POST', '/site/pages', { meeting_id: id }, await as('operator'))
  assert.equal(made.status, 201, made.text)
  assert.equal(made.body.slug, 'office-hours')
  assert.equal(made.body.url, `${w.hubUrl}/m/office-hours`)
  const read = await w.api<Page>('GET', `/site/pages/${made.body.id}`, undefined, await as('viewer'))
  assert.deepEqual(read.body, made.body)
  const { body } = await w.api<{ items: Placement[] }>('GET', `/meetings/${id}/placements`)
  assert.deepEqual(
    body.items.map(({ id: placement, integration, ref, url }) => ({ placement, integration, ref, url })),
    [{ placement: made.body.id, integration: 'site', ref: 'office-hours', url: made.body.url }],
  )
  const places = await w.api<{ items: { id: string; integration: string }[] }>('GET', '/places?integration=site')
  assert.deepEqual(
    places.body.items.map((place) => place.id),
    [made.body.place_id],
  )
})

test('“Put it in…” a web site makes the page, and says which field is wrong', async () => {
  const { place_id } = await page('First of all')
  const { id } = await meeting('Put me there')
  const put = (target: object) => w.api<Placement>('POST', `/meetings/${id}/placements`, { place_id, target })
  const wrong = await put({ slug: 'Not A Slug' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /target\.slug/)
  const done = await put({ slug: 'put-me-there', visibility: 'unlisted' })
  assert.equal(done.body.ref, 'put-me-there', done.text)
  assert.match((await get('/m/put-me-there')).text, /noindex/)
  const again = await put({ visibility: 'public' })
  assert.equal(again.body.id, done.body.id, 'it has its page already')
  assert.doesNotMatch((await get('/m/put-me-there')).text, /noindex/)
})

test('a slug is one page’s on the whole installation; made from a topic it gets an ending', async () => {
  const first = await page('Seminar')
  const second = await page('Seminar')
  assert.equal(first.slug, 'seminar')
  assert.match(second.slug, /^seminar-[0-9a-f]{6}$/)
  const { id } = await meeting('Another')
  const taken = await w.api('POST', '/site/pages', { meeting_id: id, slug: 'seminar' })
  assert.equal(taken.status, 409)
  assert.equal((await w.api<{ items: [] }>('GET', `/meetings/${id}/placements`)).body.items.length, 0)
  assert.equal((await w.api<Page>('GET', `/site/pages/${first.id}`)).body.slug, 'seminar')
})

test('what is unpublished, removed or in a place that is off is as if it had never been', async () => {
  const { id, slug, place_id } = await page('Here and gone')
  const everywhere = [`/m/${slug}`, `/m/${slug}/state`, `/m/${slug}/calendar.ics`, `/embed/m/${slug}`, oembedOf(slug)]
  const statuses = () => Promise.all(everywhere.map(async (path) => (await get(path)).status))
  assert.deepEqual(await statuses(), [200, 200, 200, 200, 200])
  const never = (await get('/m/never-was')).text

  await w.api('PATCH', `/site/pages/${id}`, { visibility: 'unpublished' })
  assert.deepEqual(await statuses(), [404, 404, 404, 404, 404])
  assert.equal((await fetch(`${w.hubUrl}/m/${slug}/join`, { method: 'POST' })).status, 404)
  assert.equal(withoutNonce((await get(`/m/${slug}`)).text), withoutNonce(never))

  await w.api('PATCH', `/site/pages/${id}`, { visibility: 'public' })
  await w.api('PATCH', `/places/${place_id}`, { state: 'off' })
  assert.deepEqual(await statuses(), [404, 404, 404, 404, 404])
  await w.api('PATCH', `/places/${place_id}`, { state: 'on' })
  assert.deepEqual(await statuses(), [200, 200, 200, 200, 200])

  assert.equal((await w.api('DELETE', `/site/pages/${id}`)).status, 204)
  assert.deepEqual(await statuses(), [404, 404, 404, 404, 404])
})

test('a guest’s ticket ends with the page that it came from', async () => {
  for (const end of [
    (id: string) => w.api('PATCH', `/site/pages/${id}`, { visibility: 'unpublished' }),
    (id: string) => w.api('DELETE', `/site/pages/${id}`),
  ]) {
    const { id, slug } = await page('Short-lived', { start_time: minutes(5) })
    const door = (await join(slug, 'app')).headers.get('location') ?? ''
    assert.equal((await get(door)).status, 200)
    await end(id)
    assert.equal((await get(door)).status, 404)
  }
})

test('an address that no page could have is a page that is not there', async () => {
  for (const slug of ['%00', '%F0%9F%8E%93', 'a%0D%0Ab', '..%2Fm', `${'a'.repeat(90)}`]) {
    for (const path of [`/m/${slug}`, `/m/${slug}/state`, `/m/${slug}/calendar.ics`, `/embed/m/${slug}`, `/g/${slug}`])
      assert.equal((await get(path)).status, 404, path)
    assert.equal((await fetch(`${w.hubUrl}/m/${slug}/join`, { method: 'POST' })).status, 404, slug)
    const back = await fetch(`${w.hubUrl}/m/${slug}/join`, { redirect: 'manual' })
    assert.equal(back.headers.get('location'), `/m/${slug}`)
  }
})

test('another workspace’s meetings, places and pages are not there', async () => {
  const other = { authorization: `Bearer ${await w.key('owner', await otherWorkspace())}` }
  const mine = await page('Mine')
  const { id: meeting_id } = await meeting('Mine, too')
  for (const [method, path, body] of [
    ['GET', `/site/pages/${mine.id}`],
    ['PATCH', `/site/pages/${mine.id}`, { visibility: 'unlisted' }],
    ['DELETE', `/site/pages/${mine.id}`],
    ['POST', '/site/pages', { meeting_id }],
    ['POST', '/site/lists', { slug: 'theirs', title: 'Theirs', place_id: mine.place_id }],
  ] as const) {
    const answer = await w.api(method, path, body, other)
    assert.equal(answer.status, 404, `${method} ${path}: ${answer.text}`)
  }
  assert.deepEqual((await w.api<{ items: [] }>('GET', '/site/pages', undefined, other)).body.items, [])
  await w.api('POST', '/site/lists', { slug: 'ours', title: 'Ours', place_id: mine.place_id })
  const stolen = await w.api('POST', '/site/lists', { slug: 'ours', title: 'Not yours' }, other)
  assert.equal(stolen.status, 409)
  const lists = (path: string, headers: Record<string, string>) =>
    w.api<{ items: { slug: string; calendar_url: string }[] }>('GET', path, undefined, headers)
  const listed = await lists(`/site/lists?place_id=${mine.place_id}`, await as('viewer'))
  assert.equal(
    listed.body.items.find(({ slug }) => slug === 'ours')?.calendar_url,
    `${w.hubUrl}/g/ours/calendar.ics`,
    listed.text,
  )
  const found = async (q: string) => (await lists(`/site/lists?q=${q}`, await as('viewer'))).body.items.length
  assert.deepEqual([await found('OUR'), await found('nobody’s')], [1, 0])
  assert.deepEqual((await lists('/site/lists', other)).body.items, [])
})

test('no public answer holds the meeting’s number, passcode or links, and none of them asks Zoom', async () => {
  const { id } = await meeting('Secret numbers', { agenda: 'Open to all' })
  const { body } = await w.api<{ zoom_meeting_id: string; password: string; join_url: string; host_email: string }>(
    'GET',
    `/meetings/${id}`,
  )
  await w.api('POST', '/site/pages', { meeting_id: id, slug: 'secret-numbers', list: 'all' })
  const before = await w.calls()
  for (const path of [
    '/m/secret-numbers',
    '/m/secret-numbers/state',
    '/m/secret-numbers/calendar.ics',
    '/embed/m/secret-numbers',
    '/g/all',
    '/g/all/calendar.ics',
    '/embed/g/all',
    oembedOf('secret-numbers'),
  ]) {
    const answer = await get(path)
    assert.equal(answer.status, 200, path)
    for (const secret of [body.zoom_meeting_id, body.password, body.join_url, body.host_email])
      assert.ok(!answer.text.includes(secret), `${path} holds ${secret}`)
    assert.doesNotMatch(answer.text, /zoom\.us|pwd=/, path)
  }
  assert.equal(await w.calls(), before)
})

test('whatever a topic holds is text in page, list, card, oEmbed answer and calendar', async () => {
  const { id } = await meeting(hostile, { agenda: hostile })
  const made = await w.api<Page>('POST', '/site/pages', { meeting_id: id, slug: 'hostile', list: 'hostile-list' })
  assert.equal(made.status, 201, made.text)
  for (const path of ['/m/hostile', '/g/hostile-list', '/embed/m/hostile', '/embed/g/hostile-list']) {
    const { text } = await get(path)
    assert.doesNotMatch(text, /<script>alert/, path)
    assert.doesNotMatch(text, /"onx=/, path)
    assert.match(text, /&(#60|lt);script/, path)
  }
  const oembed = JSON.parse((await get(oembedOf('hostile'))).text) as { html: string; title: string }
  assert.doesNotMatch(oembed.html, /<script|"onx=|[\r\n]/)
  assert.doesNotMatch(oembed.title, /[\r\n]/)
  const calendar = (await get('/m/hostile/calendar.ics')).text
  assert.doesNotMatch(calendar, /^ATTACH/m)
  assert.match(calendar.replaceAll('\r\n ', ''), /^SUMMARY:<script>alert\(1\)<\/script> "onx=`1` \]\]> ATTACH:evil\r$/m)
})

test('joining gives a guest a ticket on a POST alone, and both buttons lead to the Door', async () => {
  const { slug } = await page('Come in', { start_time: minutes(5) })
  const seen = await get(`/m/${slug}`)
  assert.match(seen.text, /Doors open/)
  assert.doesNotMatch(seen.text, /\/j\//)
  const back = await fetch(`${w.hubUrl}/m/${slug}/join`, { redirect: 'manual' })
  assert.equal(back.headers.get('location'), `/m/${slug}`)
  for (const [choice, fragment] of [
    ['browser', '#browser'],
    ['app', '#app'],
    ['"><script>', ''],
  ] as const) {
    const answer = await join(slug, choice)
    assert.equal(answer.status, 303)
    assert.match(answer.headers.get('location') ?? '', new RegExp(`^/j/[\\w-]{43}${fragment}$`))
  }
  const { slug: later } = await page('Not yet', { start_time: minutes(60) })
  const early = await join(later, 'app')
  assert.equal(early.status, 409)
  assert.match(await early.text(), /Not now/)
  assert.match((await get(`/m/${later}`)).text, /Join in the browser/)
})

test('the page follows the meeting: upcoming, live when Zoom says so, over, called off', async () => {
  const planned = await page('Planned', { start_time: minutes(180) })
  const phase = async (slug: string) => {
    const { status, text } = await get(`/m/${slug}/state`)
    return [status, (JSON.parse(text) as { phase: string }).phase]
  }
  assert.deepEqual(await phase(planned.slug), [200, 'planned'])
  assert.match((await get(`/m/${planned.slug}`)).text, /<button[^>]*disabled[^>]*>\s*Join in the browser/)

  const live = await page('Live', { start_time: undefined })
  await w.zoom('POST', `/meetings/${live.zoom_meeting_id}/start`)
  await w.settled()
  assert.deepEqual(await phase(live.slug), [200, 'live'])
  const { main } = await get(`/m/${live.slug}`)
  assert.match(main, /Live now/)
  assert.doesNotMatch(main, /over|passed|disabled/)
  await w.zoom('POST', `/meetings/${live.zoom_meeting_id}/end`)
  await w.settled()
  assert.deepEqual(await phase(live.slug), [200, 'ended'])
  assert.doesNotMatch((await get(`/m/${live.slug}`)).main, /Join in/)

  await w.api('POST', `/meetings/${planned.meeting_id}/cancel`, {})
  await until(async () => (await phase(planned.slug))[1] === 'cancelled', 'the page to know')
  assert.deepEqual(await phase(planned.slug), [410, 'cancelled'])
  const gone = await get(`/m/${planned.slug}`)
  assert.equal(gone.status, 200, 'the page stays')
  assert.match(gone.text, /called off/)
})

test('a new topic is on the page at once, and in what the hub keeps of it; the address stays', async () => {
  const { slug, meeting_id } = await page('Old name')
  await w.api('PATCH', `/meetings/${meeting_id}`, { topic: 'New name' })
  await until(async () => (await get(`/m/${slug}`)).main.includes('New name'), 'the new name')
  await until(async () => {
    const { body } = await w.api<{ items: { title: string; ref: string }[] }>(
      'GET',
      `/meetings/${meeting_id}/placements`,
    )
    return body.items[0]?.title === 'New name' && body.items[0].ref === slug
  }, 'the placement to be renamed')
})

test('a page is taken away from the meeting’s side, too; twice is no harm', async () => {
  const { id, slug, meeting_id } = await page('Taken away')
  for (const time of ['once', 'twice']) assert.equal((await w.api('DELETE', `/placements/${id}`)).status, 204, time)
  assert.equal((await get(`/m/${slug}`)).status, 404)
  const placements = await w.api<{ items: { state: string }[] }>('GET', `/meetings/${meeting_id}/placements`)
  assert.deepEqual(
    placements.body.items.map(({ state }) => state),
    ['removed'],
  )
  assert.equal((await w.api('GET', `/meetings/${meeting_id}`)).status, 200)
})

test('a page is complete without scripts and asks nobody but the hub', async () => {
  const { slug } = await page('Plain', { start_time: '2030-03-31T07:30:00Z', timezone: 'Europe/Berlin' })
  const { text, headers } = await get(`/m/${slug}`)
  assert.match(text, /Sunday, 31 March 2030/)
  assert.match(text, /09:30–10:15/)
  assert.match(text, /UTC\+02:00/)
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /script-src 'nonce-[\w-]{22}'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe|https:/)
  assert.doesNotMatch(text, /(?:src|href)="(?:https?:)?\/\/(?!localhost|calendar\.|outlook\.)/)
})

const page = async (topic: string, more: object = {}) => {
  const { id: meeting_id, zoom_meeting_id } = await meeting(topic, more)
  const made = await w.api<Page>('POST', '/site/pages', { meeting_id })
  assert.equal(made.status, 201, made.text)
  return { ...made.body, meeting_id, zoom_meeting_id }
}

async function meeting(topic: string, more: object = {}): Promise<{ id: string; zoom_meeting_id: string }> {
  const wanted = { host: 'ada@school.example', topic, start_time: minutes(60), duration: 45, ...more }
  const made = await w.api<{ id: string; zoom_meeting_id: string }>('POST', '/meetings', wanted)
  assert.equal(made.status, 201, made.text)
  return made.body
}

const as = async (role: 'viewer' | 'operator') => ({ authorization: `Bearer ${await w.key(role)}` })

const oembedOf = (slug: string) => `/oembed?url=${encodeURIComponent(`${w.hubUrl}/m/${slug}`)}&format=json`

async function get(path: string): Promise<{ status: number; text: string; main: string; headers: Headers }> {
  const answer = await fetch(`${w.hubUrl}${path}`)
  const text = await answer.text()
  return { status: answer.status, text, main: text.split(/<\/?main>/)[1] ?? '', headers: answer.headers }
}

const join = (slug: string, choice: string) =>
  fetch(`${w.hubUrl}/m/${slug}/join`, {
    method: 'POST',
    body: new URLSearchParams({ in: choice }),
    redirect: 'manual',
  })

const withoutNonce = (html: string) => html.replaceAll(/nonce="[\w-]+"/g, '')

async function otherWorkspace(): Promise<string> {
  const { ensureWorkspace } = await import('#hub/workspaces.ts')
  await ensureWorkspace(w.server.hub, 'Other school')
  return 'Other school'
}

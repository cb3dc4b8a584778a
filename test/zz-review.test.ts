import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { until, world } from './world.ts'
const w = await world({ after })
const send = async (body: unknown): Promise<number> => {
  const text = JSON.stringify(body)
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = `v0=${createHmac('sha256', 'sim-s2s-webhook').update(`v0:${timestamp}:${text}`).digest('hex')}`
  return (
    await fetch(`${w.hubUrl}/zoom/webhooks/${w.zoom_app_id}`, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', 'x-zm-request-timestamp': timestamp, 'x-zm-signature': signature },
    })
  ).status
}
const ev = (event: string, event_ts: number, object: object, more = {}) => ({
  event,
  event_ts,
  payload: { account_id: 'sim-account', ...more, object },
})
const create = async (x: object) => {
  const a = await w.api<any>('POST', '/meetings', { host: 'ada@school.example', topic: 'T', ...x })
  assert.equal(a.status, 201, a.text)
  return a.body
}
const inst = (d: number) => new Date(Date.now() + d * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z')

test('paging of meetings without a time', async () => {
  for (let i = 0; i < 5; i++) await create({ topic: `Instant ${i}` })
  for (const when of ['upcoming', 'all']) {
    const seen: string[] = []
    let cursor = ''
    for (let n = 0; n < 20; n++) {
      const { body } = await w.api<any>('GET', `/meetings?q=Instant&when=${when}&limit=1${cursor}`)
      seen.push(...body.items.map((e: any) => e.topic))
      if (!body.next_cursor) break
      cursor = `&cursor=${body.next_cursor}`
    }
    assert.equal(seen.length, 5, when + seen.join())
  }
})
test('junk in cursors and ids', async () => {
  const junk = Buffer.from('["x","y"]').toString('base64url')
  const out: any = {}
  const mk = await create({ topic: 'junk', start_time: inst(1) })
  for (const p of [
    `/meetings?cursor=${junk}`,
    `/meetings/${mk.id}/sessions?cursor=${junk}`,
    `/zoom_users?cursor=${junk}`,
    '/meetings/%00',
    '/sessions?uuid=%00',
    '/meetings?q=%00',
    '/events?q=%00',
    '/attendance?uuid=%00',
    '/events?event=%00',
    `/events?cursor=${Buffer.from('["\\u0000"]').toString('base64url')}`,
  ])
    out[p] = (await w.api('GET', p)).status
  console.log(out)
  assert.ok(Object.values(out).every((s) => (s as number) < 500))
})
test('partial updates out of order', async () => {
  const m = await create({ topic: 'Before', start_time: inst(3), duration: 30 })
  await w.settled()
  const id = Number(m.zoom_meeting_id)
  const tok = (await (
    await fetch(`${w.simulatorUrl}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('sim-s2s:sim-s2s-secret')}` },
      body: new URLSearchParams({ grant_type: 'account_credentials', account_id: 'sim-account' }),
    })
  ).json()) as any
  // deliveries are refused while it changes twice
  await w.zoom('POST', '/apps/sim-s2s/subscriptions', { url: `${w.hubUrl}/nowhere`, events: ['*'] }).catch(() => {})
  const t = Date.now()
  await send(ev('meeting.updated', t + 2000, { id, duration: 77 }, { scope: 'all' }))
  await w.settled()
  await fetch(`${w.simulatorUrl}/v2/meetings/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${tok.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'After', duration: 77 }),
  })
  await send(ev('meeting.updated', t + 1000, { id, topic: 'After' }, { scope: 'all' }))
  await w.settled()
  await until(async () => (await w.api<any>('GET', `/meetings/${m.id}`)).body.topic === 'After', 'topic', 5)
})
test('one occurrence moved at Zoom leaves the others', async () => {
  const m = await create({
    topic: 'Series',
    start_time: '2027-05-03T09:00:00',
    timezone: 'Europe/Berlin',
    recurrence: { type: 2, weekly_days: '2', end_times: 3 },
  })
  const occ = async () => (await w.api<any>('GET', `/meetings/${m.id}/occurrences`)).body.items
  const [a] = await occ()
  await send(
    ev(
      'meeting.updated',
      Date.now() + 60_000,
      {
        id: Number(m.zoom_meeting_id),
        occurrences: [{ occurrence_id: a.occurrence_id, start_time: '2027-05-03T10:00:00Z', duration: 50 }],
      },
      { scope: 'single' },
    ),
  )
  await w.settled()
  const now = await occ()
  console.log(now)
  assert.equal(now.length, 3)
})
test('a recording of an unknown session', async () => {
  const id = 81234567890
  await send(
    ev('recording.completed', Date.now(), {
      id,
      uuid: 'rec==',
      host_id: 'h',
      topic: 'Old',
      type: 2,
      start_time: '2026-01-05T09:00:00Z',
      duration: 45,
      password: 'p4',
      share_url: 'https://z/share',
      recording_files: [
        {
          id: 'f1',
          recording_start: '2026-01-05T09:00:30Z',
          recording_end: '2026-01-05T09:45:00Z',
          file_type: 'MP4',
          status: 'completed',
          play_url: 'https://z/play',
          file_size: 3,
        },
      ],
    }),
  )
  await w.settled()
  const s = (await w.api<any>('GET', '/sessions?uuid=rec%3D%3D')).body
  console.log(s)
  await send(
    ev('recording.transcript_completed', Date.now() + 1, {
      id,
      uuid: 'rec==',
      host_id: 'h',
      topic: 'Old',
      type: 2,
      start_time: '2026-01-05T09:00:00Z',
      duration: 45,
      share_url: 'https://z/share',
      recording_files: [
        { id: 'f1', file_type: 'MP4', status: 'completed' },
        { id: 'f2', file_type: 'TRANSCRIPT', status: 'completed' },
      ],
    }),
  )
  await w.settled()
  const rec = (await w.api<any>('GET', '/recordings?uuid=rec%3D%3D')).body.items
  console.log(rec)
  const hev = await w.server.hub.db.selectFrom('hub_event').selectAll().where('type', '=', 'recording.ready').execute()
  const ids = hev.flatMap((h) => (h.payload as any).recording_ids)
  for (const i of ids)
    assert.ok(
      rec.some((r: any) => r.id === i),
      `no recording ${i}`,
    )
  assert.ok(rec.every((r: any) => r.passcode === 'p4'))
  assert.equal(s.state, 'ended')
})
test('idempotency: list fails on the retry', async () => {
  const req = { host: 'ada@school.example', topic: 'Lost twice', start_time: inst(9) }
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: { drop: 'after' },
    times: 1,
  })
  assert.equal((await w.api('POST', '/meetings', req, { 'Idempotency-Key': 'k1' })).status, 503)
  await w.zoom('POST', '/faults', {
    match: { method: 'GET', path: '/v2/users/*/meetings' },
    action: { status: 400, body: { code: 300, message: 'No' } },
    times: 1,
  })
  console.log('2nd', (await w.api('POST', '/meetings', req, { 'Idempotency-Key': 'k1' })).status)
  await w.server.hub.db
    .updateTable('idempotency')
    .set({ created_at: new Date(Date.now()) })
    .where('key', '=', 'nothing')
    .execute()
  console.log('3rd', (await w.api('POST', '/meetings', req, { 'Idempotency-Key': 'k1' })).status)
  const { meetings } = await w.zoom<any>('GET', '/meetings')
  assert.equal(meetings.filter((e: any) => e.topic === 'Lost twice').length, 1)
})
test('idempotency: another of the same topic is not mistaken', async () => {
  const req = { host: 'ada@school.example', topic: 'Same words', start_time: inst(9) }
  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/*/meetings' },
    action: { drop: 'before' },
    times: 1,
  })
  const first = await w.api('POST', '/meetings', req, { 'Idempotency-Key': 'k2' })
  console.log(first.status, first.text)
  const b = await w.api<any>('POST', '/meetings', { ...req, start_time: inst(10) }, { 'Idempotency-Key': 'k3' })
  const a = await w.api<any>('POST', '/meetings', req, { 'Idempotency-Key': 'k2' })
  assert.notEqual(a.body.id, b.body.id)
})
test('cancelling an occurrence many times in parallel with its event', async () => {
  for (let i = 0; i < 6; i++) {
    const m = await create({
      topic: `Par ${i}`,
      start_time: '2027-05-03T09:00:00',
      timezone: 'Europe/Berlin',
      recurrence: { type: 2, weekly_days: '2', end_times: 5 },
    })
    const items = (await w.api<any>('GET', `/meetings/${m.id}/occurrences`)).body.items
    const st = await Promise.all(
      items.map((o: any) =>
        w.api('POST', `/meetings/${m.id}/cancel`, { occurrence_id: o.occurrence_id }).then((x) => x.status),
      ),
    )
    assert.ok(
      st.every((s: number) => s === 200),
      st.join(),
    )
    const again = await w.api('POST', `/meetings/${m.id}/cancel`, { occurrence_id: items[0].occurrence_id })
    if (i === 0) console.log('again', again.status, again.text)
  }
  await w.settled()
  console.log(w.log.filter((l) => /deadlock/.test(l)).length, 'deadlocks')
})
test('PATCH recurrence on a single meeting', async () => {
  const m = await create({ topic: 'Becomes series', start_time: inst(5) })
  const a = await w.api<any>('PATCH', `/meetings/${m.id}`, { recurrence: { type: 1, end_times: 3 } })
  console.log(a.status, a.body.type, a.text.slice(0, 300))
  assert.equal((await w.api<any>('GET', `/meetings/${m.id}/occurrences`)).body.items.length, 3)
})

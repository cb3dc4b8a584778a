import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { readConfig } from '#config.ts'
import { ConfigError } from '#core/errors.ts'
import type { Connection } from '#hub/resources.ts'
import { addMember } from '#hub/workspaces.ts'
import { consented } from './at-zoom.ts'
import { simApp, until, world } from './world.ts'

interface Received {
  to: string[]
  source: string
}
const received: Received[] = []
/** What the mail server says next to a recipient, once each. */
const answers: { to: RegExp; code: number }[] = []

const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username, password }, _session, done) =>
    password === 'mail-password'
      ? done(null, { user: username ?? '' })
      : done(new Error('Invalid username or password')),
  onRcptTo({ address }, _session, done) {
    const at = answers.findIndex(({ to }) => to.test(address))
    const [answer] = at === -1 ? [] : answers.splice(at, 1)
    done(answer && Object.assign(new Error('Not now, or not here'), { responseCode: answer.code }))
  },
  onData(stream, { envelope }, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      received.push({ to: envelope.rcptTo.map(({ address }) => address), source: Buffer.concat(parts).toString() })
      done()
    })
  },
})
const listening = smtp.listen(0, '127.0.0.1')
await once(listening, 'listening')
const { port } = listening.address() as AddressInfo
after(() => new Promise<void>((resolve) => smtp.close(resolve)))

const w = await world(
  { after },
  {
    settings: {
      SMTP_URL: `smtp://greenroom:mail-password@127.0.0.1:${port}`,
      MAIL_FROM: 'Greenroom <greenroom@school.example>',
    },
  },
)
const { db } = w.server.hub

async function app(client: 'user' | 'admin'): Promise<string> {
  const { body, text } = await w.api<{ id: string }>('POST', '/zoom_apps', {
    ...simApp(w.simulatorUrl),
    kind: `${client}_managed`,
    name: `Zoom for the ${client}`,
    client_id: `sim-${client}-app`,
    client_secret: `sim-${client}-secret`,
    secret_token: `sim-${client}-app-webhook`,
    account_id: undefined,
  })
  assert.ok(body.id, text)
  return body.id
}
const userApp = await app('user')
await w.zoom('POST', '/apps/sim-user-app/subscriptions', { url: `${w.hubUrl}/zoom/webhooks/${userApp}`, events: ['*'] })

const people: [string, 'owner' | 'admin' | 'operator' | 'viewer'][] = [
  ['dean', 'owner'],
  ['it', 'admin'],
  ['desk', 'operator'],
  ['guest', 'viewer'],
]
for (const [name, role] of people) {
  await sql`insert into auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
    values (${`usr_${name}`}, ${name}, ${`${name}@school.example`}, true, now(), now())`.execute(db)
  await addMember(w.server.hub, w.workspace_id, `usr_${name}`, role)
}

const read = async (id: string): Promise<Connection> => (await w.api<Connection>('GET', `/connections/${id}`)).body

/** Zoom is asked for a new token, because something is planned. */
async function renew(connection_id: string): Promise<void> {
  await db
    .updateTable('connection')
    .set({ access_token_expires_at: new Date(0) })
    .where('id', '=', connection_id)
    .execute()
  await w.api('POST', '/meetings', {
    connection_id,
    host: 'me',
    topic: 'Algebra',
    start_time: '2027-01-05T09:00:00Z',
    duration: 30,
  })
}

const refused = {
  match: { method: 'POST', path: '/oauth/token' },
  action: { status: 400, body: { reason: 'Invalid Token!', error: 'invalid_grant' } },
  times: 1,
}

/** The user's consent ends: Zoom refuses it the next time. */
async function lose(user: string): Promise<Connection> {
  const { id } = await consented<Connection>(w, userApp, user)
  await w.zoom('POST', '/faults', refused)
  await renew(id)
  return read(id)
}

/** Every job that hears of a change of a connection has run. */
const heard = (): Promise<void> =>
  until(async () => {
    const { rows } = await sql<{ jobs: number }>`select count(*)::int as jobs from graphile_worker._private_jobs job
      join graphile_worker._private_tasks task on task.id = job.task_id where task.identifier = 'hub_event'`.execute(db)
    return rows[0]?.jobs === 0
  }, 'the hub events to be heard')

async function mails(): Promise<Received[]> {
  await heard()
  return received.splice(0)
}

/** The text of a mail, its lines put together again (RFC 2045, 6.7). */
const textOf = ({ source }: Received): string =>
  source
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

test('the user whose consent is over is told by mail: what happened, what to do, and where', async () => {
  const lost = await lose('grace@school.example')
  assert.equal(lost.failure?.code, 'invalid_grant')
  const [mail, ...more] = await mails()
  assert.ok(mail)
  assert.deepEqual([mail.to, more.length], [['grace@school.example'], 0])
  const text = textOf(mail)
  assert.match(text, /^From: Greenroom <greenroom@school\.example>/m)
  assert.match(text, /^Subject: Zoom is disconnected: Zoom for the user/m)
  assert.match(text, /^Auto-Submitted: auto-generated/m)
  assert.match(text, /the Zoom account grace@school\.example through the Zoom app Zoom for the user/)
  assert.match(text, /What to do:\s+grace@school\.example presses/)
  assert.ok(text.includes(`${w.hubUrl}/console/settings/zoom-apps?app=${userApp}`))
})

test('whoever removed the app at Zoom is told, too; whoever was disconnected here or deleted at Zoom is not', async () => {
  const { id } = await consented<Connection>(w, userApp, 'alan@school.example')
  await w.zoom('POST', '/apps/sim-user-app/deauthorize', { user: 'alan@school.example' })
  await until(async () => (await read(id)).state === 'disconnected', 'the consent to be over')
  const [mail, ...more] = await mails()
  assert.deepEqual([mail?.to, more.length], [['alan@school.example'], 0])
  assert.ok(mail && textOf(mail).includes('The user removed the app at Zoom'))

  const ended = await consented<Connection>(w, userApp, 'alan@school.example')
  assert.equal((await w.api('POST', `/connections/${ended.id}/disconnect`)).status, 200)
  assert.deepEqual(await mails(), [])

  const gone = await consented<Connection>(w, userApp, 'alan@school.example')
  const payload = { account_id: 'sim-account', object: { id: gone.zoom_user_id } }
  const event_ts = Date.now() + 60_000
  await w.zoom('POST', '/emit', { app: 'sim-user-app', event: { event: 'user.deleted', event_ts, payload } })
  await until(async () => (await read(gone.id)).failure?.code === 'user_deleted', 'the user to be gone')
  assert.deepEqual(await mails(), [])
})

test('the same news has the same name, so that a mailbox that gets it twice shows it once', async () => {
  answers.push({ to: /grace/, code: 451 })
  const lost = await lose('grace@school.example')
  const [mail, ...more] = await mails()
  assert.ok(mail, 'a mail server that is busy is asked again')
  assert.equal(more.length, 0)
  assert.match(
    mail.source,
    new RegExp(`^Message-ID: <${lost.id}\\.${Date.parse(lost.failure?.at ?? '')}@127\\.0\\.0\\.1>`, 'm'),
  )
})

test('an address that the mail server refuses for good is given up, and nothing is left that waits', async () => {
  answers.push({ to: /grace/, code: 550 })
  await lose('grace@school.example')
  assert.deepEqual(await mails(), [])
})

test('an app that Zoom refuses is told of to owners and administrators: once, however many consents broke with it', async () => {
  const both = [
    await consented<Connection>(w, userApp, 'grace@school.example'),
    await consented<Connection>(w, userApp, 'alan@school.example'),
  ]
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'changed-at-zoom' })
  for (const { id } of both) await renew(id)
  for (const { id } of both) assert.equal((await read(id)).failure?.code, 'invalid_client')
  const [mail, ...more] = await mails()
  assert.deepEqual([mail?.to, more.length], [['dean@school.example', 'it@school.example'], 0])
  await w.zoom('PATCH', '/apps/sim-user-app', { client_secret: 'sim-user-secret' })
})

test('what speaks for the account is told of to owners and administrators, and Zoom is not asked for it', async () => {
  await w.zoom('PATCH', '/apps/sim-s2s', { client_secret: 'changed-at-zoom' })
  await renew(w.connection_id)
  const before = await w.calls()
  const [mail] = await mails()
  assert.deepEqual(mail?.to, ['dean@school.example', 'it@school.example'])
  assert.ok(mail && textOf(mail).includes('App Credentials'))
  assert.equal(await w.calls(), before)
  await w.zoom('PATCH', '/apps/sim-s2s', { client_secret: 'sim-s2s-secret' })
})

interface Finding {
  check: string
  state: string
  message: string
}
const doctor = async (): Promise<Finding | undefined> =>
  (await w.api<{ findings: Finding[] }>('GET', '/doctor')).body.findings.find(({ check }) => check === 'mail')

test('the doctor says whether the mail server takes mail, and nobody ever reads its password', async () => {
  assert.deepEqual((await doctor())?.state, 'ok')
  await new Promise<void>((resolve) => smtp.close(resolve))
  const broken = await doctor()
  assert.equal(broken?.state, 'failed')
  assert.match(broken.message, /127\.0\.0\.1 does not take mail/)
  assert.ok(!w.log.join('').includes('mail-password') && !broken.message.includes('mail-password'))
})

for (const [what, settings, problem] of [
  ['a server without a sender', { SMTP_URL: 'smtp://mail.school.example' }, /missing: MAIL_FROM/],
  ['a sender without a server', { MAIL_FROM: 'greenroom@school.example' }, /missing: SMTP_URL/],
  [
    'a server by HTTP',
    { SMTP_URL: 'https://u:secret@mail.school.example', MAIL_FROM: 'a@b.example' },
    /SMTP_URL must look like/,
  ],
  [
    'two senders in one',
    { SMTP_URL: 'smtp://mail.school.example', MAIL_FROM: 'a@b.example\r\nBcc: c@d.example' },
    /MAIL_FROM must be/,
  ],
] as const)
  test(`${what} is refused at the start, without showing a password`, () => {
    assert.throws(
      () => readConfig(settings),
      (error: unknown) =>
        error instanceof ConfigError && problem.test(error.message) && !error.message.includes('secret'),
    )
  })

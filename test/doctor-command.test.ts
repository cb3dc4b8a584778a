import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { selfSigned } from './certificate.ts'
import { useDurablePostgres } from './database.ts'
import { world } from './world.ts'

const closePostgres = await useDurablePostgres()
const w = await world({ after })
after(closePostgres)
const { db } = w.server.hub
const program = fileURLToPath(new URL('../src/cli/greenroom.ts', import.meta.url))

interface Finding {
  check: string
  state: string
  message: string
  fix?: string
}

/** All that the command has said in this file. */
const said: string[] = []

/** `greenroom doctor` as a process of its own, on the database of the running hub. */
async function doctor(words: string[] = [], env: Record<string, string> = {}): Promise<{ code: number; out: string }> {
  const { code, out, err } = await new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [program, 'doctor', ...words],
      { env: { ...process.env, ...withoutProxies, ...w.env, LOG_LEVEL: 'debug', ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, out: stdout, err: stderr }),
    )
  })
  said.push(out, err)
  return { code, out: out || err }
}

const withoutProxies = { HTTPS_PROXY: '', https_proxy: '', HTTP_PROXY: '', http_proxy: '', NO_PROXY: '', no_proxy: '' }

/** The findings about School, with the exit code. */
async function findings(env: Record<string, string> = {}, words: string[] = []) {
  const { code, out } = await doctor(['--workspace', 'School', '--json', ...words], env)
  const [report] = JSON.parse(out) as { workspace: string; findings: Finding[] }[]
  const found = report?.findings ?? []
  return { code, found, of: (end: string) => found.find(({ check }) => check.endsWith(end)) }
}

test('a hub that is well is exit code 0, and the command says what the API says', async () => {
  await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
  await w.settled()
  const { code, found } = await findings()
  assert.equal(code, 0, JSON.stringify(found))
  assert.ok(found.length > 8)
  assert.deepEqual(
    found.filter(({ state }) => state === 'failed'),
    [],
  )
  assert.deepEqual(found, (await w.api<{ findings: Finding[] }>('GET', '/doctor')).body.findings)
})

test('for people it is text: what is well, what is not, and the click that mends it', async () => {
  const { code, out } = await doctor(['--workspace', 'School'], { LOG_LEVEL: 'error' })
  assert.equal(code, 0)
  assert.match(out, /^School\n {2}✔ database: PostgreSQL/m)
  assert.match(
    out,
    /! public address: http:\/\/localhost:\d+ is not https.*\n {6}→ Put a proxy with a certificate in front/,
  )
  assert.match(out, /✔ credentials: Zoom accepts the credentials/)
  assert.match(
    out,
    /! events that never arrived: Without them the app cannot .*see which meetings run \(meeting\.started/,
  )
})

test('called wrongly it is exit code 2, and with a wrong configuration 78', async () => {
  const nowhere = await doctor(['--workspace', 'Nowhere'])
  assert.deepEqual([nowhere.code, /There is no workspace Nowhere/.test(nowhere.out + said.at(-1))], [2, true])
  assert.equal((await doctor(['--colour'])).code, 2)
  assert.equal((await doctor([], { PUBLIC_URL: 'greenroom' })).code, 78)
})

interface Fault {
  what: string
  /** Breaks something; what comes back mends it. */
  begin: () => Promise<() => Promise<unknown>>
  check: string
  message: RegExp
  fix: RegExp
}

const appAtZoom =
  (broken: object, well: object): Fault['begin'] =>
  async () => {
    await w.zoom('PATCH', '/apps/sim-s2s', broken)
    return () => w.zoom('PATCH', '/apps/sim-s2s', well)
  }

const faults: Fault[] = [
  {
    what: 'another client secret',
    begin: appAtZoom({ client_secret: 'changed-at-zoom' }, { client_secret: 'sim-s2s-secret' }),
    check: 'zoom app Simulator',
    message: /invalid_client/,
    fix: /Copy Client ID and Client Secret again from “App Credentials”/,
  },
  {
    what: 'another account',
    begin: async () => {
      await db.updateTable('zoom_app').set({ account_id: 'another' }).where('id', '=', w.zoom_app_id).execute()
      return () =>
        db.updateTable('zoom_app').set({ account_id: 'sim-account' }).where('id', '=', w.zoom_app_id).execute()
    },
    check: 'zoom app Simulator',
    message: /Bad Request/,
    fix: /Compare the Account ID/,
  },
  {
    what: 'an app that is not activated',
    begin: appAtZoom({ activated: false }, { activated: true }),
    check: 'zoom app Simulator',
    message: /disabled/,
    fix: /Activate the app on its “Activation” page/,
  },
  {
    what: 'a clock that is an hour late',
    begin: async () => {
      const date = new Date(Date.now() + 3_600_000).toUTCString()
      const { id } = await w.zoom<{ id: string }>('POST', '/faults', {
        match: { path: '/oauth/token' },
        action: { headers: { date } },
        times: null,
      })
      return () => w.zoom('DELETE', `/faults/${id}`)
    },
    check: ': clock',
    message: /60 minutes behind Zoom’s/,
    fix: /timedatectl/,
  },
  {
    what: 'scopes that are lacking, granular',
    begin: appAtZoom({ scopes: ['meeting:read:meeting:admin', 'user:read:list_users:admin'] }, { scopes: undefined }),
    check: ': scopes',
    message: /may not plan meetings/,
    fix: /: meeting:write:meeting:admin meeting:update:meeting:admin meeting:delete:meeting:admin$/,
  },
  {
    what: 'scopes that are lacking, classic',
    begin: appAtZoom({ scope_family: 'classic', scopes: ['meeting:read:admin', 'user:read:admin'] }, {}),
    check: ': scopes',
    message: /may not plan meetings/,
    fix: /: meeting:write:admin$/,
  },
  {
    what: 'another secret token',
    begin: async () => {
      await db
        .updateTable('zoom_app')
        .set({ last_event_at: new Date(Date.now() - 3_600_000) })
        .where('id', '=', w.zoom_app_id)
        .execute()
      await w.zoom('PATCH', '/apps/sim-s2s', { secret_token: 'changed-at-zoom' })
      await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
      await w.zoom('POST', '/settle')
      return () => w.zoom('PATCH', '/apps/sim-s2s', { secret_token: 'sim-s2s-webhook' })
    },
    check: ': events',
    message: /was not signed with the app’s secret token, and none that was has come since/,
    fix: /Compare the Secret Token on the app’s “Feature” page/,
  },
]

for (const { what, begin, check, message, fix } of faults)
  test(`${what}: exit code 1, and who must do what`, async () => {
    const granular = (await w.zoom<{ apps: { client_id: string; scopes: string[] }[] }>('GET', '/apps')).apps.find(
      ({ client_id }) => client_id === 'sim-s2s',
    )
    const mend = await begin()
    try {
      const { code, of, found } = await findings()
      const finding = of(check)
      assert.equal(finding?.state, 'failed', JSON.stringify(found))
      assert.equal(code, 1)
      assert.match(finding?.message ?? '', message)
      assert.match(finding?.fix ?? '', fix)
    } finally {
      await mend()
      await w.zoom('PATCH', '/apps/sim-s2s', { scope_family: 'granular', scopes: granular?.scopes })
    }
  })

test('once an event comes that is signed rightly, the doctor is content', async () => {
  await w.zoom('POST', '/meetings', { host: 'ada@school.example' })
  await w.settled()
  assert.equal((await findings()).of(': events')?.state, 'ok')
})

test('a plan without reports, dashboards and webinars costs features, not the exit code', async () => {
  await w.zoom('PATCH', '/settings', { plan: 'free' })
  try {
    const { code, of } = await findings({}, ['--again'])
    assert.equal(code, 0)
    for (const [thing, words] of [
      ['reports', /plan of the Zoom account does not have this/],
      ['dashboards', /role .*or the plan/],
      ['webinars', /None of \d+ hosts with a licence may hold webinars/],
    ] as const) {
      assert.equal(of(`plan, ${thing}`)?.state, 'warning')
      assert.match(of(`plan, ${thing}`)?.message ?? '', words)
      assert.match(of(`plan, ${thing}`)?.fix ?? '', /^If .* wanted/)
    }
  } finally {
    await w.zoom('PATCH', '/settings', { plan: 'business' })
  }
})

test('with --test each app is tried with a meeting, step by step, and a step that fails is exit code 1', async () => {
  const steps = ['make', 'change', 'join page', 'remove', 'hear made', 'hear changed', 'hear removed']
  const tested = async () => {
    const { code, found } = await findings({}, ['--test'])
    const marked = 'zoom app Simulator: test, '
    const told = found.filter(({ check }) => check.startsWith(marked))
    return { code, told: told.map(({ check, ...rest }) => ({ step: check.slice(marked.length), ...rest })) }
  }
  const well = await tested()
  assert.deepEqual(well.told.map(({ step }) => step).toSorted(), steps.toSorted(), JSON.stringify(well.told))
  assert.deepEqual([well.code, new Set(well.told.map(({ state }) => state))], [0, new Set(['ok'])])
  const last = await w.api<{ trial: { state: string } }>('GET', `/zoom_apps/${w.zoom_app_id}/last_trial`)
  assert.equal(last.body.trial.state, 'passed', 'the console has it, too')

  await w.zoom('POST', '/faults', {
    match: { method: 'POST', path: '/v2/users/{userId}/meetings' },
    action: { status: 400, body: { code: 4711, message: 'Invalid access token, does not contain scopes.' } },
    times: 1,
  })
  const { code, out } = await doctor(['--workspace', 'School', '--test'], { LOG_LEVEL: 'error' })
  assert.equal(code, 1)
  assert.match(out, /✘ test, make: .*\n {8}→ See what Zoom says above, and the app’s scopes/)
})

test('an app that is off is not tried, and that is said', async () => {
  await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { state: 'off' })
  const { code, of } = await findings({}, ['--test'])
  await w.api('PATCH', `/zoom_apps/${w.zoom_app_id}`, { state: 'on' })
  assert.deepEqual([code, of('Simulator: test')?.state], [0, 'warning'])
})

const day = 86_400_000

/** https://greenroom.example, by a proxy that leads there; behind its certificate stands the hub, or something else. */
async function address(t: TestContext, days: number, { ours = true } = {}): Promise<Record<string, string>> {
  const { key, cert } = selfSigned('greenroom.example', Date.now() - 60 * day, Date.now() + days * day)
  const front = createTlsServer({ key, cert }, (request, response) => {
    if (!ours) return void response.end('<h1>Welcome to nginx!</h1>')
    void fetch(`${w.hubUrl}${request.url}`).then(async (answer) => response.end(await answer.text()))
  }).listen(0, '127.0.0.1')
  const proxy = createServer()
    .on('connect', (request, socket) => {
      assert.equal(request.url, 'greenroom.example:443')
      const onward = connect((front.address() as AddressInfo).port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
      socket.on('error', () => onward.destroy())
      onward.on('error', () => socket.destroy())
    })
    .listen(0, '127.0.0.1')
  await Promise.all([once(front, 'listening'), once(proxy, 'listening')])
  t.after(() => {
    front.close()
    proxy.close()
  })
  const authority = join(w.env['GREENROOM_DATA'] ?? '', `authority-${days}.pem`)
  await writeFile(authority, cert)
  return {
    PUBLIC_URL: 'https://greenroom.example',
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    NO_PROXY: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: authority,
  }
}

const addresses: [string, number, { ours?: boolean }, number, string, RegExp][] = [
  ['with a certificate for months', 200, {}, 0, 'ok', /valid certificate until \d{4}-\d\d-\d\d and leads here/],
  ['whose certificate ends in ten days', 10, {}, 0, 'warning', /only, for (9|10) more days/],
  ['whose certificate ended yesterday', -1, {}, 1, 'failed', /expired/],
  ['where something else stands', 200, { ours: false }, 1, 'failed', /something else stands there/],
]
for (const [what, days, how, code, state, message] of addresses)
  test(`an https address ${what} is exit code ${code}`, async (t) => {
    const looked = await findings(await address(t, days, how))
    const finding = looked.of('public address')
    assert.match(finding?.message ?? '', message)
    assert.deepEqual([looked.code, finding?.state], [code, state === 'failed' ? finding?.state : state])
  })

test('an address whose name nobody knows is exit code 1 until Zoom has been there', async () => {
  await db.updateTable('zoom_app').set({ last_event_at: null }).where('id', '=', w.zoom_app_id).execute()
  const { code, of } = await findings({ PUBLIC_URL: 'https://greenroom.invalid' })
  assert.equal(of('public address')?.state, 'failed')
  assert.match(of('public address')?.message ?? '', /has a name that is not known/)
  assert.match(of('public address')?.fix ?? '', /DNS/)
  assert.equal(code, 1)
})

test('no secret is in anything that it said', async () => {
  const key = (await readFile(join(w.env['GREENROOM_DATA'] ?? '', 'encryption-key'), 'utf8')).trim()
  const { calls } = await w.zoom<{ calls: unknown[] }>('GET', '/calls')
  const { access_tokens = [] } = await w.zoom<{ access_tokens?: { access_token: string }[] }>('GET', '/tokens')
  assert.ok(calls.length > 0 && said.length > 20 && access_tokens.length > 0)
  const secrets = [
    'sim-s2s-secret',
    'sim-s2s-webhook',
    'changed-at-zoom',
    key,
    ...access_tokens.map(({ access_token }) => access_token),
  ]
  const all = said.join('\n')
  for (const secret of secrets) assert.ok(secret.length > 8 && !all.includes(secret), secret.slice(0, 8))
})

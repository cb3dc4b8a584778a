import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../world.ts'
import { cluster, type Member } from './cluster.ts'

const linkOf = async ({ printed }: Member): Promise<string> => {
  const link = (): string | undefined => /^Sign in once +(\S+)$/.exec(printed.at(-1) ?? '')?.[1]
  await until(async () => link() !== undefined, 'the link to sign in')
  return link() ?? ''
}

/** Where a server believes that people reach it. */
const publicUrl = ({ url }: Member): string => url.replace('127.0.0.1', 'localhost')

const visit = (url: string, cookie = ''): Promise<Response> =>
  fetch(url, { redirect: 'manual', headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) } })

test('who signed in at one server is known at the other, until they sign out at either', async (t) => {
  const both = await cluster(t)
  const [one, other] = await Promise.all([both.server(), both.server()])
  const signedIn = await visit(await linkOf(one))
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const me = ({ url }: Member) => visit(`${url}/api/v1/me`, cookie).then(({ status }) => status)
  assert.deepEqual([await me(one), await me(other)], [200, 200])

  const out = await fetch(`${other.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie, origin: publicUrl(other), 'content-type': 'application/json' },
    body: '{}',
  })
  assert.equal(out.status, 200)
  assert.deepEqual([await me(one), await me(other)], [401, 401])
})

test('a link to sign in that was used at one server is used up at the other', async (t) => {
  const both = await cluster(t)
  const [one, other] = await Promise.all([both.server(), both.server()])
  const link = await linkOf(one)
  const atOther = link.replace(publicUrl(one), other.url)
  assert.equal(new URL(atOther).origin, other.url)
  const [first, second] = [await visit(link), await visit(atOther)]
  assert.ok(first.headers.getSetCookie().length > 0)
  assert.match(second.headers.get('location') ?? '', /error=INVALID_TOKEN/)
})

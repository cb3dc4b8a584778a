import assert from 'node:assert/strict'
import type { World } from './world.ts'

/** Somebody else works at Zoom: asks its API as the account's own app, past the hub. */
export async function atZoom(w: World, method: string, path: string, body?: object): Promise<Response> {
  const grant = await fetch(`${w.simulatorUrl}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'account_credentials', account_id: 'sim-account' }),
    headers: { authorization: `Basic ${btoa('sim-s2s:sim-s2s-secret')}` },
  })
  const { access_token } = (await grant.json()) as { access_token: string }
  const answer = await fetch(`${w.simulatorUrl}/v2${path}`, {
    method,
    headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`Zoom answered ${answer.status} to ${method} ${path}: ${await answer.text()}`)
  return answer
}

/** The user says yes on the page to which `location` leads, as Zoom's consent page answers; it tells where Zoom sends the browser. */
export async function sayYes(w: World, location: string, user: string): Promise<string> {
  const asked = new URL(location).searchParams
  const names = ['client_id', 'redirect_uri', 'state', 'code_challenge']
  const query = Object.fromEntries(names.map((name) => [name, asked.get(name)]))
  return (await w.zoom<{ location: string }>('POST', '/consent', { ...query, user })).location
}

/** A consent from the console's button to the way back, in one browser; answers the connection as the list has it. */
export async function consented<Connection extends object>(
  w: World,
  zoom_app_id: string,
  user: string,
): Promise<Connection> {
  const begun = await w.api<{ location: string }>('POST', `/zoom_apps/${zoom_app_id}/consent`)
  const cookie = begun.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const back = await fetch(await sayYes(w, begun.body.location, user), { headers: { cookie }, redirect: 'manual' })
  assert.equal(back.status, 200)
  type Listed = { zoom_user_email: string | null; zoom_app_id: string }
  const { items } = (await w.api<{ items: (Connection & Listed)[] }>('GET', '/connections')).body
  const found = items.find((each) => each.zoom_user_email === user && each.zoom_app_id === zoom_app_id)
  assert.ok(found, `no connection of ${user}`)
  return found
}

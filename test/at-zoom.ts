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

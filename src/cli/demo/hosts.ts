import type { Hub } from '#hub/hub.ts'
import { caller, type Call } from '#cli/call.ts'
import { openBrowser } from '#cli/tour/browser.ts'
import type { Stage } from './demo.ts'

/** The hosts of the Demo, by the name of their integration; the names are what people read in the console. */
export const demoPlaces = {
  lti: 'School LMS',
  mattermost: 'School chat',
  site: 'School web site',
} as const

/**
 * Connects the stand-in hosts as an administrator would, by the API and in a browser. Those of an earlier start are gone with
 * their simulator, so their places go, too; the web site needs nothing of its host and stays.
 */
export async function connectHosts(hub: Hub, key: string, simulator: Call, stage: Stage): Promise<void> {
  const network = hub.outgoing([stage.hubUrl, stage.simulatorUrl, hub.publicUrl])
  const api = caller(network, stage.hubUrl, { authorization: `Bearer ${key}` })
  const { items } = await api<{ items: { id: string; name: string; integration: string }[] }>(
    'GET',
    '/api/v1/places?limit=200',
  )
  const stale = items.filter(({ name }) => name === demoPlaces.lti || name === demoPlaces.mattermost)
  for (const { id } of stale) await api('DELETE', `/api/v1/places/${id}`)
  if (!items.some(({ name }) => name === demoPlaces.site))
    await api('POST', '/api/v1/site/places', { name: demoPlaces.site })
  const apps = await api<{ items: { id: string; client_id: string; oauth_base: string }[] }>(
    'GET',
    '/api/v1/zoom_apps?limit=200',
  )
  await api('POST', '/api/v1/mattermost/servers', {
    zoom_app_id: apps.items.find((app) => app.client_id === 'sim-s2s' && app.oauth_base === stage.simulatorUrl)?.id,
    name: demoPlaces.mattermost,
    url: `${stage.simulatorUrl}/hosts/mattermost`,
    bot_token: 'mm-token-greenroom',
    level: 'account',
    trust_emails: true,
  })
  await connectLms(api, simulator, network)
}

/** The LMS administrator pastes the registration address, says yes to what we ask for, and activates the tool. */
async function connectLms(api: Call, simulator: Call, network: typeof fetch): Promise<void> {
  const lms = '/hosts/lms/_'
  const { registration_url: url } = await api<{ registration_url: string }>('POST', '/api/v1/lti/platforms', {
    name: demoPlaces.lti,
  })
  const { location } = await simulator<{ location: string }>('POST', `${lms}/register`, { url })
  const browser = openBrowser(network)
  await browser.submit(await browser.visit(location))
  const { tools } = await simulator<{ tools: { type_id: string }[] }>('GET', `${lms}/state`)
  for (const { type_id: tool } of tools) await simulator('POST', `${lms}/activate`, { tool })
}

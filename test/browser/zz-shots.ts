import { startSimulator } from '#simulator/simulator.ts'
import { openChromium } from './chromium.ts'
const sim = await startSimulator({ port: 0 })
const b = await openChromium('http://nowhere.invalid', sim.url)
for (const colorScheme of ['light', 'dark'] as const) {
  const p = await (await b.newContext({ colorScheme, viewport: { width: 900, height: 700 } })).newPage()
  const q = new URLSearchParams({ response_type: 'code', client_id: 'sim-user-app', redirect_uri: sim.url + '/cb', state: 'x' })
  await p.goto(`${sim.url}/oauth/authorize?${q}`)
  await p.screenshot({ path: `/tmp/sim-shots/consent-${colorScheme}.png` })
  await p.goto(`${sim.url}/oauth/authorize?client_id=x`)
  await p.screenshot({ path: `/tmp/sim-shots/error-${colorScheme}.png` })
}
await b.close(); await sim.close()

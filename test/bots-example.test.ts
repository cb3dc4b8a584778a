import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { ada, plannedMeeting } from './bots-world.ts'
import { until, world } from './world.ts'

const w = await world({ after }, { connected: false })

test('the example app does what its README says, from registration to the end of the meeting', async (t) => {
  const { id, join_url } = await plannedMeeting(w, ada)
  await w.zoom('POST', `/meetings/${id}/start`)
  const app = spawn(process.execPath, ['examples/meeting-bot/app.ts', join_url], {
    env: {
      GREENROOM_URL: w.hubUrl,
      GREENROOM_KEY: await w.key('admin'),
      ZOOM_OAUTH_BASE: w.simulatorUrl,
      PORT: String(await freePort()),
    },
  })
  t.after(() => void app.kill())
  let said = ''
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const says = (words: RegExp) =>
    until(
      async () => words.test(said),
      () => `${words} in: ${said}`,
    )

  await says(/Please open \S+\n/)
  const asked = new URL(/Please open (\S+)/.exec(said)?.[1] ?? '')
  assert.equal(asked.origin, w.simulatorUrl)
  const { client_id, redirect_uri, state } = Object.fromEntries(asked.searchParams)
  const stranger = await fetch(`${redirect_uri}?code=stolen&state=guessed`)
  assert.equal(stranger.status, 400)
  const { location } = await w.zoom<{ location: string }>('POST', '/consent', {
    client_id,
    redirect_uri,
    state,
    user: ada,
  })
  assert.match(await (await fetch(location)).text(), /Thank you/)

  await says(/Connected: zoc_\w+ is Zoom user simAda/)
  await says(/recording_permission_granted/)
  await w.zoom('POST', `/meetings/${id}/end`)
  await says(/The bot is over: ended\. It joined by local_recording\./)
  if (app.exitCode === null) await once(app, 'exit')
  assert.equal(app.exitCode, 0)
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

// A process that renews the token of one connection and stops for good at the point that it is told; whoever started it kills it there.
// CONNECTION_ID, ZOOM_APP_ID and POINT name what to do; it prints the point when it is reached.
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import type { Hub } from '#hub/hub.ts'
import { accessToken } from '#hub/tokens.ts'
import { openHub } from '#server.ts'
import { zoomAppById } from '#store/zoom-apps.ts'

const { CONNECTION_ID = '', ZOOM_APP_ID = '', POINT = '' } = process.env

/** Says that a point is reached, and if it is the one, never goes on. */
async function reach(point: string): Promise<void> {
  if (point !== POINT) return
  console.log(`reached ${point}`)
  await new Promise(() => setInterval(() => {}, 60_000))
}

const stopping = ({ outgoing, ...rest }: Hub): Hub => ({
  ...rest,
  outgoing: (origins) => {
    const network = outgoing(origins)
    return async (input, init) => {
      await reach('before sending')
      const answering = network(input, init)
      await reach('after sending')
      const answer = await answering
      const text = await answer.text()
      await reach('after the answer')
      return new Response(text, answer)
    }
  },
})

await using open = await openHub(readConfig(process.env), createLog({ level: 'error' }), { serve: false })
const app = await zoomAppById(open.hub.db, ZOOM_APP_ID)
if (!app) throw new Error(`there is no app ${ZOOM_APP_ID}`)
await accessToken(stopping(open.hub), app, CONNECTION_ID, undefined)
await reach('after the commit')

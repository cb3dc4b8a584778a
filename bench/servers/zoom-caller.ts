// One integration in a process of its own that wants so many light calls of Zoom a second, through the hub's places or, as `alone`,
// sleeping on the 429s that it gets itself. Prints what came of it.
// Arguments: connection, integration, calls a second, seconds, hub|alone. It begins at SIGUSR2.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '#core/log.ts'
import { readConfig } from '#config.ts'
import { zoomClient } from '#hub/zoom-client.ts'
import { openHub } from '#server.ts'
import { getUser } from '#zoom/users.ts'

const [connection_id = '', integration = '', wants = '', seconds = '', how = 'hub'] = process.argv.slice(2)
const { hub } = await openHub(readConfig(process.env), createLog({ level: 'error' }), { serve: false })
const client = await zoomClient({ ...hub, errand: { integration, waiting: 'job' } }, connection_id)
const counts = { answered: 0, refused: 0, failed: 0, wanted: 0 }
const host = 'ada@school.example'

await client.accessToken()
const told = once(process, 'SIGUSR2')
console.log('ready')
await told
const begin = Date.now()
const end = begin + Number(seconds) * 1000
let quietUntil = 0
/** Calls of one process that are under way without the hub: a client's pool of connections, as large as what it wants in half a second. */
const pool = Number(wants) / 2
let underWay = 0

for (const step = 50; Date.now() < end; await sleep(step)) {
  const due = ((Date.now() - begin) / 1000) * Number(wants)
  const failed = (): void => void (Date.now() < end && counts.failed++)
  for (; counts.wanted < due; counts.wanted++) {
    if (how === 'hub') throughHub().catch(failed)
    else if (underWay < pool) {
      underWay++
      alone()
        .catch(failed)
        .finally(() => underWay--)
    }
  }
}
console.log(JSON.stringify(counts))
process.exit()

async function throughHub(): Promise<void> {
  await getUser({ ...client, onCall: countRefusal }, host)
  if (Date.now() < end) counts.answered++
}

function countRefusal(...told: Parameters<NonNullable<typeof client.onCall>>): void | Promise<void> {
  if (told[0].status === 429) counts.refused++
  return client.onCall?.(...told)
}

/** As most clients do: on a 429 the process is quiet for a second. */
async function alone(): Promise<void> {
  const { access_token } = await client.accessToken()
  while (Date.now() < end) {
    if (quietUntil > Date.now()) await sleep(quietUntil - Date.now())
    const answer = await fetch(`${client.api_base}/v2/users/${host}`, {
      headers: { authorization: `Bearer ${access_token.reveal()}` },
    })
    await answer.arrayBuffer()
    if (answer.status === 200) return void (Date.now() < end && counts.answered++)
    counts.refused++
    quietUntil = Date.now() + 1000
  }
}

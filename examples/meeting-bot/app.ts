// An app that sends a bot to its user's meeting: everything it needs of Greenroom, from the first request to the end of the meeting.
// README.md says how to run it.
import { argv, env, exit } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { askForConsent } from './consent.ts'
import { greenroom, type Bot } from './greenroom.ts'

const {
  GREENROOM_URL = 'http://localhost:8080',
  GREENROOM_KEY = '',
  ZOOM_OAUTH_BASE = 'http://localhost:8081',
  ZOOM_API_BASE = ZOOM_OAUTH_BASE,
  ZOOM_CLIENT_ID = 'sim-user-app',
  ZOOM_CLIENT_SECRET = 'sim-user-secret',
  ZOOM_WEBHOOK_SECRET = 'sim-user-app-webhook',
  PORT = '3000',
} = env
const [, , meeting_url] = argv
if (!meeting_url || !GREENROOM_KEY) {
  console.error('usage: GREENROOM_KEY=gr_… node examples/meeting-bot/app.ts https://us02web.zoom.us/j/…')
  exit(2)
}
const ask = greenroom(GREENROOM_URL, GREENROOM_KEY)

const zoom_oauth_app_id = await registered()
const user = await askForConsent(ZOOM_OAUTH_BASE, ZOOM_CLIENT_ID, Number(PORT))
console.log(`Please open ${user.url}`)

const connection = await ask<{ id: string; user_id: string }>('POST', '/zoom_oauth_connections', {
  zoom_oauth_app_id,
  authorization_code: await user.code,
  redirect_uri: user.redirect_uri,
  // Our own name for this customer: they can never have two connections.
  deduplication_key: 'customer-1',
})
console.log(`Connected: ${connection.id} is Zoom user ${connection.user_id}`)

const { id } = await ask<Bot>('POST', '/bots', {
  meeting_url,
  bot_name: 'Note taker',
  zoom_oauth_connection_id: connection.id,
})
await watch(id)

/** An app is registered once; later its id is found in the list. */
async function registered(): Promise<string> {
  const known = await ask<{ results: { id: string; client_id: string }[] }>('GET', '/zoom_oauth_apps')
  const found = known.results.find(({ client_id }) => client_id === ZOOM_CLIENT_ID)
  if (found) return found.id
  const made = await ask<{ zoom_oauth_app_id: string }>('POST', '/zoom_oauth_apps', {
    client_id: ZOOM_CLIENT_ID,
    client_secret: ZOOM_CLIENT_SECRET,
    webhook_secret: ZOOM_WEBHOOK_SECRET,
    oauth_base: ZOOM_OAUTH_BASE,
    api_base: ZOOM_API_BASE,
  })
  return made.zoom_oauth_app_id
}

/** Prints what happens to the bot, until nothing can happen to it any more. */
async function watch(bot_id: string): Promise<void> {
  for (let told = 0; ; await sleep(1000)) {
    const { state, events, zoom_join_mode, zoom_join_mode_reason } = await ask<Bot>('GET', `/bots/${bot_id}`)
    for (const { type, sub_type, created_at } of events.slice(told))
      console.log(`${created_at} ${type}${sub_type ? ` (${sub_type})` : ''}`)
    told = events.length
    if (state !== 'ended' && state !== 'fatal_error') continue
    console.log(`The bot is over: ${state}. It joined by ${zoom_join_mode}. ${zoom_join_mode_reason ?? ''}`.trim())
    return
  }
}

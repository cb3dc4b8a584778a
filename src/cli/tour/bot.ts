import { caller, type Call } from '#cli/call.ts'
import { waitFor, type Stage } from './stage.ts'

interface Bot {
  id: string
  state: string
  zoom_join_mode: string | null
  events: { type: string }[]
}

const redirect_uri = 'http://localhost:3000/zoom/callback'

/** The developer's side speaks the words of the guide: docs/bots.md. */
const guide = ({ show }: Stage): Call => caller(show.network, show.hubUrl, { authorization: `Token ${show.key}` })

/** A developer's app is registered, and one of its users consents to it at Zoom. */
export async function connectDeveloper(stage: Stage): Promise<{ connection_id: string }> {
  const ask = guide(stage)
  const { results } = await ask<{ results: { zoom_oauth_app_id: string; client_id: string }[] }>(
    'GET',
    '/api/v1/zoom_oauth_apps',
  )
  const known = results.find(({ client_id }) => client_id === 'sim-user-app')
  const { zoom_oauth_app_id } =
    known ??
    (await ask<{ zoom_oauth_app_id: string }>('POST', '/api/v1/zoom_oauth_apps', {
      client_id: 'sim-user-app',
      client_secret: 'sim-user-secret',
      webhook_secret: 'sim-user-app-webhook',
      oauth_base: stage.show.simulatorUrl,
      api_base: stage.show.simulatorUrl,
    }))
  const { location } = await stage.zoom<{ location: string }>('POST', '/_/consent', {
    client_id: 'sim-user-app',
    redirect_uri,
    user: 'ada@school.example',
  })
  const { id } = await ask<{ id: string }>('POST', '/api/v1/zoom_oauth_connections', {
    zoom_oauth_app_id,
    authorization_code: new URL(location).searchParams.get('code'),
    redirect_uri,
    deduplication_key: 'ada',
  })
  return { connection_id: id }
}

/** Sends a bot by nothing but the meeting's link, and waits until it records. */
export async function sendBot(stage: Stage, meeting_url: string): Promise<Bot> {
  const { id } = await guide(stage)<Bot>('POST', '/api/v1/bots', { meeting_url, bot_name: 'Note taker' })
  return botAt(stage, id, 'joined_recording')
}

export const botAt = (stage: Stage, id: string, state: string): Promise<Bot> =>
  waitFor(`the bot to be ${state}`, async () => {
    const bot = await guide(stage)<Bot>('GET', `/api/v1/bots/${id}`)
    if (bot.state === 'fatal_error') throw new Error(`The bot failed: ${JSON.stringify(bot.events)}`)
    return bot.state === state ? bot : undefined
  })

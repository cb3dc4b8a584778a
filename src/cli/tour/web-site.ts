import { caller } from '#cli/call.ts'
import { openBrowser, textOf } from './browser.ts'
import type { Stage } from './stage.ts'

/** Puts the meeting on the web site: a page, and a card for whoever pastes its address. */
export async function putOnSite(stage: Stage, meeting_id: string): Promise<{ url: string }> {
  const { url } = await stage.api<{ url: string }>('POST', `/api/v1/meetings/${meeting_id}/placements`, {
    place_id: stage.places.site,
    target: {},
  })
  return { url }
}

/** A guest comes to the page and joins in the browser: the Door, the room, the signature, the Meeting SDK. */
export async function joinFromSite({ show }: Stage, url: string, name: string): Promise<void> {
  const browser = openBrowser(show.network)
  const door = await browser.submit(await browser.visit(url), { name }, '/join')
  const room = await browser.visit(`${door.url}/room`)
  const settings = /<script[^>]* id="settings"[^>]*>([\s\S]*?)<\/script>/.exec(room.html)?.[1]
  if (!settings) throw new Error(`The room did not open: ${textOf(room.html).slice(0, 300)}`)
  const { page_token, signature } = JSON.parse(settings) as { page_token: string; signature: string }
  const { origin } = new URL(room.url)
  const headers = { origin, cookie: browser.cookies(room.url) }
  const signed = await caller(show.network, origin, headers)<object>('POST', signature, { page_token, name })
  await caller(show.network, show.simulatorUrl)('POST', '/sdk/join', signed)
}

/** What the page says of the state of the meeting. */
export async function pageState({ show }: Stage, url: string): Promise<string> {
  const { html } = await openBrowser(show.network).visit(url)
  const badge = textOf(/<span class="badge[^>]*>[\s\S]*?<\/span>/.exec(html)?.[0] ?? '')
  const saying = textOf(/<p id="saying"[^>]*>[\s\S]*?<\/p>/.exec(html)?.[0] ?? '')
  return [badge, saying].filter(Boolean).join(' · ')
}

import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'

// The same words for what never was, is not shown any more, or is somebody else's: they are not told apart.
export const noPage = (hub: Hub): Reply =>
  said(hub, 404, 'There is no such page', 'Perhaps the address is not complete, or the meeting is not shown any more.')

export const tooSoon = (hub: Hub, why: string): Reply =>
  said(hub, 409, 'Not now', `${why}. Go back and look when it opens.`)

export const tooMany = (hub: Hub): Reply =>
  said(hub, 429, 'One moment, please', 'Many people from your network are joining at once. Try again in a minute.')

const said = (hub: Hub, status: number, title: string, words: string): Reply =>
  page({
    hub,
    title,
    status,
    frame: 'any',
    head: '<meta name="robots" content="noindex" />',
    body: html`<section class="card">
      <h1>${title}</h1>
      <p class="lead">${words}</p>
    </section>`,
  })

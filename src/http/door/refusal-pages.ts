import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'

/** Unknown, over and taken back look the same. */
export const badTicket = (hub: Hub): Reply =>
  said(
    hub,
    404,
    'This link is not good any more',
    'Ask for a new one where you found it: the course, the channel or the page.',
  )

export const closed = (hub: Hub, why: string): Reply => said(hub, 409, 'Not now', `${why}.`)

const said = (hub: Hub, status: number, title: string, words: string): Reply =>
  page({
    hub,
    title,
    status,
    head: '<meta name="robots" content="noindex" />',
    body: html`<section class="card">
      <h1>${title}</h1>
      <p class="lead">${words}</p>
    </section>`,
  })

import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'
import { addressesOf } from './addresses.ts'
import type { Shown } from './shown.ts'
import { dayIn, offsetIn, spanIn, zoneAt } from '#hub/page/when.ts'
import { badge, mayJoin } from './words.ts'

/**
 * `/embed/m/{slug}`: the card in other people's pages. WordPress shows it in a sandbox of an opaque origin, so there are no cookies,
 * forms, windows or storage in it; whatever it offers is a link to the page, which the frame's owner follows for it.
 */
export const card = (hub: Hub, shown: Shown): Reply => framed(hub, shown.topic, shown.version, one(hub, shown), [shown])

/** `/embed/g/{list}`. */
export const cards = (hub: Hub, title: string, items: readonly Shown[]): Reply =>
  framed(
    hub,
    title,
    '',
    items.length === 0
      ? html`<p class="quiet">Nothing is planned.</p>`
      : items.map((shown) => one(hub, shown)).join(''),
    items,
  )

const framed = (hub: Hub, title: string, version: string, body: string, items: readonly Shown[]): Reply =>
  page({
    hub,
    title,
    frame: 'any',
    // For frames in pages that are isolated from others.
    headers: { 'cross-origin-resource-policy': 'cross-origin' },
    style,
    script,
    head: '<meta name="robots" content="noindex" />',
    body: html`<div
      id="cards"
      class="stack"
      data-version="${version}"
      data-state="${items.length === 1 && items[0] ? addressesOf(hub, items[0].slug).state : ''}"
    >
      !${body}
    </div>`,
  })

function one(hub: Hub, shown: Shown): string {
  const { page: address } = addressesOf(hub, shown.slug)
  return html`<article class="card">
    !${badge(shown.phase)}
    <h1><a href="${address}" target="_top">${shown.topic}</a></h1>
    !${time(shown)}
    <p class="row actions">
      <a class="button ${mayJoin(shown.phase) ? 'primary' : ''}" href="${address}" target="_top"
        >${calls[shown.phase.phase]}<span class="hidden">: ${shown.topic}</span></a
      >
    </p>
  </article>`
}

const calls = {
  planned: 'Details and calendar',
  open: 'Join',
  live: 'Join',
  ended: 'Details',
  cancelled: 'Details',
} as const satisfies Record<Shown['phase']['phase'], string>

function time({ phase: { phase, start, end }, timezone }: Shown): string {
  if (!start || !end) return ''
  const words = html`<time datetime="${start}">${dayIn(timezone, start)}, ${spanIn(timezone, start, end)}</time>`
  return html`<p>
    !${phase === 'cancelled' ? `<s>${words}</s>` : words}<br />
    <span class="quiet">${zoneAt(timezone, start)}</span>
    <span class="quiet" data-start="${start}" data-offset="${offsetIn(timezone, start)}"></span>
  </p>`
}

const script = readFileSync(new URL('browser/card.js', import.meta.url), 'utf8')
const style = readFileSync(new URL('browser/card.css', import.meta.url), 'utf8')

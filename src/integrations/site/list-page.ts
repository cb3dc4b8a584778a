import { html } from 'ghtml'
import { brandOf } from '#hub/brand.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { basePath, page } from '#hub/page/page.ts'
import { discovery } from './oembed.ts'
import type { Shown } from './shown.ts'
import type { ListRow } from './tables.ts'
import { dayIn, spanIn, zoneAt } from '#hub/page/when.ts'
import { badge } from './words.ts'

/** `/g/{list}`: what comes, then what was. */
export async function listPage(
  hub: Hub,
  { slug, title, workspace_id }: ListRow,
  items: readonly Shown[],
): Promise<Reply> {
  const over = items.filter(isOver)
  const coming = items.filter((shown) => !isOver(shown))
  return page({
    hub,
    brand: await brandOf(hub, workspace_id),
    title,
    head: html`!${discovery(hub, `${hub.publicUrl}/g/${slug}`, title)} <meta property="og:title" content="${title}" />`,
    style,
    body: html`<div class="stack">
      <h1>${title}</h1>
      !${coming.length === 0 ? html`<p class="card quiet">Nothing is planned at the moment.</p>` : listing(hub, coming)}
      !${
        coming.length === 0
          ? ''
          : html`<p class="quiet">
              <a href="${basePath(hub)}/g/${slug}/calendar.ics">All of these as a calendar (.ics)</a>
            </p>`
      }
      !${
        over.length === 0
          ? ''
          : html`<details>
              <summary>Past and cancelled (${over.length})</summary>
              !${listing(hub, over)}
            </details>`
      }
    </div>`,
  })
}

const isOver = ({ phase: { phase } }: Shown): boolean => phase === 'ended' || phase === 'cancelled'

const listing = (hub: Hub, items: readonly Shown[]): string =>
  html`<ul class="listing">
    !${items.map((shown) => item(hub, shown)).join('')}
  </ul>`

const item = (hub: Hub, { slug, topic, phase, timezone }: Shown): string =>
  html`<li class="card">
    <div>
      <h2><a href="${basePath(hub)}/m/${slug}">${topic}</a></h2>
      !${
        phase.start && phase.end
          ? html`<p class="quiet">
              <time datetime="${phase.start}"
                >${dayIn(timezone, phase.start)}, ${spanIn(timezone, phase.start, phase.end)}</time
              >
              · ${zoneAt(timezone, phase.start)}
            </p>`
          : ''
      }
    </div>
    !${badge(phase)}
  </li>`

const style = `
.listing { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none }
.listing li { position: relative; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 6px 16px }
.listing li:hover { border-color: var(--line-strong) }
.listing a { color: inherit; text-decoration: none }
.listing a::after { position: absolute; inset: 0; content: '' }
.listing p { margin: 2px 0 0 }
summary { color: var(--accent); cursor: pointer }
details[open] summary { margin-bottom: 10px }
`

import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import type { Brand } from '#hub/brand.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { basePath, page } from '#hub/page/page.ts'
import type { Occurrence } from '#hub/resources.ts'
import { addressesOf } from './addresses.ts'
import { calendarLinks } from './calendar.ts'
import { discovery } from './oembed.ts'
import type { Shown } from './shown.ts'
import { clockIn, dayIn, lasting, offsetIn, spanIn, zoneAt } from '#hub/page/when.ts'
import { badge, mayJoin, saying } from './words.ts'

/** `/m/{slug}`. Everything on it is there without scripts; the script runs the clock and looks whether something has changed. */
export const meetingPage = (hub: Hub, shown: Shown, now: number, brand: Brand | undefined): Reply =>
  page({
    hub,
    brand,
    title: shown.topic,
    head: html`!${discovery(hub, addressesOf(hub, shown.slug).page, shown.topic)}
      <meta property="og:title" content="${shown.topic}" />
      <meta property="og:description" content="${saying(shown, now)}" />
      !${shown.listed ? '' : '<meta name="robots" content="noindex" />'}
      <noscript><meta http-equiv="refresh" content="60" /></noscript>`,
    style,
    script,
    body: html`<article
      id="meeting"
      class="stack"
      data-version="${shown.version}"
      data-state="${basePath(hub)}/m/${shown.slug}/state"
      data-start="${shown.phase.start ?? ''}"
      data-opens="${shown.phase.opens_at ?? ''}"
      data-end="${shown.phase.end ?? ''}"
    >
      <header>
        !${badge(shown.phase)}
        <h1>${shown.topic}</h1>
      </header>
      <section class="card stack" aria-label="When and how">
        !${shown.phase.phase === 'planned' ? countdown : ''}
        <p id="saying" class="saying" aria-live="polite">${saying(shown, now)}</p>
        !${facts(shown)} !${joining(hub, shown)}
      </section>
      !${
        shown.agenda
          ? html`<section class="card">
              <h2>About</h2>
              <p class="agenda">${shown.agenda}</p>
            </section>`
          : ''
      }
      !${shown.series ? dates(shown) : ''} !${calendars(hub, shown)}
    </article>`,
  })

/** Filled by the script; without one the sentence below it tells the same. */
const countdown = html`<div id="countdown" class="countdown" aria-hidden="true" hidden>
  !${['days', 'hours', 'minutes', 'seconds']
    .map((unit) => html`<div><b data-unit="${unit}">0</b><span>${unit}</span></div>`)
    .join('')}
</div>`

function facts({ phase: { phase, start, end }, timezone, duration }: Shown): string {
  if (!start || !end) return phase === 'ended' ? '' : html`<p class="quiet">Without a fixed time.</p>`
  const long = lasting(duration ?? (Date.parse(end) - Date.parse(start)) / 60_000)
  const struck = phase === 'cancelled' ? 'struck' : ''
  return html`<dl class="facts">
    <div>
      <dt>When</dt>
      <dd class="${struck}">
        <time datetime="${start}">${dayIn(timezone, start)}<br />${spanIn(timezone, start, end)}</time> · ${long}<br />
        <span class="quiet">${zoneAt(timezone, start)}</span>
      </dd>
    </div>
    <div id="yours" hidden>
      <dt>In your time</dt>
      <dd class="${struck}" data-start="${start}" data-end="${end}" data-offset="${offsetIn(timezone, start)}"></dd>
    </div>
  </dl>`
}

function joining(hub: Hub, shown: Shown): string {
  if (shown.phase.phase === 'ended' || shown.phase.phase === 'cancelled') return ''
  const closed = mayJoin(shown.phase) ? '' : 'disabled'
  return html`<form method="post" action="${basePath(hub)}/m/${shown.slug}/join" class="stack">
    <div class="row actions">
      <button class="button primary big" name="in" value="browser" ${closed}>Join in the browser</button>
      <button class="button big" name="in" value="app" ${closed}>Join in the Zoom app</button>
    </div>
    !${shown.notes.map((note) => html`<p class="quiet">${note}</p>`).join('')}
  </form>`
}

/** So many dates are shown at once; the rest is one click away. */
const atOnce = 20

function dates({ runs, timezone }: Shown): string {
  if (runs.length === 0) return ''
  const rest = runs.slice(atOnce)
  return html`<section class="card">
    <h2>All dates</h2>
    <ol class="dates">
      !${runs
        .slice(0, atOnce)
        .map((run) => date(run, timezone))
        .join('')}
    </ol>
    !${
      rest.length === 0
        ? ''
        : html`<details>
            <summary>${rest.length} more</summary>
            <ol class="dates">
              !${rest.map((run) => date(run, timezone)).join('')}
            </ol>
          </details>`
    }
  </section>`
}

const date = ({ start_time, status }: Occurrence, timezone: string): string =>
  status === 'deleted'
    ? html`<li>
        <s>${dayIn(timezone, start_time)}, ${clockIn(timezone, start_time)}</s> <span class="badge bad">Cancelled</span>
      </li>`
    : html`<li>
        <time datetime="${start_time}">${dayIn(timezone, start_time)}, ${clockIn(timezone, start_time)}</time>
      </li>`

function calendars(hub: Hub, shown: Shown): string {
  if (shown.phase.phase === 'ended' || shown.phase.phase === 'cancelled') return ''
  const links = calendarLinks(hub, shown)
  if (links.length === 0) return ''
  return html`<nav class="row calendars" aria-label="Add to a calendar">
    <span class="quiet">Add to calendar:</span>
    !${links.map(({ name, href }) => html`<a href="${href}" rel="noopener noreferrer">${name}</a>`).join('')}
  </nav>`
}

const script = readFileSync(new URL('browser/meeting.js', import.meta.url), 'utf8')
const style = readFileSync(new URL('browser/meeting.css', import.meta.url), 'utf8')

import { readFileSync } from 'node:fs'
import { html } from 'ghtml'
import { brandOf } from '#hub/brand.ts'
import { mayComeIn, type AtTheDoor } from '#hub/door/door.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { basePath, page } from '#hub/page/page.ts'
import { away, clockIn, dayIn, offsetIn, spanIn, zoneAt, zoneName } from '#hub/page/when.ts'

/** `/j/{ticket}`: which meeting, who you are, whether you may come in; if not why and when, else how. */
export const doorPage = async (hub: Hub, ticket: string, at: AtTheDoor): Promise<Reply> =>
  page({
    hub,
    brand: await brandOf(hub, at.pass.workspace_id),
    title: at.meeting.topic,
    // The app's button is answered with a redirect into Zoom.
    formsTo: URL.canParse(at.meeting.join_url ?? '') ? [new URL(at.meeting.join_url ?? '').origin] : [],
    head: html`<meta name="robots" content="noindex" />!${
        isWaiting(at) ? '<noscript><meta http-equiv="refresh" content="30" /></noscript>' : ''
      }`,
    style,
    script,
    body: html`<section
      id="door"
      class="card stack"
      data-waiting="${isWaiting(at) ? 'yes' : ''}"
      data-wait="${String(Date.parse(at.phase.opens_at ?? '') - hub.runtime.now())}"
    >
      <div class="stack tight">
        !${badge(at)}
        <h1>${at.meeting.topic}</h1>
        !${when(at)}
      </div>
      <p>!${whoYouAre(at)}</p>
      !${mayComeIn(at) ? waysIn(`${basePath(hub)}/j/${ticket}`, at) : refusal(hub, at)}
    </section>`,
  })

const isWaiting = (at: AtTheDoor): boolean => !mayComeIn(at) && at.phase.phase === 'planned'

const badges = {
  planned: ['', 'Not open yet'],
  open: ['good', 'Doors open'],
  live: ['live', 'Live now'],
  ended: ['', 'Ended'],
  cancelled: ['bad', 'Cancelled'],
} as const satisfies Record<AtTheDoor['phase']['phase'], readonly [tone: string, words: string]>

function badge({ phase: { phase } }: AtTheDoor): string {
  const [tone, words] = badges[phase]
  return html`<span class="badge ${tone}">${words}</span>`
}

function when({ phase: { start, end }, meeting }: AtTheDoor): string {
  if (!start || !end) return ''
  const zone = meeting.timezone || 'UTC'
  return html`<p class="lead">
    <time datetime="${start}">${dayIn(zone, start)}, ${spanIn(zone, start, end)}</time> ${zoneAt(zone, start)}<span
      id="yours"
      data-start="${start}"
      data-offset="${offsetIn(zone, start)}"
    ></span>
  </p>`
}

function whoYouAre({ pass: { role, name } }: AtTheDoor): string {
  if (role === 'guest') return name ? html`You come in as <b>${name}</b>, a guest.` : 'You come in as a guest.'
  return html`You come in as <b>${name ?? 'yourself'}</b>${role === 'host' ? ', the host' : ''}.`
}

function waysIn(door: string, { pass, browser }: AtTheDoor): string {
  const name =
    pass.role === 'guest'
      ? html`<p class="field">
          <label for="name">Your name</label>
          <input id="name" name="name" value="${pass.name ?? ''}" autocomplete="name" maxlength="64" />
          <small id="name-help">The others in the meeting see it.</small>
        </p>`
      : ''
  return html`<form method="post" action="${door}/app">
    !${name}
    <div class="row actions">
      <button class="button primary big">Open in the Zoom app</button>
      !${
        browser.ready
          ? html`<button id="browser" class="button big" formmethod="get" formaction="${door}/room">
              Join in the browser
            </button>`
          : ''
      }
    </div>
    !${browser.ready ? '' : html`<p class="quiet">${browser.why}</p>`}
  </form>`
}

/** Why not, and when. */
function refusal(hub: Hub, { phase: { phase, opens_at }, meeting }: AtTheDoor): string {
  if (phase === 'cancelled') return html`<div class="note bad">This meeting was called off.</div>`
  if (phase === 'ended' || !opens_at) return html`<div class="note">This meeting is over.</div>`
  const zone = meeting.timezone || 'UTC'
  return html`<div class="note" role="status">
    <b>The doors open in ${away(Date.parse(opens_at) - hub.runtime.now())}</b>, on ${dayIn(zone, opens_at)} at
    ${clockIn(zone, opens_at)} ${zoneName(zone)}. Leave this page open: it lets you in by itself.
  </div>`
}

const style = `
.tight { gap: 6px; justify-items: start }
.tight p { margin: 0 }
h1 { font-size: clamp(1.375rem, 1.2rem + 1.5vw, 1.875rem) }
.row.actions + .quiet { margin-top: 10px }
`
const script = readFileSync(new URL('door.js', import.meta.url), 'utf8')

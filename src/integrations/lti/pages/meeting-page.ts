import { html } from 'ghtml'
import type { Brand } from '#hub/brand.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import type { MeetingPhase } from '#hub/meeting-state.ts'
import { page } from '#hub/page/page.ts'
import { clockIn, dayIn, spanIn, zoneName } from '#hub/page/when.ts'
import type { Meeting, Recording } from '#hub/resources.ts'
import type { Report } from '#integrations/lti/grades/report.ts'
import { attendanceSections } from './attendance-sections.ts'

/** What the course shows of a meeting. */
export interface MeetingPage {
  meeting: Meeting
  phase: MeetingPhase
  /** A link to the Door for this very person; undefined when there is nothing to join any more. */
  join_url: string | undefined
  isHost: boolean
  recordings: readonly Recording[]
  /** For teachers; learners see their own grade alone. */
  report: Report | undefined
  /** By LMS user: what the LMS was told, and what it refused. */
  sent: ReadonlyMap<string, { score: number; refused: string | null }>
  points: number | null
  own: { share: number } | undefined
  brand: Brand | undefined
}

export const meetingPage = (hub: Hub, shown: MeetingPage): Reply =>
  page({
    hub,
    brand: shown.brand,
    title: shown.meeting.topic,
    frame: 'any',
    wide: shown.report !== undefined,
    style: '[data-yours] dd { white-space: pre-line; }',
    script: script(shown.phase),
    body: html`<div class="stack">
      <section class="card stack">
        <div class="row">
          <h1>${shown.meeting.topic}</h1>
          <span class="end">!${badges[shown.phase.phase]}</span>
        </div>
        !${times(shown)} !${door(shown)} !${ownGrade(shown)}
      </section>
      !${shown.report ? attendanceSections(shown.report, shown) : ''} !${recordings(shown)}
    </div>`,
  })

const badges: Record<MeetingPhase['phase'], string> = {
  planned: '<span class="badge">Planned</span>',
  open: '<span class="badge good">Open</span>',
  live: '<span class="badge live">Live now</span>',
  ended: '<span class="badge">Ended</span>',
  cancelled: '<span class="badge bad">Called off</span>',
}

/** The organiser's time is written here; the viewer's follows in the browser, where it is another one. */
function times({ meeting, phase }: MeetingPage): string {
  const zone = meeting.timezone || 'UTC'
  if (!phase.start || !phase.end) return '<p class="lead">No fixed time</p>'
  const label = meeting.recurrence && phase.phase === 'planned' ? 'Next meeting' : 'When'
  return html`<dl class="facts">
    <div>
      <dt>${label}</dt>
      <dd>
        <time datetime="${phase.start}">${dayIn(zone, phase.start)}</time><br />${spanIn(zone, phase.start, phase.end)}
        <span class="quiet">${zoneName(zone)}</span>
      </dd>
    </div>
    <div data-yours data-start="${phase.start}" data-end="${phase.end}" data-zone="${zone}" hidden>
      <dt>Your time</dt>
      <dd></dd>
    </div>
  </dl>`
}

function door({ join_url, phase, meeting, isHost }: MeetingPage): string {
  if (phase.phase === 'cancelled') return '<p class="note bad">This meeting was called off.</p>'
  if (join_url === undefined) return '<p class="note">This meeting is over.</p>'
  const link = (words: string): string =>
    html`<div class="row actions">
      <a class="button primary big" href="${join_url}" target="_blank" rel="noopener">${words}</a>
    </div>`
  if (isHost) return link(phase.phase === 'live' ? 'Join as host' : 'Start the meeting')
  if (phase.phase !== 'planned') return link('Join the meeting')
  const opens = phase.opens_at ?? ''
  const zone = meeting.timezone || 'UTC'
  return html`<p class="note">
    You can join from <time datetime="${opens}" data-clock>${clockIn(zone, opens)}</time> on: 15 minutes before it
    begins.
  </p>`
}

const ownGrade = ({ own, points }: MeetingPage): string =>
  own && points !== null
    ? html`<p>
        Your attendance so far: <strong>${Math.round(own.share * 100)} %</strong>, ${round(own.share * points)} of
        ${points} points
      </p>`
    : ''

const round = (number: number): number => Math.round(number * 100) / 100

function recordings({ recordings: files, meeting }: MeetingPage): string {
  const zone = meeting.timezone || 'UTC'
  const shown = files.filter(({ play_url }) => play_url)
  if (shown.length === 0) return ''
  return html`<section class="card">
    <header><h2>Recordings</h2></header>
    <table class="table">
      <thead>
        <tr>
          <th>Recorded</th>
          <th>What</th>
          <th>Passcode</th>
        </tr>
      </thead>
      <tbody>
        !${shown.map(
          ({ play_url, recording_start, recording_type, file_type, passcode }) =>
            html`<tr>
              <td data-label="Recorded">
                ${recording_start ? `${dayIn(zone, recording_start)}, ${clockIn(zone, recording_start)}` : ''}
              </td>
              <td data-label="What">
                <a href="${play_url}" target="_blank" rel="noopener"
                  >${(recording_type ?? file_type ?? 'recording').replaceAll('_', ' ').toLowerCase()}</a
                >
              </td>
              <td data-label="Passcode">${passcode ?? ''}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`
}

/** The viewer's own time, where it differs; and the page again when the doors open. */
const script = ({ opens_at }: MeetingPhase): string => `
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const yours = document.querySelector('[data-yours]')
  if (yours && own !== yours.dataset.zone) {
    const day = { weekday: 'long', day: 'numeric', month: 'long' }, clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
    const [start, end] = [new Date(yours.dataset.start), new Date(yours.dataset.end)]
    yours.querySelector('dd').textContent = start.toLocaleDateString('en-GB', day) + '\\n' + start.toLocaleTimeString('en-GB', clock) + '–' + end.toLocaleTimeString('en-GB', clock)
    yours.hidden = false
    for (const time of document.querySelectorAll('[data-clock]')) time.textContent = new Date(time.dateTime).toLocaleTimeString('en-GB', clock)
  }
  const wait = ${opens_at ? Date.parse(opens_at) : 0} - Date.now()
  if (wait > 0 && wait < 86400000) setTimeout(() => location.reload(), wait + 1000)
`

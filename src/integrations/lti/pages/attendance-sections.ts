import { html } from 'ghtml'
import type { Session } from '#hub/resources.ts'
import { clockIn, dayIn } from '#hub/page/when.ts'
import type { Attended, Report, SessionReport } from '#integrations/lti/grades/report.ts'
import type { MeetingPage } from './meeting-page.ts'

type Shown = Pick<MeetingPage, 'meeting' | 'points' | 'sent'>

/** The attendance of each session, the newest first: for teachers. */
export const attendanceSections = ({ sessions }: Report, shown: Shown): string =>
  sessions.map((each) => section(each, shown)).join('')

function section({ session, counted, people }: SessionReport, shown: Shown): string {
  const zone = shown.meeting.timezone || 'UTC'
  const from = session.started_at ? `${dayIn(zone, session.started_at)}, ${clockIn(zone, session.started_at)}` : ''
  const known = people.filter(({ member }) => member)
  const others = people.filter(({ member }) => !member)
  return html`<section class="card">
    <header class="row">
      <h2>Attendance</h2>
      <span class="quiet">${from}${session.ended_at ? `–${clockIn(zone, session.ended_at)}` : ''}</span>
      <span class="end"
        >!${session.state === 'started' ? '<span class="badge live">Live now</span>' : source(session.source)}</span
      >
    </header>
    <div class="stack">
      !${counted.length > 0 ? '' : '<p class="note warn">This is outside of the planned time and counts for nobody’s grade.</p>'}
      !${known.length > 0 ? table(known, shown) : '<p class="quiet">Nobody of the course so far.</p>'}
      !${
        others.length > 0
          ? html`<h3>Not matched to anybody in the course</h3>
              <p class="quiet">
                They came without their link from the course and were not signed in to Zoom with an address of the
                course. A name proves nothing, so they are not graded.
              </p>
              !${table(others, shown, 'Would be')}`
          : ''
      }
    </div>
  </section>`
}

const source = (of: Session['source']): string =>
  `<span class="badge${of === 'events' ? '' : ' good'}">${told[of]}</span>`

const told = {
  report: 'Confirmed by Zoom’s report',
  dashboard: 'Confirmed by Zoom’s dashboard',
  past_participants: 'Confirmed by Zoom’s list of participants',
  events: 'As seen while it ran',
} satisfies Record<Session['source'], string>

const table = (people: readonly Attended[], { points, sent }: Shown, heading = 'Points'): string =>
  html`<table class="table">
    <thead>
      <tr>
        <th>Name</th>
        <th>Minutes</th>
        <th>Attended</th>
        !${points === null ? '' : html`<th>${heading} of ${points}</th>`}
      </tr>
    </thead>
    <tbody>
      !${people.map(
        (person) =>
          html`<tr>
            <td data-label="Name">
              <span
                >${person.name} !${person.still ? '<span class="badge live">there now</span>' : ''}
                !${person.member?.role === 'teacher' ? '<span class="quiet">teacher</span>' : ''}</span
              >
            </td>
            <td data-label="Minutes">${minutes(person)}</td>
            <td data-label="Attended">${Math.round(person.share * 100)} %</td>
            !${points === null ? '' : html`<td data-label="${heading}"><span>!${pointsOf(person, points, sent)}</span></td>`}
          </tr>`,
      )}
    </tbody>
  </table>`

const minutes = ({ spans }: Attended): number =>
  Math.round(spans.reduce((sum, { from, to }) => sum + (to - from), 0) / 60_000)

/** What this session is worth, and whether the LMS has a grade of this person. */
function pointsOf({ member, share }: Attended, points: number, sent: Shown['sent']): string {
  if (member?.role === 'teacher') return '–'
  const worth = Math.round(share * points * 100) / 100
  const told = member && sent.get(member.user_id)
  if (told?.refused) return html`${worth} <span class="badge bad" title="${told.refused}">refused by the LMS</span>`
  return html`${worth} !${told ? '<span class="badge good">in the gradebook</span>' : ''}`
}

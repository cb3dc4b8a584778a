import { html } from 'ghtml'
import type { Incoming, Reply } from '#simulator/http.ts'
import { beginLaunch, loginRequest } from './launch.ts'
import { autoPost, header, htmlPage } from './layout.ts'
import { registrationAddress, toolsOfDomain } from './registration.ts'
import { fieldsOf, sessionOf, signIn, type Session } from './session.ts'
import { course, fullName, userOf, users, type Lms, type Tool } from './state.ts'

type PageHandler = (lms: Lms, incoming: Incoming, session: Session) => Reply | Promise<Reply>

/** What people see; everybody must be signed in. By method and path below the prefix. */
export const pages: Record<string, PageHandler> = {
  'GET /': (lms, _incoming, { user }) => {
    const tools = [...lms.tools.values()].filter((tool) => tool.state === 'configured' && tool.deep_linking_uri)
    return htmlPage(
      course.title,
      html`!${header(fullName(user), '/hosts/lms')}
        <main>
          <h1>${course.title}</h1>
          !${[...lms.activities.values()].map(
            ({ cmid, title }) =>
              html`<p class="card">
                <a href="/hosts/lms/activity?id=${cmid}">${title}</a> <span class="soft">external tool</span>
              </p>`,
          )}
          !${lms.activities.size === 0 ? '<p class="soft">There is nothing in this course yet.</p>' : ''}
          !${
            user.role === 'Instructor'
              ? tools.map(
                  ({ type_id, name }) =>
                    html`<a class="button main" href="/hosts/lms/choose?type_id=${type_id}">Add: ${name}</a> `,
                )
              : ''
          }
        </main>`,
    )
  },

  'GET /activity': (lms, { query }, { user }) => {
    const activity = lms.activities.get(query.get('id') ?? '')
    const tool = activity && lms.tools.get(activity.type_id)
    if (!activity || !tool) return htmlPage('Error', '<main><h1>There is no such activity</h1></main>', 404)
    return htmlPage(
      activity.title,
      html`!${header(fullName(user), '')}
        <main>
          <h1>${activity.title}</h1>
          !${frame(tool, `/hosts/lms/launch?id=${activity.cmid}`)}
        </main>`,
    )
  },

  'GET /choose': (lms, { query }, { user }) => {
    const tool = lms.tools.get(query.get('type_id') ?? '')
    if (user.role !== 'Instructor' || !tool) return htmlPage('Error', '<main><h1>You may not do this</h1></main>', 403)
    return htmlPage(
      'Select content',
      html`!${header(fullName(user), '')}
        <main>
          <h1>Select content</h1>
          !${frame(tool, `/hosts/lms/launch?type_id=${tool.type_id}`)}
        </main>`,
    )
  },

  'GET /launch': (lms, { query }, { user }) => {
    const [cmid, type_id] = [query.get('id'), query.get('type_id')]
    if (cmid === null && user.role !== 'Instructor')
      return htmlPage('Error', '<main><h1>You may not do this</h1></main>', 403)
    const launch = beginLaunch(lms, user, cmid === null ? { type_id: type_id ?? '' } : { cmid })
    if (!launch) return htmlPage('Error', '<main><h1>This tool is not available</h1></main>', 404)
    const { action, fields } = loginRequest(lms, launch)
    return autoPost(action, Object.entries(fields))
  },

  'GET /gradebook': (lms, _incoming, { user }) => {
    const items = [...lms.line_items.values()]
    const shown = users.filter((each) => each.role === 'Learner' && (user.role !== 'Learner' || each.id === user.id))
    return htmlPage(
      'Grades',
      html`!${header(fullName(user), '/hosts/lms/gradebook')}
        <main>
          <h1>Grades</h1>
          <div class="card">
            <table>
              <thead>
                <tr>
                  <th>Learner</th>
                  !${items.map(({ label, scoreMaximum }) => html`<th>${label} (of ${scoreMaximum})</th>`)}
                </tr>
              </thead>
              <tbody>
                !${shown.map(
                  (learner) =>
                    html`<tr>
                      <td>${fullName(learner)}</td>
                      !${items.map(({ grades }) => {
                        const { score, comment } = grades.get(learner.id) ?? { score: undefined, comment: '' }
                        return html`<td title="${comment}">${score === undefined ? '–' : score.toFixed(2)}</td>`
                      })}
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>
        </main>`,
    )
  },

  'GET /tools': (lms, _incoming, { user, sesskey }) =>
    htmlPage(
      'Tools',
      html`!${header(fullName(user), '/hosts/lms/tools')}
        <main>
          <h1>Manage tools</h1>
          <form class="card" action="/hosts/lms/tools/register">
            <label>Tool URL <input name="url" type="url" required placeholder="https://…" /></label>
            <button class="main">Add LTI Advantage</button>
          </form>
          !${[...lms.tools.values()].map((tool) => toolCard(tool, sesskey))}
        </main>`,
    ),

  'GET /tools/register': async (lms, { query }, { user }) => {
    const url = query.get('url') ?? ''
    if (user.role !== 'Administrator')
      return htmlPage('Error', '<main><h1>Only an administrator may do this</h1></main>', 403)
    if (!URL.canParse(url)) return htmlPage('Error', '<main><h1>This is no URL</h1></main>', 400)
    const known = toolsOfDomain(lms, url)
    const type = query.get('type')
    if (known.length > 0 && type === null) return askWhich(known, url, fullName(user))
    const address = await registrationAddress(lms, url, type || undefined)
    return htmlPage(
      'Register a tool',
      html`!${header(fullName(user), '/hosts/lms/tools')}
        <main>
          <h1>Register a tool</h1>
          <div class="card frame"><iframe src="${address}" title="Registration"></iframe></div>
        </main>
        <script>
          addEventListener('message', ({ data }) => {
            if (data.subject === 'org.imsglobal.lti.close') location = '/hosts/lms/tools'
          })
        </script>`,
    )
  },

  'POST /tools/activate': (lms, incoming, { user, sesskey }) => {
    const fields = fieldsOf(incoming)
    const tool = lms.tools.get(fields.get('type_id') ?? '')
    if (user.role !== 'Administrator' || fields.get('sesskey') !== sesskey || !tool)
      return htmlPage('Error', '<main><h1>You may not do this</h1></main>', 403)
    tool.state = 'configured'
    return { status: 303, headers: { location: '/hosts/lms/tools' } }
  },
}

/** Other sites get the camera and the microphone only where the page says so. */
const frame = (tool: Tool, src: string): string => {
  const { origin } = new URL(tool.target_link_uri)
  const allow = ['microphone', 'camera', 'geolocation', 'midi', 'encrypted-media', 'autoplay']
    .map((feature) => `${feature} ${origin}`)
    .join('; ')
  return html`<div class="card frame">
    <iframe id="contentframe" src="${src}" title="${tool.name}" allow="${allow}" allowfullscreen></iframe>
  </div>`
}

const toolCard = ({ type_id, name, description, state, domain }: Tool, sesskey: string): string =>
  html`<div class="card">
    <strong>${name}</strong> <span class="soft">${domain} · deployment ${type_id} · ${state}</span>
    <p>${description}</p>
    !${
      state === 'pending'
        ? html`<form method="post" action="/hosts/lms/tools/activate">
            <input type="hidden" name="type_id" value="${type_id}" />
            <input type="hidden" name="sesskey" value="${sesskey}" />
            <button class="main">Activate</button>
          </form>`
        : ''
    }
  </div>`

const askWhich = (known: Tool[], url: string, user: string): Reply =>
  htmlPage(
    'Update or new?',
    html`!${header(user, '/hosts/lms/tools')}
      <main>
        <h1>A tool of this domain is registered already</h1>
        <form class="card" action="/hosts/lms/tools/register">
          <input type="hidden" name="url" value="${url}" />
          !${known.map(({ type_id, name }) => html`<button name="type" value="${type_id}">Update ${name} (${type_id})</button>`)}
          <button name="type" value="">Register as a new external tool</button>
        </form>
      </main>`,
  )

/** Choosing who one is: this LMS has no passwords. */
export function loginPage(lms: Lms, incoming: Incoming): Reply {
  const fields = fieldsOf(incoming)
  const user = incoming.method === 'POST' ? userOf(fields.get('user') ?? '') : undefined
  if (user) return { status: 303, headers: { location: '/hosts/lms', 'set-cookie': signIn(lms, user) } }
  const current = sessionOf(lms, incoming)?.user.id
  return htmlPage(
    'Sign in',
    html`<main>
      <h1>School LMS</h1>
      <p class="soft">A stand-in for an LMS such as Moodle. Who are you?</p>
      <form class="card" method="post" action="/hosts/lms/login">
        <label
          >Person
          <select name="user">
            !${users.map(
              (each) =>
                html`<option value="${each.id}" !${each.id === current ? 'selected' : ''}>
                  ${fullName(each)}, ${each.role}
                </option>`,
            )}
          </select></label
        >
        <button class="main">Sign in</button>
      </form>
    </main>`,
  )
}

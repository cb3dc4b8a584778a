import type { Incoming, Reply } from '#simulator/http.ts'
import { beginLaunch, loginRequest } from './launch.ts'
import { registrationAddress } from './registration.ts'
import { signIn } from './session.ts'
import { fullName, nextId, userOf, users, type Lms } from './state.ts'

type ControlHandler = (lms: Lms, asked: Record<string, string | undefined>) => Reply | Promise<Reply>

/** The LMS is played by these, below `/hosts/lms/_`; bodies and answers are JSON. */
const control: Record<string, ControlHandler> = {
  'GET /state': (lms) => ({
    status: 200,
    body: {
      issuer: lms.issuer,
      users,
      tools: [...lms.tools.values()],
      activities: [...lms.activities.values()],
      bot_visits: lms.bot_visits,
    },
  }),

  'GET /grades': (lms) => ({
    status: 200,
    body: {
      grades: [...lms.line_items.values()].flatMap(({ id, label, scoreMaximum, grades }) =>
        [...grades].map(([user_id, { timestamp, ...grade }]) => ({
          line_item: id,
          label,
          scoreMaximum,
          user_id,
          user: users.filter((user) => user.id === user_id).map(fullName)[0],
          ...grade,
          timestamp: new Date(timestamp).toISOString(),
        })),
      ),
      line_items: [...lms.line_items.values()].map(({ grades, ...item }) => ({ ...item, graded: grades.size })),
    },
  }),

  /** A session of somebody: `{user}`, an id, a name or an e-mail. */
  'POST /sign-in': (lms, { user = '' }) => {
    const who = userOf(user)
    return who
      ? { status: 200, body: { cookie: signIn(lms, who).split(';')[0], user: who } }
      : refused(`there is no user ${user}`)
  },

  /** Begins a launch of `{user, activity}` or a choice of content `{user, tool}`: what the user's browser then posts to the tool. */
  'POST /launch': (lms, { user = '', activity, tool = '' }) => {
    const who = userOf(user)
    const launch = who && beginLaunch(lms, who, activity === undefined ? { type_id: tool } : { cmid: activity })
    if (!launch) return refused('there is no such user, or nothing that could be launched')
    return { status: 200, body: { ...loginRequest(lms, launch), cookie: signIn(lms, who).split(';')[0] } }
  },

  /** Where an administrator's browser goes to register the tool of `{url}`; with `{type}` to bring that one up to date. */
  'POST /register': async (lms, { url = '', type }) =>
    URL.canParse(url)
      ? { status: 200, body: { location: await registrationAddress(lms, url, type) } }
      : refused('url is no URL'),

  'POST /activate': (lms, { tool = '' }) => {
    const found = lms.tools.get(tool)
    if (!found) return refused(`there is no tool ${tool}`)
    found.state = 'configured'
    return { status: 200, body: found }
  },

  /** A teacher duplicates the activity of `{activity}`, parameters and all; with `{tool}` another tool opens the copy. */
  'POST /copy': (lms, { activity = '', tool }) => {
    const original = lms.activities.get(activity)
    if (!original) return refused(`there is no activity ${activity}`)
    const id = nextId(lms)
    const copy = { ...original, cmid: id, id, type_id: tool ?? original.type_id }
    lms.activities.set(id, copy)
    return { status: 200, body: copy }
  },

  /** A teacher deletes the column of `{line_item}` from the gradebook, with all that is in it. */
  'POST /delete-column': (lms, { line_item = '' }) =>
    lms.line_items.delete(line_item)
      ? { status: 200, body: { line_item } }
      : refused(`there is no line item ${line_item}`),

  /** The next `{times}` calls of the services are answered with `{status}`. */
  'POST /fault': (lms, { status = '503', times = '1' }) => {
    lms.fault = { status: Number(status), left: Number(times) }
    return { status: 200, body: lms.fault }
  },
}

const refused = (error: string): Reply => ({ status: 400, body: { error } })

export async function answerControl(lms: Lms, { method, path, body }: Incoming, prefix: string): Promise<Reply> {
  const handle = control[`${method} ${path.slice(`${prefix}/_`.length)}`]
  if (!handle) return { status: 404, body: { error: `there is nothing at ${method} ${path}` } }
  const asked: unknown = body.length > 0 ? JSON.parse(body.toString('utf8')) : {}
  const texts = Object.entries(asked as object).map(([name, value]) => [name, String(value)])
  return handle(lms, Object.fromEntries(texts))
}

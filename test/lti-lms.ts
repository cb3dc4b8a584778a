import assert from 'node:assert/strict'
import { Browser, type Shown } from './lti-browser.ts'
import type { World } from './world.ts'

export interface LmsState {
  tools: { type_id: string; client_id: string; state: string; scopes: string[] }[]
  activities: { cmid: string; title: string; custom: Record<string, string> }[]
  bot_visits: { status: number; ms: number }[]
}

export interface Grades {
  grades: { user: string; score: number; maximum: number; comment: string; timestamp: string }[]
  line_items: { id: string; label: string }[]
}

/** The stand-in LMS of a world, and its people's browsers. */
export interface Lms {
  url: string
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  state(): Promise<LmsState>
  grades(): Promise<Grades>
  /** Opens the tool or an activity in the browser of one of its people. */
  launch(user: string, what: { tool: string } | { activity: string }): Promise<Shown & { browser: Browser }>
  /** Registers and activates Greenroom; answers the type id. */
  connect(name: string): Promise<string>
  /** Plans a meeting as this teacher and saves it; answers the activity. */
  add(user: string, tool: string, plan: Record<string, string | string[]>): Promise<string>
}

export function lmsOf(w: World): Lms {
  const url = `${w.simulatorUrl}/hosts/lms`
  const control: Lms['control'] = async <T>(method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${url}/_${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
    const told = await answer.text()
    assert.equal(answer.status, 200, told)
    return JSON.parse(told) as T
  }
  const lms: Lms = {
    url,
    control,
    state: () => control('GET', '/state'),
    grades: () => control('GET', '/grades'),
    async launch(user, what) {
      const begun = await control<{ action: string; fields: Record<string, string>; cookie: string }>(
        'POST',
        '/launch',
        {
          user,
          ...what,
        },
      )
      const browser = new Browser()
      browser.setCookie(url, begun.cookie)
      return { ...(await browser.post(begun.action, begun.fields, url)), browser }
    },
    async connect(name) {
      const { body } = await w.api<{ registration_url: string }>('POST', '/lti/platforms', { name })
      const { location } = await control<{ location: string }>('POST', '/register', { url: body.registration_url })
      const browser = new Browser()
      const done = await browser.submit(await browser.open(location))
      assert.equal(done.status, 200, done.text)
      const tool = (await lms.state()).tools.at(-1)?.type_id ?? ''
      await control('POST', '/activate', { tool })
      return tool
    },
    async add(user, tool, plan) {
      const form = await lms.launch(user, { tool })
      const chosen = await form.browser.submit(form, plan)
      assert.match(chosen.text, /Save and return to course/)
      await form.browser.submit(chosen)
      return (await lms.state()).activities.at(-1)?.cmid ?? ''
    },
  }
  return lms
}

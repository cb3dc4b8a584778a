import { openBrowser, textOf, type Browser, type Page } from './browser.ts'
import type { Stage } from './stage.ts'

/** What the LMS shows to somebody, in a browser of their own. */
async function launch(
  { show, lms, lmsUrl }: Stage,
  user: string,
  what: { tool: string } | { activity: string },
): Promise<{ page: Page; browser: Browser }> {
  const begun = await lms<{ action: string; fields: Record<string, string>; cookie: string }>('POST', '/launch', {
    user,
    ...what,
  })
  const browser = openBrowser(show.network)
  browser.bring(lmsUrl, begun.cookie)
  return { browser, page: await browser.post(begun.action, begun.fields) }
}

/** The teacher adds the class to the course, for every week, graded by attendance. @param start the minute it begins, epoch ms */
export async function planInCourse(stage: Stage, topic: string, start: number): Promise<{ activity: string }> {
  const { tools } = await stage.lms<{ tools: { type_id: string }[] }>('GET', '/state')
  const { browser, page: form } = await launch(stage, 'ada', { tool: tools[0]?.type_id ?? '' })
  const chosen = await browser.submit(form, {
    title: topic,
    start: new Date(start).toISOString().slice(0, 16),
    timezone: 'UTC',
    duration: '45',
    weekly: 'on',
    ends: 'times',
    times: '10',
    graded: 'on',
    points: '100',
    policy: 'best',
  })
  const saved = await browser.submit(chosen)
  const { activities } = await stage.lms<{ activities: { cmid: string; title: string }[] }>('GET', '/state')
  const activity = activities.find(({ title }) => title === topic)
  if (!activity) throw new Error(`The LMS did not take the class: ${textOf(saved.html).slice(0, 300)}`)
  return { activity: activity.cmid }
}

/** The way in that the course shows to somebody. */
export async function wayIn(stage: Stage, user: string, activity: string): Promise<string> {
  const { page } = await launch(stage, user, { activity })
  const door = /href="([^"]*\/j\/[^"]+)"/.exec(page.html)?.[1]
  if (!door) throw new Error(`The course shows no way in: ${textOf(page.html).slice(0, 300)}`)
  return door
}

/** What the course's page says to somebody, without its tags. */
export const coursePage = async (stage: Stage, user: string, activity: string): Promise<string> =>
  textOf((await launch(stage, user, { activity })).page.html)

export interface Grade {
  user: string
  score: number
  maximum: number
  comment: string
}

export const grades = async ({ lms }: Stage): Promise<Grade[]> =>
  (await lms<{ grades: Grade[] }>('GET', '/grades')).grades

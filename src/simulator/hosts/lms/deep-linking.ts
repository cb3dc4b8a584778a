import { html } from 'ghtml'
import { z } from 'zod'
import type { Incoming, Reply } from '#simulator/http.ts'
import { botAgent, verifiedOfTool } from './keys.ts'
import { htmlPage } from './layout.ts'
import { fieldsOf, repost, sessionOf } from './session.ts'
import { course, nextId, type Activity, type ContentItem, type Lms, type Tool } from './state.ts'

const lti = 'https://purl.imsglobal.org/spec/lti/claim'

/** https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-response-message */
const response = z.object({
  nonce: z.string().min(1),
  [`${lti}/message_type`]: z.literal('LtiDeepLinkingResponse'),
  [`${lti}/version`]: z.literal('1.3.0'),
  [`${lti}/deployment_id`]: z.string(),
  'https://purl.imsglobal.org/spec/lti-dl/claim/content_items': z
    .array(
      z.object({
        type: z.literal('ltiResourceLink'),
        title: z.string().optional(),
        text: z.string().optional(),
        url: z.url().optional(),
        custom: z.record(z.string(), z.string()).optional(),
        lineItem: z
          .object({
            scoreMaximum: z.number().positive(),
            label: z.string().optional(),
            resourceId: z.string().optional(),
            tag: z.string().optional(),
          })
          .optional(),
      }),
    )
    .default([]),
})

/** The tool's answer to a choice of content: checked, and shown to the teacher, who saves it or not. */
export async function contentItemReturn(lms: Lms, incoming: Incoming): Promise<Reply> {
  const again = repost(lms, incoming)
  if (again) return again
  const fields = fieldsOf(incoming)
  const session = sessionOf(lms, incoming)
  const tool = lms.tools.get(fields.get('id') ?? '')
  if (session?.user.role !== 'Instructor' || fields.get('sesskey') !== session.sesskey)
    return problem(403, 'Your session is not the one in which the content was chosen')
  if (!tool || fields.get('course') !== course.id) return problem(400, 'No such course or tool')
  const items = await itemsOf(lms, tool, fields.get('JWT') ?? '').catch((error: Error) => error)
  if (items instanceof Error) return problem(400, `The tool’s answer was refused: ${items.message}`)
  lms.drafts.set(tool.type_id, items)
  return htmlPage('Chosen content', chosen(lms, tool, items, session.sesskey))
}

async function itemsOf(lms: Lms, tool: Tool, jwt: string): Promise<ContentItem[]> {
  const claims = response.parse(await verifiedOfTool(lms, tool, jwt, [lms.issuer]))
  if (claims[`${lti}/deployment_id`] !== tool.type_id) throw new Error('it is for another deployment')
  const once = `${tool.client_id} ${claims.nonce}`
  if (lms.seen.has(once)) throw new Error('it was used before')
  lms.seen.add(once)
  return claims['https://purl.imsglobal.org/spec/lti-dl/claim/content_items']
}

const problem = (status: number, text: string): Reply => htmlPage('Error', html`<main><h1>${text}</h1></main>`, status)

/** The form that the choice fills in; it is in the frame, so it leads the whole window back. */
const chosen = (lms: Lms, { type_id }: Tool, items: ContentItem[], sesskey: string): string =>
  html`<main>
    <h1>Chosen content</h1>
    !${items.map(
      ({ title, lineItem }) =>
        html`<p class="card">
          ${title ?? 'Untitled'}
          <span class="soft">${lineItem ? `graded, maximum ${lineItem.scoreMaximum}` : 'not graded'}</span>
        </p>`,
    )}
    <form method="post" action="${lms.issuer}/activities" target="_top">
      <input type="hidden" name="type_id" value="${type_id}" />
      <input type="hidden" name="sesskey" value="${sesskey}" />
      <button class="main">Save and return to course</button>
    </form>
  </main>`

/** The teacher saves what was chosen. The platform's robot then looks at the launch address, hoping for a cartridge. */
export async function saveActivities(lms: Lms, incoming: Incoming): Promise<Reply> {
  const fields = fieldsOf(incoming)
  const session = sessionOf(lms, incoming)
  if (session?.user.role !== 'Instructor' || fields.get('sesskey') !== session.sesskey)
    return problem(403, 'Only a teacher of the course may do this')
  const tool = lms.tools.get(fields.get('type_id') ?? '')
  const items = tool && lms.drafts.get(tool.type_id)
  if (!tool || !items) return problem(400, 'Nothing was chosen')
  lms.drafts.delete(tool.type_id)
  for (const item of items) await visit(lms, addActivity(lms, tool, item).url)
  return { status: 303, headers: { location: '/hosts/lms' } }
}

function addActivity(lms: Lms, tool: Tool, item: ContentItem): Activity {
  const id = nextId(lms)
  const activity: Activity = {
    cmid: id,
    id,
    type_id: tool.type_id,
    title: item.title ?? tool.name,
    description: item.text ?? '',
    url: item.url ?? tool.target_link_uri,
    custom: item.custom ?? {},
  }
  lms.activities.set(activity.cmid, activity)
  if (item.lineItem) {
    const line_item_id = nextId(lms)
    lms.line_items.set(line_item_id, {
      id: line_item_id,
      type_id: tool.type_id,
      label: item.lineItem.label ?? activity.title,
      scoreMaximum: item.lineItem.scoreMaximum,
      resourceId: item.lineItem.resourceId ?? '',
      tag: item.lineItem.tag ?? '',
      resourceLinkId: activity.id,
      grades: new Map(),
    })
  }
  return activity
}

async function visit(lms: Lms, url: string): Promise<void> {
  const began = Date.now()
  const answer = await fetch(url, { headers: { 'user-agent': botAgent(lms) }, redirect: 'manual' }).catch(
    () => undefined,
  )
  await answer?.body?.cancel()
  lms.bot_visits.push({ url, status: answer?.status ?? 0, ms: Date.now() - began })
}

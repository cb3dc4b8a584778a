import { z } from 'zod'
import type { Incoming, Reply } from '#simulator/http.ts'
import { lineItemUrl, scopes } from './claims.ts'
import { toolWith } from './token.ts'
import { nextId, userOf, type LineItem, type Lms, type Tool } from './state.ts'

const media = {
  items: 'application/vnd.ims.lis.v2.lineitemcontainer+json',
  item: 'application/vnd.ims.lis.v2.lineitem+json',
  score: 'application/vnd.ims.lis.v1.score+json',
  results: 'application/vnd.ims.lis.v2.resultcontainer+json',
}

// Assignment and Grade Services: https://www.imsglobal.org/spec/lti-ags/v2p0

const newItem = z.object({
  label: z.string().min(1),
  scoreMaximum: z.number().positive(),
  resourceId: z.string().default(''),
  tag: z.string().default(''),
  resourceLinkId: z.string().optional(),
})

/** The line items of the course that are the tool's own: listed, or one added. */
export function lineItems(lms: Lms, incoming: Incoming): Reply {
  const { method, query } = incoming
  const tool = toolOf(lms, incoming, method === 'GET' ? [scopes.lineitem, scopes.lineitem_readonly] : [scopes.lineitem])
  if (!tool) return { status: 401 }
  if (method === 'GET') {
    const wanted = (item: LineItem): boolean =>
      item.type_id === tool.type_id &&
      (query.get('resource_id') ?? item.resourceId) === item.resourceId &&
      (query.get('tag') ?? item.tag) === item.tag &&
      (query.get('resource_link_id') ?? item.resourceLinkId) === item.resourceLinkId
    const found = [...lms.line_items.values()].filter(wanted)
    return typed(
      200,
      media.items,
      found.map((item) => itemJson(lms, item)),
    )
  }
  if (method !== 'POST') return { status: 405 }
  if (incoming.headers['content-type'] !== media.item) return { status: 400 }
  const asked = newItem.safeParse(parsed(incoming.body))
  if (!asked.success) return { status: 400 }
  const { resourceLinkId } = asked.data
  if (resourceLinkId !== undefined && lms.activities.get(resourceLinkId)?.type_id !== tool.type_id)
    return { status: 403 }
  const item: LineItem = { ...asked.data, resourceLinkId, id: nextId(lms), type_id: tool.type_id, grades: new Map() }
  lms.line_items.set(item.id, item)
  return typed(201, media.item, itemJson(lms, item))
}

export function lineItem(lms: Lms, incoming: Incoming, id: string): Reply {
  const tool = toolOf(lms, incoming, [scopes.lineitem, scopes.lineitem_readonly])
  if (!tool) return { status: 401 }
  const item = itemOf(lms, tool, id)
  if (!item) return { status: 404 }
  return incoming.method === 'GET' ? typed(200, media.item, itemJson(lms, item)) : { status: 405 }
}

const score = z.object({
  userId: z.string(),
  timestamp: z.iso.datetime({ offset: true }),
  activityProgress: z.enum(['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']),
  gradingProgress: z.enum(['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady']),
  scoreGiven: z.number().min(0).optional(),
  scoreMaximum: z.number().positive().default(1),
  comment: z.string().default(''),
})

/** One learner's score. A time that is not later than the last one's is refused, to the second, as Moodle does. */
export function scores(lms: Lms, incoming: Incoming, id: string): Reply {
  const tool = toolOf(lms, incoming, [scopes.score])
  if (!tool) return { status: 401 }
  if (incoming.method !== 'POST') return { status: 405 }
  if (incoming.headers['content-type'] !== media.score) return { status: 400 }
  const item = itemOf(lms, tool, id)
  if (!item) return { status: 404 }
  const given = score.safeParse(parsed(incoming.body))
  if (!given.success || userOf(given.data.userId)?.role !== 'Learner') return { status: 400 }
  const { userId, timestamp, scoreGiven, scoreMaximum, ...rest } = given.data
  const at = Math.floor(Date.parse(timestamp) / 1000) * 1000
  const before = item.grades.get(userId)
  if (before && before.timestamp >= at) return { status: 409 }
  const isFinal = rest.gradingProgress === 'FullyGraded'
  item.grades.set(userId, {
    ...rest,
    score: isFinal && scoreGiven !== undefined ? (scoreGiven / scoreMaximum) * item.scoreMaximum : undefined,
    maximum: item.scoreMaximum,
    timestamp: at,
  })
  return typed(200, media.score, '')
}

export function results(lms: Lms, incoming: Incoming, id: string): Reply {
  const tool = toolOf(lms, incoming, [scopes.result])
  if (!tool) return { status: 401 }
  const item = itemOf(lms, tool, id)
  if (!item) return { status: 404 }
  const of = incoming.query.get('user_id')
  const found = [...item.grades].filter(([userId]) => of === null || of === userId)
  return typed(
    200,
    media.results,
    found.map(([userId, grade]) => ({
      id: `${lineItemUrl(lms, item.id, item.type_id, '/results')}&user_id=${userId}`,
      userId,
      resultScore: grade.score,
      resultMaximum: item.scoreMaximum,
      comment: grade.comment,
      scoreOf: lineItemUrl(lms, item.id, item.type_id),
      timestamp: new Date(grade.timestamp).toISOString(),
    })),
  )
}

/** The token's tool, when the address names it, too. */
function toolOf(lms: Lms, incoming: Incoming, allowed: readonly string[]): Tool | undefined {
  const tool = toolWith(lms, incoming, allowed)
  return tool && incoming.query.get('type_id') === tool.type_id ? tool : undefined
}

const itemOf = (lms: Lms, tool: Tool, id: string): LineItem | undefined => {
  const item = lms.line_items.get(id)
  return item?.type_id === tool.type_id ? item : undefined
}

const itemJson = (lms: Lms, { id, type_id, label, scoreMaximum, resourceId, tag, resourceLinkId }: LineItem) => ({
  id: lineItemUrl(lms, id, type_id),
  label,
  scoreMaximum,
  resourceId,
  tag,
  ...(resourceLinkId === undefined ? {} : { resourceLinkId, ltiLinkId: resourceLinkId }),
})

const typed = (status: number, type: string, body: unknown): Reply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8` },
  body,
})

const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { askPlatform } from '#integrations/lti/ask-platform.ts'
import { scope } from '#integrations/lti/claims.ts'
import type { Platform } from '#integrations/lti/platforms.ts'
import { accessToken } from './access-token.ts'

// Assignment and Grade Services: https://www.imsglobal.org/spec/lti-ags/v2p0

export interface NewLineItem {
  label: string
  scoreMaximum: number
  resourceId: string
  tag: string
  resourceLinkId: string
}

const lineItem = z.object({ id: z.url({ protocol: /^https?$/ }), resourceId: z.string().nullish() })

/** Our column in the gradebook: the one that is there for this resource link, else a new one. Answers its address. */
export async function findOrMakeLineItem(
  hub: Hub,
  platform: Platform,
  lineitems_url: string,
  wanted: NewLineItem,
): Promise<string> {
  const authorization = `Bearer ${await accessToken(hub, platform, scopes)}`
  const query = { resource_link_id: wanted.resourceLinkId, tag: wanted.tag }
  const found = await askPlatform(hub, platform, withQuery(lineitems_url, query), {
    headers: { authorization, accept: 'application/vnd.ims.lis.v2.lineitemcontainer+json' },
  })
  const [known] = z.array(lineItem).parse(await found.json())
  if (known) return known.id
  const made = await askPlatform(hub, platform, lineitems_url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/vnd.ims.lis.v2.lineitem+json' },
    body: JSON.stringify(wanted),
  })
  return lineItem.parse(await made.json()).id
}

export interface Score {
  userId: string
  scoreGiven: number
  scoreMaximum: number
  comment: string
  /** Later than that of the score before. */
  timestamp: Date
}

/** Tells the LMS one learner's score, as final. */
export async function postScore(hub: Hub, platform: Platform, lineitem_url: string, score: Score): Promise<void> {
  const answer = await askPlatform(hub, platform, withPath(lineitem_url, '/scores'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await accessToken(hub, platform, scopes)}`,
      'content-type': 'application/vnd.ims.lis.v1.score+json',
    },
    body: JSON.stringify({
      ...score,
      timestamp: score.timestamp.toISOString(),
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
    }),
  })
  await answer.body?.cancel()
}

/** What grading needs, asked for together so that one token serves it all. */
const scopes = [scope.lineitem, scope.score]

/** Moodle's addresses carry a query: what is added belongs to the path. */
export function withPath(address: string, more: string): string {
  const url = new URL(address)
  url.pathname = url.pathname.replace(/\/$/, '') + more
  return url.href
}

export function withQuery(address: string, query: Record<string, string>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

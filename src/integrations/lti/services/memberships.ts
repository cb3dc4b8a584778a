import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { askPlatform } from '#integrations/lti/ask-platform.ts'
import { scope } from '#integrations/lti/claims.ts'
import type { Member } from '#integrations/lti/people.ts'
import type { Platform } from '#integrations/lti/platforms.ts'
import { rosterRoleOf } from '#integrations/lti/roles.ts'
import { accessToken } from './access-token.ts'

const container = z.object({
  members: z.array(
    z.object({
      user_id: z.string(),
      roles: z.array(z.string()).default([]),
      status: z.string().optional(),
      name: z.string().nullish(),
      given_name: z.string().nullish(),
      family_name: z.string().nullish(),
      email: z.string().nullish(),
    }),
  ),
})

/** A course is not larger; a platform whose pages never end is. */
const mostPages = 500

/** Who is in a course now, page after page: https://www.imsglobal.org/spec/lti-nrps/v2p0 */
export async function* roster(hub: Hub, platform: Platform, context_memberships_url: string): AsyncGenerator<Member> {
  let url: string | undefined = context_memberships_url
  for (let page = 0; url !== undefined && page < mostPages; page++) {
    const answer: Response = await askPlatform(hub, platform, url, {
      headers: {
        authorization: `Bearer ${await accessToken(hub, platform, [scope.memberships])}`,
        accept: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
      },
    })
    for (const member of container.parse(await answer.json()).members)
      if ((member.status ?? 'Active') === 'Active')
        yield {
          user_id: member.user_id,
          name: member.name || [member.given_name, member.family_name].filter(Boolean).join(' '),
          email: member.email || undefined,
          role: rosterRoleOf(member.roles),
        }
    url = nextPage(answer.headers.get('link'), url)
  }
}

/** The next page of a `Link` header (RFC 8288), on the origin of this one: the token goes along. */
export function nextPage(header: string | null, base: string): string | undefined {
  for (const [, address = '', parameters = ''] of (header ?? '').matchAll(/<([^>]*)>([^,<]*)/g)) {
    if (!/;\s*rel="?next"?(?:\s*;|\s*$)/i.test(parameters) || !URL.canParse(address, base)) continue
    const next = new URL(address, base)
    if (next.origin === new URL(base).origin) return next.href
  }
  return undefined
}

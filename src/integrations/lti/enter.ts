import { ForbiddenError, NotFoundError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { addJobs } from '#hub/jobs/add.ts'
import { newSecret } from './browser.ts'
import { claim, type DeepLinkingRequest, type ResourceLinkRequest } from './claims.ts'
import { gradeJob } from './grades/send.ts'
import type { Launch } from './launch.ts'
import { openLink } from './links.ts'
import { keepMember, memberOf } from './people.ts'
import type { Platform } from './platforms.ts'
import { openSession, type FrameSession } from './sessions.ts'

/** After a launch that is believed: who came is kept, and a session is opened for the frame. Answers its token. */
export async function enter(hub: Hub, { platform, message, browser_hash }: Launch): Promise<string> {
  const member = memberOf(message)
  await keepMember(hub, platform, message[claim.context]?.id, member)
  const shown =
    claim.deep_linking_settings in message
      ? choiceOf(hub, message, member.role)
      : await linkOf(hub, platform, message, member.role)
  return openSession(hub, {
    place_id: platform.place_id,
    user_id: member.user_id,
    role: member.role,
    browser_hash,
    ...shown,
  })
}

type ShownIn = Pick<FrameSession, 'placement_id' | 'deep_linking'>

function choiceOf(hub: Hub, message: DeepLinkingRequest, role: FrameSession['role']): ShownIn {
  if (role !== 'teacher') throw new ForbiddenError('Only teachers add meetings to a course')
  const { deep_link_return_url, data } = message[claim.deep_linking_settings]
  return {
    placement_id: undefined,
    deep_linking: {
      ref: newSecret(hub.runtime),
      deployment_id: message[claim.deployment_id],
      deep_link_return_url,
      ...(data === undefined ? {} : { data }),
    },
  }
}

async function linkOf(
  hub: Hub,
  platform: Platform,
  message: ResourceLinkRequest,
  role: FrameSession['role'],
): Promise<ShownIn> {
  const opened = await openLink(hub, platform, message)
  if (!opened)
    throw new NotFoundError(
      role === 'teacher'
        ? 'No meeting belongs to this activity yet. Edit it and choose “Select content” to plan one.'
        : 'No meeting belongs to this activity yet. Your teacher can add one.',
    )
  // The class may have been held before anybody opened the activity: then its grades have waited for this.
  if (opened.isNew) await addJobs(hub.db, [gradeJob(opened.link.placement_id)])
  return { placement_id: opened.link.placement_id, deep_linking: undefined }
}

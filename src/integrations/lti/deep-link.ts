import { ConflictError, InputError } from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import { createMeeting } from '#hub/meetings/schedule.ts'
import { placeById } from '#hub/places.ts'
import type { Meeting } from '#hub/resources.ts'
import { hasVerifiedEmail, notVerified, zoomUserByEmail } from '#hub/zoom-users.ts'
import { claim } from './claims.ts'
import { attendanceTag } from './grades/send.ts'
import { signed } from './keys.ts'
import { contentParameter } from './links.ts'
import { userOf } from './people.ts'
import type { Platform } from './platforms.ts'
import type { Plan } from './schedule-form.ts'
import type { DeepLinking, FrameSession } from './sessions.ts'
import { tables } from './tables.ts'
import { toolUrls } from './tool.ts'

/**
 * Plans the teacher's meeting (one call to Zoom) and makes the message that puts it into the course. One choice of content is one
 * meeting: sent twice, it answers the same.
 * @throws InputError when the teacher cannot host at Zoom, or Zoom refuses; UnavailableError.
 */
export async function planInCourse(
  hub: Hub,
  platform: Platform,
  session: FrameSession,
  choice: DeepLinking,
  plan: Plan,
): Promise<{ deep_link_return_url: string; jwt: string }> {
  const made = await createForTeacher(hub, platform, session, choice, plan)
  await tables(hub.db)
    .insertInto('lti_content')
    .values({
      ref: choice.ref,
      place_id: platform.place_id,
      meeting_id: made.id,
      title: made.topic,
      points: plan.points,
      policy: plan.policy,
      created_at: new Date(hub.runtime.now()),
    })
    // Sent again with other points, the last word counts: it is what the LMS is told, too.
    .onConflict((conflict) => conflict.column('ref').doUpdateSet({ points: plan.points, policy: plan.policy }))
    .execute()
  const item = contentItem(hub, choice.ref, made, plan)
  return { deep_link_return_url: choice.deep_link_return_url, jwt: await response(hub, platform, choice, [item]) }
}

async function createForTeacher(
  hub: Hub,
  { place_id, workspace_id, issuer }: Platform,
  { user_id }: FrameSession,
  { ref }: DeepLinking,
  plan: Plan,
): Promise<Meeting> {
  const actor = { workspace_id, name: `lti:${place_id}:${user_id}` }
  const teacher = await userOf(hub, place_id, user_id)
  if (!teacher?.email)
    throw new InputError(
      `${new URL(issuer).host} does not tell Greenroom your e-mail address. Ask its administrator to share it with this tool.`,
    )
  const host = await zoomUserByEmail(hub, actor, teacher.email)
  if (!host)
    throw new InputError(
      `${teacher.email} is no user of your organisation’s Zoom account. Ask its Zoom administrator to add you, or let a colleague who has a Zoom account plan this meeting.`,
    )
  if (!(await hasVerifiedEmail(hub, actor, host))) throw new InputError(notVerified(host.email))
  const connection_id = (await placeById(hub, place_id))?.connection_id ?? host.connection_id
  const request = { kind: 'meeting', host: host.id, connection_id, ...plan.meeting } as const
  return afterTheFirst(hub, () => createMeeting(hub, actor, request, `lti:${place_id}:${ref}`))
}

/** The second of two clicks waits for what the first one made: the browser shows only its answer. */
async function afterTheFirst<T>(hub: Hub, make: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await make()
    } catch (error) {
      if (!(error instanceof ConflictError) || tries === 40) throw error
      await hub.runtime.sleep(250)
    }
  }
}

/** https://www.imsglobal.org/spec/lti-dl/v2p0#lti-resource-link */
const contentItem = (hub: Hub, ref: string, { topic }: Meeting, { points }: Plan): object => ({
  type: 'ltiResourceLink',
  title: topic,
  url: toolUrls(hub).launch,
  custom: { [contentParameter]: ref },
  ...(points === null ? {} : { lineItem: { label: topic, scoreMaximum: points, resourceId: ref, tag: attendanceTag } }),
})

/** https://www.imsglobal.org/spec/lti-dl/v2p0#deep-linking-response-message */
const response = (
  hub: Hub,
  { client_id, issuer }: Platform,
  { deployment_id, data }: DeepLinking,
  items: object[],
): Promise<string> =>
  signed(hub, {
    iss: client_id,
    sub: client_id,
    aud: [issuer],
    azp: client_id,
    nonce: crypto.randomUUID(),
    [claim.deployment_id]: deployment_id,
    [claim.message_type]: 'LtiDeepLinkingResponse',
    [claim.version]: '1.3.0',
    [claim.content_items]: items,
    ...(data === undefined ? {} : { [claim.data]: data }),
  })

import { course, fullName, type Activity, type Launch, type Lms, type Tool, type User } from './state.ts'

const lti = 'https://purl.imsglobal.org/spec/lti/claim'
const ags = 'https://purl.imsglobal.org/spec/lti-ags'
const nrps = 'https://purl.imsglobal.org/spec/lti-nrps'
const deepLinking = 'https://purl.imsglobal.org/spec/lti-dl/claim'

export const scopes = {
  lineitem: `${ags}/scope/lineitem`,
  lineitem_readonly: `${ags}/scope/lineitem.readonly`,
  result: `${ags}/scope/result.readonly`,
  score: `${ags}/scope/score`,
  memberships: `${nrps}/scope/contextmembership.readonly`,
} as const

/** The claims of a launch or of a choice of content, shaped as Moodle's: https://www.imsglobal.org/spec/lti/v1p3#claims */
export function messageClaims(
  lms: Lms,
  tool: Tool,
  user: User,
  launch: Launch,
  nonce: string,
  sesskey: string,
): Record<string, unknown> {
  const activity = launch.cmid === undefined ? undefined : lms.activities.get(launch.cmid)
  return {
    nonce,
    aud: tool.client_id,
    sub: user.id,
    [`${lti}/deployment_id`]: tool.type_id,
    [`${lti}/target_link_uri`]: launch.target_link_uri,
    [`${lti}/lis`]: { person_sourcedid: '', course_section_sourcedid: '' },
    [`${lti}/roles`]: roles[user.role],
    [`${lti}/context`]: { ...course, type: ['CourseSection'] },
    [`${lti}/message_type`]: activity ? 'LtiResourceLinkRequest' : 'LtiDeepLinkingRequest',
    [`${lti}/version`]: '1.3.0',
    [`${lti}/ext`]: { user_username: user.username, lms: 'moodle-2' },
    [`${lti}/tool_platform`]: {
      product_family_code: 'moodle',
      version: '2024100705.01',
      guid: 'b5a1d9c4',
      name: 'School',
    },
    [`${lti}/launch_presentation`]: { locale: 'en', ...(activity ? { document_target: 'iframe' } : {}) },
    ...personal(tool, user),
    ...services(lms, tool, activity),
    ...(activity ? linkClaims(lms, tool, activity) : choiceClaims(lms, tool, sesskey)),
  }
}

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership'
const roles: Record<User['role'], string[]> = {
  Administrator: ['http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator'],
  Instructor: [`${membership}#Instructor`],
  Learner: [`${membership}#Learner`],
}

/** Names and addresses leave the platform only when the tool asked for them as it registered. */
const personal = ({ claims }: Tool, user: User): Record<string, string> => ({
  ...(claims.some((claim) => ['name', 'given_name', 'family_name'].includes(claim))
    ? { given_name: user.given_name, family_name: user.family_name, name: fullName(user) }
    : {}),
  ...(claims.includes('email') ? { email: user.email } : {}),
})

function services(lms: Lms, tool: Tool, activity: Activity | undefined): Record<string, unknown> {
  const granted = tool.scopes.filter((scope) => scope.startsWith(ags))
  const item = [...lms.line_items.values()].find(({ resourceLinkId }) => activity && resourceLinkId === activity.id)
  return {
    ...(granted.length > 0
      ? {
          [`${ags}/claim/endpoint`]: {
            scope: granted,
            lineitems: `${lms.issuer}/services/${course.id}/lineitems?type_id=${tool.type_id}`,
            ...(item ? { lineitem: lineItemUrl(lms, item.id, tool.type_id) } : {}),
          },
        }
      : {}),
    ...(activity && tool.scopes.includes(scopes.memberships)
      ? {
          [`${nrps}/claim/namesroleservice`]: {
            context_memberships_url: membershipsUrl(lms, tool.type_id),
            service_versions: ['1.0', '2.0'],
          },
        }
      : {}),
  }
}

/** The type id stands behind the path: who adds `/scores` to the text instead of to the path misses. */
export const lineItemUrl = (lms: Lms, id: string, type_id: string, rest = ''): string =>
  `${lms.issuer}/services/${course.id}/lineitems/${id}/lineitem${rest}?type_id=${type_id}`

export const membershipsUrl = (lms: Lms, type_id: string): string =>
  `${lms.issuer}/services/CourseSection/${course.id}/bindings/${type_id}/memberships`

const linkClaims = (lms: Lms, tool: Tool, activity: Activity): Record<string, unknown> => ({
  [`${lti}/resource_link`]: { id: activity.id, title: activity.title, description: activity.description },
  [`${lti}/custom`]: {
    ...tool.custom,
    ...activity.custom,
    context_memberships_url: membershipsUrl(lms, tool.type_id),
  },
})

const choiceClaims = (lms: Lms, tool: Tool, sesskey: string): Record<string, unknown> => ({
  [`${lti}/custom`]: tool.custom,
  [`${deepLinking}/deep_linking_settings`]: {
    accept_types: ['ltiResourceLink'],
    accept_presentation_document_targets: ['frame', 'iframe', 'window'],
    accept_copy_advice: false,
    accept_multiple: true,
    accept_unsigned: false,
    auto_create: false,
    can_confirm: false,
    deep_link_return_url: `${lms.issuer}/contentitem_return?course=${course.id}&id=${tool.type_id}&sesskey=${sesskey}`,
    title: tool.name,
    text: '',
  },
})

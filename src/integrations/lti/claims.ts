import { z } from 'zod'

// The claims of LTI 1.3 messages: https://www.imsglobal.org/spec/lti/v1p3#required-message-claims, …/lti-dl/v2p0, …/lti-ags/v2p0,
// …/lti-nrps/v2p0. Read by these schemas after the signature was verified; what is not listed is not looked at.

const lti = 'https://purl.imsglobal.org/spec/lti/claim'

export const claim = {
  message_type: `${lti}/message_type`,
  version: `${lti}/version`,
  deployment_id: `${lti}/deployment_id`,
  target_link_uri: `${lti}/target_link_uri`,
  resource_link: `${lti}/resource_link`,
  roles: `${lti}/roles`,
  context: `${lti}/context`,
  custom: `${lti}/custom`,
  deep_linking_settings: 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings',
  content_items: 'https://purl.imsglobal.org/spec/lti-dl/claim/content_items',
  data: 'https://purl.imsglobal.org/spec/lti-dl/claim/data',
  endpoint: 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint',
  namesroleservice: 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice',
} as const

export const scope = {
  lineitem: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem',
  lineitem_readonly: 'https://purl.imsglobal.org/spec/lti-ags/scope/lineitem.readonly',
  result: 'https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly',
  score: 'https://purl.imsglobal.org/spec/lti-ags/scope/score',
  memberships: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
} as const

const text = (most: number) => z.string().min(1).max(most)
const httpUrl = z.url({ protocol: /^https?$/ }).max(2000)

const everyMessage = z.object({
  sub: text(255),
  name: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  email: z.string().optional(),
  nonce: text(255),
  [claim.deployment_id]: text(255),
  [claim.target_link_uri]: z.string(),
  [claim.roles]: z.array(z.string()),
  [claim.context]: z.object({ id: text(255), title: z.string().optional() }).optional(),
})

const resourceLinkRequest = everyMessage.extend({
  [claim.message_type]: z.literal('LtiResourceLinkRequest'),
  [claim.resource_link]: z.object({ id: text(255), title: z.string().optional() }),
  // Moodle's other services put texts here; a platform may put anything.
  [claim.custom]: z.record(z.string(), z.unknown()).optional(),
  [claim.endpoint]: z
    .object({ scope: z.array(z.string()), lineitems: httpUrl.optional(), lineitem: httpUrl.optional() })
    .optional(),
  [claim.namesroleservice]: z.object({ context_memberships_url: httpUrl }).optional(),
})

const deepLinkingRequest = everyMessage.extend({
  [claim.message_type]: z.literal('LtiDeepLinkingRequest'),
  [claim.deep_linking_settings]: z.object({
    deep_link_return_url: httpUrl,
    accept_types: z.array(z.string()).refine((types) => types.includes('ltiResourceLink'), 'must have ltiResourceLink'),
    data: z.string().optional(),
  }),
})

export const message = z.discriminatedUnion(claim.message_type, [resourceLinkRequest, deepLinkingRequest])
export type Message = z.infer<typeof message>
export type ResourceLinkRequest = z.infer<typeof resourceLinkRequest>
export type DeepLinkingRequest = z.infer<typeof deepLinkingRequest>

/** What the person is called: `name`, or its parts. */
export const nameOf = ({ name, given_name, family_name }: Message): string =>
  name || [given_name, family_name].filter(Boolean).join(' ')

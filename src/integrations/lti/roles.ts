import type { LtiRole } from './tables.ts'

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership'

/** Whole URIs, each listed: https://www.imsglobal.org/spec/lti/v1p3#role-vocabularies. What is not here gives no rights. */
const teachers = new Set([
  `${membership}#Instructor`,
  `${membership}#Administrator`,
  `${membership}#Manager`,
  'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator',
  'http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator',
])
const learners = new Set([`${membership}#Learner`])

/** What somebody is in a course. Who teaches it is no learner of it. */
export function roleOf(roles: readonly string[]): LtiRole {
  if (roles.some((role) => teachers.has(role))) return 'teacher'
  return roles.some((role) => learners.has(role)) ? 'learner' : 'other'
}

/** Rosters may shorten the roles of a course to their last word: https://www.imsglobal.org/spec/lti-nrps/v2p0 */
export const rosterRoleOf = (roles: readonly string[]): LtiRole =>
  roleOf(roles.map((role) => (/^[A-Z][A-Za-z]+$/.test(role) ? `${membership}#${role}` : role)))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rosterRoleOf, roleOf } from '#integrations/lti/roles.ts'
import { withPath, withQuery } from '#integrations/lti/services/line-items.ts'
import { nextPage } from '#integrations/lti/services/memberships.ts'

test('what is added to a line item’s address goes before its query', () => {
  assert.equal(
    withPath('https://lms.example/services.php/2/lineitems/5/lineitem?type_id=1', '/scores'),
    'https://lms.example/services.php/2/lineitems/5/lineitem/scores?type_id=1',
  )
  assert.equal(withPath('https://lms.example/items/5/', '/scores'), 'https://lms.example/items/5/scores')
})

test('what is asked of a list is added to its query', () => {
  assert.equal(
    withQuery('https://lms.example/lineitems?type_id=1', { tag: 'attendance', resource_link_id: 'a&b' }),
    'https://lms.example/lineitems?type_id=1&tag=attendance&resource_link_id=a%26b',
  )
})

const here = 'https://lms.example/memberships?limit=2'
const links: [string, string | null, string | undefined][] = [
  ['no header', null, undefined],
  ['one that names the next page', '<https://lms.example/m?from=2>; rel="next"', 'https://lms.example/m?from=2'],
  ['a path alone', '</m?from=2>; rel="next"', 'https://lms.example/m?from=2'],
  [
    'several',
    '<https://lms.example/m?from=0>; rel="first", <https://lms.example/m?from=2>; rel=next',
    'https://lms.example/m?from=2',
  ],
  ['the last page', '<https://lms.example/m?from=0>; rel="first"', undefined],
  ['another host, which would get our token', '<https://evil.example/m>; rel="next"', undefined],
  ['something that is no link', 'next', undefined],
]
for (const [what, header, next] of links)
  test(`the next page of a roster: ${what}`, () => assert.equal(nextPage(header, here), next))

const membership = 'http://purl.imsglobal.org/vocab/lis/v2/membership'

test('roles are whole names; who teaches is no learner', () => {
  assert.equal(roleOf([`${membership}#Learner`]), 'learner')
  assert.equal(roleOf([`${membership}#Learner`, `${membership}#Instructor`]), 'teacher')
  assert.equal(roleOf([`${membership}/Instructor#Grader`]), 'other')
  assert.equal(roleOf([`${membership}#Mentor`]), 'other')
  assert.equal(roleOf(['Instructor']), 'other')
  assert.equal(roleOf([]), 'other')
})

test('a roster may shorten the roles of a course', () => {
  assert.equal(rosterRoleOf(['Learner']), 'learner')
  assert.equal(rosterRoleOf(['Instructor']), 'teacher')
  assert.equal(rosterRoleOf([`${membership}#Learner`]), 'learner')
  assert.equal(rosterRoleOf(['instructor']), 'other')
})

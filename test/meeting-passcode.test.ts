import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { newPasscode, passcodeDemands, passcodeLacks, passcodeRule } from '#hub/meetings/options/passcode.ts'

const ruleOf = (requirement: object) =>
  passcodeRule({ meeting_security: { meeting_password_requirement: requirement } }, {})

const cases: [passcode: string, requirement: object, lacks: string[]][] = [
  ['', {}, []],
  ['abc', { length: 6 }, ['at least 6 characters']],
  ['abcdef', { length: 6, have_number: true }, ['a digit']],
  ['123456', { have_letter: true }, ['a letter']],
  ['abcdef', { have_upper_and_lower_characters: true }, ['capital and small letters']],
  ['abcdef', { have_special_character: true }, ['one of @ - _ *']],
  [
    'ab*cd1E',
    { have_letter: true, have_number: true, have_special_character: true, have_upper_and_lower_characters: true },
    [],
  ],
  ['a12345', { only_allow_numeric: true, have_letter: true }, ['digits alone']],
  ['91234', { consecutive_characters_length: 4 }, ['no 4 characters in a row like 1111 or 1234']],
  ['977771', { consecutive_characters_length: 4 }, ['no 4 characters in a row like 1111 or 1234']],
  ['912391', { consecutive_characters_length: 4 }, []],
]
for (const [passcode, requirement, lacks] of cases)
  test(`“${passcode}” under ${JSON.stringify(requirement)} ${lacks.length === 0 ? 'will do' : `lacks ${lacks.join(', ')}`}`, () =>
    assert.deepEqual(passcodeLacks(passcode, ruleOf(requirement)), lacks))

test('the rule is told in words', () => {
  assert.deepEqual(passcodeDemands(ruleOf({ length: 8, have_number: true })), [
    { demand: 'length', number: 8, words: 'at least 8 characters' },
    { demand: 'digit', number: null, words: 'a digit' },
  ])
  assert.deepEqual(passcodeDemands(ruleOf({})), [])
})

test('a passcode that is made keeps every rule that an account can have, and Zoom’s ten characters', () => {
  const requirement = fc.record({
    length: fc.integer({ min: 0, max: 10 }),
    have_letter: fc.boolean(),
    have_upper_and_lower_characters: fc.boolean(),
    have_number: fc.boolean(),
    have_special_character: fc.boolean(),
    only_allow_numeric: fc.boolean(),
    consecutive_characters_length: fc.constantFrom(0, 4, 5, 8),
  })
  fc.assert(
    fc.property(requirement, (asked) => {
      const rule = ruleOf(asked)
      const passcode = newPasscode(rule, randomBytes)
      assert.deepEqual(passcodeLacks(passcode, rule), [])
      assert.match(passcode, /^[a-zA-Z0-9@\-_*]{8,10}$/)
    }),
  )
})

import type { Sections } from '#store/db.ts'

/** What the account asks of a passcode: `meeting_password_requirement` of GET /users/{userId}/settings?option=meeting_security. */
export interface PasscodeRule {
  length: number
  have_letter: boolean
  have_upper_and_lower_characters: boolean
  have_number: boolean
  have_special_character: boolean
  only_allow_numeric: boolean
  /** So many characters in a row, like 1111 or 1234, are refused; 0: as many as one likes. */
  consecutive_characters_length: number
}

/** One thing that is asked; `words` are English, the rest says the same to whoever speaks another language. */
export interface PasscodeDemand {
  demand: 'length' | 'digits_alone' | 'letter' | 'both_cases' | 'digit' | 'special' | 'no_rows'
  number: number | null
  words: string
}

/** Zoom takes no longer one. */
const most = 10

/** The rule for a host; what Zoom does not say is not asked for. */
export function passcodeRule(security: Sections, settings: Sections): PasscodeRule {
  const said = (security['meeting_security']?.['meeting_password_requirement'] ??
    settings['schedule_meeting']?.['meeting_password_requirement'] ??
    {}) as Record<string, unknown>
  const number = (name: string): number => (typeof said[name] === 'number' ? said[name] : 0)
  const flag = (name: string): boolean => said[name] === true
  return {
    length: number('length'),
    have_letter: flag('have_letter'),
    have_upper_and_lower_characters: flag('have_upper_and_lower_characters'),
    have_number: flag('have_number'),
    have_special_character: flag('have_special_character'),
    only_allow_numeric: flag('only_allow_numeric'),
    consecutive_characters_length: number('consecutive_characters_length'),
  }
}

interface Ask {
  demand: PasscodeDemand['demand']
  asked: (rule: PasscodeRule) => boolean
  /** The number in the words, if there is one. */
  number?: (rule: PasscodeRule) => number
  words: (rule: PasscodeRule) => string
  met: (passcode: string, rule: PasscodeRule) => boolean
}

// A new demand of Zoom's is a new row.
const asks: readonly Ask[] = [
  {
    demand: 'length',
    asked: ({ length }) => length > 0,
    number: ({ length }) => length,
    words: ({ length }) => `at least ${length} characters`,
    met: (passcode, { length }) => passcode.length >= length,
  },
  {
    demand: 'digits_alone',
    asked: ({ only_allow_numeric }) => only_allow_numeric,
    words: () => 'digits alone',
    met: (passcode) => /^\d*$/.test(passcode),
  },
  {
    demand: 'letter',
    asked: ({ have_letter, only_allow_numeric }) => have_letter && !only_allow_numeric,
    words: () => 'a letter',
    met: (passcode) => /[a-z]/i.test(passcode),
  },
  {
    demand: 'both_cases',
    asked: (rule) => rule.have_upper_and_lower_characters && !rule.only_allow_numeric,
    words: () => 'capital and small letters',
    met: (passcode) => /[a-z]/.test(passcode) && /[A-Z]/.test(passcode),
  },
  {
    demand: 'digit',
    asked: ({ have_number }) => have_number,
    words: () => 'a digit',
    met: (passcode) => /\d/.test(passcode),
  },
  {
    demand: 'special',
    asked: (rule) => rule.have_special_character && !rule.only_allow_numeric,
    words: () => 'one of @ - _ *',
    met: (passcode) => /[@\-_*]/.test(passcode),
  },
  {
    demand: 'no_rows',
    asked: ({ consecutive_characters_length }) => consecutive_characters_length > 0,
    number: ({ consecutive_characters_length }) => consecutive_characters_length,
    words: ({ consecutive_characters_length: n }) => `no ${n} characters in a row like 1111 or 1234`,
    met: (passcode, { consecutive_characters_length }) => longestRow(passcode) < consecutive_characters_length,
  },
]

/** What the rule asks, one by one; empty when anything will do. */
export const passcodeDemands = (rule: PasscodeRule): PasscodeDemand[] =>
  asks
    .filter(({ asked }) => asked(rule))
    .map(({ demand, number, words }) => ({ demand, number: number?.(rule) ?? null, words: words(rule) }))

/** What a passcode lacks, in the same words. */
export const passcodeLacks = (passcode: string, rule: PasscodeRule): string[] =>
  asks.filter(({ asked, met }) => asked(rule) && !met(passcode, rule)).map(({ words }) => words(rule))

/** The longest run of equal, rising or falling characters. */
function longestRow(text: string): number {
  let longest = text === '' ? 0 : 1
  for (const step of [0, 1, -1]) {
    let run = 1
    for (let at = 1; at < text.length; at++) {
      run = text.charCodeAt(at) - text.charCodeAt(at - 1) === step ? run + 1 : 1
      longest = Math.max(longest, run)
    }
  }
  return longest
}

/** A passcode that keeps the rule. `random(n)` gives n random bytes. */
export function newPasscode(rule: PasscodeRule, random: (size: number) => Uint8Array): string {
  const size = Math.min(most, Math.max(8, rule.length))
  for (;;) {
    const passcode = [...random(size)].map((byte, at) => letterAt(at, byte, rule)).join('')
    if (passcodeLacks(passcode, rule).length === 0) return passcode
  }
}

// Without what is mistaken for one another: 0 and O, 1, l and I.
const digits = '23456789'
const letters = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', digits]

/** One of each class that may be asked for comes first, the rest are any. */
function letterAt(at: number, byte: number, { only_allow_numeric, have_special_character }: PasscodeRule): string {
  const from = only_allow_numeric
    ? digits
    : have_special_character && at === 3
      ? '@-_*'
      : (letters[at < 3 ? at : byte % letters.length] ?? digits)
  return from[Math.floor(byte / 3) % from.length] ?? ''
}

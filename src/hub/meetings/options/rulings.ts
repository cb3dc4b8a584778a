import { isDeepStrictEqual } from 'node:util'
import type { Problem } from '#core/errors.ts'
import type { MeetingKind, MeetingRule } from '#store/db.ts'
import type { HostFacts } from './judge.ts'
import { agrees } from './left-out.ts'
import type { MeetingOption } from './option.ts'
import { chosenOptions, optionProblems, valueAt, type Asked } from './rules.ts'
import { optionAt } from './table.ts'

// What a workspace has decided of the options of its meetings.

export interface Ruling {
  option_id: string
  rule: MeetingRule
  /** As Zoom has it; null: none. */
  value: unknown
}

export const fixedWords = 'The administrators of Greenroom have fixed this for every meeting'
export const neverWords = 'The administrators of Greenroom have switched this off'

/** What may be said of an option: of what a meeting is about, and when, whoever plans decides, and a secret is no default. */
export function rulesFor({ id }: MeetingOption): MeetingRule[] {
  if (['topic', 'host', 'start_time'].includes(id)) return []
  if (['duration', 'timezone'].includes(id)) return ['decides']
  return hasValue(id) ? ['always', 'decides', 'never'] : ['decides', 'never']
}

/** Whether an option can be given a value for all meetings. */
export const hasValue = (id: string): boolean =>
  !['topic', 'host', 'start_time', 'kind', 'recurrence', 'type', 'schedule_for', 'password'].includes(id)

/** What of a request goes against what the workspace has decided. */
export const rulingProblems = (kind: MeetingKind, asked: Asked, rulings: readonly Ruling[]): Problem[] =>
  chosenOptions(asked).flatMap(([option, value]) => {
    const ruling = rulings.find(({ option_id }) => option_id === option.id)
    if (!ruling || !option.kinds.includes(kind)) return []
    if (ruling.rule === 'always' && !isAsFixed(option, value, ruling.value))
      return [
        {
          field: option.id,
          message: `must be ${JSON.stringify(ruling.value)}: an administrator of Greenroom has fixed it for every meeting`,
        },
      ]
    if (ruling.rule === 'never' && !isOff(option, value))
      return [
        { field: option.id, message: 'may not be chosen: an administrator of Greenroom has switched it off for all' },
      ]
    return []
  })

const isAsFixed = ({ value: type }: MeetingOption, value: unknown, fixed: unknown): boolean =>
  type.type === 'people' ? agrees(type, value, fixed) : isDeepStrictEqual(value, fixed)

/** Who reads that something is refused which they never asked for is told who did. */
export const withWhoFixedIt = (problems: readonly Problem[], rulings: readonly Ruling[]): Problem[] =>
  problems.map(({ field, message }) => ({
    field,
    message: rulings.some(({ option_id, rule }) => option_id === field && rule === 'always')
      ? `${message} (an administrator of Greenroom has fixed this option for every meeting)`
      : message,
  }))

/** No choice is what nobody needs to allow. */
export const isOff = ({ value: { type }, usual }: MeetingOption, value: unknown): boolean =>
  value === false ||
  value === '' ||
  (type === 'choice' && usual !== undefined && value === usual) ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Reflect.get(value, 'enable') === false)

/**
 * A request with what the workspace wants where nothing is said. A default that this host cannot have, or that goes against what was
 * asked, is left out; what holds for every meeting is not, and is refused where it cannot be.
 */
export function withRulings<Request extends Asked>(
  kind: MeetingKind,
  asked: Request,
  rulings: readonly Ruling[],
  host: HostFacts | undefined,
): Request {
  const missing = rulings.filter(
    ({ option_id, value }) =>
      value !== null && optionAt(option_id)?.kinds.includes(kind) === true && valueAt(asked, option_id) === undefined,
  )
  const fixed = missing.filter(({ rule }) => rule === 'always').reduce(withValue, asked)
  return missing
    .filter(({ rule }) => rule === 'decides')
    .reduce((request, ruling) => {
      const next = withValue(request, ruling)
      return isDeepStrictEqual(optionProblems(kind, next, host), optionProblems(kind, request, host)) ? next : request
    }, fixed)
}

function withValue<Request extends Asked>(asked: Request, { option_id, value }: Ruling): Request {
  const key = /^settings\.(.*)$/.exec(option_id)?.[1]
  return key === undefined
    ? { ...asked, [option_id]: value }
    : { ...asked, settings: { ...asked.settings, [key]: value } }
}

/** Whether what always holds can hold at once, and with no host in particular. */
export const problemsOfFixed = (rulings: readonly Ruling[]): Problem[] => {
  const fixed = rulings.filter(({ rule }) => rule === 'always')
  return (['meeting', 'webinar'] as const).flatMap((kind) =>
    optionProblems(kind, withRulings(kind, {}, fixed, undefined), undefined),
  )
}

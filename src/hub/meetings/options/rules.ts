import type { Problem } from '#core/errors.ts'
import type { MeetingKind } from '#store/db.ts'
import { judge, type HostFacts } from './judge.ts'
import type { MeetingOption } from './option.ts'
import { passcodeLacks, passcodeRule } from './passcode.ts'
import { meetingOptions, optionAt } from './table.ts'
import { wrongWith } from './values.ts'

/** What is asked for, as our API has it: fields at the top and in `settings`. */
export type Asked = Record<string, unknown> & { settings?: Record<string, unknown> | undefined }

/**
 * What is wrong with the options of a request: values, options of the other kind, options that exclude each other and, where the
 * host's settings are known, what the host may not do. What the table does not know is for Zoom to judge.
 */
export function optionProblems(kind: MeetingKind, asked: Asked, host: HostFacts | undefined): Problem[] {
  const chosen = chosenOptions(asked)
  return [
    ...chosen.flatMap(([option, value]) => ofValue(kind, option, value)),
    ...exclusions.filter((row) => row.of(asked)).map(({ field, message }) => ({ field, message })),
    ...(host ? chosen.flatMap(([option, value]) => ofHost(option, value, host)) : []),
  ]
}

/** The options that somebody has chosen something for, with what they chose. */
export const chosenOptions = (asked: Asked): [option: MeetingOption, value: unknown][] =>
  (meetingOptions as readonly MeetingOption[]).flatMap((option) => {
    const value = valueAt(asked, option.id)
    return value === undefined ? [] : [[option, value] as [MeetingOption, unknown]]
  })

/** The value of a part of a meeting, as it stands in a request or in what Zoom answered: `topic`, `settings.waiting_room`. */
export function valueAt(asked: Asked, id: string): unknown {
  const key = /^settings\.(.*)$/.exec(id)?.[1]
  return key === undefined ? asked[id] : asked.settings?.[key]
}

function ofValue(kind: MeetingKind, option: MeetingOption, value: unknown): Problem[] {
  if (!option.kinds.includes(kind)) {
    const other = {
      meeting: 'is an option of webinars, not of meetings',
      webinar: 'is an option of meetings, not of webinars',
    }
    return [{ field: option.id, message: other[kind] }]
  }
  const message = wrongWith(option.value, value)
  return message === undefined ? [] : [{ field: option.id, message }]
}

function ofHost(option: MeetingOption, value: unknown, host: HostFacts): Problem[] {
  if (option.value.type === 'passcode') return ofPasscode(option, value, host)
  const { reason, locked, refused, default: usual } = judge(option, host)
  const choice = refused.find((each) => each.value === value)?.reason
  const nothing = isNothing(value)
  const message = choice ?? (nothing ? null : reason) ?? (locked && value !== usual ? locked : null)
  return message === null || message === undefined ? [] : [{ field: option.id, message }]
}

/** None is as good as one, but where the account's administrators have locked that there is one. */
function ofPasscode(option: MeetingOption, value: unknown, host: HostFacts): Problem[] {
  if (typeof value !== 'string') return []
  if (value === '') {
    const { locked, default: wanted } = judge(option, host)
    return locked && wanted === true ? [{ field: option.id, message: locked }] : []
  }
  const lacks = passcodeLacks(value, passcodeRule(host.security, host.settings))
  return lacks.length === 0 ? [] : [{ field: 'password', message: `needs ${lacks.join(', ')}` }]
}

/** Who switches something off needs no right to it. */
const isNothing = (value: unknown): boolean =>
  value === false ||
  value === '' ||
  (typeof value === 'object' && value !== null && Reflect.get(value, 'enable') === false)

const settingOf = ({ settings }: Asked, name: string): unknown => settings?.[name]
const registers = (asked: Asked): boolean => [0, 1].includes(Number(settingOf(asked, 'approval_type') ?? 2))

// Options that exclude each other. Zoom takes such a request, and quietly leaves one of the two out.
const exclusions: readonly (Problem & { of: (asked: Asked) => boolean })[] = [
  {
    field: 'settings.join_before_host',
    message: 'does not go with a waiting room: there everybody waits for the host',
    of: (asked) => settingOf(asked, 'join_before_host') === true && settingOf(asked, 'waiting_room') === true,
  },
  {
    field: 'settings.jbh_time',
    message: 'means something only together with join_before_host',
    of: (asked) => settingOf(asked, 'jbh_time') !== undefined && settingOf(asked, 'join_before_host') === false,
  },
  {
    field: 'settings.auto_recording',
    message: 'cannot be cloud for a meeting that is encrypted end to end',
    of: (asked) => settingOf(asked, 'encryption_type') === 'e2ee' && settingOf(asked, 'auto_recording') === 'cloud',
  },
  {
    field: 'settings.approval_type',
    message: 'asks for registration, which a meeting without a fixed time does not have',
    of: (asked) => registers(asked) && (asked['type'] === 3 || asked['type'] === 6),
  },
  {
    field: 'settings.approval_type',
    message: 'asks for registration, which the personal meeting ID does not have',
    of: (asked) => registers(asked) && settingOf(asked, 'use_pmi') === true,
  },
]

/** The parts of a request by the names that editors compare: `topic`, `settings.waiting_room`. */
export const partsOf = (asked: Asked): string[] => [
  ...Object.keys(asked).filter((name) => name !== 'settings' && asked[name] !== undefined),
  ...Object.keys(asked.settings ?? {}).map((key) => `settings.${key}`),
]

/** How a part is called by people. */
export const wordsOf = (part: string): string => optionAt(part)?.words ?? part

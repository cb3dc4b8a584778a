import type { Sections } from '#store/db.ts'
import type { MeetingOption, Need, OptionValue } from './option.ts'

/** What is known of a host when options are judged. What Zoom did not say is undefined, and no reason for anything. */
export interface HostFacts {
  /** Zoom's: 1 Basic, 2 Licensed. */
  type: number | null
  settings: Sections
  security: Sections
  locks: Sections
}

export interface Judged {
  /** null: it is possible. */
  reason: string | null
  /** Why it cannot be chosen otherwise: the account's administrators decided. */
  locked: string | null
  /** What holds while nothing is chosen; undefined when nobody knows. */
  default: unknown
  /** Of a choice: what may not be chosen, and why. */
  refused: { value: string | number; reason: string }[]
}

/** What a host may do with an option, and what holds when nothing is said. */
export function judge(option: MeetingOption, host: HostFacts): Judged {
  return {
    reason: lacking(option.needs ?? [], host),
    locked:
      option.default !== undefined && lockAt(host, option.default)
        ? 'The administrators of the Zoom account have locked this setting; they change it under “Account Settings”'
        : null,
    default: defaultOf(option, host),
    refused: refusedChoices(option.value, host),
  }
}

/** The host's own; Zoom's, where no setting of the host decides or Zoom tells of the others but not of this one. */
function defaultOf({ default: name, usual, value }: MeetingOption, host: HostFacts): unknown {
  if (name === undefined) return usual
  const said = settingAt(host, name)
  if (said !== undefined) return asValue(value, said)
  return Object.keys(host.settings).length > 0 ? usual : undefined
}

function refusedChoices(value: OptionValue, host: HostFacts): Judged['refused'] {
  if (value.type !== 'choice') return []
  return value.of.flatMap((choice) => {
    const reason = lacking(choice.needs ?? [], host)
    return reason ? [{ value: choice.value, reason }] : []
  })
}

/** The words of the first need that is known not to be met. */
const lacking = (needs: readonly Need[], host: HostFacts): string | null =>
  needs.find((need) => isLacking(need, host))?.words ?? null

function isLacking(need: Need, host: HostFacts): boolean {
  if ('licence' in need) return host.type !== null && host.type !== 2
  const known = need.setting.map((name) => settingAt(host, name)).filter((value) => value !== undefined)
  return known.length > 0 && !known.includes(true)
}

/** Zoom's name of a setting: section, key, and a key in that; `meeting_security` is a section of its own answer. */
function settingAt({ settings, security }: HostFacts, name: string): unknown {
  const [section = '', ...keys] = name.split('.')
  let value: unknown = section === 'meeting_security' ? security[section] : settings[section]
  for (const key of keys) value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return value
}

function lockAt({ locks }: HostFacts, name: string): boolean {
  const [section = '', key = ''] = name.split('.')
  return locks[section]?.[key] === true
}

const asValue = (value: OptionValue, said: unknown): unknown => (value.type === 'switch' ? { enable: said } : said)

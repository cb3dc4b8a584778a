import { ZoomApiError } from '#zoom/errors.ts'
import { featureOfScopes } from './doctor/features.ts'

/** What somebody at Zoom would have to give before a call can be carried out. */
export interface LackOfRight {
  lack: 'scope' | 'role' | 'plan' | 'webinars' | 'licence' | 'seats' | 'storage' | 'setting'
  /** Who must do what, and what Zoom said. */
  words: string
}

/**
 * The right, if it is one, for want of which Zoom refused; undefined for every other refusal. The one place where these are put into
 * words: the API, failed jobs and the doctor tell them alike.
 */
export function lackOf(error: unknown): LackOfRight | undefined {
  if (!(error instanceof ZoomApiError)) return undefined
  const row = rows.find(({ codes, says }) => codes.includes(error.code) && (says?.test(error.reason) ?? true))
  return row && { lack: row.lack, words: row.words(error.reason) }
}

interface Row {
  lack: LackOfRight['lack']
  codes: readonly number[]
  /** What Zoom's words must hold, where a code alone means several things. */
  says?: RegExp
  words: (reason: string) => string
}

const telling =
  (what: string) =>
  (reason: string): string =>
    `${what}. Zoom says: ${reason}`

// Codes and wordings are those of the operations' own pages, https://developers.zoom.us/docs/api/. Code 200 is any of four things.
const rows: readonly Row[] = [
  { lack: 'scope', codes: [4700, 4711], words: scopeRefusal },
  {
    lack: 'webinars',
    codes: [200, 1122],
    says: /webinar/i,
    words: telling(
      'The host has no licence for webinars. An administrator of the Zoom account buys it if need be, and gives it to the host under “User Management”, “Users”',
    ),
  },
  {
    lack: 'seats',
    codes: [200, 3412],
    says: /add max|add paid users|licen[cs]e|seat/i,
    words: telling(
      'No licence of the Zoom account is free. An administrator takes one from somebody else or buys more under “Account Management”, “Billing”',
    ),
  },
  {
    lack: 'plan',
    codes: [200],
    says: /paid|not available for this account|only available for/i,
    words: telling('The plan of the Zoom account does not have this. Its owner changes the plan under “Billing”'),
  },
  {
    lack: 'role',
    codes: [200],
    says: /no permission/i,
    words: telling(
      'By its role at Zoom, whoever made or installed the app may not do this, or the plan of the Zoom account does not have it. An administrator of the account looks under “User Management”, “Roles”, and under “Billing”',
    ),
  },
  {
    lack: 'licence',
    codes: [3161],
    words: telling(
      'The host may not hold meetings. An administrator of the Zoom account gives the host a licence with meetings under “User Management”, “Users”',
    ),
  },
  {
    lack: 'licence',
    codes: [1108],
    words: telling(
      'The licence of this Zoom user cannot be changed from here. An administrator changes it under “User Management”, “Users” at Zoom',
    ),
  },
  {
    lack: 'storage',
    codes: [3309],
    words: telling(
      'The room for cloud recordings is full. An administrator of the Zoom account deletes recordings or buys more under “Billing”',
    ),
  },
  {
    lack: 'setting',
    codes: [3000, 4400],
    says: /enable the "[^"]+"/,
    words: (reason) =>
      `A setting at Zoom is off. The host, or an administrator of the Zoom account, turns on ${settingsIn(reason)} under “Settings”. Zoom says: ${reason}`,
  },
]

const settingsIn = (reason: string): string =>
  [...reason.matchAll(/(?:enable the|and) "([^"]+)"/g)].map(([, name]) => `“${name}”`).join(' and ')

/** Zoom's words are “Invalid access token, does not contain scopes:[…].”, with all that would do at any level. */
function scopeRefusal(reason: string): string {
  const names = /scopes?\s*:\s*\[([^\]]*)\]/.exec(reason)?.[1]?.split(/[\s,]+/) ?? []
  const offered = names.filter((name) => name !== '' && !name.includes(':master'))
  if (offered.length === 0)
    return `The Zoom app lacks a scope; an administrator adds it on its “Scopes” page: ${reason}`
  return `The Zoom app may not ${featureOfScopes(offered) ?? 'do this'}. An administrator adds one of these on its “Scopes” page at Zoom: ${offered.join(' ')}`
}

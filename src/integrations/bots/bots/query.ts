import { z } from 'zod'
import type { Hub } from '#hub/hub.ts'
import { fieldError } from '#integrations/bots/contract/refusal.ts'
import type { Query } from '#integrations/bots/contract/route.ts'
import { readMeetingUrl } from './meeting-url.ts'
import type { BotFilter } from './rows.ts'
import { botStates, type BotState } from './states.ts'

/** Which bots are asked for. @throws Refusal that names the parameter */
export function filterOf(query: Query): BotFilter {
  const meeting_url = text(query, 'meeting_url')
  const states = [query['states'] ?? []].flat()
  const unknown = states.find((state) => !botStates.includes(state as BotState))
  if (unknown !== undefined) throw fieldError('states', `"${unknown}" is not a valid choice.`)
  return {
    // Bots are kept under the address that is left of what was pasted.
    meeting_url: meeting_url && (readMeetingUrl(meeting_url, [])?.url ?? meeting_url),
    deduplication_key: text(query, 'deduplication_key'),
    states: states.length > 0 ? (states as BotState[]) : undefined,
    join_at_after: time(query, 'join_at_after'),
    join_at_before: time(query, 'join_at_before'),
  }
}

export function text(query: Query, name: string): string | undefined {
  const value = query[name]
  if (Array.isArray(value)) throw fieldError(name, 'May be given once.')
  return value
}

function time(query: Query, name: string): Date | undefined {
  const value = text(query, name)
  if (value === undefined) return undefined
  if (!z.iso.datetime({ offset: true }).safeParse(value).success) throw fieldError(name, 'Enter a valid date/time.')
  return new Date(value)
}

export function flag(query: Query, name: string): boolean | undefined {
  const value = text(query, name)
  if (value === undefined) return undefined
  if (value !== 'true' && value !== 'false') throw fieldError(name, 'Must be true or false.')
  return value === 'true'
}

/** The list's own address with its filters, for the links to the pages beside. */
export function addressOf(hub: Hub, path: string, query: Query): URL {
  const url = new URL(`${hub.publicUrl}${path}`)
  for (const [name, value] of Object.entries(query))
    for (const each of [value ?? []].flat()) if (name !== 'cursor') url.searchParams.append(name, each)
  return url
}

import { gatewayErrors } from '#zoom/schema/errors.ts'
import { now } from '#simulator/clock.ts'
import { newToken } from '#simulator/ids.ts'
import { invalidFields, Refusal } from '#simulator/refusal.ts'
import type { ApiCall } from './call.ts'

export interface Page<T> {
  items: T[]
  /** What goes around the items in the reply. */
  paging: { page_size: number; next_page_token: string; page_count: number; total_records: number }
}

const usualPageSize = 30
const tokenLife = 15 * 60_000

/**
 * The part of a list that was asked for by `page_size` (30 unless told) and `next_page_token`, which lives 15 minutes and
 * works for this operation and this path alone; the old `page_number` is still understood.
 * @throws Refusal 300 when the token is of another list or too old, or the size is out of bounds.
 */
export function pageOf<T>(call: ApiCall, all: T[]): Page<T> {
  const page_size = sizeOf(call)
  const offset = offsetOf(call, page_size)
  const end = offset + page_size
  return {
    items: all.slice(offset, end),
    paging: {
      page_size,
      next_page_token: end < all.length ? newPageToken(call, end) : '',
      page_count: Math.ceil(all.length / page_size),
      total_records: all.length,
    },
  }
}

/** `page_number`, which some lists still tell beside the rest. */
export function pageNumber({ query }: ApiCall): number {
  const number = Number(query.get('page_number') || 1)
  if (!Number.isInteger(number) || number < 1) throw invalidFields(['page_number'])
  return number
}

function sizeOf({ query, endpoint }: ApiCall): number {
  const most = endpoint.page_size_max ?? 300
  const size = Number(query.get('page_size') || Math.min(usualPageSize, most))
  if (!Number.isInteger(size) || size < 1 || size > most) throw invalidFields(['page_size'])
  return size
}

function offsetOf(call: ApiCall, page_size: number): number {
  const text = call.query.get('next_page_token')
  if (!text) return (pageNumber(call) - 1) * page_size
  const token = call.world.page_tokens.get(text)
  if (!token || token.scope !== scopeOf(call) || token.expires_at <= now(call.world.clock)) {
    throw new Refusal(gatewayErrors.page_token_expired)
  }
  return token.offset
}

function newPageToken(call: ApiCall, offset: number): string {
  const token = newToken()
  const expires_at = now(call.world.clock) + tokenLife
  call.world.page_tokens.set(token, { scope: scopeOf(call), offset, expires_at })
  return token
}

const scopeOf = ({ endpoint, params }: ApiCall): string => `${endpoint.operation} ${Object.values(params).join(' ')}`

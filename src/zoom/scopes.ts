import type { Endpoint } from './schema/endpoints.ts'
import { endpoints } from './schema/endpoints.ts'

/** How an app came by its grant, which decides on the level of its scopes. */
export type AppKind = 'server_to_server' | 'user_managed' | 'admin_managed'

/**
 * Zoom's two families of scopes: `meeting:read:admin` is classic, `meeting:read:list_meetings:admin` is granular. An app made
 * since March 2024 has granular ones alone. https://developers.zoom.us/docs/integrations/oauth-scopes-overview/
 */
export type ScopeFamily = 'classic' | 'granular'

export type ScopedOperation = Pick<Endpoint, 'classic_scopes' | 'granular_scopes'>

/** The scopes of a token's `scope`. */
export const scopesOf = (scope: string): Set<string> => new Set(scope.split(/[\s,]+/).filter((name) => name !== ''))

/** The family of a token's scopes; undefined when it has none that is known. */
export function scopeFamily(scope: string): ScopeFamily | undefined {
  const families = [...scopesOf(scope)].map(familyOf)
  return families.find((family) => family === 'granular') ?? families.find((family) => family === 'classic')
}

/** By Zoom's own lists; by their form where a scope is newer than those: a granular one names a claim after service and action. */
function familyOf(scope: string): ScopeFamily | undefined {
  if (granular.has(scope)) return 'granular'
  if (classic.has(scope)) return 'classic'
  const parts = scope.split(':').filter((part) => part !== 'admin' && part !== 'master')
  if (parts.length >= 3) return 'granular'
  return parts.length === 2 ? 'classic' : undefined
}

const granular = new Set(endpoints.flatMap((endpoint) => endpoint.granular_scopes))
const classic = new Set(endpoints.flatMap((endpoint) => endpoint.classic_scopes))

/** Whether a token may call an operation: any one of its scopes is enough. */
export function isGranted(operation: ScopedOperation, scope: string): boolean {
  const held = scopesOf(scope)
  const enough = [...operation.classic_scopes, ...operation.granular_scopes]
  return enough.length === 0 || enough.some((name) => held.has(name))
}

/** The scopes of a family any one of which lets an app of this kind call an operation: `:admin` for whole accounts, none for a user's own data. */
export function scopesThatDo(operation: ScopedOperation, kind: AppKind, family: ScopeFamily): string[] {
  const all = family === 'granular' ? operation.granular_scopes : operation.classic_scopes
  const level = kind === 'user_managed' ? 'user' : 'admin'
  return all.filter((scope) => levelOf(scope) === level)
}

/** The level stands at the end, or, in classic token scopes, in the middle: `meeting_token:read:admin:local_recording`. */
function levelOf(scope: string): 'user' | 'admin' | 'master' {
  const parts = scope.split(':')
  if (parts.includes('master')) return 'master'
  return parts.includes('admin') ? 'admin' : 'user'
}

export interface MissingScope {
  /** `GET /users/{userId}` */
  operation: string
  /** One of them is enough. Empty when no app of this kind can be allowed it. */
  any_of: string[]
}

/** What a token lacks for a list of operations, told in the family that the token has (granular when it has none). */
export function missingScopes(operations: readonly Endpoint[], kind: AppKind, scope: string): MissingScope[] {
  const family = scopeFamily(scope) ?? 'granular'
  return operations
    .filter((operation) => !isGranted(operation, scope))
    .map((operation) => ({
      operation: `${operation.method} ${operation.path}`,
      any_of: scopesThatDo(operation, kind, family),
    }))
}

import { endpointOf } from '#zoom/schema/endpoints.ts'
import { missingScopes, type AppKind } from '#zoom/scopes.ts'

/** What a connection is to be good for. */
export interface Support {
  is_local_recording_token_supported: boolean
  is_onbehalf_token_supported: boolean
}

const whoConsented = endpointOf('GET /users/{userId}')
const localRecordingToken = endpointOf('GET /meetings/{meetingId}/jointoken/local_recording')
const onbehalfToken = endpointOf('GET /users/{userId}/token')

/**
 * The scopes that a consent lacks for what the connection is to be good for, one for each call that could not be made. Granular,
 * account-level (`:admin`) and classic scopes all count.
 */
export function lackingScopes(scope: string, kind: AppKind, support: Support): string[] {
  const needed = [
    whoConsented,
    ...(support.is_local_recording_token_supported ? [localRecordingToken] : []),
    ...(support.is_onbehalf_token_supported ? [onbehalfToken] : []),
  ]
  return missingScopes(needed, kind, scope).map(({ operation, any_of }) => any_of[0] ?? operation)
}

/** `['user:read:user', 'user:read:token']`, as clients of this API know the list. */
export const listed = (scopes: readonly string[]): string => `[${scopes.map((scope) => `'${scope}'`).join(', ')}]`

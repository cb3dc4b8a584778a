import type { ZoomAppKind } from '#store/db.ts'

/**
 * What a host is called in a path when this connection asks. The token of a user's own consent speaks of that user alone, and only as
 * `me`: their own id is refused like a missing scope (code 4711). undefined: it may not speak of this host at all.
 */
export function userIdFor(
  { kind, zoom_user_id }: { kind: ZoomAppKind; zoom_user_id: string | null },
  host_id: string,
): string | undefined {
  if (zoom_user_id === host_id) return 'me'
  return kind === 'user_managed' ? undefined : host_id
}

/** Whether a host is who consented: by id, e-mail address or `me`. */
export const isGrantor = (
  { zoom_user_id, zoom_user_email }: { zoom_user_id: string | null; zoom_user_email: string | null },
  host: string,
): boolean => [zoom_user_id, 'me'].includes(host) || zoom_user_email?.toLowerCase() === host.toLowerCase()

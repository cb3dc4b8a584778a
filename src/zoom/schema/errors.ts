/** What Zoom answers when it refuses: an HTTP status and, in the body, its own code and text (`{0}`, `{userId}` are filled in). */
export interface ZoomError {
  http: number
  code: number
  message: string
}

/** The refusals of the gateway in front of every operation; those of one operation stand in its own row, `endpoint.errors`. */
export const gatewayErrors = {
  /** No token, a garbled one or one of another day. */
  invalid_access_token: { http: 401, code: 124, message: 'Invalid access token.' },
  access_token_expired: { http: 401, code: 124, message: 'Access token is expired.' },
  /** Apps of the granular family, and lately classic ones, too; `{scopes}` is a list parted by comma and space. */
  missing_scopes: { http: 400, code: 4711, message: 'Invalid access token, does not contain scopes:[{scopes}].' },
  missing_classic_scopes: {
    http: 400,
    code: 4700,
    message: 'Invalid access token, does not contain scopes: [{scopes}]',
  },
  no_permission: { http: 400, code: 200, message: 'No permission.' },
  paid_only: { http: 400, code: 200, message: 'Only available for Paid account.' },
  validation_failed: { http: 400, code: 300, message: 'Validation Failed.' },
  body_not_json: { http: 400, code: 300, message: 'Request Body should be a valid JSON object.' },
  page_token_expired: { http: 400, code: 300, message: 'The next page token is invalid or expired.' },
  per_second_limit: {
    http: 429,
    code: 429,
    message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  },
  daily_limit: {
    http: 429,
    code: 429,
    message:
      'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
  },
  meeting_user_daily_limit: {
    http: 429,
    code: 429,
    message:
      'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.',
  },
  webinar_user_daily_limit: {
    http: 429,
    code: 429,
    message: 'A maximum of (100) webinars can be created and updated for a single user in one day.',
  },
  /** Zoom does one change of a user at a time. */
  concurrent_requests: {
    http: 429,
    code: 429,
    message: 'Too many concurrent requests. A request to disassociate this user has already been made.',
  },
} satisfies Record<string, ZoomError>

/** What the token endpoint answers when it refuses, in OAuth's words (`error`) and Zoom's (`reason`). */
export interface OAuthRefusal {
  http: number
  error: string
  reason: string
}

export const oauthErrors = {
  invalid_client: { http: 401, error: 'invalid_client', reason: 'Invalid client_id or client_secret' },
  unsupported_grant_type: { http: 400, error: 'unsupported_grant_type', reason: 'unsupported grant type' },
  missing_grant_type: { http: 400, error: 'invalid_request', reason: 'Missing grant type' },
  wrong_account: { http: 400, error: 'invalid_request', reason: 'Bad Request' },
  app_disabled: { http: 400, error: 'invalid_request', reason: 'The app has been disabled' },
  disabled_by_admin: { http: 400, error: 'invalid_grant', reason: 'The token is disabled by admin.' },
  owner_gone: { http: 400, error: 'invalid_grant', reason: 'The owner of the token does not exist.' },
  invalid_code: { http: 400, error: 'invalid_grant', reason: 'Invalid authorization code' },
  redirect_mismatch: { http: 400, error: 'invalid_request', reason: 'Redirect URI mismatch.' },
  invalid_refresh_token: { http: 400, error: 'invalid_grant', reason: 'Invalid Token!' },
  revoked: { http: 400, error: 'invalid_grant', reason: 'The token has been revoked.' },
} satisfies Record<string, OAuthRefusal>

/** A message with its `{names}` filled in; a name without a value is left as it stands. */
export const errorMessage = (message: string, values: Record<string, string>): string =>
  message.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** The documented refusal of an operation with this code (and status, where a code has several). */
export const errorOf = (
  endpoint: { errors: readonly ZoomError[] },
  code: number,
  http?: number,
): ZoomError | undefined =>
  endpoint.errors.find((error) => error.code === code && (http === undefined || error.http === http))

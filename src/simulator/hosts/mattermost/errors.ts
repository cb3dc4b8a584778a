import { randomBytes } from 'node:crypto'
import type { Reply } from '#simulator/http.ts'

/** Mattermost says no: `{id, message, detailed_error, request_id, status_code}`, as its server writes every error. */
export class AppError extends Error {
  override name = 'AppError'
  readonly id: string
  readonly status_code: number
  constructor(status_code: number, id: string, message: string) {
    super(message)
    this.id = id
    this.status_code = status_code
  }
}

export const errorReply = ({ id, message, status_code }: AppError): Reply => ({
  status: status_code,
  headers: { 'content-type': 'application/json' },
  body: { id, message, detailed_error: '', request_id: randomBytes(13).toString('hex'), status_code },
})

export const noSession = (): AppError =>
  new AppError(401, 'api.context.session_expired.app_error', 'Invalid or expired session, please login again.')

export const noPermission = (): AppError =>
  new AppError(403, 'api.context.permissions.app_error', 'You do not have the appropriate permissions.')

export const switchedOff = (id: string): AppError => new AppError(501, id, 'This is not switched on here.')

export const noPage = (): AppError =>
  new AppError(404, 'api.context.404.app_error', 'Sorry, we could not find the page.')

export const noUser = (): AppError => new AppError(404, 'app.user.missing_account.const', 'Unable to find the user.')

export const noChannel = (): AppError =>
  new AppError(404, 'app.channel.get.existing.app_error', 'Unable to find the existing channel.')

export const noTeam = (): AppError =>
  new AppError(404, 'app.team.get.find.app_error', 'Unable to find the existing team.')

export const noPost = (): AppError => new AppError(404, 'app.post.get.app_error', 'Unable to get the post.')

export const invalidUrl = (name: string): AppError =>
  new AppError(400, 'api.context.invalid_url_param.app_error', `Invalid or missing ${name} parameter in request URL.`)

export const invalidBody = (name: string): AppError =>
  new AppError(400, 'api.context.invalid_body_param.app_error', `Invalid or missing ${name} in request body.`)

import { html } from 'ghtml'
import {
  ConflictError,
  ForbiddenError,
  InputError,
  NotFoundError,
  UnauthorizedError,
  UnavailableError,
} from '#core/errors.ts'
import type { Hub } from '#hub/hub.ts'
import type { Reply } from '#hub/integration.ts'
import { page } from '#hub/page/page.ts'
import { LaunchRefusedError } from '#integrations/lti/launch.ts'

const kinds = [
  { error: LaunchRefusedError, status: 403, title: 'This did not open' },
  { error: UnauthorizedError, status: 401, title: 'Open the activity again' },
  { error: ForbiddenError, status: 403, title: 'You may not do this' },
  { error: NotFoundError, status: 404, title: 'There is no such thing' },
  { error: InputError, status: 422, title: 'This did not work' },
  { error: ConflictError, status: 409, title: 'One moment' },
  { error: UnavailableError, status: 503, title: 'Try again in a moment' },
] as const

/** What somebody in a frame sees when something is refused; undefined for what nobody foresaw. */
export function refusalPage(error: unknown, hub: Hub): Reply | undefined {
  const kind = kinds.find((each) => error instanceof each.error)
  if (!kind || !(error instanceof Error)) return
  if (error instanceof LaunchRefusedError) hub.log.info({ reason: error.message }, 'a launch was refused')
  return page({
    hub,
    title: kind.title,
    status: kind.status,
    frame: 'any',
    body: html`<div class="card" role="alert">
      <h1>${kind.title}</h1>
      <p class="lead">${error.message}</p>
    </div>`,
  })
}

import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { digits, text } from './wire.ts'

/** For whom a user may schedule, or who may schedule for them. */
const deputy = z.looseObject({ id: z.string(), email: text, pmi: digits.nullish() })
export type Deputy = z.output<typeof deputy>

/** The users for whom this one may schedule: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/schedulers */
export const listSchedulers = (client: ZoomClient, userId: string): AsyncGenerator<Deputy, void, undefined> =>
  list(client, { path: path`/users/${userId}/schedulers` }, 'schedulers', deputy)

/** The users who may schedule for this one: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/assistants */
export const listAssistants = (client: ZoomClient, userId: string): AsyncGenerator<Deputy, void, undefined> =>
  list(client, { path: path`/users/${userId}/assistants` }, 'assistants', deputy)

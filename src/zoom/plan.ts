import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

// The smallest calls that Zoom refuses where the account's plan does not have a thing. `day` is a UTC day, 2026-05-01.

const anything = z.looseObject({})

/** https://developers.zoom.us/docs/api/meetings/#tag/reports/GET/report/users/{userId}/meetings. Counts as heavy. */
export const askForReports = (client: ZoomClient, userId: string, day: string): Promise<unknown> =>
  request(
    client,
    { method: 'GET', path: path`/report/users/${userId}/meetings`, query: { from: day, to: day, page_size: 1 } },
    anything,
  )

/** https://developers.zoom.us/docs/api/meetings/#tag/dashboards/GET/metrics/meetings. Counts as resource-intensive. */
export const askForDashboards = (client: ZoomClient, day: string): Promise<unknown> =>
  request(
    client,
    { method: 'GET', path: path`/metrics/meetings`, query: { type: 'live', from: day, to: day, page_size: 1 } },
    anything,
  )

const settings = z.looseObject({ feature: z.looseObject({ webinar: z.boolean().nullish() }).nullish() })

/** Whether a user has the webinar add-on: https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/settings. Medium. */
export const hasWebinars = async (client: ZoomClient, userId: string): Promise<boolean | undefined> =>
  (await request(client, { method: 'GET', path: path`/users/${userId}/settings` }, settings)).feature?.webinar ??
  undefined

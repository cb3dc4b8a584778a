import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { text } from './wire.ts'

/** Who is on a webinar's stage. `join_url` is theirs alone. */
const panelist = z.looseObject({ id: text, email: text, name: text, join_url: text })
export type Panelist = z.output<typeof panelist>

/** https://developers.zoom.us/docs/api/meetings/#tag/webinars/GET/webinars/{webinarId}/panelists */
export const listPanelists = (client: ZoomClient, webinarId: string): AsyncGenerator<Panelist, void, undefined> =>
  list(client, { path: path`/webinars/${webinarId}/panelists` }, 'panelists', panelist)

/** Zoom invites each by mail. Never sent twice. */
export const addPanelists = async (
  client: ZoomClient,
  webinarId: string,
  panelists: { name: string; email: string }[],
): Promise<void> => {
  await request(
    client,
    { method: 'POST', path: path`/webinars/${webinarId}/panelists`, body: { panelists } },
    z.looseObject({}),
  )
}

export const removePanelist = (client: ZoomClient, webinarId: string, panelistId: string): Promise<void> =>
  request(client, { method: 'DELETE', path: path`/webinars/${webinarId}/panelists/${panelistId}` }, z.void())

/** All of them. */
export const removePanelists = (client: ZoomClient, webinarId: string): Promise<void> =>
  request(client, { method: 'DELETE', path: path`/webinars/${webinarId}/panelists` }, z.void())

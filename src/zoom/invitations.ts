import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

const invitation = z.looseObject({ invitation: z.string() })

/** The text that Zoom would have the host send: https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}/invitation */
export const getMeetingInvitation = async (client: ZoomClient, meetingId: string): Promise<string> =>
  (await request(client, { method: 'GET', path: path`/meetings/${meetingId}/invitation` }, invitation)).invitation

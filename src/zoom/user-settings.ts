import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { request } from './client.ts'
import { path } from './path.ts'

const section = z.record(z.string(), z.unknown()).nullish()

/** A host's own defaults and rights, as Zoom groups them; what each section holds grows with every release. */
const userSettings = z.looseObject({
  schedule_meeting: section,
  in_meeting: section,
  recording: section,
  feature: section,
})
export type UserSettings = z.output<typeof userSettings>

const meetingSecurity = z.looseObject({ meeting_security: z.looseObject({ meeting_password_requirement: section }) })
export type MeetingSecurity = z.output<typeof meetingSecurity>

/** https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/settings */
export const getUserSettings = (client: ZoomClient, userId: string): Promise<UserSettings> =>
  request(client, { method: 'GET', path: path`/users/${userId}/settings` }, userSettings)

/** The account's rules for passcodes, waiting rooms and encryption, as they hold for this user. */
export const getMeetingSecurity = (client: ZoomClient, userId: string): Promise<MeetingSecurity> =>
  request(
    client,
    { method: 'GET', path: path`/users/${userId}/settings`, query: { option: 'meeting_security' } },
    meetingSecurity,
  )

import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { operatorOf, publish } from '#simulator/events.ts'
import type { Recording } from '#simulator/state.ts'
import { actor, parseBody, type ApiCall } from './call.ts'

const body = z
  .object({
    approval_type: z.literal([0, 1, 2]),
    authentication_domains: z.string(),
    authentication_option: z.string(),
    on_demand: z.boolean(),
    password: z.string().max(10),
    recording_authentication: z.boolean(),
    send_email_to_host: z.boolean(),
    share_recording: z.enum(['publicly', 'internally', 'none']),
    show_social_share_buttons: z.boolean(),
    topic: z.string(),
    viewer_download: z.boolean(),
    auto_delete: z.boolean(),
  })
  .partial()

/** Who may see a recording, and how: https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording */
export const recordingSettingsJson = ({ session, password, settings }: Recording) => ({
  approval_type: 2,
  on_demand: false,
  recording_authentication: false,
  send_email_to_host: false,
  share_recording: 'publicly',
  show_social_share_buttons: true,
  topic: session.topic,
  viewer_download: true,
  auto_delete: false,
  ...settings,
  password,
})

/** Changes them; another topic renames the run, and is told by `recording.renamed`. */
export function changeRecordingSettings(call: ApiCall, recording: Recording): void {
  const { password = recording.password, ...rest } = parseBody(call, body)
  const { session } = recording
  recording.password = password
  recording.settings = { ...recording.settings, ...rest }
  if (rest.topic === undefined || rest.topic === session.topic) return
  const { meeting, uuid } = session
  const told = { uuid, id: meeting.id, type: meeting.type, host_id: meeting.host_id }
  const old_object = { ...told, topic: session.topic }
  session.topic = rest.topic
  const object = { ...told, topic: session.topic }
  const time_stamp = now(call.world.clock)
  const audience = { about: meeting.host_id }
  publish(call.world, 'recording.renamed', audience, { ...operatorOf(actor(call)), time_stamp, object, old_object })
}

import { now } from '#simulator/clock.ts'
import { invalidFields } from '#simulator/refusal.ts'
import type { Meeting, Presence, Session } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { ok, param, type ApiCall, type ApiRoutes } from './call.ts'
import { shown, stayJson } from './dashboards.ts'
import { pageOf } from './pages.ts'
import { kinds } from './parts.ts'

/** Quality of service by participant: https://developers.zoom.us/docs/api/meetings/#tag/dashboards */
export const dashboardQosRoutes: ApiRoutes = Object.assign({}, ...kinds.map(routesOf))

function routesOf(kind: Meeting['kind']): ApiRoutes {
  const base = `/metrics/${kind}s/{${kind}Id}/participants`
  return {
    [`GET ${base}/qos`]: (call) => {
      const session = shown(call, kind)
      const { items, paging } = pageOf(call, session.presences)
      const participants = items.map((presence) => measuredStay(call, session, presence))
      return ok({ ...paging, [`${kind}_number`]: String(session.meeting.id), participants })
    },
    [`GET ${base}/{participantId}/qos`]: (call) => {
      const session = shown(call, kind)
      const stay = measuredStay(call, session, presenceOf(call, session))
      return ok(kind === 'webinar' ? { ...stay, webinar_number: String(session.meeting.id) } : stay)
    },
    [`GET ${base}/qos_summary`]: (call) => {
      const { items, paging } = pageOf(call, shown(call, kind).presences)
      const { page_size, next_page_token } = paging
      const participants = items.map(({ person_id, user_id, name, email }) => ({
        id: person_id,
        participant_id: user_id,
        user_name: name,
        email,
        qos: summaryTypes.map((type) => ({ type, details: type.startsWith('audio') ? heard : unseen })),
      }))
      return ok({ next_page_token, page_size, participants })
    },
  }
}

/** By any of the three ids that a list of participants tells. */
function presenceOf(call: ApiCall, { presences }: Session): Presence {
  const id = param(call, 'participantId')
  const found = presences.findLast(
    ({ person_id, user_id, participant_uuid }) => id === user_id || id === participant_uuid || id === person_id,
  )
  if (!found) throw invalidFields(['participantId'])
  return found
}

/** What the list of participants tells of a stay and this one does too. */
const alsoHere = new Set([
  'id',
  'user_id',
  'participant_uuid',
  'user_name',
  'email',
  'join_time',
  'leave_time',
  'device',
  'client',
  'domain',
  'harddisk_id',
  'internal_ip_addresses',
  'ip_address',
  'location',
  'mac_addr',
  'pc_name',
  'version',
  'os',
  'os_version',
  'connection_type',
  'video_connection_type',
  'as_connection_type',
  'network_type',
  'data_center',
  'full_data_center',
  'device_name',
  'share_application',
  'share_desktop',
  'share_whiteboard',
  'recording',
  'has_archiving',
  'optional_archiving',
  'total_jointime_cost',
])

function measuredStay({ world }: ApiCall, session: Session, presence: Presence): object {
  const known = Object.entries(stayJson(session, presence)).filter(([name]) => alsoHere.has(name))
  const end = presence.leave ?? now(world.clock)
  return {
    ...Object.fromEntries(known),
    groupId: '',
    health: 'Good',
    issue_list: [],
    user_qos: everyMinute(presence.join, end).map((at) => ({ ...measurement, date_time: utc(at) })),
  }
}

/** Zoom measures once a minute: at the join, and at every minute of the stay. */
const everyMinute = (join: number, end: number): number[] =>
  Array.from({ length: Math.floor(Math.max(0, end - join) / 60_000) + 1 }, (_none, minute) => join + minute * 60_000)

/** One and the same good line for everybody; of pictures, which nobody sends, nothing is measured. */
const sound = { avg_loss: '0%', bitrate: '60 kbps', jitter: '1 ms', latency: '20 ms', max_loss: '0%' }
const picture = { avg_loss: '', bitrate: '', jitter: '', latency: '', max_loss: '', frame_rate: '', resolution: '' }

/** To and from this end, a room connector and the gateway of browsers; the last two are not in use. */
const ways = ['input', 'output', 'device_from_crc', 'device_to_crc', 'device_from_rwg', 'device_to_rwg']
const isDirect = (way: string): boolean => way === 'input' || way === 'output'
const silent = Object.fromEntries(Object.keys(sound).map((name) => [name, '']))

const measurement = {
  ...Object.fromEntries(
    ways.flatMap((way) => [
      [`audio_${way}`, isDirect(way) ? sound : silent],
      [`video_${way}`, picture],
      [`as_${way}`, picture],
    ]),
  ),
  cpu_usage: {
    system_max_cpu_usage: '10%',
    zoom_avg_cpu_usage: '1%',
    zoom_max_cpu_usage: '2%',
    zoom_min_cpu_usage: '0%',
  },
  cpu_pressure_level: {
    system_min_cpu_pressure_level: 'normal',
    system_avg_cpu_pressure_level: 'normal',
    system_max_cpu_pressure_level: 'normal',
  },
  wifi_rssi: { max_rssi: 0, avg_rssi: 0, min_rssi: 0, rssi_unit: 'dBm' },
}

const summaryTypes = ['audio_input', 'audio_output', 'video_input', 'video_output', 'as_input', 'as_output']

const cpu = {
  zoom_min_cpu_usage: '0%',
  zoom_avg_cpu_usage: '1%',
  zoom_max_cpu_usage: '2%',
  system_max_cpu_usage: '10%',
  ...measurement.cpu_pressure_level,
}

const ofThree = (what: string, value: string): Record<string, string> =>
  Object.fromEntries(['min', 'avg', 'max'].map((which) => [`${which}_${what}`, value]))

const detailed = (line: { bitrate: string; latency: string; jitter: string; loss: string }) => ({
  ...ofThree('bitrate', line.bitrate),
  ...ofThree('latency', line.latency),
  ...ofThree('jitter', line.jitter),
  ...ofThree('loss', line.loss),
  resolution: '',
  ...ofThree('frame_rate', ''),
  ...cpu,
})

const heard = detailed({ bitrate: '60 kbps', latency: '20 ms', jitter: '1 ms', loss: '0%' })
const unseen = detailed({ bitrate: '', latency: '', jitter: '', loss: '' })

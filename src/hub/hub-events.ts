import { newId } from '#core/ids.ts'
import { insertHubEvent, hubEventById, type StoredHubEvent } from '#store/hub-events.ts'
import type { AttendanceSource, RegistrantStatus, Trx } from '#store/db.ts'
import type { Hub } from './hub.ts'
import { addDeliveries } from './deliveries/add.ts'
import { addJobs } from './jobs/add.ts'

/** What an event meant. Integrations live on these alone, so that a repair after an outage reaches them as news does. */
export type HubEvent =
  | { type: 'meeting.changed'; meeting_id: string; payload: { fields: string[] } }
  | { type: 'meeting.deleted'; meeting_id: string; payload: Record<string, never> }
  | { type: 'session.started'; meeting_id: string; uuid: string; payload: { started_at: string } }
  | { type: 'session.ended'; meeting_id: string; uuid: string; payload: { ended_at: string } }
  | { type: 'attendance.changed'; meeting_id: string; uuid: string; payload: { source: AttendanceSource } }
  | { type: 'recording.ready'; meeting_id: string; uuid: string; payload: { recording_ids: string[] } }
  | { type: 'summary.ready'; meeting_id: string; uuid: string; payload: { summary_id: string } }
  | {
      type: 'registration.changed'
      meeting_id: string
      payload: { registrants: { registrant_id: string; status: RegistrantStatus }[] }
    }
  /** `merged`: those who turned out to be this one, and are nobody any more. */
  | { type: 'person.changed'; payload: { person_id: string; merged: string[] } }
  | { type: 'connection.changed'; payload: { connection_id: string; state: 'connected' | 'disconnected' } }
  /** What the consent brought was deleted: whoever keeps more of it deletes that, too. */
  | { type: 'connection.erased'; payload: { connection_id: string } }

/** Every type with what it says, for those who choose what to hear. */
export const hubEventTypes = {
  'meeting.changed': 'A meeting or webinar was scheduled or changed, here or at Zoom',
  'meeting.deleted': 'A meeting was cancelled or deleted',
  'session.started': 'A session began',
  'session.ended': 'A session ended',
  'attendance.changed': 'Who attended is known, or better than before',
  'recording.ready': 'Files of a recording are there',
  'summary.ready': 'AI Companion’s summary of a session is there, or has changed',
  'registration.changed': 'Somebody registered, or was approved, denied or taken off',
  'person.changed': 'Somebody is new here, known by another name, address or place, or turned out to be somebody else',
  'connection.changed': 'A connection to Zoom was made, broke or was mended',
  'connection.erased': 'What a consent had brought was deleted, because it ended at Zoom',
} as const satisfies Record<HubEvent['type'], string>

/** One kind of hub event, as an integration hears it. */
export type HubEventOf<Type extends HubEvent['type']> = Extract<HubEvent, { type: Type }> & { workspace_id: string }
export type Cause = 'webhook' | 'api' | 'report' | 'repair'

/** Records hub events and adds, in the same transaction, a job for each integration that reacts and a delivery for each subscription. */
export async function emit(
  hub: Hub,
  trx: Trx,
  workspace_id: string,
  cause: Cause,
  events: readonly HubEvent[],
): Promise<void> {
  const news: StoredHubEvent[] = []
  for (const event of events) {
    const id = newId('hubEvent', hub.runtime.now())
    const { type, payload, ...about } = event
    const row = { id, workspace_id, type, cause, meeting_id: null, uuid: null, ...about, payload }
    await insertHubEvent(trx, row)
    news.push(row)
    const about_meeting = 'meeting_id' in event ? event.meeting_id : workspace_id
    await addJobs(
      trx,
      hub.integrations
        .filter((integration) => integration.on?.[type])
        .map((integration) => ({
          task: 'hub_event',
          payload: { hub_event_id: id, integration: integration.name },
          queue: `${about_meeting}:${integration.name}`,
          key: `${id}:${integration.name}`,
        })),
    )
  }
  await addDeliveries(hub, trx, workspace_id, news)
}

/** The job that `emit` added: hands one hub event to one integration. */
export async function deliverHubEvent(payload: unknown, hub: Hub): Promise<void> {
  const { hub_event_id, integration: name } = payload as { hub_event_id: string; integration: string }
  const integration = hub.integrations.find((each) => each.name === name)
  const row = await hubEventById(hub.db, hub_event_id)
  if (!integration || !row)
    return hub.log.warn({ hub_event_id, integration: name }, 'nobody is left to react to a hub event')
  const event = { ...row, payload: row.payload } as unknown as HubEvent
  const react = integration.on?.[event.type] as ((event: HubEvent, hub: Hub) => Promise<unknown>) | undefined
  await react?.(event, { ...hub, errand: { ...hub.errand, integration: name } })
}

import { Counter, Registry } from 'prom-client'

/** What the hub counts in this process; `/metrics` shows it. Label values come from fixed lists, never from users. */
export interface Metrics {
  registry: Registry
  zoomCalls: Counter<'label' | 'status'>
  events: Counter<'state'>
  deliveries: Counter<'result'>
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames, registers: [registry] })
  return {
    registry,
    zoomCalls: counter('greenroom_zoom_calls_total', 'Requests to Zoom, by rate limit label and HTTP status', [
      'label',
      'status',
    ]),
    events: counter('greenroom_events_total', 'Zoom events: received, and what came of them', ['state']),
    deliveries: counter(
      'greenroom_deliveries_total',
      'Tries to bring an event to a subscription, by what came of them',
      ['result'],
    ),
  }
}

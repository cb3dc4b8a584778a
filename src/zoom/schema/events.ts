import source from './source/zoom-events.json' with { type: 'json' }

/** One kind of webhook, as https://developers.zoom.us/docs/api/meetings/events/ and its sisters describe it. */
export interface EventKind {
  /** `meeting.started` */
  event: string
  /** Fields of `payload.object` with their types: `start_time:string`, `duration?:number`. */
  object_fields: readonly string[]
  /** The rest of the envelope, as paths from its root. */
  other_fields: readonly string[]
  source: string
  /** An app must hold one of these to subscribe. */
  granular_scopes: readonly string[]
  /** How sure the scopes are: Zoom publishes no table of them. */
  scope_confidence: string
  /** The name of a published sample. */
  sample: string | null
}

/** All that are known, by name. */
export const events: ReadonlyMap<string, EventKind> = new Map(
  (source as readonly EventKind[]).map((kind) => [kind.event, kind]),
)

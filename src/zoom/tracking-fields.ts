import { z } from 'zod'
import type { ZoomClient } from './client.ts'
import { list } from './pages.ts'
import { path } from './path.ts'
import { flag, text } from './wire.ts'

/** A field of the account that a meeting may carry; `required` ones must have a value, `visible` ones are shown at scheduling. */
const trackingField = z.looseObject({
  id: text,
  field: z.string(),
  recommended_values: z.array(z.string()).nullish(),
  required: flag,
  visible: flag,
})
export type TrackingField = z.output<typeof trackingField>

/** https://developers.zoom.us/docs/api/accounts/#tag/tracking-field/GET/tracking_fields; without pages. */
export const listTrackingFields = (client: ZoomClient): AsyncGenerator<TrackingField, void, undefined> =>
  list(client, { path: path`/tracking_fields` }, 'tracking_fields', trackingField)

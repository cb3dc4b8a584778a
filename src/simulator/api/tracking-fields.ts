import { z } from 'zod'
import { newToken } from '#simulator/ids.ts'
import { Refusal } from '#simulator/refusal.ts'
import type { TrackingField } from '#simulator/state.ts'
import { created, noContent, ok, param, parseBody, type ApiCall, type ApiRoutes } from './call.ts'

const fields = z.object({
  field: z.string().min(1),
  recommended_values: z.array(z.string()).default([]),
  required: z.boolean().default(false),
  visible: z.boolean().default(true),
})
const changes = z
  .object({
    field: z.string().min(1),
    recommended_values: z.array(z.string()),
    required: z.boolean(),
    visible: z.boolean(),
  })
  .partial()

/** https://developers.zoom.us/docs/api/meetings/#tag/trackingfield */
export const trackingFieldRoutes: ApiRoutes = {
  'GET /tracking_fields': ({ world }) => {
    const tracking_fields = [...world.tracking_fields.values()]
    return ok({ total_records: tracking_fields.length, tracking_fields })
  },
  'POST /tracking_fields': (call) => {
    const field = { id: newToken(9), ...parseBody(call, fields) }
    call.world.tracking_fields.set(field.id, field)
    return created(field, `${call.base}/v2/tracking_fields/${field.id}`)
  },
  'GET /tracking_fields/{fieldId}': (call) => ok(fieldOf(call)),
  'PATCH /tracking_fields/{fieldId}': (call) => {
    Object.assign(fieldOf(call), parseBody(call, changes))
    return noContent
  },
  'DELETE /tracking_fields/{fieldId}': (call) => {
    call.world.tracking_fields.delete(fieldOf(call).id)
    return noContent
  },
}

function fieldOf(call: ApiCall): TrackingField {
  const id = param(call, 'fieldId')
  const field = call.world.tracking_fields.get(id)
  if (!field) throw new Refusal({ http: 404, code: 300, message: `Tracking field does not exist: ${id}.` })
  return field
}

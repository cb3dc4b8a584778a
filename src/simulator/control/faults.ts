import { z } from 'zod'
import { callFaultSchema, webhookFaultSchema } from '#simulator/faults.ts'
import { newToken } from '#simulator/ids.ts'
import { ControlError, created, ok, route } from './route.ts'

const faultSchema = z.union([callFaultSchema, webhookFaultSchema])

/** What shall go wrong. */
export const faultControls = [
  route({
    method: 'GET',
    path: '/faults',
    summary: 'All faults and how often each has happened',
    handle: ({ world }) => ok({ faults: world.faults }),
  }),
  route({
    method: 'POST',
    path: '/faults',
    summary: 'Make the next matching call or webhook go wrong',
    body: faultSchema,
    handle: ({ world, body }) => {
      const fault = { ...body, id: newToken(9), used: 0 }
      world.faults.push(fault)
      return created(fault)
    },
  }),
  route({
    method: 'DELETE',
    path: '/faults',
    summary: 'Nothing goes wrong any more',
    handle: ({ world }) => {
      world.faults = []
      return ok({ faults: [] })
    },
  }),
  route({
    method: 'DELETE',
    path: '/faults/{id}',
    summary: 'Take one fault away',
    handle: ({ world, params }) => {
      const fault = world.faults.find(({ id }) => id === params['id'])
      if (!fault) throw new ControlError(404, `there is no fault ${params['id']}`)
      world.faults = world.faults.filter((other) => other !== fault)
      return ok(fault)
    },
  }),
]

import { z } from 'zod'
import { newUserId } from '#simulator/ids.ts'
import { findPerson } from '#simulator/people.ts'
import type { Person, World } from '#simulator/state.ts'
import { ControlError, created, route } from './route.ts'

/** What an admin does in the portal alone: Zoom's API only reads groups here. */
export const groupControls = [
  route({
    method: 'POST',
    path: '/groups',
    summary: 'Add a group of users',
    body: z.strictObject({ name: z.string(), members: z.array(z.string()).default([]).describe('Ids or e-mails') }),
    handle: ({ world, body }) => {
      const members = new Set(body.members.map((who) => known(world, who).id))
      const group = { id: newUserId(), name: body.name, members }
      world.groups.set(group.id, group)
      return created({ ...group, members: [...members] })
    },
  }),
]

function known(world: World, who: string): Person {
  const person = findPerson(world, who)
  if (!person) throw new ControlError(404, `there is no user ${who}`)
  return person
}

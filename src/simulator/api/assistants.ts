import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { findPerson } from '#simulator/people.ts'
import { refusal } from '#simulator/refusal.ts'
import type { Person } from '#simulator/state.ts'
import { utc } from '#simulator/time.ts'
import { created, noContent, ok, parseBody, personOf, type ApiRoutes } from './call.ts'

const body = z.object({
  assistants: z
    .array(z.object({ id: z.string().optional(), email: z.email().optional() }))
    .min(1)
    .max(30),
})

/** Who may schedule for whom: a user's assistants schedule for the user, and have the user among their schedulers. */
export const assistantRoutes: ApiRoutes = {
  'GET /users/{userId}/assistants': (call) => {
    const { assistants } = personOf(call)
    const people = [...call.world.people.values()].filter(({ id }) => assistants.has(id))
    return ok({ assistants: people.map(({ id, email }) => ({ id, email })) })
  },
  'POST /users/{userId}/assistants': (call) => {
    const person = personOf(call)
    const asked = parseBody(call, body).assistants.map(({ id, email }) => id ?? email ?? '')
    const found = asked.map((who) => {
      const one = findPerson(call.world, who)
      if (!one || one === person) throw refusal(call.endpoint, 1001, who)
      return one.id
    })
    for (const id of found) person.assistants.add(id)
    return created(
      { add_at: utc(now(call.world.clock)), ids: found.join(',') },
      `${call.base}/v2/users/${person.id}/assistants`,
    )
  },
  'DELETE /users/{userId}/assistants': (call) => {
    personOf(call).assistants.clear()
    return noContent
  },
  'GET /users/{userId}/schedulers': (call) => {
    const schedulers = schedulersOf([...call.world.people.values()], personOf(call))
    return ok({ schedulers: schedulers.map(({ id, email, pmi }) => ({ id, email, pmi })) })
  },
  'DELETE /users/{userId}/schedulers': (call) => {
    const person = personOf(call)
    for (const other of schedulersOf([...call.world.people.values()], person)) other.assistants.delete(person.id)
    return noContent
  },
}

const schedulersOf = (people: Person[], { id }: Person): Person[] =>
  people.filter(({ assistants }) => assistants.has(id))

import { z } from 'zod'
import { now } from '#simulator/clock.ts'
import { newUserId } from '#simulator/ids.ts'
import { findPerson, hasWebinars, ownerOf, removePerson } from '#simulator/people.ts'
import { newPerson } from '#simulator/seed.ts'
import { isTimeZone } from '#simulator/time.ts'
import type { Person, World } from '#simulator/state.ts'
import { publishUserChanges, publishUserEvent, sign } from '#simulator/user-events.ts'
import { ControlError, created, ok, route } from './route.ts'

const changes = z.strictObject({
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  display_name: z.string().optional(),
  type: z.literal([1, 2, 4, 99]).optional().describe('1 Basic, 2 Licensed'),
  status: z.enum(['active', 'inactive', 'pending']).optional(),
  verified: z.boolean().optional().describe('Whether the user has confirmed the address; no event tells'),
  role: z.enum(['owner', 'admin', 'member']).optional(),
  timezone: z.string().refine(isTimeZone, 'is no time zone').optional(),
  dept: z.string().optional(),
  on_premise: z.boolean().optional().describe("Whether the user's meetings run on a server of the account's own"),
  webinar: z.boolean().optional().describe('Whether the user has the webinar add-on'),
  last_login_time: z.iso.datetime().nullable().optional(),
})

const newOne = changes.extend({ email: z.email() })
const newOnes = z.union([newOne, z.strictObject({ people: z.array(newOne).min(1) })])

const clients = ['browser', 'mac', 'win', 'iphone', 'android', 'ipad', 'chromeos', 'linux'] as const
const signing = z.strictObject({
  client_type: z.enum(clients).default('browser'),
  version: z.string().default('6.4.5'),
})

/** People beyond the seed, and what changes about them by their own hand or an admin's. */
export const peopleControls = [
  route({
    method: 'GET',
    path: '/people',
    summary: 'Everybody in the account',
    handle: ({ world }) => ok({ people: [...world.people.values()].map(personJson) }),
  }),
  route({
    method: 'POST',
    path: '/people',
    summary: 'Add one user, or several as {people: [...]}; user.created follows',
    body: newOnes,
    handle: ({ world, body }) => {
      const people = ('people' in body ? body.people : [body]).map((seed) => addPerson(world, seed))
      return created('people' in body ? { people: people.map(personJson) } : personJson(people[0]!))
    },
  }),
  route({
    method: 'PATCH',
    path: '/people/{id_or_email}',
    summary: 'Change a user as an admin would in the portal; user.updated follows',
    body: changes,
    handle: ({ world, params, body }) => {
      const person = mustFind(world, params['id_or_email'])
      const before = { ...person }
      if (body.role !== undefined && body.role !== person.role) giveRole(world, person, body.role)
      Object.assign(person, personFields(body))
      if (body.webinar !== undefined) allowWebinars(person, body.webinar)
      publishUserChanges(world, before, person, person)
      return ok(personJson(person))
    },
  }),
  route({
    method: 'DELETE',
    path: '/people/{id_or_email}',
    summary: 'The user leaves the account; user.deleted follows',
    handle: ({ world, params }) => {
      const person = mustFind(world, params['id_or_email'])
      if (person.role === 'owner') throw new ControlError(409, ownerStays)
      removePerson(world, person, { event: 'user.deleted', operator: ownerOf(world) })
      return ok(personJson(person))
    },
  }),
  route({
    method: 'POST',
    path: '/people/{id_or_email}/sign_in',
    summary: "The user signs in at a client of Zoom's; user.signed_in follows",
    body: signing,
    handle: ({ world, params, body }) =>
      created(sign(world, mustFind(world, params['id_or_email']), { what: 'in', ...body })),
  }),
  route({
    method: 'POST',
    path: '/people/{id_or_email}/sign_out',
    summary: 'The user signs out; user.signed_out follows',
    body: signing,
    handle: ({ world, params, body }) =>
      created(sign(world, mustFind(world, params['id_or_email']), { what: 'out', ...body })),
  }),
]

const ownerStays = 'an account has one owner: make somebody else the owner first'

/** An account has just one owner: a new one takes the place of the old, who stays as an admin. */
function giveRole(world: World, person: Person, role: Person['role']): void {
  if (person.role === 'owner') throw new ControlError(409, ownerStays)
  if (role === 'owner') ownerOf(world).role = 'admin'
}

function addPerson(world: World, seed: z.output<typeof newOne>): Person {
  if (findPerson(world, seed.email)) throw new ControlError(409, `${seed.email} is already in the account`)
  const [name = seed.email] = seed.email.split('@')
  const person = newPerson(
    { id: newUserId(), email: seed.email, first_name: name, last_name: '', ...personFields(seed) },
    now(world.clock),
  )
  if (seed.role === 'owner') ownerOf(world).role = 'admin'
  if (seed.webinar) allowWebinars(person, true)
  world.people.set(person.id, person)
  publishUserEvent(world, 'user.created', person, person)
  return person
}

function personFields({ webinar: _addOn, last_login_time, ...fields }: z.output<typeof changes>): Partial<Person> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  if (last_login_time === undefined) return given
  return { ...given, last_login_time: last_login_time === null ? undefined : Date.parse(last_login_time) }
}

function allowWebinars(person: Person, webinar: boolean): void {
  person.settings['feature'] = { ...person.settings['feature'], webinar, webinar_capacity: webinar ? 500 : 0 }
}

export function mustFind(world: World, idOrEmail = ''): Person {
  const person = findPerson(world, idOrEmail)
  if (!person) throw new ControlError(404, `nobody in the account is ${idOrEmail}`)
  return person
}

const personJson = (person: Person) => {
  const { id, email, first_name, last_name, display_name, type, status, role, timezone, pmi } = person
  const webinar = hasWebinars(person)
  return { id, email, first_name, last_name, display_name, type, status, role, timezone, pmi, webinar }
}

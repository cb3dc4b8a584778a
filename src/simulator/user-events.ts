import { now, nowInSeconds } from './clock.ts'
import { operatorOf, publish } from './events.ts'
import type { Person, Signing, World } from './state.ts'
import { utc } from './time.ts'

type UserEvent = 'user.created' | 'user.activated' | 'user.deactivated' | 'user.deleted' | 'user.disassociated'

/** What happened to a whole user: five fields, for a new one with how it came to be. */
export function publishUserEvent(world: World, event: UserEvent, person: Person, operator: Person): void {
  const { id, first_name, last_name, display_name, email, type, creation_type } = person
  const isNew = event === 'user.created'
  publish(
    world,
    event,
    { about: id },
    {
      ...operatorOf(operator),
      ...(isNew && { creation_type }),
      object: { id, first_name, last_name, ...(isNew && { display_name }), email, type },
    },
  )
}

/** What `user.updated` tells, before and after. */
const told = [
  'first_name',
  'last_name',
  'display_name',
  'email',
  'type',
  'pmi',
  'timezone',
  'dept',
  'language',
] as const

/** `user.updated` with the fields that differ; nothing when none does. */
export function publishUserChanges(world: World, before: Person, after: Person, operator: Person): void {
  const changed = told.filter((name) => before[name] !== after[name])
  if (changed.length === 0) return
  const fields = (person: Person): object => Object.fromEntries(changed.map((name) => [name, person[name]]))
  publish(
    world,
    'user.updated',
    { about: after.id },
    {
      ...operatorOf(operator),
      time_stamp: now(world.clock),
      object: { id: after.id, ...fields(after) },
      old_object: { id: before.id, ...fields(before) },
    },
  )
}

/** How each kind of user signs in, as Zoom numbers it. */
const loginTypes = { create: '100', autoCreate: '100', custCreate: '100', ssoCreate: '101' } satisfies Record<
  Person['creation_type'],
  string
>

/** The user signs in at a client of Zoom's, or out. */
export function sign(world: World, person: Person, { what, client_type, version }: Omit<Signing, 'at'>): Signing {
  const signing = { what, at: nowInSeconds(world.clock), client_type, version }
  person.signings.push(signing)
  if (what === 'in') person.last_login_time = signing.at
  const { id, email, creation_type } = person
  const object = { id, email, client_type, version, login_type: loginTypes[creation_type], date_time: utc(signing.at) }
  publish(world, what === 'in' ? 'user.signed_in' : 'user.signed_out', { about: id }, { object })
  return signing
}
